// Dropout: a mask from a counter, so that the same key gives the same mask whatever was drawn elsewhere.
#include "loops.h"

// A 32-bit mixing function (two multiplications and three shifts, as in the finalisers of common hash functions).
INLINE uint32_t mixed(uint32_t x) {
  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  x ^= x >> 16;
  return x;
}

CLONES void gradus_dropout(long n, float rate, uint64_t key, const float *x, float *mask, float *y) {
  uint32_t low = (uint32_t)key, high = (uint32_t)(key >> 32);
  float keep = 1.0f / (1.0f - rate);
  INDEPENDENT
  for (long i = 0; i < n; i++) {
    uint32_t bits = mixed(mixed((uint32_t)i + low) ^ high);
    float uniform = (float)(int32_t)(bits >> 8) * 0x1p-24f;
    float factor = uniform < rate ? 0.0f : keep;
    mask[i] = factor;
    y[i] = x[i] * factor;
  }
}

CLONES void gradus_multiply(long n, const float *dy, const float *mask, float *dx) {
  INDEPENDENT
  for (long i = 0; i < n; i++) dx[i] = dy[i] * mask[i];
}
