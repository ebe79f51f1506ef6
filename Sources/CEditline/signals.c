#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#include "CEditline.h"

static atomic_int interrupted;
static atomic_int continued;
static atomic_int ending;
static struct sigaction former;

static void note_interrupt(int signal_number) {
  (void)signal_number;
  atomic_store(&interrupted, 1);
}

static void note_continuation(int signal_number) {
  (void)signal_number;
  atomic_fetch_add(&continued, 1);
}

int gradus_continuations(void) { return atomic_load(&continued); }

void gradus_ignore_broken_pipes(void) { signal(SIGPIPE, SIG_IGN); }

void gradus_catch_interrupts(void) {
  struct sigaction action = {0};
  action.sa_handler = note_interrupt;
  sigemptyset(&action.sa_mask);
  // No SA_RESTART: a read that waits must come back.
  action.sa_flags = 0;
  sigaction(SIGINT, &action, &former);
  action.sa_handler = note_continuation;
  action.sa_flags = SA_RESTART;
  sigaction(SIGCONT, &action, 0);
}

void gradus_release_interrupts(void) { sigaction(SIGINT, &former, 0); }

int gradus_is_interrupted(void) { return atomic_load(&interrupted) || gradus_ending(); }

void gradus_clear_interrupt(void) { atomic_store(&interrupted, 0); }

// The input ends: a read that waits comes back, whoever waits. All calls here may be made from a handler.
static void note_ending(int signal_number) {
  int error = errno;
  atomic_store(&ending, signal_number);
  atomic_store(&interrupted, 1);
  int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing >= 0) {
    dup2(nothing, STDIN_FILENO);
    close(nothing);
  }
  errno = error;
}

void gradus_catch_endings(void) {
  struct sigaction action = {0};
  action.sa_handler = note_ending;
  sigemptyset(&action.sa_mask);
  sigaction(SIGTERM, &action, 0);
  sigaction(SIGHUP, &action, 0);
}

int gradus_ending(void) { return atomic_load(&ending); }
