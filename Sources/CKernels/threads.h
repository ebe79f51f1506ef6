// A loop in parallel shares, for the files of this room.
#pragma once
#include "include/CKernels.h"

typedef void (*gradus_range_body)(void *context, long from, long to);

/// Runs the body over shares of 0..<n, in parallel when n is at least `least`.
void gradus_in_parallel(long n, long least, gradus_range_body body, void *context);
