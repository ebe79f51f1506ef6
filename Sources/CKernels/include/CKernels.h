// The loops that should use the whole machine: compiled for several instruction sets, chosen at run time.
//
// All arrays are row-major floats; `rows` x `columns` matrices lie without gaps. Outputs may be the same array as an input only where
// that is said. NaN goes in and comes out.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// --- Threads: the pool that oneDNN already uses, where it is OpenMP's; else everything runs on the caller. ---

/// How many threads a parallel region that the calling thread starts would have.
int gradus_threads(void);
/// Sets that number for the calling thread.
void gradus_set_threads(int count);

// --- Memory. ---

/// Asks for large pages below a large block of memory that nobody has touched yet: a page costs more to get than to fill.
void gradus_prefer_large_pages(void *memory, size_t bytes);
/// A block of memory that is 0 everywhere and begins at a large page; its pages are only made when they are touched. NULL when there is none.
void *gradus_zeroed(size_t bytes);
/// Gives such a block back.
void gradus_give_back(void *memory, size_t bytes);
/// to = from, by all threads where that pays.
void gradus_copy(long n, const float *from, float *to);
/// to[i, ...] = from[numbers[i], ...]: rows of so many columns, by all threads where that pays.
void gradus_gather(long rows, long columns, const long *numbers, const float *from, float *to);

// --- Matrix products for small matrices, without threads. ---

/// C (m,n) = A B + bias, where A's element (i,p) is a[i * row_stride + p * inner_stride], B is (k,n); bias is NULL for none.
void gradus_product(long m, long n, long k, const float *a, long row_stride, long inner_stride, const float *b, const float *bias, float *c);
/// to (columns, rows) = from (rows, columns) turned over its diagonal.
void gradus_transpose(long rows, long columns, const float *from, float *to);

// --- Sums and fills. ---

/// Every row becomes the given one.
void gradus_fill_rows(long rows, long columns, const float *row, float *to);
/// Every row has the given one added.
void gradus_add_rows(long rows, long columns, const float *row, float *to);
/// sums[c] = the sum of column c.
void gradus_column_sums(long rows, long columns, const float *x, float *sums);
/// y += x.
void gradus_add(long n, const float *x, float *y);
/// y = scale x + offset.
void gradus_rescale(long n, float scale, float offset, const float *x, float *y);
/// The sum of |x|.
double gradus_sum_of_magnitudes(long n, const float *x);
/// The sum of x squared.
double gradus_sum_of_squares(long n, const float *x);
/// gradient += l1 sign(x) + 2 l2 x.
void gradus_add_penalty_gradient(long n, float l1, float l2, const float *x, float *gradient);

// --- Activations: y may be x. Backward: dx = dy f'(x), told by x or y as each function says; dx may be dy. ---

typedef enum {
  GRADUS_LINEAR, GRADUS_RELU, GRADUS_SIGMOID, GRADUS_TANH, GRADUS_ELU, GRADUS_SELU, GRADUS_GELU, GRADUS_SWISH, GRADUS_SOFTPLUS,
  GRADUS_LEAKY_RELU
} gradus_activation;

/// y = f(x); `slope` is leaky relu's slope or elu's alpha.
void gradus_activate(gradus_activation kind, float slope, long n, const float *x, float *y);
/// dx = dy f'(x). gelu, swish and softplus read x, the others y.
void gradus_activate_backward(gradus_activation kind, float slope, long n, const float *x, const float *y, const float *dy, float *dx);
/// Softmax of every row.
void gradus_softmax(long rows, long columns, const float *x, float *y);
/// dx = y (dy - sum(dy y)).
void gradus_softmax_backward(long rows, long columns, const float *y, const float *dy, float *dx);

// --- Batch normalisation over the rows, a statistic a column. ---

/// The mean and the population variance of every column.
void gradus_moments(long rows, long columns, const float *x, float *mean, float *variance);
/// y = (x - mean) / sqrt(variance + epsilon) gamma + beta; inverse (scratch) becomes 1 / sqrt(variance + epsilon).
void gradus_normalize(long rows, long columns, const float *x, const float *mean, const float *variance, float epsilon, const float *gamma,
                      const float *beta, float *inverse, float *y);
/// The gradients of a normalisation by the batch's own moments. dx may be NULL.
void gradus_normalize_backward(long rows, long columns, const float *x, const float *mean, const float *inverse, const float *gamma,
                               const float *dy, float *dgamma, float *dbeta, float *dx);
/// The gradients of a normalisation by given moments, which do not depend on x. dx may be NULL.
void gradus_normalize_fixed_backward(long rows, long columns, const float *x, const float *mean, const float *inverse, const float *gamma,
                                     const float *dy, float *dgamma, float *dbeta, float *dx);
/// moving = moving momentum + value (1 - momentum).
void gradus_move_average(long n, float momentum, const float *value, float *moving);

