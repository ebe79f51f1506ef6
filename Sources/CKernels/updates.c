// Optimizer updates. Each is one pass over all parameters, which lie in one array: clipping, weight decay and the optimizer's rule together.
#include "loops.h"
#include "threads.h"

// Below this many parameters a second thread costs more than it brings.
#define LEAST_PARALLEL 65536

typedef struct {
  gradus_treatment treatment;
  float rate, first, second, third, fourth, epsilon;
  int nesterov;
  const float *gradient;
  float *slot, *other, *more, *parameters;
} update;

// The gradient as the rule sees it: brought to the scale, then kept within the limits. NaN comes through.
INLINE float treated(const update *u, long i) {
  float g = u->gradient[i] * u->treatment.scale, limit = u->treatment.limit;
  return g > limit ? limit : (g < -limit ? -limit : g);
}

// The parameter after weight decay.
INLINE float decayed(const update *u, long i) { return u->parameters[i] - u->parameters[i] * u->treatment.decay; }

CLONES static void sgd(void *context, long from, long to) {
  const update u = *(const update *)context;
  INDEPENDENT
  for (long i = from; i < to; i++) u.parameters[i] = decayed(&u, i) - u.rate * treated(&u, i);
}

CLONES static void momentum(void *context, long from, long to) {
  const update u = *(const update *)context;
  float again = u.nesterov ? u.first : 0.0f, kept = u.nesterov ? 0.0f : 1.0f;
  INDEPENDENT
  for (long i = from; i < to; i++) {
    float pull = u.rate * treated(&u, i);
    float velocity = u.first * u.slot[i] - pull;
    u.slot[i] = velocity;
    u.parameters[i] = decayed(&u, i) + (u.nesterov ? again * velocity - pull : kept * velocity);
  }
}

CLONES static void adam(void *context, long from, long to) {
  const update u = *(const update *)context;
  INDEPENDENT
  for (long i = from; i < to; i++) {
    float g = treated(&u, i);
    float m = u.slot[i] + (g - u.slot[i]) * u.first;
    float v = u.other[i] + (g * g - u.other[i]) * u.second;
    u.slot[i] = m;
    u.other[i] = v;
    u.parameters[i] = decayed(&u, i) - m * u.rate / (sqrtf(v) + u.epsilon);
  }
}

CLONES static void adamax(void *context, long from, long to) {
  const update u = *(const update *)context;
  INDEPENDENT
  for (long i = from; i < to; i++) {
    float g = treated(&u, i);
    float m = u.slot[i] + (g - u.slot[i]) * u.first;
    float faded = u.second * u.other[i], size = fabsf(g);
    float greatest = faded > size ? faded : size;
    u.slot[i] = m;
    u.other[i] = greatest;
    u.parameters[i] = decayed(&u, i) - u.rate * m / (greatest + u.epsilon);
  }
}

// rate, third: the learning rate times the weights of the mean gradient and of the gradient; nesterov's mean looks one update ahead.
CLONES static void nadam(void *context, long from, long to) {
  const update u = *(const update *)context;
  float correction = u.fourth;
  INDEPENDENT
  for (long i = from; i < to; i++) {
    float g = treated(&u, i);
    float m = u.slot[i] + (g - u.slot[i]) * u.first;
    float v = u.other[i] + (g * g - u.other[i]) * u.second;
    u.slot[i] = m;
    u.other[i] = v;
    u.parameters[i] = decayed(&u, i) - (u.rate * m + u.third * g) / (sqrtf(v * correction) + u.epsilon);
  }
}

CLONES static void adagrad(void *context, long from, long to) {
  const update u = *(const update *)context;
  INDEPENDENT
  for (long i = from; i < to; i++) {
    float g = treated(&u, i);
    float sum = u.slot[i] + g * g;
    u.slot[i] = sum;
    u.parameters[i] = decayed(&u, i) - u.rate * g / sqrtf(sum + u.epsilon);
  }
}

CLONES static void adadelta(void *context, long from, long to) {
  const update u = *(const update *)context;
  float rest = 1.0f - u.first;
  INDEPENDENT
  for (long i = from; i < to; i++) {
    float g = treated(&u, i);
    float squares = u.first * u.slot[i] + rest * g * g;
    float delta = sqrtf(u.other[i] + u.epsilon) * g / sqrtf(squares + u.epsilon);
    u.slot[i] = squares;
    u.other[i] = u.first * u.other[i] + rest * delta * delta;
    u.parameters[i] = decayed(&u, i) - u.rate * delta;
  }
}

CLONES static void rmsprop(void *context, long from, long to) {
  const update u = *(const update *)context;
  float rest = 1.0f - u.first;
  INDEPENDENT
  for (long i = from; i < to; i++) {
    float g = treated(&u, i);
    float squares = u.first * u.slot[i] + rest * g * g;
    u.slot[i] = squares;
    u.parameters[i] = decayed(&u, i) - u.rate * g / sqrtf(squares + u.epsilon);
  }
}

