// Optimizer updates. Each is one pass over all parameters, which lie in one array.
#include "loops.h"
#include "threads.h"

// Below this many parameters a second thread costs more than it brings.
#define LEAST_PARALLEL 65536

typedef struct {
  float rate, first, second, epsilon;
  int nesterov;
  const float *gradient;
  float *slot, *other, *parameters;
} update;

CLONES static void sgd(void *context, long from, long to) {
  const update u = *(const update *)context;
  INDEPENDENT
  for (long i = from; i < to; i++) u.parameters[i] -= u.rate * u.gradient[i];
}

CLONES static void momentum(void *context, long from, long to) {
  const update u = *(const update *)context;
  float again = u.nesterov ? u.first : 0.0f, kept = u.nesterov ? 0.0f : 1.0f;
  INDEPENDENT
  for (long i = from; i < to; i++) {
    float pull = u.rate * u.gradient[i];
    float velocity = u.first * u.slot[i] - pull;
    u.slot[i] = velocity;
    u.parameters[i] += u.nesterov ? again * velocity - pull : kept * velocity;
  }
}

CLONES static void adam(void *context, long from, long to) {
  const update u = *(const update *)context;
  INDEPENDENT
  for (long i = from; i < to; i++) {
    float g = u.gradient[i];
    float m = u.slot[i] + (g - u.slot[i]) * u.first;
    float v = u.other[i] + (g * g - u.other[i]) * u.second;
    u.slot[i] = m;
    u.other[i] = v;
    u.parameters[i] -= m * u.rate / (sqrtf(v) + u.epsilon);
  }
}

void gradus_update_sgd(long n, float rate, const float *gradient, float *parameters) {
  update u = {.rate = rate, .gradient = gradient, .parameters = parameters};
  gradus_in_parallel(n, LEAST_PARALLEL, sgd, &u);
}

void gradus_update_momentum(long n, float rate, float momentum_factor, int nesterov, const float *gradient, float *velocity,
                            float *parameters) {
  update u = {.rate = rate, .first = momentum_factor, .nesterov = nesterov, .gradient = gradient, .slot = velocity, .parameters = parameters};
  gradus_in_parallel(n, LEAST_PARALLEL, momentum, &u);
}

void gradus_update_adam(long n, float alpha, float one_minus_beta1, float one_minus_beta2, float epsilon, const float *gradient, float *m,
                        float *v, float *parameters) {
  update u = {.rate = alpha, .first = one_minus_beta1, .second = one_minus_beta2, .epsilon = epsilon, .gradient = gradient, .slot = m,
              .other = v, .parameters = parameters};
  gradus_in_parallel(n, LEAST_PARALLEL, adam, &u);
}
