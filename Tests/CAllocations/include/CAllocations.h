// Counts what the calling thread allocates, for the tests that say it is nothing.
#pragma once

/// How many blocks the calling thread has allocated so far; -1 where this cannot be counted.
long allocations_of_this_thread(void);
