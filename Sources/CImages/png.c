#include "reading.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Everything that must live through a jump is in here, not in registers.
typedef struct {
  const uint8_t *bytes;
  size_t left;
  gradus_image *image;
  png_structp png;
  png_infop info;
  png_bytep *rows;
  uint8_t *colour;
  jmp_buf jump;
} reader;

static void fail(png_structp png, png_const_charp message) {
  reader *r = png_get_error_ptr(png);
  snprintf(r->image->message, sizeof r->image->message, "%s", message);
  longjmp(r->jump, 1);
}

static void ignore(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static void read_bytes(png_structp png, png_bytep to, size_t count) {
  reader *r = png_get_io_ptr(png);
  if (count > r->left) png_error(png, "it ends early");
  memcpy(to, r->bytes, count);
  r->bytes += count;
  r->left -= count;
}

static gradus_image_result read(reader *r, int channels, uint64_t most_pixels) {
  if (setjmp(r->jump)) return GRADUS_IMAGE_DAMAGED;
  r->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, r, fail, ignore);
  if (!r->png) return GRADUS_IMAGE_NO_MEMORY;
  r->info = png_create_info_struct(r->png);
  if (!r->info) return GRADUS_IMAGE_NO_MEMORY;
  png_set_read_fn(r->png, r, read_bytes);
  // The number of pixels is limited below; these keep a small file from growing in memory otherwise.
  png_set_user_limits(r->png, 0x7fffffff, 0x7fffffff);
  png_set_chunk_cache_max(r->png, 128);
  png_set_chunk_malloc_max(r->png, 8000000);
  png_read_info(r->png, r->info);
  r->image->width = png_get_image_width(r->png, r->info);
  r->image->height = png_get_image_height(r->png, r->info);
  gradus_image_result result = allocate_pixels(r->image, channels, most_pixels);
  if (result != GRADUS_IMAGE_READ || channels == 0) return result;

  png_set_expand(r->png);
  png_set_scale_16(r->png);
  png_set_strip_alpha(r->png);
  int is_gray = !(png_get_color_type(r->png, r->info) & PNG_COLOR_MASK_COLOR);
  if (!is_gray || channels == 3) png_set_gray_to_rgb(r->png);
  png_set_interlace_handling(r->png);
  png_read_update_info(r->png, r->info);
  int read_channels = is_gray && channels == 1 ? 1 : 3;
  size_t width = r->image->width, height = r->image->height, stride = width * read_channels;
  if (png_get_rowbytes(r->png, r->info) != stride) png_error(r->png, "its kind of pixels is not known");
  uint8_t *pixels = r->image->pixels;
  if (read_channels != channels) pixels = r->colour = calloc(height, stride);
  r->rows = calloc(height, sizeof *r->rows);
  if (!pixels || !r->rows) return GRADUS_IMAGE_NO_MEMORY;
  for (size_t y = 0; y < height; y++) r->rows[y] = pixels + y * stride;
  png_read_image(r->png, r->rows);
  png_read_end(r->png, NULL);
  if (r->colour) gray_of_colour(r->colour, r->image->pixels, width * height);
  return GRADUS_IMAGE_READ;
}

gradus_image_result read_png(const uint8_t *bytes, size_t count, int channels, uint64_t most_pixels, gradus_image *image) {
  reader r = {.bytes = bytes, .left = count, .image = image};
  gradus_image_result result = read(&r, channels, most_pixels);
  if (r.png) png_destroy_read_struct(&r.png, r.info ? &r.info : NULL, NULL);
  free(r.rows);
  free(r.colour);
  return result;
}
