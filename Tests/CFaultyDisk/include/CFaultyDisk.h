// A shim between SQLite and its usual VFS: tells each change of a file under some folder before it is
// made, and lets it pass or fail as it is told. Everything that is to happen is decided in Swift.

#ifndef CFAULTYDISK_H
#define CFAULTYDISK_H

#include <stdint.h>

enum {
  FAULTY_CREATE,
  FAULTY_WRITE,
  FAULTY_TRUNCATE,
  FAULTY_SYNC,
  FAULTY_DELETE,
  /// The index of a log grows in memory, which takes space on the disk too.
  FAULTY_EXTEND_INDEX,
};

/// What SQLite is about to do to a file.
typedef struct {
  int32_t kind;
  const char *path;
  /// Of a write: where. Of a truncation: the size that is left.
  int64_t offset;
  /// What is written.
  const void *bytes;
  int32_t count;
} faulty_change;

/// How a change ends.
enum {
  FAULTY_PASS,
  /// There is no space left on the disk.
  FAULTY_FULL,
  /// The disk can't do it.
  FAULTY_BROKEN,
};

/// Called on any thread, also on several at a time.
typedef int32_t (*faulty_verdict)(void *context, const faulty_change *change);

typedef struct faulty_disk faulty_disk;

/// From now on the verdict is asked before each change of a file whose path begins with the folder and a
/// slash, where SQLite opens it after this. The first call makes the shim SQLite's default.
///
/// Returns null when SQLite would not have it.
faulty_disk *faulty_disk_mount(const char *folder, faulty_verdict verdict, void *context);

/// When it returns, the verdict is not asked any more. All of the folder's files must be closed.
void faulty_disk_unmount(faulty_disk *disk);

#endif
