#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "CEditline.h"

void gradus_adopt_locale(void) {
  const char *name = setlocale(LC_CTYPE, "");
  if (!name || !strcmp(name, "C") || !strcmp(name, "POSIX")) setlocale(LC_CTYPE, "C.UTF-8");
}

int gradus_is_terminal(int descriptor) { return isatty(descriptor); }

int gradus_terminal_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 0;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return 1;
}

int gradus_column_count(unsigned int code_point) {
  int width = wcwidth((wchar_t)code_point);
  return width < 0 ? 0 : width;
}

static long milliseconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int gradus_terminal_pixels(int descriptor, int *columns, int *rows, int *width, int *height) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 0;
  *columns = size.ws_col;
  *rows = size.ws_row;
  *width = size.ws_xpixel;
  *height = size.ws_ypixel;
  return 1;
}

// The length of the answer that begins here: 0 when none does, -1 when its end has not come yet.
static int answer_length(const char *text) {
  if (text[0] != '\033') return 0;
  // Strings of the terminal: kitty's graphics, and its name (XTVERSION).
  int is_graphics = text[1] == '_' && text[2] == 'G', is_name = text[1] == 'P' && text[2] == '>' && text[3] == '|';
  if (is_graphics || is_name) {
    const char *end = strstr(text + 2, "\033\\");
    return end ? (int)(end - text) + 2 : -1;
  }
  // The attributes, `ESC [ ? numbers c`, and a size in pixels, `ESC [ 4 or 6 ; height ; width t`. A key is neither.
  if (text[1] != '[') return 0;
  int is_attributes = text[2] == '?';
  if (!is_attributes && !((text[2] == '4' || text[2] == '6') && text[3] == ';')) return 0;
  size_t length = strspn(text + 3, "0123456789;") + 3;
  if (text[length] == 0) return -1;
  return text[length] == (is_attributes ? 'c' : 't') ? (int)length + 1 : 0;
}

int gradus_part_answers(char *received, char *answers, int capacity) {
  int found = 0, used = (int)strlen(answers);
  char *from = received, *to = received;
  while (*from) {
    int length = answer_length(from);
    if (length < 0) break;
    if (length == 0) {
      *to++ = *from++;
      continue;
    }
    if (used + length < capacity) {
      memcpy(answers + used, from, (size_t)length);
      used += length;
      answers[used] = 0;
    }
    if (from[1] == '_') found |= 2;
    if (from[1] == '[' && from[2] == '?') found |= 1;
    from += length;
  }
  memmove(to, from, strlen(from) + 1);
  return found;
}

int gradus_ask_terminal(const char *question, int timeout_milliseconds, int grace_milliseconds, char *answers, int capacity) {
  answers[0] = 0;
  int terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0) return 0;
  struct termios former, raw;
  // A program in the background may not touch the terminal; it would be stopped.
  if (tcgetpgrp(terminal) != getpgrp() || tcgetattr(terminal, &former) != 0) {
    close(terminal);
    return 0;
  }
  raw = former;
  raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
  raw.c_cc[VMIN] = 0;
  raw.c_cc[VTIME] = 0;
  tcsetattr(terminal, TCSADRAIN, &raw);

  // Keys and answers as they come; more than this is no answer but a paste, whose rest stays in the terminal's queue.
  char received[4096] = "";
  size_t length = 0;
  int found = 0;
  size_t size = strlen(question);
  if (write(terminal, question, size) == (ssize_t)size) {
    long deadline = milliseconds_now() + timeout_milliseconds;
    while (length < sizeof received - 1) {
      long left = deadline - milliseconds_now();
      struct pollfd ready = {.fd = terminal, .events = POLLIN};
      if (left <= 0 || poll(&ready, 1, (int)left) <= 0) break;
      ssize_t count = read(terminal, received + length, sizeof received - 1 - length);
      if (count <= 0) break;
      received[length + (size_t)count] = 0;
      found |= gradus_part_answers(received, answers, capacity);
      length = strlen(received);
      if (found & 1) {
        if (grace_milliseconds == 0 || found & 2) break;
        long last = milliseconds_now() + grace_milliseconds;
        if (last < deadline) deadline = last;
      }
    }
  }
  tcsetattr(terminal, TCSADRAIN, &former);
  close(terminal);
  if (length > 0) gradus_keep_typed_ahead(received);
  return (int)strlen(answers);
}

int gradus_plain_read(const char *prompt, const char **text) {
  static char *buffer;
  static size_t capacity;
  *text = "";
  if (prompt[0]) {
    // Prompts are no results: they must not get into a file that standard output goes to.
    FILE *out = isatty(1) ? stdout : stderr;
    fputs(prompt, out);
    fflush(out);
  }
  errno = 0;
  ssize_t length = getline(&buffer, &capacity, stdin);
  if (length < 0) {
    int cancelled = errno == EINTR;
    clearerr(stdin);
    if (prompt[0]) fputc('\n', isatty(1) ? stdout : stderr);
    fflush(stdout);
    return cancelled ? GRADUS_READ_CANCELLED : GRADUS_READ_END;
  }
  while (length > 0 && (buffer[length - 1] == '\n' || buffer[length - 1] == '\r')) buffer[--length] = 0;
  *text = buffer;
  return GRADUS_READ_LINE;
}
