// Pooling, channels last: the channels of a pixel lie side by side, so each cell of a window is one vectorised loop over them.
#include "loops.h"
#include "threads.h"

typedef struct {
  const gradus_pooling *p;
  const float *x, *y, *dy;
  float *to;
  int32_t *places;
  const int32_t *from_places;
} pooling_work;

// The part of a window that lies on the image: rows first_row..<last_row of it, likewise columns.
typedef struct {
  long first_row, last_row, first_column, last_column, row, column;
} overlap;

INLINE overlap window_at(const gradus_pooling *p, long output_row, long output_column) {
  overlap o;
  o.row = output_row * p->stride_height - p->top;
  o.column = output_column * p->stride_width - p->left;
  o.first_row = o.row < 0 ? -o.row : 0;
  o.last_row = o.row + p->window_height > p->height ? p->height - o.row : p->window_height;
  o.first_column = o.column < 0 ? -o.column : 0;
  o.last_column = o.column + p->window_width > p->width ? p->width - o.column : p->window_width;
  return o;
}

// Calls BODY for every cell of the window, with `cell` the offset of its pixel and `place` its number in the window.
#define EVERY_CELL(...)                                                                                                           \
  for (long r = o.first_row; r < o.last_row; r++)                                                                                 \
    for (long c = o.first_column; c < o.last_column; c++) {                                                                       \
      long cell = ((o.row + r) * p->width + o.column + c) * channels;                                                             \
      int32_t place = (int32_t)(r * p->window_width + c);                                                                         \
      (void)place;                                                                                                                \
      __VA_ARGS__                                                                                                                 \
    }

// Rows of outputs, counted over all images. NaN wins.
CLONES static void max_rows(void *context, long from, long to) {
  const pooling_work *w = context;
  const gradus_pooling *p = w->p;
  const long channels = p->channels;
  for (long line = from; line < to; line++) {
    const float *image = w->x + line / p->output_height * p->height * p->width * channels;
    for (long column = 0; column < p->output_width; column++) {
      const overlap o = window_at(p, line % p->output_height, column);
      const long at = (line * p->output_width + column) * channels;
      float *y = w->to + at;
      int32_t *best = w->places ? w->places + at : 0;
      int first = 1;
      EVERY_CELL({
        const float *x = image + cell;
        if (first) {
          memcpy(y, x, (size_t)channels * sizeof(float));
          if (best)
            for (long k = 0; k < channels; k++) best[k] = place;
          first = 0;
        } else if (best) {
          INDEPENDENT
          for (long k = 0; k < channels; k++) {
            float value = x[k], old = y[k];
            int takes = (value > old) | (value != value);
            y[k] = takes ? value : old;
            best[k] = takes ? place : best[k];
          }
        } else {
          INDEPENDENT
          for (long k = 0; k < channels; k++) {
            float value = x[k], old = y[k];
            y[k] = ((value > old) | (value != value)) ? value : old;
          }
        }
      })
    }
  }
}

void gradus_max_pool(const gradus_pooling *p, const float *x, float *y, int32_t *places) {
  pooling_work w = {.p = p, .x = x, .to = y, .places = places};
  const long cost = p->output_width * p->channels * p->window_height * p->window_width;
  gradus_pieces_in_parallel(p->batch * p->output_height, cost, max_rows, &w);
}

// Where windows lie side by side, each pixel belongs to one at most and can be written at once; those of none become 0.
static int lies_side_by_side(const gradus_pooling *p) {
  return p->stride_height == p->window_height && p->stride_width == p->window_width && p->top == 0 && p->left == 0;
}

static void clear_rest(const gradus_pooling *p, float *image) {
  long rows = p->output_height * p->window_height, columns = p->output_width * p->window_width;
  rows = rows < p->height ? rows : p->height;
  columns = columns < p->width ? columns : p->width;
  if (columns < p->width)
    for (long r = 0; r < rows; r++)
      memset(image + (r * p->width + columns) * p->channels, 0, (size_t)((p->width - columns) * p->channels) * sizeof(float));
  if (rows < p->height)
    memset(image + rows * p->width * p->channels, 0, (size_t)((p->height - rows) * p->width * p->channels) * sizeof(float));
}

