// Layer normalisation: each row by its own moments.
#include "loops.h"

CLONES void gradus_layer_normalize(long rows, long columns, float epsilon, const float *input, const float *gamma, const float *beta,
                                   float *means, float *inverses, float *output) {
  ANY_ORDER
  for (long r = 0; r < rows; r++) {
    const float *x = input + r * columns;
    float *y = output + r * columns;
    float sum = 0, squares = 0;
    for (long c = 0; c < columns; c++) sum += x[c];
    float mean = sum / (float)columns;
    for (long c = 0; c < columns; c++) squares += (x[c] - mean) * (x[c] - mean);
    float inverse = 1.0f / sqrtf(squares / (float)columns + epsilon);
    means[r] = mean, inverses[r] = inverse;
    INDEPENDENT
    for (long c = 0; c < columns; c++) y[c] = (x[c] - mean) * inverse * gamma[c] + beta[c];
  }
}

// With h = (x - mean) inverse and g = dy gamma:  dx = inverse (g - mean(g) - h mean(g h)).
CLONES void gradus_layer_normalize_backward(long rows, long columns, const float *input, const float *means, const float *inverses,
                                            const float *gamma, const float *output_gradient, float *dgamma, float *dbeta,
                                            float *input_gradient) {
  ANY_ORDER
  memset(dgamma, 0, (size_t)columns * sizeof(float));
  memset(dbeta, 0, (size_t)columns * sizeof(float));
  for (long r = 0; r < rows; r++) {
    const float *x = input + r * columns, *dy = output_gradient + r * columns;
    const float mean = means[r], inverse = inverses[r];
    float sum = 0, product = 0;
    for (long c = 0; c < columns; c++) {
      float h = (x[c] - mean) * inverse, g = dy[c] * gamma[c];
      sum += g, product += g * h;
    }
    sum /= (float)columns, product /= (float)columns;
    INDEPENDENT
    for (long c = 0; c < columns; c++) dgamma[c] += dy[c] * (x[c] - mean) * inverse;
    INDEPENDENT
    for (long c = 0; c < columns; c++) dbeta[c] += dy[c];
    if (!input_gradient) continue;
    float *dx = input_gradient + r * columns;
    INDEPENDENT
    for (long c = 0; c < columns; c++) dx[c] = inverse * (dy[c] * gamma[c] - sum - (x[c] - mean) * inverse * product);
  }
}
