#include "CFaultyDisk.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

struct faulty_disk {
  char *folder;
  faulty_verdict verdict;
  void *context;
  faulty_disk *next;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static faulty_disk *disks;
static sqlite3_vfs shim;

/// A file of a disk, with that of the usual VFS behind it.
typedef struct {
  sqlite3_file base;
  faulty_disk *disk;
  const char *path;
  sqlite3_file *real;
} faulty_file;

static sqlite3_vfs *usual(void) { return shim.pAppData; }

static faulty_file *own(sqlite3_file *file) { return (faulty_file *)file; }

static sqlite3_file *real(sqlite3_file *file) { return own(file)->real; }

static faulty_disk *disk_of(const char *path) {
  if (path == NULL) return NULL;
  pthread_mutex_lock(&lock);
  faulty_disk *disk = disks;
  for (; disk != NULL; disk = disk->next) {
    size_t length = strlen(disk->folder);
    if (strncmp(path, disk->folder, length) == 0 && path[length] == '/') break;
  }
  pthread_mutex_unlock(&lock);
  return disk;
}

/// What SQLite's own VFS would return for the change on such a disk.
static int ask(faulty_disk *disk, faulty_change change) {
  int32_t verdict = disk->verdict(disk->context, &change);
  if (verdict == FAULTY_PASS) return SQLITE_OK;
  switch (change.kind) {
    case FAULTY_CREATE: return SQLITE_CANTOPEN;
    case FAULTY_WRITE: return verdict == FAULTY_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    case FAULTY_TRUNCATE: return SQLITE_IOERR_TRUNCATE;
    case FAULTY_SYNC: return SQLITE_IOERR_FSYNC;
    case FAULTY_DELETE: return SQLITE_IOERR_DELETE;
    default: return SQLITE_IOERR_SHMSIZE;
  }
}

// Files

static int file_close(sqlite3_file *file) { return real(file)->pMethods->xClose(real(file)); }

static int file_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
  return real(file)->pMethods->xRead(real(file), bytes, count, offset);
}

static int file_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
  faulty_change change = {FAULTY_WRITE, own(file)->path, offset, bytes, count};
  int code = ask(own(file)->disk, change);
  return code ? code : real(file)->pMethods->xWrite(real(file), bytes, count, offset);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
  faulty_change change = {FAULTY_TRUNCATE, own(file)->path, size, NULL, 0};
  int code = ask(own(file)->disk, change);
  return code ? code : real(file)->pMethods->xTruncate(real(file), size);
}

static int file_sync(sqlite3_file *file, int flags) {
  faulty_change change = {FAULTY_SYNC, own(file)->path, 0, NULL, 0};
  int code = ask(own(file)->disk, change);
  return code ? code : real(file)->pMethods->xSync(real(file), flags);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}

static int file_lock(sqlite3_file *file, int level) {
  return real(file)->pMethods->xLock(real(file), level);
}

static int file_unlock(sqlite3_file *file, int level) {
  return real(file)->pMethods->xUnlock(real(file), level);
}

static int file_check_lock(sqlite3_file *file, int *is_reserved) {
  return real(file)->pMethods->xCheckReservedLock(real(file), is_reserved);
}

static int file_control(sqlite3_file *file, int operation, void *argument) {
  return real(file)->pMethods->xFileControl(real(file), operation, argument);
}

static int file_sector_size(sqlite3_file *file) {
  return real(file)->pMethods->xSectorSize(real(file));
}

static int file_traits(sqlite3_file *file) {
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

static int file_map_index(
    sqlite3_file *file, int region, int size, int is_extending, void volatile **memory) {
  if (is_extending) {
    faulty_change change = {FAULTY_EXTEND_INDEX, own(file)->path, 0, NULL, 0};
    int code = ask(own(file)->disk, change);
    if (code) return code;
  }
  return real(file)->pMethods->xShmMap(real(file), region, size, is_extending, memory);
}

static int file_lock_index(sqlite3_file *file, int offset, int count, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}

static void file_index_barrier(sqlite3_file *file) {
  real(file)->pMethods->xShmBarrier(real(file));
}

static int file_unmap_index(sqlite3_file *file, int is_deleting) {
  return real(file)->pMethods->xShmUnmap(real(file), is_deleting);
}

// Version 2: without the mapping of the file itself, by which changes would pass unseen.
static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_lock,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_traits,
  .xShmMap = file_map_index,
  .xShmLock = file_lock_index,
  .xShmBarrier = file_index_barrier,
  .xShmUnmap = file_unmap_index,
};

// The VFS

static int shim_open(
    sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags) {
  (void)vfs;
  faulty_disk *disk = disk_of(name);
  if (disk == NULL) return usual()->xOpen(usual(), name, file, flags, out_flags);
  file->pMethods = NULL;
  int exists = 0;
  usual()->xAccess(usual(), name, SQLITE_ACCESS_EXISTS, &exists);
  if (!exists && flags & SQLITE_OPEN_CREATE) {
    faulty_change change = {FAULTY_CREATE, name, 0, NULL, 0};
    int code = ask(disk, change);
    if (code) return code;
  }
  own(file)->disk = disk;
  // SQLite keeps the name as long as the file is open.
  own(file)->path = name;
  own(file)->real = (sqlite3_file *)(own(file) + 1);
  int code = usual()->xOpen(usual(), name, own(file)->real, flags, out_flags);
  if (own(file)->real->pMethods != NULL) file->pMethods = &methods;
  return code;
}

static int shim_delete(sqlite3_vfs *vfs, const char *name, int is_to_sync) {
  (void)vfs;
  faulty_disk *disk = disk_of(name);
  if (disk != NULL) {
    faulty_change change = {FAULTY_DELETE, name, 0, NULL, 0};
    int code = ask(disk, change);
    if (code) return code;
  }
  return usual()->xDelete(usual(), name, is_to_sync);
}

static int register_shim(void) {
  if (usual() != NULL) return SQLITE_OK;
  int code = sqlite3_initialize();
  if (code) return code;
  sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
  // The rest, which changes nothing, the usual one does as if it were asked itself.
  shim = *vfs;
  shim.zName = "faulty";
  shim.pAppData = vfs;
  shim.szOsFile = (int)sizeof(faulty_file) + vfs->szOsFile;
  shim.xOpen = shim_open;
  shim.xDelete = shim_delete;
  return sqlite3_vfs_register(&shim, 1);
}

faulty_disk *faulty_disk_mount(const char *folder, faulty_verdict verdict, void *context) {
  pthread_mutex_lock(&lock);
  faulty_disk *disk = NULL;
  if (register_shim() == SQLITE_OK) {
    disk = malloc(sizeof *disk);
    *disk = (faulty_disk){strdup(folder), verdict, context, disks};
    disks = disk;
  }
  pthread_mutex_unlock(&lock);
  return disk;
}

void faulty_disk_unmount(faulty_disk *disk) {
  pthread_mutex_lock(&lock);
  faulty_disk **place = &disks;
  while (*place != disk) place = &(*place)->next;
  *place = disk->next;
  pthread_mutex_unlock(&lock);
  free(disk->folder);
  free(disk);
}
