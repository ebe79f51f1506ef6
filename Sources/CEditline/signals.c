#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

#include "CEditline.h"

static atomic_int interrupted;
static atomic_int continued;
static atomic_int ending;
static atomic_llong stopped_nanoseconds;
static struct sigaction former;

static void note_interrupt(int signal_number) {
  (void)signal_number;
  atomic_store(&interrupted, 1);
}

static void note_continuation(int signal_number) {
  (void)signal_number;
  atomic_fetch_add(&continued, 1);
}

static long long nanoseconds_now(void) {
  struct timespec now;
#ifdef CLOCK_BOOTTIME
  clock_gettime(CLOCK_BOOTTIME, &now);
#else
  clock_gettime(CLOCK_MONOTONIC, &now);
#endif
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

// Ctrl-Z: stands still as anybody does, and counts for how long. All calls here may be made from a handler.
static void stop_and_count(int signal_number) {
  int error = errno;
  struct sigaction usual = {0}, own;
  usual.sa_handler = SIG_DFL;
  sigemptyset(&usual.sa_mask);
  sigset_t stop, mask;
  sigemptyset(&stop);
  sigaddset(&stop, signal_number);
  sigaction(signal_number, &usual, &own);
  long long from = nanoseconds_now();
  raise(signal_number);
  pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
  // Here it goes on.
  pthread_sigmask(SIG_SETMASK, &mask, 0);
  atomic_fetch_add(&stopped_nanoseconds, nanoseconds_now() - from);
  sigaction(signal_number, &own, 0);
  errno = error;
}

long long gradus_stopped_nanoseconds(void) { return atomic_load(&stopped_nanoseconds); }

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
  // Who was started where Ctrl-Z is ignored goes on ignoring it.
  struct sigaction stopping;
  if (sigaction(SIGTSTP, 0, &stopping) == 0 && stopping.sa_handler == SIG_DFL) {
    action.sa_handler = stop_and_count;
    sigaction(SIGTSTP, &action, 0);
  }
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
