// Sums over the rows of a matrix, in parallel: the rows go in at most so many segments, which threads share; each segment's sums are put
// together in order, so that the result does not depend on the number of threads.
#pragma once
#include "threads.h"

#define SEGMENTS 16
// Few rows are one segment.
#define LEAST_SEGMENT 64
// The sums of all segments lie on the stack; more columns than these are one segment, too.
#define MOST_COLUMNS 1024

static inline long segment_length(long rows, long columns) {
  if (columns > MOST_COLUMNS || rows * columns < 65536 || rows < SEGMENTS * LEAST_SEGMENT) return rows;
  return (rows + SEGMENTS - 1) / SEGMENTS;
}
