#include "COneDNN.h"

#if __has_include(<oneapi/dnnl/dnnl.h>)
#include <oneapi/dnnl/dnnl.h>
#else
#include <dnnl.h>
#endif

extern "C" int gradus_onednn_major(void) { return DNNL_VERSION_MAJOR; }

extern "C" int gradus_onednn_product(long m, long n, long k, const float *a, int transpose_a, long a_row, const float *b, int transpose_b,
                                     float beta, float *c) {
  try {
    // Versions 2 and 3 agree on this function. A leading dimension is the length of a stored row.
    return (int)dnnl_sgemm(transpose_a ? 'T' : 'N', transpose_b ? 'T' : 'N', m, n, k, 1.0f, a, a_row, b, transpose_b ? k : n,
                           beta, c, n);
  } catch (...) {
    return (int)dnnl_runtime_error;
  }
}
