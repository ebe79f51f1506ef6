// A loop in parallel shares, for the files of this room.
#pragma once
#include "include/CKernels.h"

typedef void (*gradus_range_body)(void *context, long from, long to);

/// Runs the body over shares of 0..<n, in parallel when n is at least `least`. Shares are whole cache lines of floats.
void gradus_in_parallel(long n, long least, gradus_range_body body, void *context);
/// The same where each of the n is a larger piece of work, `cost` floats.
void gradus_pieces_in_parallel(long n, long cost, gradus_range_body body, void *context);
