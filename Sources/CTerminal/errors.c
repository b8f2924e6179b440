#define _GNU_SOURCE

#include "internal.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

/// Bytes of kept errors that are shown in the end; of more, the last.
enum { SHOWN = 64 * 1024 };

static volatile int true_errors = -1;
static volatile int kept = -1;

void ct_errors_open(void) {
  if (true_errors >= 0 || !isatty(STDERR_FILENO)) return;
  kept = memfd_create("errors", MFD_CLOEXEC);
  if (kept < 0) return;
  true_errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (true_errors < 0 || dup2(kept, STDERR_FILENO) < 0) {
    if (true_errors >= 0) close(true_errors);
    close(kept);
    true_errors = -1;
    kept = -1;
  }
}

void ct_errors_close(void) {
  if (true_errors < 0) return;
  dup2(true_errors, STDERR_FILENO);
  off_t end = lseek(kept, 0, SEEK_END);
  off_t at = end > SHOWN ? end - SHOWN : 0;
  char part[1024];
  ssize_t count;
  while (at < end && (count = pread(kept, part, sizeof part, at)) > 0) {
    if (write(STDERR_FILENO, part, (size_t)count) < 0) break;
    at += count;
  }
  close(kept);
  close(true_errors);
  kept = -1;
  true_errors = -1;
}
