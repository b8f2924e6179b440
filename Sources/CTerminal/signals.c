#define _GNU_SOURCE

#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

// MARK: Pipes

int ct_make_pipe(int descriptors[2]) { return pipe2(descriptors, O_CLOEXEC | O_NONBLOCK); }

void ct_wake(int descriptor) {
  // A full pipe wakes as well as one byte more would.
  ssize_t ignored = write(descriptor, "", 1);
  (void)ignored;
}

void ct_drain(int descriptor) {
  char bytes[64];
  while (read(descriptor, bytes, sizeof bytes) > 0) {
  }
}

// MARK: Signals that the main loop answers

static const struct {
  int number;
  char event;
} listened[] = {
    {SIGWINCH, CT_RESIZED},  {SIGTERM, CT_TERMINATE}, {SIGQUIT, CT_TERMINATE},
    {SIGHUP, CT_HANGUP},     {SIGINT, CT_INTERRUPT},  {SIGTSTP, CT_SUSPEND},
    {SIGCONT, CT_CONTINUED},
};

static struct sigaction before[COUNT(listened)];
static int pipe_ends[2] = {-1, -1};

static void listen_to(int number) {
  int saved = errno;
  for (size_t i = 0; i < COUNT(listened); i++) {
    if (listened[i].number == number) {
      ssize_t ignored = write(pipe_ends[1], &listened[i].event, 1);
      (void)ignored;
    }
  }
  errno = saved;
}

int ct_signals_open(void) {
  if (ct_make_pipe(pipe_ends) != 0) return -1;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = listen_to;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  // Before ncurses starts: it installs its own handlers only where the default stands.
  for (size_t i = 0; i < COUNT(listened); i++) {
    sigaction(listened[i].number, &action, &before[i]);
  }
  return 0;
}

void ct_signals_close(void) {
  if (pipe_ends[0] < 0) return;
  for (size_t i = 0; i < COUNT(listened); i++) {
    sigaction(listened[i].number, &before[i], NULL);
  }
  close(pipe_ends[0]);
  close(pipe_ends[1]);
  pipe_ends[0] = pipe_ends[1] = -1;
}

int ct_signals_descriptor(void) { return pipe_ends[0]; }

int ct_next_signal(void) {
  char event;
  return read(pipe_ends[0], &event, 1) == 1 ? event : CT_NO_SIGNAL;
}

void ct_stop_process(void) {
  struct sigaction standard, ours;
  memset(&standard, 0, sizeof standard);
  standard.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &standard, &ours);
  // The whole job, as the terminal would: a pager or a tee behind us stops too. Where nobody could continue it (an
  // orphaned group), the system ignores this.
  kill(0, SIGTSTP);
  // Another thread may be the one that takes it, a moment later. The news that we were continued ends this.
  struct pollfd news = {.fd = pipe_ends[0], .events = POLLIN};
  poll(&news, 1, 50);
  sigaction(SIGTSTP, &ours, NULL);
}

// MARK: The crash guard

static const int crashes[] = {SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE};
static struct sigaction before_guard[COUNT(crashes)];
static volatile sig_atomic_t is_armed = 0;
static int guarded = -1;
static struct termios guarded_modes;
static char guarded_restore[512];
static stack_t guard_stack;

static void guard(int number, siginfo_t *info, void *context) {
  (void)context;
  if (is_armed) {
    is_armed = 0;
    ssize_t ignored = write(guarded, guarded_restore, strlen(guarded_restore));
    (void)ignored;
    tcsetattr(guarded, TCSANOW, &guarded_modes);
    ct_errors_close();
  }
  for (size_t i = 0; i < COUNT(crashes); i++) {
    if (crashes[i] == number) sigaction(number, &before_guard[i], NULL);
  }
  // A faulting instruction faults again when this returns, now into the handler from before (Swift's
  // backtrace, or the end of the process). A signal that was sent must be sent again.
  if (info == NULL || info->si_code <= 0) raise(number);
}

void ct_guard_open(int terminal, const struct termios *modes, const char *restore) {
  guarded = terminal;
  guarded_modes = *modes;
  strncpy(guarded_restore, restore, sizeof guarded_restore - 1);
  // A stack of its own, so that a stack overflow can be answered too.
  memset(&guard_stack, 0, sizeof guard_stack);
  stack_t present;
  if (sigaltstack(NULL, &present) == 0 && (present.ss_flags & SS_DISABLE)) {
    guard_stack.ss_size = 64 * 1024;
    guard_stack.ss_sp = malloc(guard_stack.ss_size);
    if (guard_stack.ss_sp != NULL) sigaltstack(&guard_stack, NULL);
  }
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = guard;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < COUNT(crashes); i++) {
    sigaction(crashes[i], &action, &before_guard[i]);
  }
  is_armed = 1;
}

void ct_guard_close(void) {
  if (!is_armed) return;
  is_armed = 0;
  for (size_t i = 0; i < COUNT(crashes); i++) {
    sigaction(crashes[i], &before_guard[i], NULL);
  }
  if (guard_stack.ss_sp != NULL) {
    stack_t off = {.ss_flags = SS_DISABLE};
    sigaltstack(&off, NULL);
    free(guard_stack.ss_sp);
    guard_stack.ss_sp = NULL;
  }
}
