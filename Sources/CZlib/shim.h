#pragma once
#include <zlib.h>

// The macro that zlib defines checks its version and the size of its struct; Swift cannot call it.
static inline int gradus_inflate_init_gzip(z_stream *stream) { return inflateInit2(stream, 15 + 16); }
