// Batch normalisation. Columns go in chunks that stay in registers while the rows pass by.
#include "loops.h"
#include "segments.h"

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
  long rows, columns, segment;
  float epsilon;
  const float *x, *mean, *inverse, *gamma, *beta, *dy, *dgamma, *dbeta;
  float *first_sums, *second_sums, *to;
} rows_work;

static void each_segment(gradus_range_body body, rows_work *w) {
  const long segments = (w->rows + w->segment - 1) / w->segment;
  gradus_pieces_in_parallel(segments, w->segment * w->columns, body, w);
}

INLINE long rows_of(const rows_work *w, long segment) {
  const long first = segment * w->segment;
  return first + w->segment < w->rows ? w->segment : w->rows - first;
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

CLONES static void moments(void *context, long from_segment, long to_segment) {
  const rows_work *w = context;
  const long from = 0, to = w->columns, columns = w->columns;
  for (long s = from_segment; s < to_segment; s++) {
    const float *x = w->x + s * w->segment * columns;
    float *mean = w->first_sums + s * columns, *variance = w->second_sums + s * columns;
    EVERY_CHUNK(chunk_moments(rows_of(w, s), columns, width, x + first, mean + first, variance + first);)
  }
}

// mean = sum n_s mean_s / N,  variance = sum n_s (variance_s + (mean_s - mean)^2) / N over the segments s.
void gradus_moments(long rows, long columns, const float *x, float *mean, float *variance) {
  const long segment = segment_length(rows, columns);
  rows_work w = {.rows = rows, .columns = columns, .segment = segment, .x = x, .first_sums = mean, .second_sums = variance};
  if (segment == rows) {
    moments(&w, 0, 1);
    return;
  }
  float means[SEGMENTS * columns], variances[SEGMENTS * columns];
  w.first_sums = means, w.second_sums = variances;
  each_segment(moments, &w);
  const long segments = (rows + segment - 1) / segment;
  for (long c = 0; c < columns; c++) {
    double center = 0, spread = 0;
    for (long s = 0; s < segments; s++) center += (double)rows_of(&w, s) * (double)means[s * columns + c];
    center /= (double)rows;
    for (long s = 0; s < segments; s++) {
      const double distance = (double)means[s * columns + c] - center;
      spread += (double)rows_of(&w, s) * ((double)variances[s * columns + c] + distance * distance);
    }
    mean[c] = (float)center, variance[c] = (float)(spread / (double)rows);
  }
}

INLINE void chunk_normalize(long rows, long columns, int width, const float *x, const float *mean, const float *inverse, const float *gamma,
                            const float *beta, float *y) {
  float factor[CHUNK], center[CHUNK], shift[CHUNK];
  for (int j = 0; j < width; j++) factor[j] = inverse[j] * gamma[j], center[j] = mean[j], shift[j] = beta[j];
  for (long r = 0; r < rows; r++)
    for (int j = 0; j < width; j++) y[r * columns + j] = (x[r * columns + j] - center[j]) * factor[j] + shift[j];
}

CLONES static void normalize(void *context, long from_segment, long to_segment) {
  const rows_work *w = context;
  const long from = 0, to = w->columns, columns = w->columns;
  for (long s = from_segment; s < to_segment; s++) {
    const float *x = w->x + s * w->segment * columns;
    float *y = w->to + s * w->segment * columns;
    EVERY_CHUNK(chunk_normalize(rows_of(w, s), columns, width, x + first, w->mean + first, w->inverse + first, w->gamma + first,
                                w->beta + first, y + first);)
  }
}

void gradus_normalize(long rows, long columns, const float *x, const float *mean, const float *variance, float epsilon, const float *gamma,
                      const float *beta, float *inverse, float *y) {
  for (long c = 0; c < columns; c++) inverse[c] = 1.0f / sqrtf(variance[c] + epsilon);
  rows_work w = {.rows = rows, .columns = columns, .segment = segment_length(rows, columns), .x = x, .mean = mean, .inverse = inverse,
                 .gamma = gamma, .beta = beta, .to = y};
  each_segment(normalize, &w);
}

// With h = (x - mean) inverse:  dbeta = sum(dy),  dgamma = sum(dy h),  dx = gamma inverse (dy - dbeta / N - h dgamma / N).
INLINE void chunk_sums(long rows, long columns, int width, const float *x, const float *mean, const float *inverse, const float *dy,
                       float *dgamma, float *dbeta) {
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
}

CLONES static void sums(void *context, long from_segment, long to_segment) {
  const rows_work *w = context;
  const long from = 0, to = w->columns, columns = w->columns;
  for (long s = from_segment; s < to_segment; s++) {
    const float *x = w->x + s * w->segment * columns, *dy = w->dy + s * w->segment * columns;
    float *dgamma = w->first_sums + s * columns, *dbeta = w->second_sums + s * columns;
    EVERY_CHUNK(chunk_sums(rows_of(w, s), columns, width, x + first, w->mean + first, w->inverse + first, dy + first, dgamma + first,
                           dbeta + first);)
  }
}

// dgamma and dbeta of all rows.
static void all_sums(rows_work *w, float *dgamma, float *dbeta) {
  w->first_sums = dgamma, w->second_sums = dbeta;
  if (w->segment == w->rows) {
    sums(w, 0, 1);
    return;
  }
  const long columns = w->columns, segments = (w->rows + w->segment - 1) / w->segment;
  float first[SEGMENTS * columns], second[SEGMENTS * columns];
  w->first_sums = first, w->second_sums = second;
  each_segment(sums, w);
  memcpy(dgamma, first, (size_t)columns * sizeof(float));
  memcpy(dbeta, second, (size_t)columns * sizeof(float));
  for (long s = 1; s < segments; s++)
    for (long c = 0; c < columns; c++) dgamma[c] += first[s * columns + c], dbeta[c] += second[s * columns + c];
}

INLINE void chunk_backward(long rows, long columns, float each, int width, const float *x, const float *mean, const float *inverse,
                           const float *gamma, const float *dgamma, const float *dbeta, const float *dy, float *dx) {
  float center[CHUNK], factor[CHUNK], slope[CHUNK], shift[CHUNK];
  for (int j = 0; j < width; j++) {
    center[j] = mean[j];
    factor[j] = gamma[j] * inverse[j];
    slope[j] = dgamma[j] * each * inverse[j];
    shift[j] = dbeta[j] * each;
  }
  for (long r = 0; r < rows; r++)
    for (int j = 0; j < width; j++)
      dx[r * columns + j] = factor[j] * (dy[r * columns + j] - shift[j] - (x[r * columns + j] - center[j]) * slope[j]);
}

CLONES static void backward(void *context, long from_segment, long to_segment) {
  const rows_work *w = context;
  const long from = 0, to = w->columns, columns = w->columns;
  const float each = 1.0f / (float)w->rows;
  for (long s = from_segment; s < to_segment; s++) {
    const long at = s * w->segment * columns;
    EVERY_CHUNK(chunk_backward(rows_of(w, s), columns, each, width, w->x + at + first, w->mean + first, w->inverse + first,
                               w->gamma + first, w->dgamma + first, w->dbeta + first, w->dy + at + first, w->to + at + first);)
  }
}

void gradus_normalize_backward(long rows, long columns, const float *x, const float *mean, const float *inverse, const float *gamma,
                               const float *dy, float *dgamma, float *dbeta, float *dx) {
  rows_work w = {.rows = rows, .columns = columns, .segment = segment_length(rows, columns), .x = x, .mean = mean, .inverse = inverse,
                 .gamma = gamma, .dy = dy, .dgamma = dgamma, .dbeta = dbeta, .to = dx};
  all_sums(&w, dgamma, dbeta);
  if (dx) each_segment(backward, &w);
}

CLONES static void fixed_backward(void *context, long from_segment, long to_segment) {
  const rows_work *w = context;
  const long from = from_segment * w->segment, to = to_segment * w->segment < w->rows ? to_segment * w->segment : w->rows;
  for (long r = from; r < to; r++) {
    const float *dy = w->dy + r * w->columns;
    float *dx = w->to + r * w->columns;
    INDEPENDENT
    for (long c = 0; c < w->columns; c++) dx[c] = dy[c] * w->gamma[c] * w->inverse[c];
  }
}

void gradus_normalize_fixed_backward(long rows, long columns, const float *x, const float *mean, const float *inverse, const float *gamma,
                                     const float *dy, float *dgamma, float *dbeta, float *dx) {
  rows_work w = {.rows = rows, .columns = columns, .segment = segment_length(rows, columns), .x = x, .mean = mean, .inverse = inverse,
                 .gamma = gamma, .dy = dy, .to = dx};
  all_sums(&w, dgamma, dbeta);
  if (dx) each_segment(fixed_backward, &w);
}

void gradus_move_average(long n, float momentum, const float *value, float *moving) {
  for (long i = 0; i < n; i++) moving[i] = moving[i] * momentum + value[i] * (1.0f - momentum);
}
