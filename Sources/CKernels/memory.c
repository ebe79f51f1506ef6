// Large blocks of memory: their pages, and copies of them.
#define _DEFAULT_SOURCE
#include "include/CKernels.h"
#include "threads.h"
#include <string.h>
#include <sys/mman.h>

#define LARGE_PAGE ((uintptr_t)2 << 20)
// Below so many floats a second thread costs more than it brings.
#define LEAST_PARALLEL 262144

void gradus_prefer_large_pages(void *memory, size_t bytes) {
#ifdef MADV_HUGEPAGE
  uintptr_t start = ((uintptr_t)memory + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
  uintptr_t end = ((uintptr_t)memory + bytes) / LARGE_PAGE * LARGE_PAGE;
  // A kernel without them says no: then the pages are small.
  if (end > start + LARGE_PAGE) (void)madvise((void *)start, end - start, MADV_HUGEPAGE);
#else
  (void)memory, (void)bytes;
#endif
}

void *gradus_zeroed(size_t bytes) {
  // Room to begin at a large page; what is not used is given back.
  size_t whole = (bytes + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
  char *memory = mmap(NULL, whole + LARGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return NULL;
  size_t before = (LARGE_PAGE - (uintptr_t)memory % LARGE_PAGE) % LARGE_PAGE;
  if (before) munmap(memory, before);
  if (before < LARGE_PAGE) munmap(memory + before + whole, LARGE_PAGE - before);
  gradus_prefer_large_pages(memory + before, whole);
  return memory + before;
}

void gradus_give_back(void *memory, size_t bytes) { munmap(memory, (bytes + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE); }

typedef struct {
  const float *from;
  float *to;
} copy;

static void copy_share(void *context, long from, long to) {
  const copy *c = context;
  memcpy(c->to + from, c->from + from, (size_t)(to - from) * sizeof(float));
}

void gradus_copy(long n, const float *from, float *to) {
  copy c = {from, to};
  gradus_in_parallel(n, LEAST_PARALLEL, copy_share, &c);
}

typedef struct {
  long columns;
  const long *numbers;
  const float *from;
  float *to;
} gathering;

static void gather_share(void *context, long from, long to) {
  const gathering *g = context;
  for (long i = from; i < to; i++) {
    memcpy(g->to + i * g->columns, g->from + g->numbers[i] * g->columns, (size_t)g->columns * sizeof(float));
  }
}

void gradus_gather(long rows, long columns, const long *numbers, const float *from, float *to) {
  gathering g = {columns, numbers, from, to};
  gradus_pieces_in_parallel(rows, columns, gather_share, &g);
}
