// Small matrix products: blocks of rows by a vector of columns, held in registers over the whole inner axis.
#include "loops.h"

// ROWS x WIDTH outputs at once. The constants let the compiler unroll everything.
#define BLOCK(ROWS, WIDTH)                                                                                                        \
  INLINE void block_##ROWS##x##WIDTH(long n, long k, const float *a, long row_stride, long inner_stride, const float *b,          \
                                     const float *bias, float *c) {                                                               \
    float sums[ROWS][WIDTH];                                                                                                      \
    for (int i = 0; i < ROWS; i++)                                                                                                \
      for (int j = 0; j < WIDTH; j++) sums[i][j] = bias ? bias[j] : 0.0f;                                                         \
    for (long p = 0; p < k; p++) {                                                                                                \
      const float *row = b + p * n;                                                                                               \
      for (int i = 0; i < ROWS; i++) {                                                                                            \
        float factor = a[i * row_stride + p * inner_stride];                                                                      \
        for (int j = 0; j < WIDTH; j++) sums[i][j] += factor * row[j];                                                            \
      }                                                                                                                           \
    }                                                                                                                             \
    for (int i = 0; i < ROWS; i++)                                                                                                \
      for (int j = 0; j < WIDTH; j++) c[i * n + j] = sums[i][j];                                                                  \
  }

BLOCK(4, 32)
BLOCK(4, 16)
BLOCK(4, 8)
BLOCK(4, 4)
BLOCK(4, 1)
BLOCK(1, 32)
BLOCK(1, 16)
BLOCK(1, 8)
BLOCK(1, 4)
BLOCK(1, 1)

#define COLUMNS(ROWS, WIDTH)                                                                                                      \
  for (; j + WIDTH <= n; j += WIDTH)                                                                                              \
    block_##ROWS##x##WIDTH(n, k, a + i * row_stride, row_stride, inner_stride, b + j, bias ? bias + j : 0, c + i * n + j);

#define ALL_COLUMNS(ROWS)                                                                                                         \
  long j = 0;                                                                                                                     \
  COLUMNS(ROWS, 32) COLUMNS(ROWS, 16) COLUMNS(ROWS, 8) COLUMNS(ROWS, 4) COLUMNS(ROWS, 1)

CLONES void gradus_product(long m, long n, long k, const float *a, long row_stride, long inner_stride, const float *b, const float *bias,
                           float *c) {
  long i = 0;
  for (; i + 4 <= m; i += 4) {
    ALL_COLUMNS(4)
  }
  for (; i < m; i++) {
    ALL_COLUMNS(1)
  }
}

void gradus_transpose(long rows, long columns, const float *from, float *to) {
  for (long r = 0; r < rows; r++)
    for (long c = 0; c < columns; c++) to[c * rows + r] = from[r * columns + c];
}
