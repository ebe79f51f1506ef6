// The signs of a relu's outputs: sixteen in two bytes, so that on the way back the outputs' memory is free for their gradient.
#include "loops.h"
#include "threads.h"

typedef float sixteen __attribute__((ext_vector_type(16)));
typedef int32_t sixteen_wide __attribute__((ext_vector_type(16)));
typedef _Bool sixteen_bits __attribute__((ext_vector_type(16)));

// Below this many values a second thread costs more than it brings.
#define LEAST_PARALLEL 65536

typedef struct {
  const float *values;
  float *slopes;
  uint16_t *signs;
} sign_work;

// Shares begin at multiples of 16.
CLONES static void keep_share(void *context, long from, long to) {
  const sign_work w = *(const sign_work *)context;
  long i = from;
  for (; i + 16 <= to; i += 16) {
    sixteen y;
    memcpy(&y, w.values + i, sizeof y);
    sixteen_bits above = __builtin_convertvector(y > 0.0f, sixteen_bits);
    memcpy(w.signs + i / 16, &above, sizeof(uint16_t));
  }
  if (i < to) {
    unsigned rest = 0;
    for (long k = i; k < to; k++) rest |= (unsigned)(w.values[k] > 0.0f) << (k - i);
    w.signs[i / 16] = (uint16_t)rest;
  }
}

CLONES static void pass_share(void *context, long from, long to) {
  const sign_work w = *(const sign_work *)context;
  long i = from;
  for (; i + 16 <= to; i += 16) {
    sixteen_bits above;
    memcpy(&above, w.signs + i / 16, sizeof(uint16_t));
    sixteen dy;
    memcpy(&dy, w.slopes + i, sizeof dy);
    sixteen kept = __builtin_convertvector(above, sixteen_wide) != 0 ? dy : (sixteen)0.0f;
    memcpy(w.slopes + i, &kept, sizeof kept);
  }
  for (long k = i; k < to; k++) {
    if (!(w.signs[i / 16] >> (k - i) & 1)) w.slopes[k] = 0.0f;
  }
}

void gradus_keep_signs(long n, const float *y, uint16_t *signs) {
  sign_work w = {.values = y, .signs = signs};
  gradus_in_parallel(n, LEAST_PARALLEL, keep_share, &w);
}

void gradus_pass_signs(long n, const uint16_t *signs, float *dy) {
  sign_work w = {.slopes = dy, .signs = (uint16_t *)signs};
  gradus_in_parallel(n, LEAST_PARALLEL, pass_share, &w);
}
