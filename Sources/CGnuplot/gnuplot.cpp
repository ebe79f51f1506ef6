#include "CGnuplot.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <gnuplot-iostream.h>

extern char **environ;

namespace {

// A write into a pipe without a reader raises SIGPIPE in the writing thread. It is held back around our writes only, so that the program
// itself still ends when nobody reads its output.
class PipeSignalHeld {
 public:
  PipeSignalHeld() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~PipeSignalHeld() {
    sigset_t pending;
    sigpending(&pending);
    if (!was_pending_ && sigismember(&pending, SIGPIPE) == 1) {
      int number;
      sigwait(&pipe_, &number);
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  PipeSignalHeld(const PipeSignalHeld &) = delete;
  PipeSignalHeld &operator=(const PipeSignalHeld &) = delete;

 private:
  sigset_t pipe_, before_;
  bool was_pending_;
};

bool open_pipe(int ends[2]) {
#ifdef __linux__
  // Another thread may start a program between two calls.
  return pipe2(ends, O_CLOEXEC) == 0;
#else
  if (pipe(ends) != 0) return false;
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  return true;
#endif
}

char *copy(const std::string &text) {
  char *result = static_cast<char *>(std::malloc(text.size() + 1));
  if (result) std::memcpy(result, text.c_str(), text.size() + 1);
  return result;
}

}  // namespace

struct cgnuplot_session {
  std::unique_ptr<Gnuplot> stream;
  pid_t process = -1;
  int answers = -1;
  std::string buffer;
};

cgnuplot_session *cgnuplot_open(const char *program) {
  int commands[2] = {-1, -1}, answers[2] = {-1, -1};
  FILE *file = nullptr;
  pid_t process = -1;
  try {
    auto session = std::make_unique<cgnuplot_session>();
    if (!open_pipe(commands)) return nullptr;
    if (!open_pipe(answers)) {
      close(commands[0]);
      close(commands[1]);
      return nullptr;
    }
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, commands[0], 0);
    posix_spawn_file_actions_adddup2(&actions, answers[1], 1);
    posix_spawn_file_actions_adddup2(&actions, answers[1], 2);
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
    // Another thread may be between a pipe and its close-on-exec, and somebody would wait for the end of it as long as gnuplot lives.
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
#endif
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    for (int number : {SIGPIPE, SIGINT, SIGTERM, SIGQUIT, SIGTSTP}) sigaddset(&usual, number);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    // -d: the settings of ~/.gnuplot are not ours to draw with.
    char name[] = "gnuplot", defaults[] = "-d";
    char *arguments[] = {name, defaults, nullptr};
    int failed = posix_spawn(&process, program, &actions, &attributes, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    close(commands[0]);
    close(answers[1]);
    commands[0] = answers[1] = -1;
    if (failed) {
      close(commands[1]);
      close(answers[0]);
      return nullptr;
    }
    session->process = process;
    session->answers = answers[0];
    file = fdopen(commands[1], "w");
    if (!file) throw std::bad_alloc();
    session->stream = std::make_unique<Gnuplot>(file);
    return session.release();
  } catch (...) {
    if (file) fclose(file);
    if (process > 0) {
      kill(process, SIGKILL);
      waitpid(process, nullptr, 0);
    }
    if (answers[0] >= 0) close(answers[0]);
    return nullptr;
  }
}

int cgnuplot_send(cgnuplot_session *session, const char *commands) {
  try {
    PipeSignalHeld held;
    if (!session->stream) return CGNUPLOT_GONE;
    *session->stream << commands << std::flush;
    return session->stream->good() ? CGNUPLOT_OK : CGNUPLOT_GONE;
  } catch (...) {
    return CGNUPLOT_GONE;
  }
}

int cgnuplot_receive(cgnuplot_session *session, const char *mark, int milliseconds, char **text, char **rest) {
  *text = nullptr;
  *rest = nullptr;
  try {
    using clock = std::chrono::steady_clock;
    const auto limit = clock::now() + std::chrono::milliseconds(milliseconds);
    const std::string wanted(mark);
    std::string collected;
    int result = CGNUPLOT_FAILED;
    std::string tail;
    for (;;) {
      size_t end;
      bool found = false;
      while ((end = session->buffer.find('\n')) != std::string::npos) {
        std::string line = session->buffer.substr(0, end);
        session->buffer.erase(0, end + 1);
        if (line.compare(0, wanted.size(), wanted) == 0) {
          tail = line.substr(wanted.size());
          found = true;
          break;
        }
        // A gnuplot gone wild must not fill the memory.
        if (collected.size() < (1u << 20)) collected += line + "\n";
      }
      if (found) {
        result = CGNUPLOT_OK;
        break;
      }
      auto left = std::chrono::duration_cast<std::chrono::milliseconds>(limit - clock::now()).count();
      if (left <= 0) {
        result = CGNUPLOT_TIMEOUT;
        break;
      }
      struct pollfd waiting = {session->answers, POLLIN, 0};
      int ready = poll(&waiting, 1, static_cast<int>(left));
      if (ready < 0 && errno == EINTR) continue;
      if (ready <= 0) {
        result = ready == 0 ? CGNUPLOT_TIMEOUT : CGNUPLOT_FAILED;
        break;
      }
      char bytes[4096];
      ssize_t count = read(session->answers, bytes, sizeof bytes);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) {
        collected += session->buffer;
        session->buffer.clear();
        result = CGNUPLOT_GONE;
        break;
      }
      session->buffer.append(bytes, static_cast<size_t>(count));
      if (session->buffer.size() > (1u << 22)) session->buffer.clear();
    }
    *text = copy(collected);
    *rest = copy(tail);
    return *text && *rest ? result : CGNUPLOT_FAILED;
  } catch (...) {
    return CGNUPLOT_FAILED;
  }
}

int cgnuplot_process(const cgnuplot_session *session) { return session->process; }

int cgnuplot_is_running(const cgnuplot_session *session) {
  siginfo_t info;
  info.si_pid = 0;
  // WNOWAIT: it is taken leave of in `cgnuplot_close`.
  return waitid(P_PID, session->process, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
}

void cgnuplot_close(cgnuplot_session *session, int has_windows) {
  if (!session) return;
  // The number of one that has ended may be somebody else's by now.
  if (!has_windows && session->process > 0 && cgnuplot_is_running(session)) kill(session->process, SIGKILL);
  try {
    PipeSignalHeld held;
    session->stream.reset();
  } catch (...) {
  }
  if (session->answers >= 0) close(session->answers);
  if (session->process > 0) {
    bool ended = false;
    for (int attempt = 0; has_windows && attempt < 100 && !ended; ++attempt) {
      ended = waitpid(session->process, nullptr, WNOHANG) != 0;
      if (!ended) usleep(5000);
    }
    if (!ended) {
      if (cgnuplot_is_running(session)) kill(session->process, SIGKILL);
      while (waitpid(session->process, nullptr, 0) < 0 && errno == EINTR) {
      }
    }
  }
  delete session;
}

void cgnuplot_free(char *text) { std::free(text); }