CLONES static void max_backward_images(void *context, long from, long to) {
  const pooling_work *w = context;
  const gradus_pooling *p = w->p;
  const long channels = p->channels, size = p->height * p->width * channels, outputs = p->output_height * p->output_width;
  const int apart = lies_side_by_side(p);
  for (long n = from; n < to; n++) {
    float *image = w->to + n * size;
    if (apart) clear_rest(p, image);
    else memset(image, 0, (size_t)size * sizeof(float));
    for (long output = 0; output < outputs; output++) {
      const overlap o = window_at(p, output / p->output_width, output % p->output_width);
      const long at = (n * outputs + output) * channels;
      const float *dy = w->dy + at, *y = w->y ? w->y + at : 0;
      const int32_t *best = w->from_places + at;
      EVERY_CELL({
        float *dx = image + cell;
        if (apart && y) {
          INDEPENDENT
          for (long k = 0; k < channels; k++) dx[k] = ((best[k] == place) & (y[k] > 0)) ? dy[k] : 0.0f;
        } else if (y) {
          INDEPENDENT
          for (long k = 0; k < channels; k++) dx[k] += ((best[k] == place) & (y[k] > 0)) ? dy[k] : 0.0f;
        } else if (apart) {
          INDEPENDENT
          for (long k = 0; k < channels; k++) dx[k] = best[k] == place ? dy[k] : 0.0f;
        } else {
          INDEPENDENT
          for (long k = 0; k < channels; k++) dx[k] += best[k] == place ? dy[k] : 0.0f;
        }
      })
    }
  }
}

void gradus_max_pool_backward(const gradus_pooling *p, const float *y, const int32_t *places, const float *dy, float *dx) {
  pooling_work w = {.p = p, .y = y, .from_places = places, .dy = dy, .to = dx};
  gradus_pieces_in_parallel(p->batch, p->height * p->width * p->channels, max_backward_images, &w);
}

CLONES static void average_rows(void *context, long from, long to) {
  const pooling_work *w = context;
  const gradus_pooling *p = w->p;
  const long channels = p->channels;
  for (long line = from; line < to; line++) {
    const float *image = w->x + line / p->output_height * p->height * p->width * channels;
    for (long column = 0; column < p->output_width; column++) {
      const overlap o = window_at(p, line % p->output_height, column);
      float *y = w->to + (line * p->output_width + column) * channels;
      const float share = 1.0f / (float)((o.last_row - o.first_row) * (o.last_column - o.first_column));
      memset(y, 0, (size_t)channels * sizeof(float));
      EVERY_CELL({
        const float *x = image + cell;
        INDEPENDENT
        for (long k = 0; k < channels; k++) y[k] += x[k];
      })
      INDEPENDENT
      for (long k = 0; k < channels; k++) y[k] *= share;
    }
  }
}

void gradus_average_pool(const gradus_pooling *p, const float *x, float *y) {
  pooling_work w = {.p = p, .x = x, .to = y};
  const long cost = p->output_width * p->channels * p->window_height * p->window_width;
  gradus_pieces_in_parallel(p->batch * p->output_height, cost, average_rows, &w);
}

CLONES static void average_backward_images(void *context, long from, long to) {
  const pooling_work *w = context;
  const gradus_pooling *p = w->p;
  const long channels = p->channels, size = p->height * p->width * channels, outputs = p->output_height * p->output_width;
  const int apart = lies_side_by_side(p);
  for (long n = from; n < to; n++) {
    float *image = w->to + n * size;
    if (apart) clear_rest(p, image);
    else memset(image, 0, (size_t)size * sizeof(float));
    for (long output = 0; output < outputs; output++) {
      const overlap o = window_at(p, output / p->output_width, output % p->output_width);
      const float *dy = w->dy + (n * outputs + output) * channels;
      const float share = 1.0f / (float)((o.last_row - o.first_row) * (o.last_column - o.first_column));
      EVERY_CELL({
        float *dx = image + cell;
        if (apart) {
          INDEPENDENT
          for (long k = 0; k < channels; k++) dx[k] = dy[k] * share;
        } else {
          INDEPENDENT
          for (long k = 0; k < channels; k++) dx[k] += dy[k] * share;
        }
      })
    }
  }
}

void gradus_average_pool_backward(const gradus_pooling *p, const float *dy, float *dx) {
  pooling_work w = {.p = p, .dy = dy, .to = dx};
  gradus_pieces_in_parallel(p->batch, p->height * p->width * p->channels, average_backward_images, &w);
}
