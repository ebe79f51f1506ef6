// Images moved, enlarged and seen through affine maps.
#include "loops.h"
#include "threads.h"

typedef struct {
  long height, width, channels, top, left, larger_height, larger_width;
  int back;
  const float *from;
  float *to;
} padding_work;

static void pad_images(void *context, long from, long to) {
  const padding_work *w = context;
  const long line = w->width * w->channels, image = w->larger_height * w->larger_width * w->channels;
  for (long n = from; n < to; n++) {
    if (!w->back) memset(w->to + n * image, 0, (size_t)image * sizeof(float));
    for (long r = 0; r < w->height; r++) {
      const long small = (n * w->height + r) * line;
      const long large = n * image + ((w->top + r) * w->larger_width + w->left) * w->channels;
      if (w->back) memcpy(w->to + small, w->from + large, (size_t)line * sizeof(float));
      else memcpy(w->to + large, w->from + small, (size_t)line * sizeof(float));
    }
  }
}

void gradus_pad(long batch, long height, long width, long channels, long top, long left, long larger_height, long larger_width, int back,
                const float *from, float *to) {
  padding_work w = {height, width, channels, top, left, larger_height, larger_width, back, from, to};
  gradus_pieces_in_parallel(batch, larger_height * larger_width * channels, pad_images, &w);
}

CLONES void gradus_upsample(long batch, long height, long width, long channels, long down, long across, int back, const float *from,
                            float *to) {
  if (back) memset(to, 0, (size_t)(batch * height * width * channels) * sizeof(float));
  const long large_height = height * down, large_width = width * across;
  for (long line = 0; line < batch * large_height; line++) {
    const long image = line / large_height, row = line % large_height / down;
    for (long column = 0; column < large_width; column++) {
      const long small = ((image * height + row) * width + column / across) * channels;
      const long large = (line * large_width + column) * channels;
      if (back) {
        INDEPENDENT
        for (long k = 0; k < channels; k++) to[small + k] += from[large + k];
      } else {
        INDEPENDENT
        for (long k = 0; k < channels; k++) to[large + k] = from[small + k];
      }
    }
  }
}

typedef struct {
  long columns, wide, first;
  int back;
  const float *from;
  float *to;
} columns_work;

static void copy_rows(void *context, long from, long to) {
  const columns_work *w = context;
  const size_t bytes = (size_t)w->columns * sizeof(float);
  for (long r = from; r < to; r++) {
    if (w->back) memcpy(w->to + r * w->columns, w->from + r * w->wide + w->first, bytes);
    else memcpy(w->to + r * w->wide + w->first, w->from + r * w->columns, bytes);
  }
}

void gradus_copy_columns(long rows, long columns, long wide, long first, int back, const float *from, float *to) {
  columns_work w = {columns, wide, first, back, from, to};
  gradus_pieces_in_parallel(rows, columns, copy_rows, &w);
}

// A place beyond the edges, mirrored back: ... 1 0 0 1 2 ... n-1 n-1 n-2 ...
INLINE long mirrored(long place, long length) {
  const long period = 2 * length;
  long rest = place % period;
  rest = rest < 0 ? rest + period : rest;
  return rest < length ? rest : period - 1 - rest;
}

// The four pixels around a place of the image and their shares.
typedef struct {
  long offset[4];
  float share[4];
} neighbours;

INLINE neighbours around(long height, long width, long channels, const float *map, long row, long column) {
  const float x = map[0] * (float)column + map[1] * (float)row + map[2], y = map[3] * (float)column + map[4] * (float)row + map[5];
  const float left = floorf(x), top = floorf(y), across = x - left, down = y - top;
  const long first_row = mirrored((long)top, height), second_row = mirrored((long)top + 1, height);
  const long first = mirrored((long)left, width), second = mirrored((long)left + 1, width);
  return (neighbours){{(first_row * width + first) * channels, (first_row * width + second) * channels,
                       (second_row * width + first) * channels, (second_row * width + second) * channels},
                      {(1 - down) * (1 - across), (1 - down) * across, down * (1 - across), down * across}};
}

typedef struct {
  long height, width, channels;
  const float *maps, *from;
  float *to;
} warp_work;

CLONES static void warp_images(void *context, long from_image, long to_image) {
  const warp_work *w = context;
  const long channels = w->channels, size = w->height * w->width * channels;
  for (long n = from_image; n < to_image; n++) {
    const float *x = w->from + n * size;
    float *to = w->to + n * size;
    for (long row = 0; row < w->height; row++)
      for (long column = 0; column < w->width; column++, to += channels) {
        const neighbours near = around(w->height, w->width, channels, w->maps + 6 * n, row, column);
        for (long k = 0; k < channels; k++)
          to[k] = near.share[0] * x[near.offset[0] + k] + near.share[1] * x[near.offset[1] + k] + near.share[2] * x[near.offset[2] + k] +
                  near.share[3] * x[near.offset[3] + k];
      }
  }
}

void gradus_warp(long images, long height, long width, long channels, const float *maps, const float *x, float *y) {
  warp_work w = {height, width, channels, maps, x, y};
  gradus_pieces_in_parallel(images, 4 * height * width * channels, warp_images, &w);
}

