#define _GNU_SOURCE
#include "CPty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// In the child: the test runner's threads block signals and ignore some; a program that a user starts finds neither. Nor its descriptors.
static void become(const char *path, char *const arguments[], char *const environment[]) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  signal(SIGINT, SIG_DFL);
  signal(SIGPIPE, SIG_DFL);
  signal(SIGTSTP, SIG_DFL);
  for (int descriptor = 3; descriptor < 1024; descriptor++) close(descriptor);
  execve(path, arguments, environment);
  _exit(127);
}

int program_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int program_spawn(
    const char *path, char *const arguments[], char *const environment[], const char *folder, int input, int output, int error,
    pid_t *child) {
  pid_t pid = fork();
  if (pid < 0) return -1;
  if (pid == 0) {
    setsid();
    if (chdir(folder) != 0 || dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(error, 2) < 0) _exit(127);
    become(path, arguments, environment);
  }
  *child = pid;
  return 0;
}

int pty_spawn(const char *path, char *const arguments[], char *const environment[], int columns, int rows, pid_t *child) {
  struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
  int terminal = -1;
  pid_t pid = forkpty(&terminal, NULL, NULL, &size);
  if (pid < 0) return -1;
  if (pid == 0) become(path, arguments, environment);
  fcntl(terminal, F_SETFD, FD_CLOEXEC);
  *child = pid;
  return terminal;
}

int pty_read(int terminal, char *buffer, int capacity, int timeout_milliseconds) {
  struct pollfd ready = {.fd = terminal, .events = POLLIN};
  int count = poll(&ready, 1, timeout_milliseconds);
  if (count == 0 || (count < 0 && errno == EINTR)) return 0;
  if (count < 0) return -1;
  ssize_t length = read(terminal, buffer, (size_t)capacity);
  if (length < 0 && (errno == EINTR || errno == EAGAIN)) return 0;
  return length > 0 ? (int)length : -1;
}

int pty_write(int terminal, const char *bytes, int count) {
  while (count > 0) {
    struct pollfd ready = {.fd = terminal, .events = POLLOUT};
    if (poll(&ready, 1, 10000) <= 0) return -1;
    ssize_t written = write(terminal, bytes, (size_t)count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return -1;
    bytes += written;
    count -= (int)written;
  }
  return 0;
}

int pty_resize(int terminal, int columns, int rows) {
  struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
  return ioctl(terminal, TIOCSWINSZ, &size);
}

int pty_wait(pid_t child, int timeout_milliseconds, int *status) {
  for (int waited = 0;; waited += 5) {
    pid_t ended = waitpid(child, status, WNOHANG);
    if (ended == child) return 1;
    if (ended < 0 && errno != EINTR) return -1;
    if (waited >= timeout_milliseconds) return 0;
    struct timespec pause = {.tv_nsec = 5000000};
    nanosleep(&pause, NULL);
  }
}

int pty_exit_code(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

void pty_close(int terminal) { close(terminal); }

void pty_end(int terminal, pid_t child) {
  if (child > 0) {
    pid_t foreground = tcgetpgrp(terminal);
    if (foreground > 0 && foreground != child && foreground != getpgrp()) kill(-foreground, SIGKILL);
    kill(child, SIGKILL);
    int status;
    pty_wait(child, 5000, &status);
  }
  if (terminal >= 0) close(terminal);
}
