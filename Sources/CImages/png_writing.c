#include "include/CImages.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

// Everything that must live through a jump is in here, not in registers.
typedef struct {
  png_structp png;
  png_infop info;
  uint8_t *bytes;
  size_t count, capacity;
  jmp_buf jump;
} writer;

static void fail(png_structp png, png_const_charp message) {
  (void)message;
  writer *w = png_get_error_ptr(png);
  longjmp(w->jump, 1);
}

static void ignore(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static void write_bytes(png_structp png, png_bytep from, size_t count) {
  writer *w = png_get_io_ptr(png);
  if (w->count + count > w->capacity) {
    size_t capacity = 2 * (w->count + count);
    uint8_t *grown = realloc(w->bytes, capacity);
    if (!grown) png_error(png, "no memory");
    w->bytes = grown;
    w->capacity = capacity;
  }
  memcpy(w->bytes + w->count, from, count);
  w->count += count;
}

static void flush(png_structp png) { (void)png; }

static int write_all(writer *w, const uint8_t *pixels, uint32_t width, uint32_t height, int channels) {
  if (setjmp(w->jump)) return 0;
  w->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, w, fail, ignore);
  if (!w->png) return 0;
  w->info = png_create_info_struct(w->png);
  if (!w->info) return 0;
  png_set_write_fn(w->png, w, write_bytes, flush);
  png_set_IHDR(
    w->png, w->info, width, height, 8, channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
    PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  // It goes to a terminal at once: time counts more than the last bytes.
  png_set_compression_level(w->png, 3);
  png_write_info(w->png, w->info);
  for (uint32_t y = 0; y < height; y++) png_write_row(w->png, pixels + (size_t)y * width * channels);
  png_write_end(w->png, NULL);
  return 1;
}

uint8_t *gradus_png_write(const uint8_t *pixels, uint32_t width, uint32_t height, int channels, size_t *count) {
  writer w = {0};
  int done = write_all(&w, pixels, width, height, channels);
  if (w.png) png_destroy_write_struct(&w.png, &w.info);
  if (!done) {
    free(w.bytes);
    return NULL;
  }
  *count = w.count;
  return w.bytes;
}
