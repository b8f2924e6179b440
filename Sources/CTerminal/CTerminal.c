// Before any header: wcwidth and the wide interface of curses hide behind these.
#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1

#include "internal.h"

#include <curses.h>
#include <term.h>

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

static SCREEN *screen = NULL;
static int terminal = -1;
static FILE *terminal_in = NULL;
static FILE *terminal_out = NULL;
static int colors = 0;
static int is_utf8 = 0;

/// The pair of colours that was put last, of this screen; none if its number is 0.
static struct {
  int number;
  int foreground;
  int background;
} last_pair;

/// The other end of the terminal is closed: it would end every wait at once.
static int is_gone = 0;

// MARK: Locale

static const char *wanted_locale(void) {
  static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
  for (int i = 0; i < 3; i++) {
    const char *value = getenv(names[i]);
    if (value != NULL && *value != '\0') return value;
  }
  return NULL;
}

static int codeset_is_utf8(void) { return strcasecmp(nl_langinfo(CODESET), "UTF-8") == 0; }

/// A locale that is wanted to be UTF-8 but isn't installed, as is usual in containers, and one that nobody set become
/// `C.UTF-8`, for today's terminals are of UTF-8. Who asks for `C` or ISO 8859 gets it.
int ct_choose_locale(void) {
  setlocale(LC_CTYPE, "");
  if (codeset_is_utf8()) return 1;
  const char *wanted = wanted_locale();
  if (wanted == NULL || strcasestr(wanted, "UTF-8") != NULL || strcasestr(wanted, "UTF8") != NULL) {
    setlocale(LC_CTYPE, "C.UTF-8");
  }
  return codeset_is_utf8();
}

int ct_character_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

// MARK: Opening and closing

/// Adds a terminfo string without its `$<delay>` marks.
static void append_capability(char *restore, size_t size, const char *capability) {
  if (capability == NULL || capability == (const char *)-1) return;
  size_t length = strlen(restore);
  while (*capability != '\0' && length + 1 < size) {
    if (capability[0] == '$' && capability[1] == '<') {
      const char *end = strchr(capability, '>');
      if (end != NULL) {
        capability = end + 1;
        continue;
      }
    }
    restore[length++] = *capability++;
  }
  restore[length] = '\0';
}

/// Key sequences that terminals send in the mode that we did not ask for, or that their terminfo entry lacks.
static void define_keys(void) {
  static const struct {
    const char *sequence;
    int key;
  } keys[] = {
      {"\033[A", KEY_UP},     {"\033[B", KEY_DOWN},   {"\033[C", KEY_RIGHT}, {"\033[D", KEY_LEFT},
      {"\033OA", KEY_UP},     {"\033OB", KEY_DOWN},   {"\033OC", KEY_RIGHT}, {"\033OD", KEY_LEFT},
      {"\033[H", KEY_HOME},   {"\033[F", KEY_END},    {"\033OH", KEY_HOME},  {"\033OF", KEY_END},
      {"\033[1~", KEY_HOME},  {"\033[4~", KEY_END},   {"\033[7~", KEY_HOME}, {"\033[8~", KEY_END},
      {"\033[5~", KEY_PPAGE}, {"\033[6~", KEY_NPAGE}, {"\033[3~", KEY_DC},   {"\033[Z", KEY_BTAB},
      {"\033OM", KEY_ENTER},
  };
  for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
    define_key(keys[i].sequence, keys[i].key);
  }
}

static int open_device(const char *path) {
  terminal = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0 || !isatty(terminal)) return CT_NO_TERMINAL;
  int input = fcntl(terminal, F_DUPFD_CLOEXEC, 3);
  int output = fcntl(terminal, F_DUPFD_CLOEXEC, 3);
  if (input >= 0) terminal_in = fdopen(input, "r");
  if (output >= 0) terminal_out = fdopen(output, "w");
  return terminal_in != NULL && terminal_out != NULL ? CT_OK : CT_NO_RESOURCE;
}

