#define _GNU_SOURCE

#include "CFaultySystem.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *folder;
static int first = INT_MAX;
static const char *how = "";
static atomic_int changes;

__attribute__((constructor)) static void begin(void) {
  folder = getenv("FAULTY_FOLDER");
  const char *at = getenv("FAULTY_AT");
  if (at != NULL) first = atoi(at);
  if (getenv("FAULTY_HOW") != NULL) how = getenv("FAULTY_HOW");
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("FAULTY_TALLY");
  if (path == NULL) return;
  char text[16];
  int length = snprintf(text, sizeof text, "%d\n", atomic_load(&changes));
  int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  syscall(SYS_write, file, text, length);
  syscall(SYS_close, file);
}

static bool is_inside(const char *path) {
  if (folder == NULL) return false;
  size_t length = strlen(folder);
  return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static bool is_open_inside(int file) {
  char link[32], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return false;
  path[length] = 0;
  return is_inside(path);
}

static bool is_named_inside(const char *path) {
  if (path[0] == '/') return is_inside(path);
  char here[PATH_MAX], whole[2 * PATH_MAX];
  if (getcwd(here, sizeof here) == NULL) return false;
  snprintf(whole, sizeof whole, "%s/%s", here, path);
  return is_inside(whole);
}

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

/// What a change asks of the disk.
enum { TAKES_SPACE, TAKES_NONE, REMOVES };

/// Counts a change.
///
/// Returns whether it is to fail, with `errno` set.
static bool fails(int demand) {
  if (atomic_fetch_add(&changes, 1) < first) return false;
  if (strcmp(how, "kill") == 0 || strcmp(how, "tear") == 0) die();
  if (strcmp(how, "full") == 0 && demand == TAKES_SPACE) {
    errno = ENOSPC;
    return true;
  }
  if (strcmp(how, "broken") == 0 && demand != REMOVES) {
    errno = EIO;
    return true;
  }
  return false;
}

#define USUAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static ssize_t write_at(int file, const void *bytes, size_t count, off64_t offset) {
  if (!is_open_inside(file)) return syscall(SYS_pwrite64, file, bytes, count, offset);
  if (atomic_load(&changes) == first && strcmp(how, "tear") == 0)
    syscall(SYS_pwrite64, file, bytes, count / 2, offset);
  if (fails(TAKES_SPACE)) return -1;
  return syscall(SYS_pwrite64, file, bytes, count, offset);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
  return write_at(file, bytes, count, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
  return write_at(file, bytes, count, offset);
}

ssize_t write(int file, const void *bytes, size_t count) {
  if (is_open_inside(file)) {
    if (atomic_load(&changes) == first && strcmp(how, "tear") == 0)
      syscall(SYS_write, file, bytes, count / 2);
    if (fails(TAKES_SPACE)) return -1;
  }
  return USUAL(write)(file, bytes, count);
}

static bool refuses_to_make(const char *path, int flags) {
  return flags & O_CREAT && is_named_inside(path) && access(path, F_OK) != 0 && fails(TAKES_SPACE);
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return refuses_to_make(path, flags) ? -1 : USUAL(open)(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return refuses_to_make(path, flags) ? -1 : USUAL(open64)(path, flags, mode);
}

int mkdir(const char *path, mode_t mode) {
  return is_named_inside(path) && fails(TAKES_SPACE) ? -1 : USUAL(mkdir)(path, mode);
}

int ftruncate(int file, off_t size) {
  return is_open_inside(file) && fails(TAKES_NONE) ? -1 : USUAL(ftruncate)(file, size);
}

int ftruncate64(int file, off64_t size) {
  return is_open_inside(file) && fails(TAKES_NONE) ? -1 : USUAL(ftruncate64)(file, size);
}

int fsync(int file) { return is_open_inside(file) && fails(TAKES_SPACE) ? -1 : USUAL(fsync)(file); }

int fdatasync(int file) {
  return is_open_inside(file) && fails(TAKES_SPACE) ? -1 : USUAL(fdatasync)(file);
}

int rename(const char *from, const char *to) {
  return is_named_inside(to) && fails(TAKES_SPACE) ? -1 : USUAL(rename)(from, to);
}

int link(const char *from, const char *to) {
  return is_named_inside(to) && fails(TAKES_SPACE) ? -1 : USUAL(link)(from, to);
}

int unlink(const char *path) {
  return is_named_inside(path) && fails(REMOVES) ? -1 : USUAL(unlink)(path);
}
