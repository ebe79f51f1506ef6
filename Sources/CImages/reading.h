// What the two readers share.
#pragma once

#include "include/CImages.h"

gradus_image_result read_png(const uint8_t *bytes, size_t count, int channels, uint64_t most_pixels, gradus_image *image);
gradus_image_result read_jpeg(const uint8_t *bytes, size_t count, int channels, uint64_t most_pixels, gradus_image *image);

/// Memory for the pixels of an image whose size is known, unless there are too many or only the size was asked for.
gradus_image_result allocate_pixels(gradus_image *image, int channels, uint64_t most_pixels);

/// `count` pixels of red, green and blue to gray ones.
void gray_of_colour(const uint8_t *colour, uint8_t *gray, size_t count);
