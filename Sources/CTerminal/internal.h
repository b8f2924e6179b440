/// What the files of this target share.
#pragma once

#include "CTerminal.h"

#include <termios.h>

/// Signals to the self-pipe, and the crash guard (signals.c).
int ct_signals_open(void);
void ct_signals_close(void);
int ct_signals_descriptor(void);
void ct_stop_process(void);

/// Arms the crash guard: on a crash, `restore` is written to `terminal` and `modes` are set.
void ct_guard_open(int terminal, const struct termios *modes, const char *restore);
void ct_guard_close(void);

/// Keeps standard error aside, and brings it back with what was written meanwhile (errors.c). The last is safe in
/// a signal handler.
void ct_errors_open(void);
void ct_errors_close(void);
