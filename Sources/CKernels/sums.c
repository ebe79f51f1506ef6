// Sums, fills and what the regularisers add.
#include "loops.h"

void gradus_fill_rows(long rows, long columns, const float *row, float *to) {
  for (long r = 0; r < rows; r++) memcpy(to + r * columns, row, (size_t)columns * sizeof(float));
}

CLONES void gradus_add_rows(long rows, long columns, const float *row, float *to) {
  for (long r = 0; r < rows; r++) {
    INDEPENDENT
    for (long c = 0; c < columns; c++) to[r * columns + c] += row[c];
  }
}

CLONES void gradus_column_sums(long rows, long columns, const float *x, float *sums) {
  long c = 0;
  for (; c + 16 <= columns; c += 16) {
    float total[16] = {0};
    for (long r = 0; r < rows; r++)
      for (int j = 0; j < 16; j++) total[j] += x[r * columns + c + j];
    for (int j = 0; j < 16; j++) sums[c + j] = total[j];
  }
  for (; c + 4 <= columns; c += 4) {
    float total[4] = {0};
    for (long r = 0; r < rows; r++)
      for (int j = 0; j < 4; j++) total[j] += x[r * columns + c + j];
    for (int j = 0; j < 4; j++) sums[c + j] = total[j];
  }
  for (; c < columns; c++) {
    ANY_ORDER
    float total = 0;
    for (long r = 0; r < rows; r++) total += x[r * columns + c];
    sums[c] = total;
  }
}

CLONES void gradus_add(long n, const float *x, float *y) {
  INDEPENDENT
  for (long i = 0; i < n; i++) y[i] += x[i];
}

CLONES void gradus_rescale(long n, float scale, float offset, const float *x, float *y) {
  INDEPENDENT
  for (long i = 0; i < n; i++) y[i] = x[i] * scale + offset;
}

CLONES double gradus_sum_of_magnitudes(long n, const float *x) {
  ANY_ORDER
  double sum = 0;
  for (long i = 0; i < n; i++) sum += fabs((double)x[i]);
  return sum;
}

CLONES double gradus_sum_of_squares(long n, const float *x) {
  ANY_ORDER
  double sum = 0;
  for (long i = 0; i < n; i++) sum += (double)x[i] * (double)x[i];
  return sum;
}

CLONES void gradus_add_penalty_gradient(long n, float l1, float l2, const float *x, float *gradient) {
  INDEPENDENT
  for (long i = 0; i < n; i++) {
    float sign = x[i] > 0 ? 1.0f : (x[i] < 0 ? -1.0f : 0.0f);
    gradient[i] += l1 * sign + 2.0f * l2 * x[i];
  }
}
