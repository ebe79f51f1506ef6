// Pictures: PNG and JPEG become bytes, bytes change their size, shapes are drawn.
//
// All images are row-major, channels last, without gaps. libpng and libjpeg report errors by longjmp, which must not pass through Swift:
// every jump ends in here.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// --- Reading. ---

typedef enum {
  GRADUS_IMAGE_READ,
  /// Neither a PNG nor a JPEG file.
  GRADUS_IMAGE_UNKNOWN,
  /// Damaged, or it ends early; the message says more.
  GRADUS_IMAGE_DAMAGED,
  /// More pixels than allowed; nothing was allocated for them.
  GRADUS_IMAGE_TOO_LARGE,
  /// No memory.
  GRADUS_IMAGE_NO_MEMORY
} gradus_image_result;

typedef struct {
  uint32_t width, height;
  /// height x width x channels bytes, to be freed with gradus_image_free; NULL when only the size was asked for.
  uint8_t *pixels;
  /// What the library says of a damaged file.
  char message[200];
} gradus_image;

/// Reads a PNG or JPEG file from memory as gray (1 channel) or red, green, blue (3); with 0 channels only its size.
///
/// Transparency is dropped, 16 bits become 8, gray is 0.299 R + 0.587 G + 0.114 B.
gradus_image_result gradus_image_read(const uint8_t *bytes, size_t count, int channels, uint64_t most_pixels, gradus_image *image);
void gradus_image_free(gradus_image *image);

// --- Writing. ---

/// A PNG file of height x width x channels bytes (1 is gray, 3 is red, green, blue), to be freed with `free`; NULL without memory. Its length goes to
/// `count`.
uint8_t *gradus_png_write(const uint8_t *pixels, uint32_t width, uint32_t height, int channels, size_t *count);

// --- Changing the size. ---

/// Bilinear with antialiasing: each new pixel is the mean of the old ones under a triangle that is two new pixels wide (two old ones when
/// the image grows), cut off at the border. Pixel centres lie at halves. Bytes become floats from 0 to 1. Returns 0 without memory.
int gradus_image_resize(
  const uint8_t *from, uint32_t height, uint32_t width, int channels, float *to, uint32_t new_height, uint32_t new_width);

// --- Drawing, on size x size floats from 0 to 1 whose pixel centres lie at halves. ---

/// Draws lines with round ends through `count` points (x, y), `radius` pixels to each side: a pixel gets the most of what it has and its
/// coverage, which falls from 1 to 0 over a pixel's width at the edge.
void gradus_draw_line(float *image, int size, const float *points, int count, float radius);
/// Fills the polygon through `count` points (even-odd rule): a pixel gets the most of what it has and the part of it that is covered, measured
/// along four lines a row. Returns 0 without memory.
int gradus_fill_polygon(float *image, int size, const float *points, int count);
/// pixel = clipped(background + (ink - background) pixel + noise), the noise nearly normal (the sum of four even numbers) of a deviation.
void gradus_finish_image(float *image, int count, float background, float ink, float noise, uint64_t seed);

#ifdef __cplusplus
}
#endif
