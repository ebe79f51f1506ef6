#include "reading.h"

#include <stdlib.h>
#include <string.h>

gradus_image_result gradus_image_read(const uint8_t *bytes, size_t count, int channels, uint64_t most_pixels, gradus_image *image) {
  static const uint8_t png[] = {0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a}, jpeg[] = {0xff, 0xd8, 0xff};
  memset(image, 0, sizeof *image);
  gradus_image_result result = GRADUS_IMAGE_UNKNOWN;
  if (count >= sizeof png && memcmp(bytes, png, sizeof png) == 0) {
    result = read_png(bytes, count, channels, most_pixels, image);
  } else if (count >= sizeof jpeg && memcmp(bytes, jpeg, sizeof jpeg) == 0) {
    result = read_jpeg(bytes, count, channels, most_pixels, image);
  }
  if (result != GRADUS_IMAGE_READ) gradus_image_free(image);
  return result;
}

void gradus_image_free(gradus_image *image) {
  free(image->pixels);
  image->pixels = NULL;
}

gradus_image_result allocate_pixels(gradus_image *image, int channels, uint64_t most_pixels) {
  uint64_t pixels = (uint64_t)image->width * image->height;
  if (pixels == 0) return GRADUS_IMAGE_DAMAGED;
  if (pixels > most_pixels) return GRADUS_IMAGE_TOO_LARGE;
  if (channels == 0) return GRADUS_IMAGE_READ;
  image->pixels = calloc(pixels, (size_t)channels);
  return image->pixels ? GRADUS_IMAGE_READ : GRADUS_IMAGE_NO_MEMORY;
}

void gray_of_colour(const uint8_t *colour, uint8_t *gray, size_t count) {
  // Sixteenths of a bit are enough for the three weights; they add up to 65536.
  for (size_t i = 0; i < count; i++) {
    gray[i] = (uint8_t)((19595u * colour[3 * i] + 38470u * colour[3 * i + 1] + 7471u * colour[3 * i + 2] + 32768u) >> 16);
  }
}
