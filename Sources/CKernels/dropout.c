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

INLINE void multiply_channels(long groups, long group, long columns, const float *from, const float *mask, float *to) {
  for (long g = 0; g < groups; g++)
    for (long r = 0; r < group; r++) {
      const long at = (g * group + r) * columns;
      INDEPENDENT
      for (long c = 0; c < columns; c++) to[at + c] = from[at + c] * mask[g * columns + c];
    }
}

CLONES void gradus_dropout_channels(long groups, long group, long columns, float rate, uint64_t key, const float *x, float *mask, float *y) {
  uint32_t low = (uint32_t)key, high = (uint32_t)(key >> 32);
  float keep = 1.0f / (1.0f - rate);
  for (long i = 0; i < groups * columns; i++) {
    uint32_t bits = mixed(mixed((uint32_t)i + low) ^ high);
    mask[i] = (float)(int32_t)(bits >> 8) * 0x1p-24f < rate ? 0.0f : keep;
  }
  multiply_channels(groups, group, columns, x, mask, y);
}

CLONES void gradus_dropout_channels_backward(long groups, long group, long columns, const float *dy, const float *mask, float *dx) {
  multiply_channels(groups, group, columns, dy, mask, dx);
}

// Box and Muller's method: a radius and an angle from two mixed counters.
CLONES void gradus_gaussian_noise(long n, float deviation, uint64_t key, const float *x, float *y) {
  uint32_t low = (uint32_t)key, high = (uint32_t)(key >> 32);
  for (long i = 0; i < n; i++) {
    uint32_t first = mixed(mixed((uint32_t)i + low) ^ high), second = mixed(first ^ 0x9e3779b9u);
    float radius = sqrtf(-2.0f * logarithm(1.0f - (float)(int32_t)(first >> 8) * 0x1p-24f));
    y[i] = x[i] + deviation * radius * cosf((float)(int32_t)(second >> 8) * 0x1p-24f * 6.28318531f);
  }
}
