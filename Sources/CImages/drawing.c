#include "include/CImages.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int limited(float value, int most) { return value < 0 ? 0 : value > most ? most : (int)value; }

static void draw_segment(float *image, int size, const float *from, const float *to, float radius) {
  float reach = radius + 0.5f, dx = to[0] - from[0], dy = to[1] - from[1];
  float length = dx * dx + dy * dy, scale = length > 0 ? 1 / length : 0;
  // The pixels whose centres lie within reach of the segment's box.
  int left = limited(fminf(from[0], to[0]) - reach, size), right = limited(fmaxf(from[0], to[0]) + reach + 1, size);
  int top = limited(fminf(from[1], to[1]) - reach, size), bottom = limited(fmaxf(from[1], to[1]) + reach + 1, size);
  for (int y = top; y < bottom; y++) {
    float *row = image + (size_t)y * size;
    float py = y + 0.5f - from[1];
    for (int x = left; x < right; x++) {
      float px = x + 0.5f - from[0];
      float t = (px * dx + py * dy) * scale;
      t = t < 0 ? 0 : t > 1 ? 1 : t;
      float ex = px - t * dx, ey = py - t * dy;
      float coverage = reach - sqrtf(ex * ex + ey * ey);
      coverage = coverage > 1 ? 1 : coverage;
      row[x] = row[x] > coverage ? row[x] : coverage;
    }
  }
}

void gradus_draw_line(float *image, int size, const float *points, int count, float radius) {
  for (int i = 0; i + 1 < count; i++) draw_segment(image, size, points + 2 * i, points + 2 * i + 2, radius);
}

static int ascending(const void *a, const void *b) {
  float x = *(const float *)a, y = *(const float *)b;
  return (x > y) - (x < y);
}

// Adds `share` times the part of each pixel of a row that lies between two places.
static void cover(float *row, int size, float from, float to, float share) {
  if (from < 0) from = 0;
  if (to > size) to = size;
  if (from >= to) return;
  int first = (int)from, last = (int)to;
  if (first == last) {
    row[first] += share * (to - from);
    return;
  }
  row[first] += share * (first + 1 - from);
  for (int x = first + 1; x < last; x++) row[x] += share;
  if (last < size) row[last] += share * (to - last);
}

int gradus_fill_polygon(float *image, int size, const float *points, int count) {
  enum { lines = 4 };
  float *crossings = malloc(((size_t)count + size) * sizeof *crossings);
  if (!crossings) return 0;
  float *row = crossings + count;
  for (int y = 0; y < size; y++) {
    memset(row, 0, size * sizeof *row);
    for (int line = 0; line < lines; line++) {
      float height = y + (line + 0.5f) / lines;
      int found = 0;
      for (int i = 0; i < count; i++) {
        const float *a = points + 2 * i, *b = points + 2 * ((i + 1) % count);
        if ((a[1] <= height) != (b[1] <= height)) crossings[found++] = a[0] + (height - a[1]) / (b[1] - a[1]) * (b[0] - a[0]);
      }
      qsort(crossings, found, sizeof *crossings, ascending);
      for (int i = 0; i + 1 < found; i += 2) cover(row, size, crossings[i], crossings[i + 1], 1.0f / lines);
    }
    for (int x = 0; x < size; x++) {
      float *pixel = image + (size_t)y * size + x;
      if (row[x] > *pixel) *pixel = row[x] > 1 ? 1 : row[x];
    }
  }
  free(crossings);
  return 1;
}

// SplitMix64's next number.
static uint64_t next(uint64_t *state) {
  uint64_t z = *state += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

void gradus_finish_image(float *image, int count, float background, float ink, float noise, uint64_t seed) {
  // Four 16-bit numbers have the mean 4 x 65535/2 and, in all, the variance 4 x 65536^2/12.
  float scale = noise * 1.7320508f / 65536;
  for (int i = 0; i < count; i++) {
    float value = background + (ink - background) * image[i];
    if (noise > 0) {
      uint64_t bits = next(&seed);
      int sum = (int)(bits & 0xffff) + (int)(bits >> 16 & 0xffff) + (int)(bits >> 32 & 0xffff) + (int)(bits >> 48);
      value += (sum - 131070) * scale;
    }
    image[i] = value < 0 ? 0 : value > 1 ? 1 : value;
  }
}
