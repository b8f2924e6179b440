/// The terminal by ncursesw, without a name of ncurses in sight: Swift's importer refuses half of them (macros,
/// mutable globals, an opaque `WINDOW`), and no other room should know which library this is.
///
/// All of it is for one thread, the one that calls `ct_open`; only `ct_wake` may be called from any.
/// One terminal can be open at a time in a process.
#pragma once

#include <stdint.h>

/// Results of `ct_open`.
enum {
  CT_OK = 0,
  /// The device cannot be opened, or is no terminal.
  CT_NO_TERMINAL = 1,
  /// TERM is unset, or terminfo does not know it.
  CT_UNKNOWN_TYPE = 2,
  /// The terminal type cannot place the cursor (`TERM=dumb`).
  CT_CANNOT_MOVE_CURSOR = 3,
  /// The system refused a pipe or another resource; see errno.
  CT_NO_RESOURCE = 4,
  /// One is open already.
  CT_ALREADY_OPEN = 5,
};

/// Modifiers of a cell, to be added up.
enum {
  CT_BOLD = 1,
  CT_DIM = 2,
  CT_ITALIC = 4,
  CT_UNDERLINE = 8,
  CT_REVERSE = 16,
};

/// What `ct_read` found.
enum {
  CT_NOTHING = 0,
  CT_CHARACTER = 1,
  CT_KEY = 2,
};

/// Values with `CT_KEY`. Keys that are not listed are not reported.
enum {
  CT_UP = 1,
  CT_DOWN,
  CT_LEFT,
  CT_RIGHT,
  CT_PAGE_UP,
  CT_PAGE_DOWN,
  CT_HOME,
  CT_END,
  CT_BACKSPACE,
  CT_DELETE,
  CT_BACKTAB,
  CT_ENTER,
  CT_OTHER_KEY,
};

/// What `ct_wait` found, to be added up.
enum {
  CT_INPUT = 1,
  CT_SIGNAL = 2,
  CT_WOKEN = 4,
  CT_HUNG_UP = 8,
};

/// Values of `ct_next_signal`.
enum {
  CT_NO_SIGNAL = 0,
  CT_RESIZED,
  CT_TERMINATE,
  CT_HANGUP,
  CT_INTERRUPT,
  CT_SUSPEND,
  CT_CONTINUED,
};

/// Takes the terminal at `path` (`/dev/tty`: works also with standard output in a pipe), being of `type` as TERM
/// says it, and enters the full screen. `no_color` not zero: no colours, whatever the terminal has.
///
/// While it is open, what is written to standard error is kept aside if that is a terminal; it is shown when
/// the terminal is closed, or crashes. A crash (trap, abort, bad access) restores the terminal and then does what it
/// would have done.
int ct_open(const char *path, const char *type, int no_color);

/// Leaves the full screen and restores everything `ct_open` changed. Does nothing if none is open.
void ct_close(void);

/// How many colours: 256, 16, 8, or 0.
int ct_colors(void);

/// Whether the locale is one of UTF-8. If not, only ASCII may be put.
int ct_is_utf8(void);

void ct_size(int *width, int *height);

/// Puts one character with its combining marks, `count` scalars, into `width` columns. Colours are indices,
/// or -1 for the terminal's own. A character that the C library does not know, or measures differently, is put as
/// U+FFFD.
void ct_put(int x, int y, const uint32_t *scalars, int count, int width, int modifiers,
            int foreground, int background);

/// Shows what was put since the last call, with the cursor at that place, or hidden if `x` is negative.
void ct_show(int x, int y);

/// The next show repaints everything, whatever the terminal is thought to show.
void ct_repaint(void);

/// Takes over the size that the terminal has now.
void ct_take_size(void);

/// The next character or key, if there is one. Never waits, but for the rest of an escape sequence.
int ct_read(uint32_t *value);

/// Sleeps until there is input, a signal or a wake, or for so many milliseconds (-1: for ever).
int ct_wait(int milliseconds, int wake_descriptor);

/// The next signal that arrived.
int ct_next_signal(void);

/// Leaves the full screen, stops the process as Ctrl-Z does, and returns when it is continued.
void ct_suspend(void);

/// Takes the terminal's modes again after the process was stopped from outside and continued.
void ct_resume(void);

/// A pair of descriptors, not blocking: what is written to the second can be waited for by the first. Returns
/// 0, or -1 with errno.
int ct_make_pipe(int descriptors[2]);

/// Wakes a `ct_wait`. May be called from any thread, and from a signal handler.
void ct_wake(int descriptor);

/// Takes back all wakes.
void ct_drain(int descriptor);

/// Columns of a character by the C library, in the locale that the process has; -1 if it does not know it.
int ct_character_width(uint32_t scalar);

/// Makes the process's locale one of UTF-8 where that is wanted: see the definition. Called by `ct_open`.
int ct_choose_locale(void);
