#define _GNU_SOURCE
#include <errno.h>
#include <histedit.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "CEditline.h"

struct gradus_editor {
  EditLine *line;
  History *history, *no_history;
  void *context;
  int (*complete)(void *context);
  int (*search)(void *context);
  int (*recall)(void *context, int older);
  // Whether `~/.editrc` binds the keys as vi does. An escape is then a key of its own, so that no paste is marked.
  int is_vi;
  char *prompt;
  char *text;   // the outcome of the last read
  char *paste;  // pasted text that holds newlines
  size_t paste_length, paste_capacity;
  int commands, cancelled, ended, pasted;
};

static const char *const paste_on = "\033[?2004h", *const paste_off = "\033[?2004l";
static char *typed_ahead;

void gradus_keep_typed_ahead(const char *bytes) {
  size_t before = typed_ahead ? strlen(typed_ahead) : 0;
  char *joined = realloc(typed_ahead, before + strlen(bytes) + 1);
  if (!joined) return;
  strcpy(joined + before, bytes);
  typed_ahead = joined;
}

static gradus_editor *editor_of(EditLine *line) {
  gradus_editor *editor = NULL;
  el_get(line, EL_CLIENTDATA, &editor);
  return editor;
}

static void put(EditLine *line, const char *text) {
  FILE *out = NULL;
  el_get(line, EL_GETFP, 1, &out);
  if (!out) return;
  fputs(text, out);
  fflush(out);
}

static char *prompt_of(EditLine *line) { return editor_of(line)->prompt; }

// --- Keys

// Ends the read by the key that ends a line, so that libedit itself leaves the display in order.
static unsigned char end_line_with(EditLine *line, const char *shown) {
  el_cursor(line, INT_MAX / 2);
  if (shown[0]) el_insertstr(line, shown);
  el_push(line, "\n");
  return CC_REFRESH;
}

static unsigned char cancel_key(EditLine *line, int key) {
  (void)key;
  editor_of(line)->cancelled = 1;
  return end_line_with(line, "^C");
}

static unsigned char end_or_delete_key(EditLine *line, int key) {
  (void)key;
  const LineInfoW *info = el_wline(line);
  if (info->lastchar == info->buffer) {
    editor_of(line)->ended = 1;
    return end_line_with(line, "");
  }
  if (info->cursor == info->lastchar) return CC_ERROR;
  el_cursor(line, 1);
  el_deletestr(line, 1);
  return CC_REFRESH;
}

static unsigned char suspend_key(EditLine *line, int key) {
  (void)key;
  put(line, paste_off);
  put(line, "\n");
  el_set(line, EL_PREP_TERM, 0);
  struct sigaction former, usual = {0};
  usual.sa_handler = SIG_DFL;
  sigemptyset(&usual.sa_mask);
  sigset_t mask, stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  sigaction(SIGTSTP, &usual, &former);
  sigprocmask(SIG_UNBLOCK, &stop, &mask);
  // Not SIGSTOP: where nobody could resume the program (no shell above it) the kernel drops SIGTSTP, and the program goes on.
  kill(0, SIGTSTP);
  sigprocmask(SIG_SETMASK, &mask, NULL);
  sigaction(SIGTSTP, &former, NULL);
  el_set(line, EL_PREP_TERM, 1);
  put(line, paste_on);
  el_set(line, EL_REFRESH);
  return CC_NORM;
}

static unsigned char code_of(int result) {
  return result == GRADUS_KEY_REFRESH ? CC_REFRESH : result == GRADUS_KEY_BEEP ? CC_ERROR : CC_NORM;
}

static unsigned char complete_key(EditLine *line, int key) {
  (void)key;
  gradus_editor *editor = editor_of(line);
  return editor->commands ? code_of(editor->complete(editor->context)) : CC_ERROR;
}

static unsigned char search_key(EditLine *line, int key) {
  (void)key;
  gradus_editor *editor = editor_of(line);
  return editor->commands ? code_of(editor->search(editor->context)) : CC_ERROR;
}

