// Batch normalisation. Columns go in chunks that stay in registers while the rows pass by.
#include "loops.h"

#define CHUNK 16
// Partial sums over this many rows at most: the rounding error of a sum grows with its length.
#define RUN 256

// Calls BODY for every chunk of columns, with `width` a constant 16 where the chunk is full.
#define EVERY_CHUNK(BODY)                                                                                                         \
  long first = 0;                                                                                                                 \
  for (; first + CHUNK <= columns; first += CHUNK) {                                                                              \
    const int width = CHUNK;                                                                                                      \
    BODY                                                                                                                          \
  }                                                                                                                               \
  for (; first + 4 <= columns; first += 4) {                                                                                      \
    const int width = 4;                                                                                                          \
    BODY                                                                                                                          \
  }                                                                                                                               \
  for (; first < columns; first++) {                                                                                              \
    const int width = 1;                                                                                                          \
    BODY                                                                                                                          \
  }

INLINE void chunk_moments(long rows, long columns, int width, const float *x, float *mean, float *variance) {
  float total[CHUNK] = {0};
  for (long start = 0; start < rows; start += RUN) {
    long end = start + RUN < rows ? start + RUN : rows;
    float part[CHUNK] = {0};
    for (long r = start; r < end; r++)
      for (int j = 0; j < width; j++) part[j] += x[r * columns + j];
    for (int j = 0; j < width; j++) total[j] += part[j];
  }
  float inverse = 1.0f / (float)rows, center[CHUNK], squares[CHUNK] = {0};
  for (int j = 0; j < width; j++) center[j] = total[j] * inverse;
  for (long start = 0; start < rows; start += RUN) {
    long end = start + RUN < rows ? start + RUN : rows;
    float part[CHUNK] = {0};
    for (long r = start; r < end; r++)
      for (int j = 0; j < width; j++) {
        float difference = x[r * columns + j] - center[j];
        part[j] += difference * difference;
      }
    for (int j = 0; j < width; j++) squares[j] += part[j];
  }
  for (int j = 0; j < width; j++) mean[j] = center[j], variance[j] = squares[j] * inverse;
}

CLONES void gradus_moments(long rows, long columns, const float *x, float *mean, float *variance) {
  EVERY_CHUNK(chunk_moments(rows, columns, width, x + first, mean + first, variance + first);)
}

INLINE void chunk_normalize(long rows, long columns, int width, const float *x, const float *mean, const float *variance, float epsilon,
                            const float *gamma, const float *beta, float *inverse, float *y) {
  float factor[CHUNK], center[CHUNK], shift[CHUNK];
  for (int j = 0; j < width; j++) {
    inverse[j] = 1.0f / sqrtf(variance[j] + epsilon);
    factor[j] = inverse[j] * gamma[j], center[j] = mean[j], shift[j] = beta[j];
  }
  for (long r = 0; r < rows; r++)
    for (int j = 0; j < width; j++) y[r * columns + j] = (x[r * columns + j] - center[j]) * factor[j] + shift[j];
}

CLONES void gradus_normalize(long rows, long columns, const float *x, const float *mean, const float *variance, float epsilon,
                             const float *gamma, const float *beta, float *inverse, float *y) {
  EVERY_CHUNK(chunk_normalize(rows, columns, width, x + first, mean + first, variance + first, epsilon, gamma + first, beta + first,
                              inverse + first, y + first);)
}

// With h = (x - mean) inverse:  dbeta = sum(dy),  dgamma = sum(dy h),  dx = gamma inverse (dy - dbeta / N - h dgamma / N).
INLINE void chunk_backward(long rows, long columns, int width, const float *x, const float *mean, const float *inverse, const float *gamma,
                           const float *dy, float *dgamma, float *dbeta, float *dx) {
  float center[CHUNK], scale[CHUNK], sum[CHUNK] = {0}, product[CHUNK] = {0};
  for (int j = 0; j < width; j++) center[j] = mean[j], scale[j] = inverse[j];
  for (long start = 0; start < rows; start += RUN) {
    long end = start + RUN < rows ? start + RUN : rows;
    float part[CHUNK] = {0}, part_product[CHUNK] = {0};
    for (long r = start; r < end; r++)
      for (int j = 0; j < width; j++) {
        float d = dy[r * columns + j];
        part[j] += d;
        part_product[j] += d * ((x[r * columns + j] - center[j]) * scale[j]);
      }
    for (int j = 0; j < width; j++) sum[j] += part[j], product[j] += part_product[j];
  }
  for (int j = 0; j < width; j++) dbeta[j] = sum[j], dgamma[j] = product[j];
  if (!dx) return;
  float each = 1.0f / (float)rows, factor[CHUNK], slope[CHUNK], shift[CHUNK];
  for (int j = 0; j < width; j++) {
    factor[j] = gamma[j] * scale[j];
    slope[j] = product[j] * each * scale[j];
    shift[j] = sum[j] * each;
  }
  for (long r = 0; r < rows; r++)
    for (int j = 0; j < width; j++)
      dx[r * columns + j] = factor[j] * (dy[r * columns + j] - shift[j] - (x[r * columns + j] - center[j]) * slope[j]);
}

CLONES void gradus_normalize_backward(long rows, long columns, const float *x, const float *mean, const float *inverse, const float *gamma,
                                      const float *dy, float *dgamma, float *dbeta, float *dx) {
  EVERY_CHUNK(chunk_backward(rows, columns, width, x + first, mean + first, inverse + first, gamma + first, dy + first, dgamma + first,
                             dbeta + first, dx ? dx + first : 0);)
}

void gradus_move_average(long n, float momentum, const float *value, float *moving) {
  for (long i = 0; i < n; i++) moving[i] = moving[i] * momentum + value[i] * (1.0f - momentum);
}
