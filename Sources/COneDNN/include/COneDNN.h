// What Gradus uses of oneDNN, behind C functions that differ in nothing between its major versions. Each returns 0, or oneDNN's status.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// The major version of the library that was compiled against.
int gradus_onednn_major(void);

/// C (m,n) = op(A) op(B) + beta C in row-major order, where op turns its matrix over its diagonal when the flag is set.
int gradus_onednn_product(long m, long n, long k, const float *a, int transpose_a, const float *b, int transpose_b, float beta, float *c);

#ifdef __cplusplus
}
#endif
