// One pool of threads for everything: the one that oneDNN's OpenMP runtime already has. Its entry points are looked up at run time, so that
// a oneDNN built on other threads costs only the parallelism of these loops.
#define _GNU_SOURCE
#include "threads.h"
#include <dlfcn.h>
#include <pthread.h>

typedef void (*parallel_function)(void (*)(void *), void *, unsigned, unsigned);

static parallel_function run_parallel;
static int (*max_threads)(void);
static int (*thread_number)(void);
static int (*team_size)(void);
static void (*set_threads)(int);
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void look_up(void) {
  max_threads = (int (*)(void))dlsym(RTLD_DEFAULT, "omp_get_max_threads");
  thread_number = (int (*)(void))dlsym(RTLD_DEFAULT, "omp_get_thread_num");
  team_size = (int (*)(void))dlsym(RTLD_DEFAULT, "omp_get_num_threads");
  set_threads = (void (*)(int))dlsym(RTLD_DEFAULT, "omp_set_num_threads");
  if (max_threads && thread_number && team_size) run_parallel = (parallel_function)dlsym(RTLD_DEFAULT, "GOMP_parallel");
}

int gradus_threads(void) {
  pthread_once(&once, look_up);
  return run_parallel ? max_threads() : 1;
}

void gradus_set_threads(int count) {
  pthread_once(&once, look_up);
  if (set_threads && count > 0) set_threads(count);
}

typedef struct {
  gradus_range_body body;
  void *context;
  long n, grain;
} work;

// Below so many floats a second thread costs more than it brings.
#define LEAST_PARALLEL 32768

static void run_share(void *pointer) {
  const work *w = pointer;
  long threads = team_size(), number = thread_number();
  long share = ((w->n + threads - 1) / threads + w->grain - 1) / w->grain * w->grain;
  long from = share * number, to = from + share < w->n ? from + share : w->n;
  if (from < to) w->body(w->context, from, to);
}

static void run_shares(long n, long grain, int alone, gradus_range_body body, void *context) {
  if (alone || gradus_threads() < 2) {
    if (n > 0) body(context, 0, n);
    return;
  }
  work w = {body, context, n, grain};
  run_parallel(run_share, &w, 0, 0);
}

void gradus_in_parallel(long n, long least, gradus_range_body body, void *context) { run_shares(n, 16, n < least, body, context); }

void gradus_pieces_in_parallel(long n, long cost, gradus_range_body body, void *context) {
  run_shares(n, 1, n < 2 || n * cost < LEAST_PARALLEL, body, context);
}
