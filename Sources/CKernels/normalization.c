// Batch normalisation. Columns go in chunks that stay in registers while the rows pass by.
#include "loops.h"
#include "threads.h"

#define CHUNK 16
// Partial sums over this many rows at most: the rounding error of a sum grows with its length.
#define RUN 256

// Calls BODY for every chunk of the columns from..<to, with `width` a constant 16 where the chunk is full.
#define EVERY_CHUNK(BODY)                                                                                                         \
  long first = from;                                                                                                              \
  for (; first + CHUNK <= to; first += CHUNK) {                                                                              \
    const int width = CHUNK;                                                                                                      \
    BODY                                                                                                                          \
  }                                                                                                                               \
  for (; first + 4 <= to; first += 4) {                                                                                           \
    const int width = 4;                                                                                                          \
    BODY                                                                                                                          \
  }                                                                                                                               \
  for (; first < to; first++) {                                                                                                   \
    const int width = 1;                                                                                                          \
    BODY                                                                                                                          \
  }

typedef struct {
  long rows, columns;
  float epsilon;
  const float *x, *mean, *variance, *inverse, *gamma, *beta, *dy;
  float *to, *first_sums, *second_sums;
} columns_work;

// Columns in parallel, in shares of whole chunks, where there are many values.
static void each_column(gradus_range_body body, columns_work *w) {
  gradus_in_parallel(w->columns, w->rows * w->columns < 65536 ? w->columns + 1 : 0, body, w);
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

CLONES static void moments(void *context, long from, long to) {
  const columns_work *w = context;
  EVERY_CHUNK(chunk_moments(w->rows, w->columns, width, w->x + first, w->first_sums + first, w->second_sums + first);)
}

void gradus_moments(long rows, long columns, const float *x, float *mean, float *variance) {
  columns_work w = {.rows = rows, .columns = columns, .x = x, .first_sums = mean, .second_sums = variance};
  each_column(moments, &w);
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

CLONES static void normalize(void *context, long from, long to) {
  const columns_work *w = context;
  EVERY_CHUNK(chunk_normalize(w->rows, w->columns, width, w->x + first, w->mean + first, w->variance + first, w->epsilon, w->gamma + first,
                              w->beta + first, w->first_sums + first, w->to + first);)
}

void gradus_normalize(long rows, long columns, const float *x, const float *mean, const float *variance, float epsilon, const float *gamma,
                      const float *beta, float *inverse, float *y) {
  columns_work w = {.rows = rows, .columns = columns, .epsilon = epsilon, .x = x, .mean = mean, .variance = variance, .gamma = gamma,
                    .beta = beta, .to = y, .first_sums = inverse};
  each_column(normalize, &w);
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

CLONES static void backward(void *context, long from, long to) {
  const columns_work *w = context;
  EVERY_CHUNK(chunk_backward(w->rows, w->columns, width, w->x + first, w->mean + first, w->inverse + first, w->gamma + first,
                             w->dy + first, w->first_sums + first, w->second_sums + first, w->to ? w->to + first : 0);)
}

void gradus_normalize_backward(long rows, long columns, const float *x, const float *mean, const float *inverse, const float *gamma,
                               const float *dy, float *dgamma, float *dbeta, float *dx) {
  columns_work w = {.rows = rows, .columns = columns, .x = x, .mean = mean, .inverse = inverse, .gamma = gamma, .dy = dy, .to = dx,
                    .first_sums = dgamma, .second_sums = dbeta};
  each_column(backward, &w);
}

CLONES static void fixed_backward(void *context, long from, long to) {
  const columns_work *w = context;
  for (long c = from; c < to; c++) w->first_sums[c] = w->second_sums[c] = 0;
  for (long r = 0; r < w->rows; r++) {
    const float *x = w->x + r * w->columns, *dy = w->dy + r * w->columns;
    INDEPENDENT
    for (long c = from; c < to; c++) w->first_sums[c] += dy[c] * (x[c] - w->mean[c]) * w->inverse[c];
    INDEPENDENT
    for (long c = from; c < to; c++) w->second_sums[c] += dy[c];
    if (!w->to) continue;
    float *dx = w->to + r * w->columns;
    INDEPENDENT
    for (long c = from; c < to; c++) dx[c] = dy[c] * w->gamma[c] * w->inverse[c];
  }
}

void gradus_normalize_fixed_backward(long rows, long columns, const float *x, const float *mean, const float *inverse, const float *gamma,
                                     const float *dy, float *dgamma, float *dbeta, float *dx) {
  columns_work w = {.rows = rows, .columns = columns, .x = x, .mean = mean, .inverse = inverse, .gamma = gamma, .dy = dy, .to = dx,
                    .first_sums = dgamma, .second_sums = dbeta};
  each_column(fixed_backward, &w);
}

void gradus_move_average(long n, float momentum, const float *value, float *moving) {
  for (long i = 0; i < n; i++) moving[i] = moving[i] * momentum + value[i] * (1.0f - momentum);
}

CLONES void gradus_layer_normalize(long rows, long columns, float epsilon, const float *input, const float *gamma, const float *beta,
                                   float *means, float *inverses, float *output) {
  ANY_ORDER
  for (long r = 0; r < rows; r++) {
    const float *x = input + r * columns;
    float *y = output + r * columns;
    float sum = 0, squares = 0;
    for (long c = 0; c < columns; c++) sum += x[c];
    float mean = sum / (float)columns;
    for (long c = 0; c < columns; c++) squares += (x[c] - mean) * (x[c] - mean);
    float inverse = 1.0f / sqrtf(squares / (float)columns + epsilon);
    means[r] = mean, inverses[r] = inverse;
    INDEPENDENT
    for (long c = 0; c < columns; c++) y[c] = (x[c] - mean) * inverse * gamma[c] + beta[c];
  }
}

// With h = (x - mean) inverse and g = dy gamma:  dx = inverse (g - mean(g) - h mean(g h)).
CLONES void gradus_layer_normalize_backward(long rows, long columns, const float *input, const float *means, const float *inverses,
                                            const float *gamma, const float *output_gradient, float *dgamma, float *dbeta,
                                            float *input_gradient) {
  ANY_ORDER
  memset(dgamma, 0, (size_t)columns * sizeof(float));
  memset(dbeta, 0, (size_t)columns * sizeof(float));
  for (long r = 0; r < rows; r++) {
    const float *x = input + r * columns, *dy = output_gradient + r * columns;
    const float mean = means[r], inverse = inverses[r];
    float sum = 0, product = 0;
    for (long c = 0; c < columns; c++) {
      float h = (x[c] - mean) * inverse, g = dy[c] * gamma[c];
      sum += g, product += g * h;
    }
    sum /= (float)columns, product /= (float)columns;
    INDEPENDENT
    for (long c = 0; c < columns; c++) dgamma[c] += dy[c] * (x[c] - mean) * inverse;
    INDEPENDENT
    for (long c = 0; c < columns; c++) dbeta[c] += dy[c];
    if (!input_gradient) continue;
    float *dx = input_gradient + r * columns;
    INDEPENDENT
    for (long c = 0; c < columns; c++) dx[c] = inverse * (dy[c] * gamma[c] - sum - (x[c] - mean) * inverse * product);
  }
}
