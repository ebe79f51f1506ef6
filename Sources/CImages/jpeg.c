#include "reading.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// jpeglib.h uses what stdio.h declares.
#include <jpeglib.h>
#include <jerror.h>

// Everything that must live through a jump is in here, not in registers.
typedef struct {
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  struct jpeg_source_mgr source;
  gradus_image *image;
  uint8_t *line;
  jmp_buf jump;
} reader;

// A scan costs a pass over the whole image; a file of a few kilobytes may hold thousands.
enum { most_scans = 500 };

static void leave(reader *r, const char *message) {
  snprintf(r->image->message, sizeof r->image->message, "%s", message);
  longjmp(r->jump, 1);
}

static void fail(j_common_ptr jpeg) {
  reader *r = jpeg->client_data;
  char message[JMSG_LENGTH_MAX];
  jpeg->err->format_message(jpeg, message);
  leave(r, message);
}

// The library goes on after damaged data, with gray in their place; an image to learn from must be whole. Stray bytes between two markers
// cost nothing.
static void warn(j_common_ptr jpeg, int level) {
  if (level < 0 && jpeg->err->msg_code != JWRN_EXTRANEOUS_DATA) fail(jpeg);
}

static void watch(j_common_ptr jpeg) {
  reader *r = jpeg->client_data;
  if (r->jpeg.input_scan_number > most_scans) leave(r, "it has too many scans");
}

static void start(j_decompress_ptr jpeg) { (void)jpeg; }

static boolean no_more(j_decompress_ptr jpeg) {
  leave(jpeg->client_data, "it ends early");
  return FALSE;
}

static void skip(j_decompress_ptr jpeg, long count) {
  if (count <= 0) return;
  if ((size_t)count > jpeg->src->bytes_in_buffer) no_more(jpeg);
  jpeg->src->next_input_byte += count;
  jpeg->src->bytes_in_buffer -= (size_t)count;
}

// Four inks to three lights; Adobe's files hold them turned round.
static void colour_of_inks(uint8_t *line, size_t width, int is_inverted) {
  for (size_t x = 0; x < width; x++) {
    uint8_t *ink = line + 4 * x;
    unsigned black = is_inverted ? ink[3] : 255u - ink[3];
    for (int c = 0; c < 3; c++) line[3 * x + c] = (uint8_t)((is_inverted ? ink[c] : 255u - ink[c]) * black / 255);
  }
}

static gradus_image_result read(
  reader *r, const uint8_t *bytes, size_t count, int channels, uint64_t most_pixels) {
  r->jpeg.err = jpeg_std_error(&r->errors);
  r->jpeg.client_data = r;
  r->errors.error_exit = fail;
  r->errors.emit_message = warn;
  if (setjmp(r->jump)) return GRADUS_IMAGE_DAMAGED;
  jpeg_create_decompress(&r->jpeg);
  // What the library keeps for itself: the coefficients of a progressive image, six bytes a pixel.
  r->jpeg.mem->max_memory_to_use = 1L << 30;
  r->progress.progress_monitor = watch;
  r->jpeg.progress = &r->progress;
  r->source = (struct jpeg_source_mgr){
    .next_input_byte = bytes, .bytes_in_buffer = count, .init_source = start, .fill_input_buffer = no_more, .skip_input_data = skip,
    .resync_to_restart = jpeg_resync_to_restart, .term_source = start};
  r->jpeg.src = &r->source;
  jpeg_read_header(&r->jpeg, TRUE);
  r->image->width = r->jpeg.image_width;
  r->image->height = r->jpeg.image_height;
  gradus_image_result result = allocate_pixels(r->image, channels, most_pixels);
  if (result != GRADUS_IMAGE_READ || channels == 0) return result;

  int has_inks = r->jpeg.num_components == 4;
  r->jpeg.out_color_space = has_inks ? JCS_CMYK : channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  r->jpeg.dct_method = JDCT_ISLOW;
  jpeg_start_decompress(&r->jpeg);
  size_t width = r->image->width;
  r->line = malloc(width * 4);
  if (!r->line) return GRADUS_IMAGE_NO_MEMORY;
  while (r->jpeg.output_scanline < r->jpeg.output_height) {
    uint8_t *to = r->image->pixels + (size_t)r->jpeg.output_scanline * width * channels;
    JSAMPROW row = r->line;
    jpeg_read_scanlines(&r->jpeg, &row, 1);
    if (has_inks) colour_of_inks(r->line, width, r->jpeg.saw_Adobe_marker);
    if (has_inks && channels == 1) {
      gray_of_colour(r->line, to, width);
    } else {
      memcpy(to, r->line, width * channels);
    }
  }
  jpeg_finish_decompress(&r->jpeg);
  return GRADUS_IMAGE_READ;
}

gradus_image_result read_jpeg(const uint8_t *bytes, size_t count, int channels, uint64_t most_pixels, gradus_image *image) {
  // On the heap: a jump leaves locals of the function that it returns to undefined.
  reader *r = calloc(1, sizeof *r);
  if (!r) return GRADUS_IMAGE_NO_MEMORY;
  r->image = image;
  gradus_image_result result = read(r, bytes, count, channels, most_pixels);
  jpeg_destroy_decompress(&r->jpeg);
  free(r->line);
  free(r);
  return result;
}