// --- Layer normalisation of every row by its own moments. ---

/// y = (x - mean) / sqrt(variance + epsilon) gamma + beta over each row; mean and inverse = 1 / sqrt(variance + epsilon) are one a row.
void gradus_layer_normalize(long rows, long columns, float epsilon, const float *x, const float *gamma, const float *beta, float *mean,
                            float *inverse, float *y);
/// Its gradients. dx may be NULL.
void gradus_layer_normalize_backward(long rows, long columns, const float *x, const float *mean, const float *inverse, const float *gamma,
                                     const float *dy, float *dgamma, float *dbeta, float *dx);

// --- Images: (batch, height, width, channels). ---

/// A window that moves over the images; cells beyond their edges count for nothing.
typedef struct {
  long batch, height, width, channels;
  long window_height, window_width, stride_height, stride_width, top, left;
  long output_height, output_width;
} gradus_pooling;

/// The greatest value under the window, a channel. `places` (an int32 an output; NULL for none) says where in the window the greatest was.
void gradus_max_pool(const gradus_pooling *pooling, const float *x, float *y, int32_t *places);
/// Sends dy to the places. With y (else NULL), nothing comes through where y <= 0: the slope of a relu before the pooling.
void gradus_max_pool_backward(const gradus_pooling *pooling, const float *y, const int32_t *places, const float *dy, float *dx);
/// The mean under the window, a channel.
void gradus_average_pool(const gradus_pooling *pooling, const float *x, float *y);
void gradus_average_pool_backward(const gradus_pooling *pooling, const float *dy, float *dx);

/// Puts each image into a larger one of zeros, `top` rows down and `left` columns in; or, `back`, cuts it out again.
void gradus_pad(long batch, long height, long width, long channels, long top, long left, long larger_height, long larger_width, int back,
                const float *from, float *to);
/// Each pixel becomes a block of down x across equal ones; or, `back`, each block its sum.
void gradus_upsample(long batch, long height, long width, long channels, long down, long across, int back, const float *from, float *to);
/// to[r, column...] = from[r, ...]: copies the columns of a matrix into a part of a wider one; or, `back`, out of it.
void gradus_copy_columns(long rows, long columns, long wide, long first, int back, const float *from, float *to);

/// Images seen each through an affine map (six numbers), bilinearly: y(row, column) = x(m0 column + m1 row + m2, m3 column + m4 row + m5) as
/// (x, y). Beyond the edges an image is mirrored.
void gradus_warp(long images, long height, long width, long channels, const float *maps, const float *x, float *y);
/// dx = the transpose of the same maps applied to dy.
void gradus_warp_backward(long images, long height, long width, long channels, const float *maps, const float *dy, float *dx);

/// Images each in a tone (two numbers, scale and shift): y = scale (x - mean) + mean + shift, a mean a channel, held within 0...high.
void gradus_tone(long images, long pixels, long channels, float high, const float *tones, const float *x, float *y);
void gradus_tone_backward(long images, long pixels, long channels, float high, const float *tones, const float *x, const float *dy,
                          float *dx);

// --- The signs of a relu's outputs, a bit each, for a way back that no longer has the outputs. ---

/// signs (2 bytes for 16 values begun) of the values that are above 0.
void gradus_keep_signs(long n, const float *y, uint16_t *signs);
/// dy = 0 where the sign is not above 0.
void gradus_pass_signs(long n, const uint16_t *signs, float *dy);

// --- prelu: y = x for x > 0, else slope x, with a slope of its own for each of `columns` values. ---

void gradus_prelu(long rows, long columns, const float *x, const float *slope, float *y);
/// dx (may be NULL) and the slopes' gradient, summed over the rows.
void gradus_prelu_backward(long rows, long columns, const float *x, const float *slope, const float *dy, float *dslope, float *dx);

// --- Dropout. ---

/// mask = 0 with probability `rate`, else 1 / (1 - rate); y = x mask. The numbers depend on the key and the position alone.
void gradus_dropout(long n, float rate, uint64_t key, const float *x, float *mask, float *y);
/// The same with one draw for every `columns` values in a row of `group`: whole channels are dropped. mask is (groups, columns).
void gradus_dropout_channels(long groups, long group, long columns, float rate, uint64_t key, const float *x, float *mask, float *y);
void gradus_dropout_channels_backward(long groups, long group, long columns, const float *dy, const float *mask, float *dx);
/// y = x + deviation z, with z drawn from the normal distribution by the key and the position.
void gradus_gaussian_noise(long n, float deviation, uint64_t key, const float *x, float *y);
/// dx = dy mask.
void gradus_multiply(long n, const float *dy, const float *mask, float *dx);

// --- Losses: each returns the sum over everything and writes gradient = scale d(sum)/d(output). ---

