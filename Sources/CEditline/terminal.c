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

int gradus_query_attributes(int timeout_milliseconds, char *answer, int capacity) {
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

  char received[512];
  int length = 0, start = -1, end = -1;
  if (write(terminal, "\033[c", 3) == 3) {
    long deadline = milliseconds_now() + timeout_milliseconds;
    while (end < 0 && length < (int)sizeof received - 1) {
      long left = deadline - milliseconds_now();
      struct pollfd ready = {.fd = terminal, .events = POLLIN};
      if (left <= 0 || poll(&ready, 1, (int)left) <= 0) break;
      if (read(terminal, received + length, 1) != 1) break;
      length++;
      received[length] = 0;
      char *found = strstr(received, "\033[?");
      if (found && received[length - 1] == 'c') {
        start = (int)(found - received);
        end = length;
      }
    }
  }
  tcsetattr(terminal, TCSADRAIN, &former);
  close(terminal);

  int found = 0;
  if (end >= 0) {
    int size = end - 1 - (start + 3);
    if (size >= 0 && size < capacity) {
      memcpy(answer, received + start + 3, (size_t)size);
      answer[size] = 0;
      found = 1;
    }
    memmove(received + start, received + end, (size_t)(length - end) + 1);
    length -= end - start;
  }
  received[length] = 0;
  if (length > 0) gradus_keep_typed_ahead(received);
  return found;
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