static int check_type(const char *type) {
  int found = 0;
  if (*type == '\0') return CT_UNKNOWN_TYPE;
  if (setupterm(type, terminal, &found) != OK) return CT_UNKNOWN_TYPE;
  int can_move = cursor_address != NULL && cursor_address != (char *)-1;
  del_curterm(cur_term);
  return can_move ? CT_OK : CT_CANNOT_MOVE_CURSOR;
}

static void choose_colors(int no_color) {
  colors = 0;
  last_pair.number = 0;
  if (no_color || !has_colors() || start_color() == ERR) return;
  use_default_colors();
  colors = COLORS >= 256 ? 256 : COLORS >= 16 ? 16 : COLORS >= 8 ? 8 : 0;
}

static void release_device(void) {
  if (terminal_in != NULL) fclose(terminal_in);
  if (terminal_out != NULL) fclose(terminal_out);
  if (terminal >= 0) close(terminal);
  terminal_in = terminal_out = NULL;
  terminal = -1;
}

int ct_open(const char *path, const char *type, int no_color) {
  if (screen != NULL) return CT_ALREADY_OPEN;
  is_gone = 0;
  int result = open_device(path);
  if (result == CT_OK) result = check_type(type);
  struct termios modes;
  if (result == CT_OK && tcgetattr(terminal, &modes) != 0) result = CT_NO_TERMINAL;
  if (result == CT_OK && ct_signals_open() != 0) result = CT_NO_RESOURCE;
  if (result != CT_OK) {
    release_device();
    return result;
  }
  is_utf8 = ct_choose_locale();
  // The size is the terminal's, not that of LINES and COLUMNS, which defeat resizing.
  use_env(FALSE);
  use_tioctl(TRUE);
  screen = newterm(type, terminal_out, terminal_in);
  if (screen == NULL) {
    ct_signals_close();
    release_device();
    return CT_UNKNOWN_TYPE;
  }
  char restore[512] = "";
  append_capability(restore, sizeof restore, exit_attribute_mode);
  append_capability(restore, sizeof restore, orig_pair);
  append_capability(restore, sizeof restore, cursor_normal);
  append_capability(restore, sizeof restore, keypad_local);
  append_capability(restore, sizeof restore, exit_ca_mode);
  ct_guard_open(terminal, &modes, restore);
  ct_errors_open();
  set_escdelay(25);
  raw();
  noecho();
  nonl();
  keypad(stdscr, TRUE);
  nodelay(stdscr, TRUE);
  intrflush(stdscr, FALSE);
  define_keys();
  choose_colors(no_color);
  curs_set(0);
  ct_take_size();
  return CT_OK;
}

void ct_close(void) {
  if (screen == NULL) return;
  endwin();
  delscreen(screen);
  screen = NULL;
  ct_guard_close();
  ct_signals_close();
  release_device();
  ct_errors_close();
}

int ct_colors(void) { return colors; }

int ct_is_utf8(void) { return is_utf8; }

// MARK: Size

void ct_size(int *width, int *height) {
  *width = getmaxx(stdscr);
  *height = getmaxy(stdscr);
}