// With momentum, or about the mean gradient: rare, so that one loop does for all three forms.
CLONES static void rmsprop_in_full(void *context, long from, long to) {
  const update u = *(const update *)context;
  float rest = 1.0f - u.first;
  for (long i = from; i < to; i++) {
    float g = treated(&u, i);
    float squares = u.first * u.slot[i] + rest * g * g, spread = squares;
    u.slot[i] = squares;
    if (u.more) {
      float mean = u.first * u.more[i] + rest * g;
      u.more[i] = mean;
      spread -= mean * mean;
    }
    float step = u.rate * g / sqrtf(spread + u.epsilon);
    if (u.other) {
      step += u.second * u.other[i];
      u.other[i] = step;
    }
    u.parameters[i] = decayed(&u, i) - step;
  }
}

void gradus_update_sgd(long n, gradus_treatment treatment, float rate, const float *gradient, float *parameters) {
  update u = {.treatment = treatment, .rate = rate, .gradient = gradient, .parameters = parameters};
  gradus_in_parallel(n, LEAST_PARALLEL, sgd, &u);
}

void gradus_update_momentum(long n, gradus_treatment treatment, float rate, float momentum_factor, int nesterov, const float *gradient,
                            float *velocity, float *parameters) {
  update u = {.treatment = treatment, .rate = rate, .first = momentum_factor, .nesterov = nesterov, .gradient = gradient, .slot = velocity,
              .parameters = parameters};
  gradus_in_parallel(n, LEAST_PARALLEL, momentum, &u);
}

void gradus_update_adam(long n, gradus_treatment treatment, float alpha, float one_minus_beta1, float one_minus_beta2, float epsilon,
                        const float *gradient, float *m, float *v, float *parameters) {
  update u = {.treatment = treatment, .rate = alpha, .first = one_minus_beta1, .second = one_minus_beta2, .epsilon = epsilon,
              .gradient = gradient, .slot = m, .other = v, .parameters = parameters};
  gradus_in_parallel(n, LEAST_PARALLEL, adam, &u);
}

void gradus_update_adamax(long n, gradus_treatment treatment, float alpha, float one_minus_beta1, float beta2, float epsilon,
                          const float *gradient, float *m, float *greatest, float *parameters) {
  update u = {.treatment = treatment, .rate = alpha, .first = one_minus_beta1, .second = beta2, .epsilon = epsilon, .gradient = gradient,
              .slot = m, .other = greatest, .parameters = parameters};
  gradus_in_parallel(n, LEAST_PARALLEL, adamax, &u);
}

void gradus_update_nadam(long n, gradus_treatment treatment, float mean_rate, float gradient_rate, float one_minus_beta1,
                         float one_minus_beta2, float correction, float epsilon, const float *gradient, float *m, float *v,
                         float *parameters) {
  update u = {.treatment = treatment, .rate = mean_rate, .third = gradient_rate, .first = one_minus_beta1, .second = one_minus_beta2,
              .fourth = correction, .epsilon = epsilon, .gradient = gradient, .slot = m, .other = v, .parameters = parameters};
  gradus_in_parallel(n, LEAST_PARALLEL, nadam, &u);
}

void gradus_update_adagrad(long n, gradus_treatment treatment, float rate, float epsilon, const float *gradient, float *sum,
                           float *parameters) {
  update u = {.treatment = treatment, .rate = rate, .epsilon = epsilon, .gradient = gradient, .slot = sum, .parameters = parameters};
  gradus_in_parallel(n, LEAST_PARALLEL, adagrad, &u);
}

void gradus_update_adadelta(long n, gradus_treatment treatment, float rate, float rho, float epsilon, const float *gradient, float *squares,
                            float *deltas, float *parameters) {
  update u = {.treatment = treatment, .rate = rate, .first = rho, .epsilon = epsilon, .gradient = gradient, .slot = squares,
              .other = deltas, .parameters = parameters};
  gradus_in_parallel(n, LEAST_PARALLEL, adadelta, &u);
}

void gradus_update_rmsprop(long n, gradus_treatment treatment, float rate, float rho, float momentum_factor, float epsilon,
                           const float *gradient, float *squares, float *steps, float *mean, float *parameters) {
  update u = {.treatment = treatment, .rate = rate, .first = rho, .second = momentum_factor, .epsilon = epsilon, .gradient = gradient,
              .slot = squares, .other = steps, .more = mean, .parameters = parameters};
  gradus_in_parallel(n, LEAST_PARALLEL, steps || mean ? rmsprop_in_full : rmsprop, &u);
}

CLONES void gradus_limit_column_norms(long rows, long columns, float greatest, float epsilon, float *factors, float *w) {
  memset(factors, 0, (size_t)columns * sizeof(float));
  for (long r = 0; r < rows; r++) {
    INDEPENDENT
    for (long c = 0; c < columns; c++) factors[c] += w[r * columns + c] * w[r * columns + c];
  }
  for (long c = 0; c < columns; c++) {
    float norm = sqrtf(factors[c]);
    factors[c] = (norm > greatest ? greatest : norm) / (epsilon + norm);
  }
  for (long r = 0; r < rows; r++) {
    INDEPENDENT
    for (long c = 0; c < columns; c++) w[r * columns + c] *= factors[c];
  }
}