static unsigned char recall(EditLine *line, int older) {
  gradus_editor *editor = editor_of(line);
  return editor->commands ? code_of(editor->recall(editor->context, older)) : CC_ERROR;
}

static unsigned char older_key(EditLine *line, int key) {
  (void)key;
  return recall(line, 1);
}

static unsigned char newer_key(EditLine *line, int key) {
  (void)key;
  return recall(line, 0);
}

// --- Paste

static void paste_append(gradus_editor *editor, const char *bytes, size_t count) {
  if (editor->paste_length + count + 1 > editor->paste_capacity) {
    size_t capacity = 2 * (editor->paste_length + count) + 256;
    char *grown = realloc(editor->paste, capacity);
    if (!grown) return;
    editor->paste = grown;
    editor->paste_capacity = capacity;
  }
  memcpy(editor->paste + editor->paste_length, bytes, count);
  editor->paste_length += count;
  editor->paste[editor->paste_length] = 0;
}

// Reads up to the end mark; returns how many newlines came. Control characters are dropped, a tab becomes a blank: none of them is a key here.
static int read_paste(gradus_editor *editor) {
  static const wchar_t mark[] = L"\033[201~";
  int matched = 0, newlines = 0, after_return = 0;
  wchar_t character;
  while (mark[matched] && el_wgetc(editor->line, &character) == 1) {
    if (character == mark[matched]) {
      matched++;
      continue;
    }
    // A broken mark is text, but for its escape character.
    for (int i = 1; i < matched; i++) paste_append(editor, &(char){(char)mark[i]}, 1);
    matched = character == mark[0];
    if (matched) continue;
    if (character == L'\n' && after_return) {
      after_return = 0;
      continue;
    }
    after_return = character == L'\r';
    if (character == L'\r' || character == L'\n') {
      newlines++;
      paste_append(editor, "\n", 1);
    } else if (character == L'\t') {
      paste_append(editor, " ", 1);
    } else if (character >= L' ' && !(character >= 0x7f && character < 0xa0)) {
      char bytes[MB_LEN_MAX];
      mbstate_t state = {0};
      size_t count = wcrtomb(bytes, character, &state);
      if (count != (size_t)-1) paste_append(editor, bytes, count);
    }
  }
  return newlines;
}

static unsigned char paste_key(EditLine *line, int key) {
  (void)key;
  gradus_editor *editor = editor_of(line);
  // The text around the cursor belongs to what was pasted: "layer " and then a paste is one line.
  const LineInfo *info = el_line(line);
  char *after = strndup(info->cursor, (size_t)(info->lastchar - info->cursor));
  editor->paste_length = 0;
  paste_append(editor, info->buffer, (size_t)(info->cursor - info->buffer));
  size_t start = editor->paste_length;
  int newlines = read_paste(editor);
  if (newlines == 0) {
    if (editor->paste_length > start) el_insertstr(line, editor->paste + start);
    free(after);
    return CC_REFRESH;
  }
  if (after) paste_append(editor, after, strlen(after));
  free(after);
  editor->pasted = 1;
  const LineInfoW *wide = el_wline(line);
  int count = (int)(wide->lastchar - wide->buffer);
  el_cursor(line, INT_MAX / 2);
  if (count > 0) el_deletestr(line, count);
  int ends_open = editor->paste_length > 0 && editor->paste[editor->paste_length - 1] != '\n';
  char shown[48];
  snprintf(shown, sizeof shown, "[%d line%s pasted]", newlines + ends_open, newlines + ends_open == 1 ? "" : "s");
  return end_line_with(line, shown);
}

// --- Answers of the terminal that come after nobody waits for them any more

static unsigned char late_answer_key(EditLine *line, int key) {
  // A string ends with ESC \, all else with its first letter or sign beyond the digits.
  int is_string = key == 'G' || key == '>';
  wchar_t character, before = 0;
  for (int count = 0; count < 256 && el_wgetc(line, &character) == 1; count++) {
    if (is_string ? before == 0x1b && character == '\\' : character >= 0x40 && character < 0x7f) break;
    before = character;
  }
  return CC_NORM;
}

