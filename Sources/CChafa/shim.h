#pragma once
#include <chafa.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// Pictures as characters, and as sixels. Pixels are height x width x 3 bytes, red, green, blue, without gaps.

// A character cell: its character, and its colours as 0xRRGGBB or as a number of the palette.
typedef struct {
  uint32_t character;
  int32_t foreground, background;
} gradus_cell;

static inline ChafaCanvas *gradus_chafa_canvas(
  ChafaCanvasConfig *config, const uint8_t *pixels, int width, int height, int columns, int rows) {
  chafa_canvas_config_set_geometry(config, columns, rows);
  ChafaCanvas *canvas = chafa_canvas_new(config);
  chafa_canvas_config_unref(config);
  chafa_canvas_draw_all_pixels(canvas, CHAFA_PIXEL_RGB8, pixels, width, height, width * 3);
  return canvas;
}

// Fills `cells` (rows x columns) with the picture stretched over them, in 24 bits of colour or in the 240 fixed ones of a terminal's 256. 0 when
// the size makes no sense.
static inline int gradus_chafa_cells(
  const uint8_t *pixels, int width, int height, int columns, int rows, int has_true_colour, gradus_cell *cells) {
  if (width < 1 || height < 1 || columns < 1 || rows < 1) return 0;
  ChafaCanvasConfig *config = chafa_canvas_config_new();
  // Halves and quarters alone: every font has them, and a small image keeps its square pixels.
  ChafaSymbolMap *symbols = chafa_symbol_map_new();
  chafa_symbol_map_add_by_tags(
    symbols, (ChafaSymbolTags)(CHAFA_SYMBOL_TAG_SPACE | CHAFA_SYMBOL_TAG_SOLID | CHAFA_SYMBOL_TAG_HALF | CHAFA_SYMBOL_TAG_QUAD));
  chafa_canvas_config_set_symbol_map(config, symbols);
  chafa_symbol_map_unref(symbols);
  chafa_canvas_config_set_canvas_mode(config, has_true_colour ? CHAFA_CANVAS_MODE_TRUECOLOR : CHAFA_CANVAS_MODE_INDEXED_240);
  chafa_canvas_config_set_work_factor(config, 1);
  chafa_canvas_config_set_preprocessing_enabled(config, FALSE);
  ChafaCanvas *canvas = gradus_chafa_canvas(config, pixels, width, height, columns, rows);
  for (int y = 0; y < rows; y++) {
    for (int x = 0; x < columns; x++) {
      gradus_cell *cell = cells + (size_t)y * columns + x;
      gint foreground = -1, background = -1;
      cell->character = chafa_canvas_get_char_at(canvas, x, y);
      chafa_canvas_get_raw_colors_at(canvas, x, y, &foreground, &background);
      cell->foreground = foreground;
      cell->background = background;
    }
  }
  chafa_canvas_unref(canvas);
  return 1;
}

// The picture, as large as it is, as a sixel sequence that the caller frees with `free`; NULL without memory. Sixels come in bands of
// six pixels: what is left of the last band is cut off.
static inline char *gradus_chafa_sixels(const uint8_t *pixels, int width, int height) {
  if (width < 1 || height < 1) return NULL;
  ChafaCanvasConfig *config = chafa_canvas_config_new();
  chafa_canvas_config_set_pixel_mode(config, CHAFA_PIXEL_MODE_SIXELS);
  chafa_canvas_config_set_canvas_mode(config, CHAFA_CANVAS_MODE_TRUECOLOR);
  chafa_canvas_config_set_cell_geometry(config, 1, 1);
  ChafaCanvas *canvas = gradus_chafa_canvas(config, pixels, width, height, width, height);
  GString *printed = chafa_canvas_print(canvas, chafa_term_db_get_fallback_info(chafa_term_db_get_default()));
  chafa_canvas_unref(canvas);
  if (!printed) return NULL;
  char *copy = strdup(printed->str);
  g_string_free(printed, TRUE);
  return copy;
}
