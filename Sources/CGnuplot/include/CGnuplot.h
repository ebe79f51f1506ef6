#pragma once
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A running gnuplot. No function lets an exception out, and none dies of a broken pipe.
typedef struct cgnuplot_session cgnuplot_session;

enum {
  CGNUPLOT_OK = 0,
  CGNUPLOT_GONE = 1,     // gnuplot has ended or was killed
  CGNUPLOT_TIMEOUT = 2,  // no answer in time
  CGNUPLOT_FAILED = 3,   // anything else: no memory, no pipe
};

/// Starts `program` (a path, no search, no shell) in a process group of its own, so that Ctrl-C in the terminal does not reach it.
/// Returns NULL when it cannot be started.
cgnuplot_session *cgnuplot_open(const char *program);

/// Sends commands; a line feed ends each.
int cgnuplot_send(cgnuplot_session *session, const char *commands);

/// Collects what gnuplot prints until a line begins with `mark`. `*text` is what stood before that line and `*rest` what follows the mark on it;
/// both belong to the caller, who calls `cgnuplot_free`. They are set in every case.
int cgnuplot_receive(cgnuplot_session *session, const char *mark, int milliseconds, char **text, char **rest);

/// The process of gnuplot.
int cgnuplot_process(const cgnuplot_session *session);

/// Whether gnuplot still runs: 1 or 0.
int cgnuplot_is_running(const cgnuplot_session *session);

/// Ends gnuplot: politely where it has windows, which may stay then, and after half a second by force; without windows by force at once.
/// The session is gone afterwards.
void cgnuplot_close(cgnuplot_session *session, int has_windows);

/// Gives back what `cgnuplot_receive` handed out.
void cgnuplot_free(char *text);

#ifdef __cplusplus
}
#endif
