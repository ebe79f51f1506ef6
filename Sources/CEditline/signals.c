#include <signal.h>
#include <stdatomic.h>

#include "CEditline.h"

static atomic_int interrupted;
static struct sigaction former;

static void note_interrupt(int signal_number) {
  (void)signal_number;
  atomic_store(&interrupted, 1);
}

void gradus_ignore_broken_pipes(void) { signal(SIGPIPE, SIG_IGN); }

void gradus_catch_interrupts(void) {
  struct sigaction action = {0};
  action.sa_handler = note_interrupt;
  sigemptyset(&action.sa_mask);
  // No SA_RESTART: a read that waits must come back.
  action.sa_flags = 0;
  sigaction(SIGINT, &action, &former);
}

void gradus_release_interrupts(void) { sigaction(SIGINT, &former, 0); }

int gradus_is_interrupted(void) { return atomic_load(&interrupted); }

void gradus_clear_interrupt(void) { atomic_store(&interrupted, 0); }
