// Activations, forward and backward side by side.
#include "loops.h"
#include "threads.h"

#define SELU_SCALE 1.05070098735548f
#define SELU_ALPHA 1.67326324235438f

// y = FORWARD of x; dx = BACKWARD of x, y and d (= dy). A comparison with NaN is false: each form below lets NaN through.
#define ACTIVATION(NAME, FORWARD, BACKWARD)                                                                                       \
  CLONES static void NAME##_forward(float slope, long n, const float *input, float *output) {                                     \
    (void)slope;                                                                                                                  \
    INDEPENDENT                                                                                                                   \
    for (long i = 0; i < n; i++) {                                                                                                \
      float x = input[i];                                                                                                         \
      output[i] = FORWARD;                                                                                                        \
    }                                                                                                                             \
  }                                                                                                                               \
  CLONES static void NAME##_backward(float slope, long n, const float *input, const float *output, const float *dy, float *dx) {  \
    (void)slope;                                                                                                                  \
    INDEPENDENT                                                                                                                   \
    for (long i = 0; i < n; i++) {                                                                                                \
      float x = input[i], y = output[i], d = dy[i];                                                                               \
      (void)x, (void)y;                                                                                                           \
      dx[i] = BACKWARD;                                                                                                           \
    }                                                                                                                             \
  }

ACTIVATION(relu, x < 0 ? 0.0f : x, y <= 0 ? 0.0f : d)
ACTIVATION(sigmoid, logistic(x), d *y * (1.0f - y))
ACTIVATION(hyperbolic, hyperbolic_tangent(x), d * (1.0f - y * y))
// For x <= 0, f' = alpha e^x = y + alpha.
ACTIVATION(elu, x > 0 ? x : slope * exponential_minus_one(x), y > 0 ? d : d * (y + slope))
ACTIVATION(selu, SELU_SCALE *(x > 0 ? x : SELU_ALPHA * exponential_minus_one(x)),
           y > 0 ? d * SELU_SCALE : d * (y + SELU_SCALE * SELU_ALPHA))
// f' = Phi(x) + x phi(x), the normal distribution and its density.
ACTIVATION(gelu, 0.5f * x * (1.0f + error_function(x * 0.707106781f)),
           d *(0.5f * (1.0f + error_function(x * 0.707106781f)) + x * 0.398942280f * exponential(-0.5f * x * x)))
ACTIVATION(swish, x *logistic(x), d *logistic(x) * (1.0f + x * (1.0f - logistic(x))))
ACTIVATION(softplus, (x < 0 ? 0.0f : x) + logarithm_of_one_plus(exponential(-fabsf(x))), d *logistic(x))
ACTIVATION(leaky_relu, x < 0 ? slope * x : x, y <= 0 ? slope * d : d)

typedef void (*forward_function)(float, long, const float *, float *);
typedef void (*backward_function)(float, long, const float *, const float *, const float *, float *);

static void activate(gradus_activation kind, float slope, long n, const float *x, float *y) {
  switch (kind) {
  case GRADUS_LINEAR: if (x != y) memcpy(y, x, (size_t)n * sizeof(float)); return;
  case GRADUS_RELU: relu_forward(slope, n, x, y); return;
  case GRADUS_SIGMOID: sigmoid_forward(slope, n, x, y); return;
  case GRADUS_TANH: hyperbolic_forward(slope, n, x, y); return;
  case GRADUS_ELU: elu_forward(slope, n, x, y); return;
  case GRADUS_SELU: selu_forward(slope, n, x, y); return;
  case GRADUS_GELU: gelu_forward(slope, n, x, y); return;
  case GRADUS_SWISH: swish_forward(slope, n, x, y); return;
  case GRADUS_SOFTPLUS: softplus_forward(slope, n, x, y); return;
  case GRADUS_LEAKY_RELU: leaky_relu_forward(slope, n, x, y); return;
  }
}

static void activate_backward(gradus_activation kind, float slope, long n, const float *x, const float *y, const float *dy, float *dx) {
  switch (kind) {
  case GRADUS_LINEAR: if (dx != dy) memcpy(dx, dy, (size_t)n * sizeof(float)); return;
  case GRADUS_RELU: relu_backward(slope, n, x, y, dy, dx); return;
  case GRADUS_SIGMOID: sigmoid_backward(slope, n, x, y, dy, dx); return;
  case GRADUS_TANH: hyperbolic_backward(slope, n, x, y, dy, dx); return;
  case GRADUS_ELU: elu_backward(slope, n, x, y, dy, dx); return;
  case GRADUS_SELU: selu_backward(slope, n, x, y, dy, dx); return;
  case GRADUS_GELU: gelu_backward(slope, n, x, y, dy, dx); return;
  case GRADUS_SWISH: swish_backward(slope, n, x, y, dy, dx); return;
  case GRADUS_SOFTPLUS: softplus_backward(slope, n, x, y, dy, dx); return;
  case GRADUS_LEAKY_RELU: leaky_relu_backward(slope, n, x, y, dy, dx); return;
  }
}

typedef struct {
  gradus_activation kind;
  float slope;
  const float *x, *y, *dy;
  float *to;
} activation_work;

static void forward_share(void *context, long from, long to) {
  const activation_work *w = context;
  activate(w->kind, w->slope, to - from, w->x + from, w->to + from);
}

static void backward_share(void *context, long from, long to) {
  const activation_work *w = context;
  activate_backward(w->kind, w->slope, to - from, w->x + from, w->y + from, w->dy + from, w->to + from);
}

// Below so many values a second thread costs more than it brings.
#define LEAST_PARALLEL 65536

void gradus_activate(gradus_activation kind, float slope, long n, const float *x, float *y) {
  activation_work w = {.kind = kind, .slope = slope, .x = x, .to = y};
  gradus_in_parallel(n, LEAST_PARALLEL, forward_share, &w);
}

void gradus_activate_backward(gradus_activation kind, float slope, long n, const float *x, const float *y, const float *dy, float *dx) {
  activation_work w = {.kind = kind, .slope = slope, .x = x, .y = y, .dy = dy, .to = dx};
  gradus_in_parallel(n, LEAST_PARALLEL, backward_share, &w);
}

CLONES void gradus_softmax(long rows, long columns, const float *input, float *output) {
  ANY_ORDER
  for (long r = 0; r < rows; r++) {
    const float *x = input + r * columns;
    float *y = output + r * columns;
    float greatest = x[0];
    for (long c = 1; c < columns; c++) greatest = x[c] > greatest ? x[c] : greatest;
    float sum = 0;
    INDEPENDENT
    for (long c = 0; c < columns; c++) y[c] = exponential(x[c] - greatest);
    for (long c = 0; c < columns; c++) sum += y[c];
    float inverse = 1.0f / sum;
    INDEPENDENT
    for (long c = 0; c < columns; c++) y[c] *= inverse;
  }
}

CLONES void gradus_softmax_backward(long rows, long columns, const float *output, const float *output_gradient, float *input_gradient) {
  ANY_ORDER
  for (long r = 0; r < rows; r++) {
    const float *y = output + r * columns, *dy = output_gradient + r * columns;
    float *dx = input_gradient + r * columns;
    float sum = 0;
    for (long c = 0; c < columns; c++) sum += dy[c] * y[c];
    INDEPENDENT
    for (long c = 0; c < columns; c++) dx[c] = y[c] * (dy[c] - sum);
  }
}
