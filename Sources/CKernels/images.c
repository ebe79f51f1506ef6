// Images moved, enlarged and seen through affine maps.
#include "loops.h"
#include "threads.h"

void gradus_pad(long batch, long height, long width, long channels, long top, long left, long larger_height, long larger_width, int back,
                const float *from, float *to) {
  const size_t line = (size_t)(width * channels) * sizeof(float);
  if (!back) memset(to, 0, (size_t)(batch * larger_height * larger_width * channels) * sizeof(float));
  for (long n = 0; n < batch; n++)
    for (long r = 0; r < height; r++) {
      const long small = (n * height + r) * width * channels;
      const long large = ((n * larger_height + top + r) * larger_width + left) * channels;
      if (back) memcpy(to + small, from + large, line);
      else memcpy(to + large, from + small, line);
    }
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

void gradus_copy_columns(long rows, long columns, long wide, long first, int back, const float *from, float *to) {
  for (long r = 0; r < rows; r++) {
    if (back) memcpy(to + r * columns, from + r * wide + first, (size_t)columns * sizeof(float));
    else memcpy(to + r * wide + first, from + r * columns, (size_t)columns * sizeof(float));
  }
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

CLONES void gradus_warp(long height, long width, long channels, const float *map, const float *x, float *y) {
  for (long row = 0; row < height; row++)
    for (long column = 0; column < width; column++) {
      const neighbours near = around(height, width, channels, map, row, column);
      float *to = y + (row * width + column) * channels;
      for (long k = 0; k < channels; k++)
        to[k] = near.share[0] * x[near.offset[0] + k] + near.share[1] * x[near.offset[1] + k] + near.share[2] * x[near.offset[2] + k] +
                near.share[3] * x[near.offset[3] + k];
    }
}

CLONES void gradus_warp_backward(long height, long width, long channels, const float *map, const float *dy, float *dx) {
  for (long row = 0; row < height; row++)
    for (long column = 0; column < width; column++) {
      const neighbours near = around(height, width, channels, map, row, column);
      const float *slope = dy + (row * width + column) * channels;
      for (int i = 0; i < 4; i++)
        for (long k = 0; k < channels; k++) dx[near.offset[i] + k] += near.share[i] * slope[k];
    }
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

CLONES void gradus_tone(long pixels, long channels, float scale, float shift, float high, const float *x, float *y) {
  for (long k = 0; k < channels; k++) {
    double sum = 0;
    for (long p = 0; p < pixels; p++) sum += (double)x[p * channels + k];
    const float mean = (float)(sum / (double)pixels);
    for (long p = 0; p < pixels; p++) {
      float value = scale * (x[p * channels + k] - mean) + mean + shift;
      value = value < 0 ? 0.0f : value;
      y[p * channels + k] = value > high ? high : value;
    }
  }
}

// Where a value was cut, nothing comes through; the rest moves the image's mean, too.
CLONES void gradus_tone_backward(long pixels, long channels, float scale, float high, const float *y, const float *dy, float *dx) {
  for (long k = 0; k < channels; k++) {
    double sum = 0;
    for (long p = 0; p < pixels; p++) {
      const long at = p * channels + k;
      dx[at] = ((y[at] <= 0) | (y[at] >= high)) ? 0.0f : dy[at];
      sum += (double)dx[at];
    }
    const float rest = (1.0f - scale) * (float)(sum / (double)pixels);
    for (long p = 0; p < pixels; p++) dx[p * channels + k] = scale * dx[p * channels + k] + rest;
  }
}