double gradus_squared_error(long n, float scale, const float *output, const float *target, float *gradient);
double gradus_absolute_error(long n, float scale, const float *output, const float *target, float *gradient);
/// Half the square within ±delta, straight beyond.
double gradus_huber(long n, float scale, float delta, const float *output, const float *target, float *gradient);
/// max(0, 1 - s y) with s = 2 t - 1.
double gradus_hinge(long n, float scale, const float *output, const float *target, float *gradient);
/// t ln(t / y), both clipped to [epsilon, 1].
double gradus_kullback_leibler(long n, float scale, float epsilon, const float *output, const float *target, float *gradient);
/// y - t ln(y + epsilon).
double gradus_poisson(long n, float scale, float epsilon, const float *output, const float *target, float *gradient);
/// Of probabilities, clipped to [epsilon, 1 - epsilon]: the gradient is zero where clipped. Targets go towards 1/2 by `smoothing`.
double gradus_binary_crossentropy(long n, float scale, float epsilon, float smoothing, const float *output, const float *target,
                                  float *gradient);
double gradus_binary_crossentropy_of_logits(long n, float scale, float smoothing, const float *output, const float *target,
                                            float *gradient);
/// Of rows of probabilities, brought to the sum 1 and clipped. `target` is (rows, columns), or (rows) indices where `sparse`; `smoothing` of
/// it is spread over the columns.
double gradus_crossentropy(long rows, long columns, float scale, float epsilon, float smoothing, int sparse, const float *output,
                           const float *target, float *gradient);
double gradus_crossentropy_of_logits(long rows, long columns, float scale, float smoothing, int sparse, const float *output,
                                     const float *target, float *gradient);

// --- Metrics: sums over everything. ---

/// How many outputs lie on the target's side of the threshold.
double gradus_binary_hits(long n, float threshold, const float *output, const float *target);
/// How many rows have their greatest output where the target has its greatest value (or at the target's index, where `sparse`).
double gradus_categorical_hits(long rows, long columns, int sparse, const float *output, const float *target);

// --- Optimizer updates: one pass over the parameters, in parallel where there are many. ---

/// What comes before every rule: g = g scale, kept within ±limit, and w = w - w decay (weight decay).
typedef struct {
  float scale, limit, decay;
} gradus_treatment;

/// w -= rate g.
void gradus_update_sgd(long n, gradus_treatment treatment, float rate, const float *gradient, float *parameters);
/// v = momentum v - rate g; w += v, or w += momentum v - rate g with nesterov.
void gradus_update_momentum(long n, gradus_treatment treatment, float rate, float momentum, int nesterov, const float *gradient,
                            float *velocity, float *parameters);
/// m += (g - m)(1 - beta1); v += (g g - v)(1 - beta2); w -= m alpha / (sqrt(v) + epsilon).
void gradus_update_adam(long n, gradus_treatment treatment, float alpha, float one_minus_beta1, float one_minus_beta2, float epsilon,
                        const float *gradient, float *m, float *v, float *parameters);
/// m as adam; u = max(beta2 u, |g|); w -= alpha m / (u + epsilon).
void gradus_update_adamax(long n, gradus_treatment treatment, float alpha, float one_minus_beta1, float beta2, float epsilon,
                          const float *gradient, float *m, float *greatest, float *parameters);
/// m, v as adam; w -= (mean_rate m + gradient_rate g) / (sqrt(v correction) + epsilon).
void gradus_update_nadam(long n, gradus_treatment treatment, float mean_rate, float gradient_rate, float one_minus_beta1,
                         float one_minus_beta2, float correction, float epsilon, const float *gradient, float *m, float *v,
                         float *parameters);
/// s += g g; w -= rate g / sqrt(s + epsilon).
void gradus_update_adagrad(long n, gradus_treatment treatment, float rate, float epsilon, const float *gradient, float *sum,
                           float *parameters);
/// s = rho s + (1 - rho) g g; d = sqrt(D + epsilon) g / sqrt(s + epsilon); D = rho D + (1 - rho) d d; w -= rate d.
void gradus_update_adadelta(long n, gradus_treatment treatment, float rate, float rho, float epsilon, const float *gradient, float *squares,
                            float *deltas, float *parameters);
/// s = rho s + (1 - rho) g g; d = rate g / sqrt(s + epsilon), less the squared mean gradient under the root where `mean` is not NULL;
/// w -= d, or with `steps` not NULL: steps = momentum steps + d, w -= steps.
void gradus_update_rmsprop(long n, gradus_treatment treatment, float rate, float rho, float momentum, float epsilon, const float *gradient,
                           float *squares, float *steps, float *mean, float *parameters);
/// Each column times min(norm, greatest) / (epsilon + norm) of its norm; `factors` (columns) is scratch.
void gradus_limit_column_norms(long rows, long columns, float greatest, float epsilon, float *factors, float *w);

#ifdef __cplusplus
}
#endif