CLONES static void warp_images_backward(void *context, long from_image, long to_image) {
  const warp_work *w = context;
  const long channels = w->channels, size = w->height * w->width * channels;
  for (long n = from_image; n < to_image; n++) {
    const float *slope = w->from + n * size;
    float *dx = w->to + n * size;
    memset(dx, 0, (size_t)size * sizeof(float));
    for (long row = 0; row < w->height; row++)
      for (long column = 0; column < w->width; column++, slope += channels) {
        const neighbours near = around(w->height, w->width, channels, w->maps + 6 * n, row, column);
        for (int i = 0; i < 4; i++)
          for (long k = 0; k < channels; k++) dx[near.offset[i] + k] += near.share[i] * slope[k];
      }
  }
}

void gradus_warp_backward(long images, long height, long width, long channels, const float *maps, const float *dy, float *dx) {
  warp_work w = {height, width, channels, maps, dy, dx};
  gradus_pieces_in_parallel(images, 4 * height * width * channels, warp_images_backward, &w);
}

CLONES void gradus_prelu(long rows, long columns, const float *x, const float *slope, float *y) {
  for (long r = 0; r < rows; r++) {
    INDEPENDENT
    for (long c = 0; c < columns; c++) {
      float value = x[r * columns + c];
      y[r * columns + c] = value < 0 ? slope[c] * value : value;
    }
  }
}

CLONES void gradus_prelu_backward(long rows, long columns, const float *x, const float *slope, const float *dy, float *dslope, float *dx) {
  memset(dslope, 0, (size_t)columns * sizeof(float));
  for (long r = 0; r < rows; r++) {
    INDEPENDENT
    for (long c = 0; c < columns; c++) {
      float value = x[r * columns + c], d = dy[r * columns + c];
      dslope[c] += value < 0 ? d * value : 0.0f;
    }
    if (dx) {
      INDEPENDENT
      for (long c = 0; c < columns; c++) {
        float d = dy[r * columns + c];
        dx[r * columns + c] = x[r * columns + c] <= 0 ? slope[c] * d : d;
      }
    }
  }
}

typedef struct {
  long pixels, channels;
  const float *tones, *x, *dy;
  float high, *to;
} tone_work;

// A channel's own mean, which a scale of 1 does without.
INLINE float tone_mean(long pixels, long channels, const float *x) {
  double sum = 0;
  for (long p = 0; p < pixels; p++) sum += (double)x[p * channels];
  return (float)(sum / (double)pixels);
}

INLINE float toned(float x, float scale, float shift, float mean) { return scale == 1 ? x + shift : scale * (x - mean) + mean + shift; }

CLONES static void tone_images(void *context, long from, long to) {
  const tone_work *w = context;
  const long channels = w->channels, size = w->pixels * channels;
  for (long n = from; n < to; n++) {
    const float scale = w->tones[2 * n], shift = w->tones[2 * n + 1];
    for (long k = 0; k < channels; k++) {
      const float *x = w->x + n * size + k;
      float *y = w->to + n * size + k;
      const float mean = scale == 1 ? 0.0f : tone_mean(w->pixels, channels, x);
      for (long p = 0; p < size; p += channels) {
        float value = toned(x[p], scale, shift, mean);
        value = value < 0 ? 0.0f : value;
        y[p] = value > w->high ? w->high : value;
      }
    }
  }
}

void gradus_tone(long images, long pixels, long channels, float high, const float *tones, const float *x, float *y) {
  tone_work w = {.pixels = pixels, .channels = channels, .tones = tones, .x = x, .high = high, .to = y};
  gradus_pieces_in_parallel(images, 4 * pixels * channels, tone_images, &w);
}

// Where a value was cut nothing comes through, at the limit itself it does; the rest moves the channel's mean, too.
CLONES static void tone_images_backward(void *context, long from, long to) {
  const tone_work *w = context;
  const long channels = w->channels, size = w->pixels * channels;
  for (long n = from; n < to; n++) {
    const float scale = w->tones[2 * n], shift = w->tones[2 * n + 1];
    for (long k = 0; k < channels; k++) {
      const float *x = w->x + n * size + k, *dy = w->dy + n * size + k;
      float *dx = w->to + n * size + k;
      const float mean = scale == 1 ? 0.0f : tone_mean(w->pixels, channels, x);
      double sum = 0;
      for (long p = 0; p < size; p += channels) {
        const float value = toned(x[p], scale, shift, mean);
        dx[p] = ((value < 0) | (value > w->high)) ? 0.0f : dy[p];
        sum += (double)dx[p];
      }
      if (scale == 1) continue;
      const float rest = (1.0f - scale) * (float)(sum / (double)w->pixels);
      for (long p = 0; p < size; p += channels) dx[p] = scale * dx[p] + rest;
    }
  }
}

void gradus_tone_backward(long images, long pixels, long channels, float high, const float *tones, const float *x, const float *dy,
                          float *dx) {
  tone_work w = {.pixels = pixels, .channels = channels, .tones = tones, .x = x, .dy = dy, .high = high, .to = dx};
  gradus_pieces_in_parallel(images, 4 * pixels * channels, tone_images_backward, &w);
}