// --- Opening and reading

static void bind(EditLine *line, const char *keys, const char *function) { el_set(line, EL_BIND, keys, function, NULL); }

// In vi mode an escape ends the inserting: the sequences of keys are bound where that has led, without it.
static void bind_vi_keys(EditLine *line) {
  static const struct {
    const char *keys, *function;
  } both[] = {{"^C", "gradus-cancel"}, {"^D", "gradus-end-or-delete"}, {"^Z", "gradus-suspend"}, {"^R", "gradus-search"}, {"^S", "gradus-search"},
              {"^L", "ed-clear-screen"}, {"^P", "gradus-older"}, {"^N", "gradus-newer"}};
  static const struct {
    const char *keys, *function;
  } commanding[] = {{"[A", "gradus-older"}, {"OA", "gradus-older"}, {"[B", "gradus-newer"}, {"OB", "gradus-newer"}, {"[C", "ed-next-char"},
                    {"OC", "ed-next-char"}, {"[D", "ed-prev-char"}, {"OD", "ed-prev-char"}, {"[H", "ed-move-to-beg"}, {"[F", "ed-move-to-end"},
                    {"[3~", "ed-delete-next-char"}, {"k", "gradus-older"}, {"j", "gradus-newer"}};
  bind(line, "^I", "gradus-complete");
  for (size_t i = 0; i < sizeof both / sizeof both[0]; i++) {
    bind(line, both[i].keys, both[i].function);
    el_set(line, EL_BIND, "-a", both[i].keys, both[i].function, NULL);
  }
  for (size_t i = 0; i < sizeof commanding / sizeof commanding[0]; i++)
    el_set(line, EL_BIND, "-a", commanding[i].keys, commanding[i].function, NULL);
}

static void bind_keys(EditLine *line) {
  static const struct {
    const char *keys, *function;
  } table[] = {
    {"^C", "gradus-cancel"},
    {"^D", "gradus-end-or-delete"},
    {"^I", "gradus-complete"},
    {"^Z", "gradus-suspend"},
    {"\\e[200~", "gradus-paste"},
    {"\\e_G", "gradus-late-answer"},
    {"\\eP>", "gradus-late-answer"},
    {"\\e[?", "gradus-late-answer"},
    {"\\e[4;", "gradus-late-answer"},
    {"\\e[6;", "gradus-late-answer"},
    {"^R", "gradus-search"},
    {"^S", "gradus-search"},
    {"^P", "gradus-older"},
    {"^N", "gradus-newer"},
    {"^L", "ed-clear-screen"},
    {"^U", "vi-kill-line-prev"},
    {"^W", "ed-delete-prev-word"},
    {"\\e[H", "ed-move-to-beg"},
    {"\\eOH", "ed-move-to-beg"},
    {"\\e[1~", "ed-move-to-beg"},
    {"\\e[7~", "ed-move-to-beg"},
    {"\\e[F", "ed-move-to-end"},
    {"\\eOF", "ed-move-to-end"},
    {"\\e[4~", "ed-move-to-end"},
    {"\\e[8~", "ed-move-to-end"},
    {"\\e[3~", "ed-delete-next-char"},
    {"\\e[5~", "gradus-older"},
    {"\\e[6~", "gradus-newer"},
    {"\\e[1;5C", "em-next-word"},
    {"\\e[1;3C", "em-next-word"},
    {"\\e[5C", "em-next-word"},
    {"\\eOc", "em-next-word"},
    {"\\e[1;5D", "ed-prev-word"},
    {"\\e[1;3D", "ed-prev-word"},
    {"\\e[5D", "ed-prev-word"},
    {"\\eOd", "ed-prev-word"},
    {"\\e[A", "gradus-older"},
    {"\\eOA", "gradus-older"},
    {"\\e[B", "gradus-newer"},
    {"\\eOB", "gradus-newer"},
    {"\\e[C", "ed-next-char"},
    {"\\eOC", "ed-next-char"},
    {"\\e[D", "ed-prev-char"},
    {"\\eOD", "ed-prev-char"},
  };
  for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) bind(line, table[i].keys, table[i].function);
}

