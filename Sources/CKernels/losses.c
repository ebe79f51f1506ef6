// Losses: the value and the gradient in one pass.
#include "loops.h"

CLONES double gradus_squared_error(long n, float scale, const float *output, const float *target, float *gradient) {
  ANY_ORDER
  double sum = 0;
  for (long i = 0; i < n; i++) {
    float difference = output[i] - target[i];
    gradient[i] = 2.0f * scale * difference;
    sum += (double)difference * (double)difference;
  }
  return sum;
}

CLONES double gradus_absolute_error(long n, float scale, const float *output, const float *target, float *gradient) {
  ANY_ORDER
  double sum = 0;
  for (long i = 0; i < n; i++) {
    float difference = output[i] - target[i];
    gradient[i] = difference > 0 ? scale : (difference < 0 ? -scale : 0.0f * difference);
    sum += fabs((double)difference);
  }
  return sum;
}

CLONES double gradus_huber(long n, float scale, float delta, const float *output, const float *target, float *gradient) {
  ANY_ORDER
  double sum = 0;
  INDEPENDENT
  for (long i = 0; i < n; i++) {
    float difference = output[i] - target[i], size = fabsf(difference);
    float slope = difference > delta ? delta : (difference < -delta ? -delta : difference);
    gradient[i] = scale * slope;
    sum += (double)(size > delta ? delta * size - 0.5f * delta * delta : 0.5f * difference * difference);
  }
  return sum;
}

CLONES double gradus_hinge(long n, float scale, const float *output, const float *target, float *gradient) {
  ANY_ORDER
  double sum = 0;
  INDEPENDENT
  for (long i = 0; i < n; i++) {
    float side = 2.0f * target[i] - 1.0f, rest = 1.0f - side * output[i];
    gradient[i] = rest < 0 ? 0.0f : -scale * side;
    sum += (double)(rest < 0 ? 0.0f : rest);
  }
  return sum;
}

CLONES double gradus_kullback_leibler(long n, float scale, float epsilon, const float *output, const float *target, float *gradient) {
  ANY_ORDER
  double sum = 0;
  INDEPENDENT
  for (long i = 0; i < n; i++) {
    float y = output[i], t = target[i];
    float p = y < epsilon ? epsilon : (y > 1.0f ? 1.0f : y);
    t = t < epsilon ? epsilon : (t > 1.0f ? 1.0f : t);
    gradient[i] = ((y < epsilon) | (y > 1.0f)) ? 0.0f : -scale * t / p;
    sum += (double)(t * (logarithm(t) - logarithm(p)));
  }
  return sum;
}

// The logarithm of nothing or less is no number.
CLONES double gradus_poisson(long n, float scale, float epsilon, const float *output, const float *target, float *gradient) {
  ANY_ORDER
  double sum = 0;
  INDEPENDENT
  for (long i = 0; i < n; i++) {
    float p = output[i] + epsilon, t = target[i];
    gradient[i] = scale * (1.0f - t / p);
    sum += (double)(output[i] - t * (p > 0 ? logarithm(p) : NAN));
  }
  return sum;
}

CLONES double gradus_binary_crossentropy(long n, float scale, float epsilon, float smoothing, const float *output, const float *target,
                                         float *gradient) {
  ANY_ORDER
  double sum = 0;
  float high = 1.0f - epsilon;
  INDEPENDENT
  for (long i = 0; i < n; i++) {
    float y = output[i], t = target[i] * (1.0f - smoothing) + 0.5f * smoothing;
    float p = y < epsilon ? epsilon : (y > high ? high : y);
    float slope = (p - t) / (p * (1.0f - p));
    gradient[i] = ((y < epsilon) | (y > high)) ? 0.0f : scale * slope;
    sum -= (double)(t * logarithm(p) + (1.0f - t) * logarithm(1.0f - p));
  }
  return sum;
}

