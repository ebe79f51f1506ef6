#include "include/CImages.h"

#include <math.h>
#include <stdlib.h>

// Where the triangle over a new place begins, and its weights: `taps` floats a place.
typedef struct {
  uint32_t *first;
  float *weights;
  uint32_t taps;
} filter;

static int make_filter(filter *f, uint32_t from, uint32_t to) {
  double scale = (double)from / to, support = scale > 1 ? scale : 1;
  f->taps = (uint32_t)ceil(support) * 2 + 1;
  f->first = malloc(to * sizeof *f->first);
  f->weights = calloc((size_t)to * f->taps, sizeof *f->weights);
  if (!f->first || !f->weights) return 0;
  for (uint32_t i = 0; i < to; i++) {
    double centre = (i + 0.5) * scale;
    long low = (long)(centre - support + 0.5), high = (long)(centre + support + 0.5);
    if (low < 0) low = 0;
    if (high > (long)from) high = from;
    if (high - low > (long)f->taps) high = low + f->taps;
    float *weights = f->weights + (size_t)i * f->taps;
    double sum = 0;
    for (long k = low; k < high; k++) {
      double distance = fabs((k + 0.5 - centre) / support);
      double weight = distance < 1 ? 1 - distance : 0;
      weights[k - low] = (float)weight;
      sum += weight;
    }
    for (long k = low; k < high; k++) weights[k - low] = (float)(weights[k - low] / sum);
    f->first[i] = (uint32_t)low;
  }
  return 1;
}

static void free_filter(filter *f) {
  free(f->first);
  free(f->weights);
}

int gradus_image_resize(
  const uint8_t *from, uint32_t height, uint32_t width, int channels, float *to, uint32_t new_height, uint32_t new_width) {
  filter across = {0}, down = {0};
  size_t row = (size_t)new_width * channels;
  float *narrowed = malloc(row * height * sizeof *narrowed);
  int done = narrowed && make_filter(&across, width, new_width) && make_filter(&down, height, new_height);
  if (done) {
    for (uint32_t y = 0; y < height; y++) {
      const uint8_t *line = from + (size_t)y * width * channels;
      for (uint32_t x = 0; x < new_width; x++) {
        const float *weights = across.weights + (size_t)x * across.taps;
        uint32_t first = across.first[x], taps = width - first < across.taps ? width - first : across.taps;
        for (int c = 0; c < channels; c++) {
          float sum = 0;
          for (uint32_t k = 0; k < taps; k++) sum += weights[k] * line[(size_t)(first + k) * channels + c];
          narrowed[y * row + (size_t)x * channels + c] = sum / 255;
        }
      }
    }
    for (uint32_t y = 0; y < new_height; y++) {
      const float *weights = down.weights + (size_t)y * down.taps;
      uint32_t first = down.first[y], taps = height - first < down.taps ? height - first : down.taps;
      float *line = to + y * row;
      for (size_t x = 0; x < row; x++) line[x] = 0;
      for (uint32_t k = 0; k < taps; k++) {
        const float *source = narrowed + (first + k) * row;
        for (size_t x = 0; x < row; x++) line[x] += weights[k] * source[x];
      }
    }
  }
  free(narrowed);
  free_filter(&across);
  free_filter(&down);
  return done;
}