gradus_editor *gradus_editor_open(const char *program, void *context, int (*complete)(void *context), int (*search)(void *context),
                                  int (*recall)(void *context, int older)) {
  gradus_editor *editor = calloc(1, sizeof *editor);
  if (!editor) return NULL;
  editor->context = context;
  editor->complete = complete;
  editor->search = search;
  editor->recall = recall;
  editor->prompt = strdup("> ");
  editor->text = strdup("");
  editor->history = history_init();
  editor->no_history = history_init();
  editor->line = el_init(program, stdin, stdout, stderr);
  if (!editor->line || !editor->history || !editor->no_history) {
    gradus_editor_close(editor);
    return NULL;
  }
  EditLine *line = editor->line;
  HistEvent event;
  history(editor->no_history, &event, H_SETSIZE, 1);
  el_set(line, EL_CLIENTDATA, editor);
  el_set(line, EL_EDITOR, "emacs");
  el_set(line, EL_SIGNAL, 1);
  el_set(line, EL_PROMPT_ESC, prompt_of, '\1');
  el_set(line, EL_HIST, history, editor->history);
  // Ctrl-C, Ctrl-Z, Ctrl-S and Ctrl-Q are keys here, and a paste must tell a return from a newline.
  el_set(line, EL_SETTY, "-d", "-isig", NULL);
  el_set(line, EL_SETTY, "-d", "-ixon", NULL);
  el_set(line, EL_SETTY, "-d", "-icrnl", NULL);
  el_set(line, EL_SETTY, "-d", "-inlcr", NULL);
  el_set(line, EL_ADDFN, "gradus-cancel", "Cancel the line", cancel_key);
  el_set(line, EL_ADDFN, "gradus-end-or-delete", "End of input, or delete the next character", end_or_delete_key);
  el_set(line, EL_ADDFN, "gradus-complete", "Complete the word", complete_key);
  el_set(line, EL_ADDFN, "gradus-search", "Find an earlier line", search_key);
  el_set(line, EL_ADDFN, "gradus-suspend", "Stop the program", suspend_key);
  el_set(line, EL_ADDFN, "gradus-paste", "Take a paste", paste_key);
  el_set(line, EL_ADDFN, "gradus-late-answer", "Drop an answer of the terminal", late_answer_key);
  el_set(line, EL_ADDFN, "gradus-older", "An earlier line that begins so", older_key);
  el_set(line, EL_ADDFN, "gradus-newer", "A later line that begins so", newer_key);
  bind_keys(line);
  // `$EDITRC`, else `~/.editrc`: what it binds comes after ours, and wins. `bind -v` throws ours away.
  if (el_source(line, NULL) == 0) {
    const char *style = NULL;
    if (el_get(line, EL_EDITOR, &style) == 0 && style && strcmp(style, "vi") == 0) {
      editor->is_vi = 1;
      bind_vi_keys(line);
    }
  }
  return editor;
}

int gradus_editor_is_vi(gradus_editor *editor) { return editor->is_vi; }

void gradus_editor_close(gradus_editor *editor) {
  if (!editor) return;
  if (editor->line) el_end(editor->line);
  if (editor->history) history_end(editor->history);
  if (editor->no_history) history_end(editor->no_history);
  free(editor->prompt);
  free(editor->text);
  free(editor->paste);
  free(editor);
}

void gradus_editor_set_prompt(gradus_editor *editor, const char *prompt) {
  char *copy = strdup(prompt);
  if (!copy) return;
  free(editor->prompt);
  editor->prompt = copy;
}