void ct_take_size(void) {
  struct winsize size;
  if (ioctl(terminal, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return;
  if (size.ws_row == getmaxy(stdscr) && size.ws_col == getmaxx(stdscr)) return;
  resizeterm(size.ws_row, size.ws_col);
}

// MARK: Drawing

/// The number of a pair of colours. Neighbouring cells mostly have the same, which is not searched anew; any
/// other may by then be one that curses has given to other colours.
static int pair_of(int foreground, int background) {
  if (colors == 0 || (foreground < 0 && background < 0)) return 0;
  if (last_pair.number <= 0 || foreground != last_pair.foreground ||
      background != last_pair.background) {
    last_pair.number = alloc_pair(foreground, background);
    last_pair.foreground = foreground;
    last_pair.background = background;
  }
  return last_pair.number > 0 ? last_pair.number : 0;
}

void ct_put(int x, int y, const uint32_t *scalars, int count, int width, int modifiers,
            int foreground, int background) {
  wchar_t text[CCHARW_MAX + 1] = {0};
  int is_known = count > 0 && wcwidth((wchar_t)scalars[0]) == width;
  for (int i = 0; i < count && i < CCHARW_MAX; i++) text[i] = (wchar_t)scalars[i];
  if (!is_known) {
    text[0] = is_utf8 ? 0xFFFD : L'?';
    text[1] = 0;
  }
  attr_t attributes = A_NORMAL;
  if (modifiers & CT_BOLD) attributes |= A_BOLD;
  if (modifiers & CT_DIM) attributes |= A_DIM;
  if (modifiers & CT_ITALIC) attributes |= A_ITALIC;
  if (modifiers & CT_UNDERLINE) attributes |= A_UNDERLINE;
  if (modifiers & CT_REVERSE) attributes |= A_REVERSE;
  int pair = pair_of(foreground, background);
  cchar_t cell;
  if (setcchar(&cell, text, attributes, 0, &pair) == ERR) return;
  mvadd_wch(y, x, &cell);
  if (!is_known && width == 2) {
    setcchar(&cell, L" ", attributes, 0, &pair);
    mvadd_wch(y, x + 1, &cell);
  }
}

void ct_show(int x, int y) {
  curs_set(x >= 0);
  if (x >= 0) move(y, x);
  wnoutrefresh(stdscr);
  doupdate();
}

void ct_repaint(void) { clearok(curscr, TRUE); }

// MARK: Input

static uint32_t key_of(int code) {
  switch (code) {
  case KEY_UP: return CT_UP;
  case KEY_DOWN: return CT_DOWN;
  case KEY_LEFT: return CT_LEFT;
  case KEY_RIGHT: return CT_RIGHT;
  case KEY_PPAGE: return CT_PAGE_UP;
  case KEY_NPAGE: return CT_PAGE_DOWN;
  case KEY_HOME: return CT_HOME;
  case KEY_END: return CT_END;
  case KEY_BACKSPACE: return CT_BACKSPACE;
  case KEY_DC: return CT_DELETE;
  case KEY_BTAB: return CT_BACKTAB;
  case KEY_ENTER: return CT_ENTER;
  default: return CT_OTHER_KEY;
  }
}

int ct_read(uint32_t *value) {
  wint_t code = 0;
  switch (wget_wch(stdscr, &code)) {
  case OK:
    *value = (uint32_t)code;
    return CT_CHARACTER;
  case KEY_CODE_YES:
    *value = key_of((int)code);
    return CT_KEY;
  default: return CT_NOTHING;
  }
}

int ct_wait(int milliseconds, int wake_descriptor) {
  struct pollfd watched[3] = {
      {.fd = is_gone ? -1 : terminal, .events = POLLIN},
      {.fd = ct_signals_descriptor(), .events = POLLIN},
      {.fd = wake_descriptor, .events = POLLIN},
  };
  if (poll(watched, 3, milliseconds) <= 0) return 0;
  int found = 0;
  if (watched[0].revents & POLLIN) found |= CT_INPUT;
  if (watched[0].revents & (POLLHUP | POLLERR | POLLNVAL)) {
    is_gone = 1;
    found = CT_HUNG_UP;
  }
  if (watched[1].revents) found |= CT_SIGNAL;
  if (watched[2].revents) found |= CT_WOKEN;
  return found;
}

// MARK: Suspending

void ct_suspend(void) {
  def_prog_mode();
  endwin();
  ct_errors_close();
  ct_stop_process();
  ct_errors_open();
  ct_resume();
}

void ct_resume(void) {
  reset_prog_mode();
  ct_take_size();
  ct_repaint();
}