// max(z, 0) - z t + ln(1 + e^-|z|), which no z overflows.
CLONES double gradus_binary_crossentropy_of_logits(long n, float scale, float smoothing, const float *output, const float *target,
                                                   float *gradient) {
  ANY_ORDER
  double sum = 0;
  INDEPENDENT
  for (long i = 0; i < n; i++) {
    float z = output[i], t = target[i] * (1.0f - smoothing) + 0.5f * smoothing;
    gradient[i] = scale * (logistic(z) - t);
    sum += (double)((z < 0 ? 0.0f : z) - z * t + logarithm_of_one_plus(exponential(-fabsf(z))));
  }
  return sum;
}

// The target at column c of a row, dense or 1 at the index, a part of which is spread over the columns.
INLINE float target_at(int sparse, float smoothing, const float *target, long r, long c, long columns) {
  float t = sparse ? (target[r] == (float)c ? 1.0f : 0.0f) : target[r * columns + c];
  return t * (1.0f - smoothing) + smoothing / (float)columns;
}

// -sum(t ln p) with p = clip(y / S), S = sum(y):  d/dy_j = -t_j / y_j + (sum of the unclipped t) / S.
CLONES double gradus_crossentropy(long rows, long columns, float scale, float epsilon, float smoothing, int sparse, const float *output,
                                  const float *target, float *gradient) {
  ANY_ORDER
  double sum = 0;
  float high = 1.0f - epsilon;
  for (long r = 0; r < rows; r++) {
    const float *y = output + r * columns;
    float *g = gradient + r * columns;
    float total = 0, through = 0;
    for (long c = 0; c < columns; c++) total += y[c];
    for (long c = 0; c < columns; c++) {
      float t = target_at(sparse, smoothing, target, r, c, columns), q = y[c] / total;
      int clipped = (q < epsilon) | (q > high);
      float p = q < epsilon ? epsilon : (q > high ? high : q);
      g[c] = clipped || t == 0 ? 0.0f : -t / q;
      through += clipped ? 0.0f : t;
      // A class that is not the target's adds nothing, unless it is NaN.
      if (t != 0 || q != q) sum -= (double)(t * logarithm(p)) + (q != q ? (double)q : 0.0);
    }
    for (long c = 0; c < columns; c++) g[c] = scale / total * (g[c] + through);
  }
  return sum;
}

CLONES double gradus_crossentropy_of_logits(long rows, long columns, float scale, float smoothing, int sparse, const float *output,
                                            const float *target, float *gradient) {
  ANY_ORDER
  double sum = 0;
  for (long r = 0; r < rows; r++) {
    const float *z = output + r * columns;
    float *g = gradient + r * columns;
    float greatest = z[0];
    for (long c = 1; c < columns; c++) greatest = z[c] > greatest ? z[c] : greatest;
    float total = 0, weight = 0;
    for (long c = 0; c < columns; c++) {
      g[c] = exponential(z[c] - greatest);
      total += g[c];
      weight += target_at(sparse, smoothing, target, r, c, columns);
    }
    float logarithm_of_total = logarithm(total) + greatest;
    for (long c = 0; c < columns; c++) {
      float t = target_at(sparse, smoothing, target, r, c, columns);
      sum += (double)(t * (logarithm_of_total - z[c]));
      g[c] = scale * (g[c] / total * weight - t);
    }
  }
  return sum;
}

double gradus_binary_hits(long n, float threshold, const float *output, const float *target) {
  double hits = 0;
  for (long i = 0; i < n; i++) hits += (output[i] > threshold ? 1.0f : 0.0f) == target[i];
  return hits;
}

static long greatest_index(long n, const float *x) {
  long best = 0;
  for (long i = 1; i < n; i++)
    if (x[i] > x[best]) best = i;
  return best;
}

double gradus_categorical_hits(long rows, long columns, int sparse, const float *output, const float *target) {
  double hits = 0;
  for (long r = 0; r < rows; r++) {
    float wanted = sparse ? target[r] : (float)greatest_index(columns, target + r * columns);
    hits += (float)greatest_index(columns, output + r * columns) == wanted;
  }
  return hits;
}
