// What the kernels share: the clones, and the elementary functions as expressions that a vectorised loop can hold.
#pragma once

#include "include/CKernels.h"
#include <math.h>
#include <string.h>

// Several versions of one function, the best of which is taken when the program starts; other processors have one version. The choice is made
// before the thread sanitizer is ready to watch it.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define HAS_ONE_VERSION
#endif
#endif
#if defined(__x86_64__) && defined(__linux__) && !defined(HAS_ONE_VERSION)
#define CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define CLONES
#endif

#define INLINE static inline __attribute__((always_inline))

// Iterations do not depend on each other, also where the output is the input's own array.
#define INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")

// Sums in any order: a loop may keep several partial sums. NaN still comes through.
#define ANY_ORDER _Pragma("clang fp reassociate(on)")

// 2^n for -252 <= n <= 254, in two factors, so that subnormal and overflowing results are right.
INLINE float scaled(float value, int32_t n) {
  int32_t half = n >> 1, rest = n - half;
  uint32_t first = (uint32_t)(half + 127) << 23, second = (uint32_t)(rest + 127) << 23;
  float a, b;
  memcpy(&a, &first, 4);
  memcpy(&b, &second, 4);
  return value * a * b;
}

// x = n ln 2 + r with |r| <= ln 2 / 2. The rounding goes through a float so large that its last bit is 1: no conversion of NaN to an integer.
INLINE float reduced(float x, int32_t *n) {
  const float large = 12582912.0f;
  float shifted = x * 1.44269504f + large;
  float rounded = shifted - large;
  uint32_t bits;
  memcpy(&bits, &shifted, 4);
  *n = (int32_t)(bits - 0x4b400000u);
  return (x - rounded * 0.693359375f) - rounded * -2.12194440e-4f;
}

// (e^r - 1) for |r| <= ln 2 / 2: its power series.
INLINE float small_exponential_minus_one(float r) {
  float p = 1.0f / 5040;
  p = p * r + 1.0f / 720;
  p = p * r + 1.0f / 120;
  p = p * r + 1.0f / 24;
  p = p * r + 1.0f / 6;
  p = p * r + 0.5f;
  return p * r * r + r;
}

INLINE float exponential(float x) {
  x = x > 90.0f ? 90.0f : x;
  x = x < -105.0f ? -105.0f : x;
  int32_t n;
  float r = reduced(x, &n);
  return scaled(small_exponential_minus_one(r) + 1.0f, n);
}

// e^x - 1, exact also near 0; for x <= 88.
INLINE float exponential_minus_one(float x) {
  x = x > 88.0f ? 88.0f : x;
  x = x < -87.0f ? -87.0f : x;
  int32_t n;
  float r = reduced(x, &n);
  float power = scaled(1.0f, n);
  return power * small_exponential_minus_one(r) + (power - 1.0f);
}

// ln x for normal positive x; NaN stays NaN.
INLINE float logarithm(float x) {
  uint32_t bits;
  memcpy(&bits, &x, 4);
  // The exponent that leaves a mantissa between sqrt(1/2) and sqrt(2).
  int32_t n = (int32_t)(bits - 0x3f3504f3u) >> 23;
  bits -= (uint32_t)n << 23;
  float m;
  memcpy(&m, &bits, 4);
  float f = m - 1.0f;
  float s = f / (2.0f + f), z = s * s;
  float p = 1.0f / 9;
  p = p * z + 1.0f / 7;
  p = p * z + 1.0f / 5;
  p = p * z + 1.0f / 3;
  float result = (float)n * 0.693147181f + (2.0f * s + 2.0f * s * z * p);
  return x == x ? result : x;
}

// ln(1 + e) for 0 <= e <= 1, exact also near 0.
INLINE float logarithm_of_one_plus(float e) {
  float u = 1.0f + e;
  return logarithm(u) - ((u - 1.0f) - e) / u;
}

INLINE float logistic(float x) { return 1.0f / (1.0f + exponential(-x)); }

INLINE float hyperbolic_tangent(float x) {
  float e = exponential_minus_one(2.0f * fabsf(x) > 40.0f ? 40.0f : 2.0f * fabsf(x));
  return copysignf(e / (e + 2.0f), x);
}

// erf: its power series below 0.8, formula 7.1.26 of Abramowitz and Stegun (error below 1.5e-7) above.
INLINE float error_function(float x) {
  float a = fabsf(x);
  float s = a < 1.0f ? a : (a == a ? 1.0f : a), z = s * s;
  float p = 1.0f / 76204800.0f;
  p = p * -z + 1.0f / 6894720.0f;
  p = p * -z + 1.0f / 685440.0f;
  p = p * -z + 1.0f / 75600.0f;
  p = p * -z + 1.0f / 9360.0f;
  p = p * -z + 1.0f / 1320.0f;
  p = p * -z + 1.0f / 216.0f;
  p = p * -z + 1.0f / 42.0f;
  p = p * -z + 1.0f / 10.0f;
  p = p * -z + 1.0f / 3.0f;
  p = p * -z + 1.0f;
  float near = 1.12837917f * s * p;
  float t = 1.0f / (1.0f + 0.3275911f * a);
  float q = 1.061405429f;
  q = q * t - 1.453152027f;
  q = q * t + 1.421413741f;
  q = q * t - 0.284496736f;
  q = q * t + 0.254829592f;
  float far = 1.0f - q * t * exponential(-a * a);
  return copysignf(a < 0.8f ? near : far, x);
}
