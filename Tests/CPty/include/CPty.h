#pragma once

#include <sys/types.h>

// A program in a pseudo-terminal of its own, for tests.

// Closes the terminal alone: the programs in it are hung up.
void pty_close(int terminal);

// Starts it; returns the descriptor of the other side, or -1. `environment` and `arguments` end with NULL.
int pty_spawn(const char *path, char *const arguments[], char *const environment[], int columns, int rows, pid_t *child);
// Bytes read; 0 when none came within the timeout, -1 when the program's side is closed.
int pty_read(int terminal, char *buffer, int capacity, int timeout_milliseconds);
// Writes all of it; -1 when that is not possible within ten seconds.
int pty_write(int terminal, const char *bytes, int count);
int pty_resize(int terminal, int columns, int rows);
// 1 and the status once the program has ended, 0 when it has not within the timeout, -1 when there is no such child.
int pty_wait(pid_t child, int timeout_milliseconds, int *status);
// The exit code of such a status, or 128 and the signal's number.
int pty_exit_code(int status);
// Kills the program and everything in its session's foreground, and forgets it.
void pty_end(int terminal, pid_t child);

// A pipe that no child inherits; 0, or -1.
int program_pipe(int ends[2]);
// Starts a program without a terminal, in a folder, on three open descriptors; 0, or -1. `pty_wait` waits for it too.
int program_spawn(
    const char *path, char *const arguments[], char *const environment[], const char *folder, int input, int output, int error,
    pid_t *child);
