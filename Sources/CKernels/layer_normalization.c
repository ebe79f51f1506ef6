// Layer normalisation: each row by its own moments. Rows are shared among threads; the sums over rows go by segments or by columns.
#include "loops.h"
#include "segments.h"

typedef struct {
  long rows, columns, segment;
  float epsilon;
  const float *x, *gamma, *beta, *dy, *fixed_means, *fixed_inverses;
  float *means, *inverses, *dgamma, *dbeta, *to;
} layer_work;

CLONES static void normalize_rows(void *context, long from, long to) {
  ANY_ORDER
  const layer_work *w = context;
  const long columns = w->columns;
  for (long r = from; r < to; r++) {
    const float *x = w->x + r * columns;
    float *y = w->to + r * columns;
    float sum = 0, squares = 0;
    for (long c = 0; c < columns; c++) sum += x[c];
    float mean = sum / (float)columns;
    for (long c = 0; c < columns; c++) squares += (x[c] - mean) * (x[c] - mean);
    float inverse = 1.0f / sqrtf(squares / (float)columns + w->epsilon);
    w->means[r] = mean, w->inverses[r] = inverse;
    INDEPENDENT
    for (long c = 0; c < columns; c++) y[c] = (x[c] - mean) * inverse * w->gamma[c] + w->beta[c];
  }
}

void gradus_layer_normalize(long rows, long columns, float epsilon, const float *x, const float *gamma, const float *beta, float *means,
                            float *inverses, float *y) {
  layer_work w = {.rows = rows, .columns = columns, .epsilon = epsilon, .x = x, .gamma = gamma, .beta = beta, .means = means,
                  .inverses = inverses, .to = y};
  gradus_pieces_in_parallel(rows, columns, normalize_rows, &w);
}

// With h = (x - mean) inverse and g = dy gamma:  dx = inverse (g - mean(g) - h mean(g h)).
CLONES static void backward_rows(void *context, long from, long to) {
  ANY_ORDER
  const layer_work *w = context;
  const long columns = w->columns;
  for (long r = from; r < to; r++) {
    const float *x = w->x + r * columns, *dy = w->dy + r * columns;
    float *dx = w->to + r * columns;
    const float mean = w->fixed_means[r], inverse = w->fixed_inverses[r];
    float sum = 0, product = 0;
    for (long c = 0; c < columns; c++) {
      float h = (x[c] - mean) * inverse, g = dy[c] * w->gamma[c];
      sum += g, product += g * h;
    }
    sum /= (float)columns, product /= (float)columns;
    INDEPENDENT
    for (long c = 0; c < columns; c++) dx[c] = inverse * (dy[c] * w->gamma[c] - sum - (x[c] - mean) * inverse * product);
  }
}

// dgamma = sum(dy h) and dbeta = sum(dy) over some rows, for some columns.
CLONES static void add_rows(const layer_work *w, long from, long to, long first, long last, float *dgamma, float *dbeta) {
  for (long c = first; c < last; c++) dgamma[c] = 0, dbeta[c] = 0;
  for (long r = from; r < to; r++) {
    const float *x = w->x + r * w->columns, *dy = w->dy + r * w->columns;
    const float mean = w->fixed_means[r], inverse = w->fixed_inverses[r];
    INDEPENDENT
    for (long c = first; c < last; c++) dgamma[c] += dy[c] * (x[c] - mean) * inverse;
    INDEPENDENT
    for (long c = first; c < last; c++) dbeta[c] += dy[c];
  }
}

static void sum_columns(void *context, long first, long last) {
  const layer_work *w = context;
  add_rows(w, 0, w->rows, first, last, w->dgamma, w->dbeta);
}

static void sum_segments(void *context, long first, long last) {
  const layer_work *w = context;
  for (long s = first; s < last; s++) {
    const long from = s * w->segment, to = from + w->segment < w->rows ? from + w->segment : w->rows;
    add_rows(w, from, to, 0, w->columns, w->dgamma + s * w->columns, w->dbeta + s * w->columns);
  }
}

static void sum_rows(layer_work *w, float *dgamma, float *dbeta) {
  const long columns = w->columns;
  if (w->segment == w->rows) {
    w->dgamma = dgamma, w->dbeta = dbeta;
    gradus_pieces_in_parallel(columns, w->rows, sum_columns, w);
    return;
  }
  const long segments = (w->rows + w->segment - 1) / w->segment;
  float first[SEGMENTS * columns], second[SEGMENTS * columns];
  w->dgamma = first, w->dbeta = second;
  gradus_pieces_in_parallel(segments, w->segment * columns, sum_segments, w);
  memcpy(dgamma, first, (size_t)columns * sizeof(float));
  memcpy(dbeta, second, (size_t)columns * sizeof(float));
  for (long s = 1; s < segments; s++)
    for (long c = 0; c < columns; c++) dgamma[c] += first[s * columns + c], dbeta[c] += second[s * columns + c];
}

void gradus_layer_normalize_backward(long rows, long columns, const float *x, const float *means, const float *inverses,
                                     const float *gamma, const float *dy, float *dgamma, float *dbeta, float *dx) {
  layer_work w = {.rows = rows, .columns = columns, .segment = segment_length(rows, columns), .x = x, .gamma = gamma, .dy = dy,
                  .fixed_means = means, .fixed_inverses = inverses, .to = dx};
  sum_rows(&w, dgamma, dbeta);
  if (dx) gradus_pieces_in_parallel(rows, columns, backward_rows, &w);
}