int gradus_editor_read(gradus_editor *editor, int commands, const char **text) {
  EditLine *line = editor->line;
  editor->commands = commands;
  editor->cancelled = editor->ended = editor->pasted = 0;
  el_set(line, EL_HIST, history, commands ? editor->history : editor->no_history);
  // Raw before the prompt shows: a Ctrl-C between prompt and first read would otherwise be a signal and flush the keys behind it.
  el_set(line, EL_PREP_TERM, 1);
  if (!editor->is_vi) put(line, paste_on);
  if (typed_ahead) {
    el_push(line, typed_ahead);
    free(typed_ahead);
    typed_ahead = NULL;
  }
  int count = 0;
  const char *read = el_gets(line, &count);
  int error = errno;
  put(line, paste_off);

  *text = "";
  if (editor->pasted) {
    *text = editor->paste;
    return GRADUS_READ_PASTE;
  }
  if (editor->cancelled) return GRADUS_READ_CANCELLED;
  if (editor->ended) return GRADUS_READ_END;
  if (!read || count <= 0) {
    put(line, "\n");
    return count < 0 && error == EINTR ? GRADUS_READ_CANCELLED : GRADUS_READ_END;
  }
  size_t length = strlen(read);
  while (length > 0 && (read[length - 1] == '\n' || read[length - 1] == '\r')) length--;
  char *copy = strndup(read, length);
  if (!copy) return GRADUS_READ_END;
  free(editor->text);
  editor->text = copy;
  *text = copy;
  return GRADUS_READ_LINE;
}

// --- For completion and search

const char *gradus_editor_line(gradus_editor *editor, int *cursor) {
  const LineInfoW *wide = el_wline(editor->line);
  *cursor = (int)(wide->cursor - wide->buffer);
  const LineInfo *info = el_line(editor->line);
  char *copy = strndup(info->buffer, (size_t)(info->lastchar - info->buffer));
  if (!copy) return "";
  free(editor->text);
  editor->text = copy;
  return copy;
}

void gradus_editor_replace(gradus_editor *editor, int start, int end, const char *text) {
  const LineInfoW *wide = el_wline(editor->line);
  int cursor = (int)(wide->cursor - wide->buffer), length = (int)(wide->lastchar - wide->buffer);
  if (start < 0 || end < start || end > length) return;
  el_cursor(editor->line, end - cursor);
  if (end > start) el_deletestr(editor->line, end - start);
  if (text[0]) el_insertstr(editor->line, text);
}

void gradus_editor_print_below(gradus_editor *editor, int rows_below, const char *text) {
  for (int i = 0; i < rows_below; i++) put(editor->line, "\n");
  // To the start of a fresh row, and nothing old under it.
  put(editor->line, "\n\033[J");
  put(editor->line, text);
  put(editor->line, "\n");
  el_set(editor->line, EL_REFRESH);
}

void gradus_editor_put(gradus_editor *editor, const char *text) { put(editor->line, text); }

void gradus_editor_redraw(gradus_editor *editor) { el_set(editor->line, EL_REFRESH); }

int gradus_editor_next_key(gradus_editor *editor) {
  wchar_t key;
  return el_wgetc(editor->line, &key) == 1 ? (int)key : -1;
}

int gradus_editor_has_more_keys(void) {
  struct pollfd ready = {.fd = STDIN_FILENO, .events = POLLIN};
  return poll(&ready, 1, 30) > 0;
}

void gradus_editor_push_key(gradus_editor *editor, char key) { el_push(editor->line, (char[]){key, 0}); }

// --- History

void gradus_editor_history_limit(gradus_editor *editor, int limit) {
  HistEvent event;
  history(editor->history, &event, H_SETSIZE, limit);
}

void gradus_editor_history_add(gradus_editor *editor, const char *line) {
  HistEvent event;
  history(editor->history, &event, H_ENTER, line);
}

void gradus_editor_history_drop_last(gradus_editor *editor) {
  HistEvent event;
  if (history(editor->history, &event, H_FIRST) != -1) history(editor->history, &event, H_DEL, event.num);
}
