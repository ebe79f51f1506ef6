// What Gradus uses of oneDNN, behind C functions that differ in nothing between its major versions. Each returns 0, or oneDNN's status.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// The major version of the library that was compiled against.
int gradus_onednn_major(void);

/// C (m,n) = op(A) op(B) + beta C in row-major order, where op turns its matrix over its diagonal when the flag is set. `a_row` is how
/// far apart the stored rows of A begin.
int gradus_onednn_product(long m, long n, long k, const float *a, int transpose_a, long a_row, const float *b, int transpose_b, float beta,
                          float *c);

/// A two-dimensional convolution of (batch, height, width, channels) to (batch, output_height, output_width, filters).
///
/// Its kernel lies as Keras lays it: (kernel_height, kernel_width, channels, filters), or (kernel_height, kernel_width, channels,
/// filters / channels) where every channel is convolved on its own (`depthwise`).
typedef struct {
  long batch, height, width, channels, filters, depthwise;
  long kernel_height, kernel_width, stride_height, stride_width, dilation_height, dilation_width;
  long top, left, bottom, right;
  long output_height, output_width;
} gradus_convolution_shape;

/// Where a convolution's arrays are. NULL stands for what is not there or not asked for: no bias; no dx; no dw and db.
typedef struct {
  const float *x, *w, *b;
  float *y;
  const float *dy;
  float *dx, *dw, *db;
} gradus_convolution_arrays;

typedef struct gradus_convolution gradus_convolution;

/// Makes the primitives that the arrays ask for: forward where there is y (with relu applied to it where `relu`), the gradient by the source
/// where there is dx, the gradient by the kernel where there is dw.
int gradus_onednn_convolution_make(const gradus_convolution_shape *shape, const gradus_convolution_arrays *arrays, int relu,
                                   gradus_convolution **convolution);
void gradus_onednn_convolution_destroy(gradus_convolution *convolution);
/// How many floats of memory at the side each of the calls below needs.
long gradus_onednn_convolution_scratch(const gradus_convolution *convolution);
/// The names of the implementations that oneDNN has chosen, one a line.
const char *gradus_onednn_convolution_implementations(const gradus_convolution *convolution);
/// y = relu(x * w + b). `fresh` says that w has changed since the last call. The arrays that are passed, here and below, are where they
/// are this time.
int gradus_onednn_convolution_forward(gradus_convolution *convolution, int fresh, const float *x, float *y, float *scratch);
/// dx from dy and w.
int gradus_onednn_convolution_backward_data(gradus_convolution *convolution, int fresh, const float *dy, float *dx, float *scratch);
/// dw and db from x and dy.
int gradus_onednn_convolution_backward_weights(gradus_convolution *convolution, const float *x, const float *dy, float *dw, float *db,
                                               float *scratch);

#ifdef __cplusplus
}
#endif
