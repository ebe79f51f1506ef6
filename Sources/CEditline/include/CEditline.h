#pragma once

// libedit without its variadic calls, and what else of a terminal Swift cannot reach: signals, the standard streams, the size.
// Texts are UTF-8; positions in the line are counted in code points.

#ifdef __cplusplus
extern "C" {
#endif

// --- The editor (editline.c)

typedef struct gradus_editor gradus_editor;

enum {
  GRADUS_READ_LINE = 0,
  GRADUS_READ_PASTE = 1,
  GRADUS_READ_CANCELLED = 2,
  GRADUS_READ_END = 3,
};

enum {
  GRADUS_KEY_DONE = 0,     // nothing to draw
  GRADUS_KEY_REFRESH = 1,  // the line has changed
  GRADUS_KEY_BEEP = 2,
};

// Opens the editor on the standard streams; NULL when that is not possible. `complete` is called for the Tab key, `search` for Ctrl-R,
// `recall` for Up and Down.
gradus_editor *gradus_editor_open(const char *program, void *context, int (*complete)(void *context), int (*search)(void *context),
                                  int (*recall)(void *context, int older));
// Whether `~/.editrc` binds the keys as vi does.
int gradus_editor_is_vi(gradus_editor *editor);
void gradus_editor_close(gradus_editor *editor);

// The prompt of the next reads; escape sequences stand between \1 marks, and a plain character must follow each of them.
void gradus_editor_set_prompt(gradus_editor *editor, const char *prompt);

// Reads one line. With `commands` 0 there is neither history nor completion. `*text` stays valid until the next read and has no final newline.
int gradus_editor_read(gradus_editor *editor, int commands, const char **text);

// For completion and search: the line, and the cursor in code points.
const char *gradus_editor_line(gradus_editor *editor, int *cursor);
// Replaces the code points from `start` up to `end` by the text and sets the cursor behind it.
void gradus_editor_replace(gradus_editor *editor, int start, int end, const char *text);
// Prints the text below the line, which has `rows_below` rows under the cursor's, and draws prompt and line anew under it.
void gradus_editor_print_below(gradus_editor *editor, int rows_below, const char *text);

// Prints the text as it is.
void gradus_editor_put(gradus_editor *editor, const char *text);
// Draws prompt and line anew from the start of the row where the cursor is.
void gradus_editor_redraw(gradus_editor *editor);
// The code point of the next key, -1 when there is none any more.
int gradus_editor_next_key(gradus_editor *editor);
// Whether another byte follows at once, as it does in the sequence of an arrow key.
int gradus_editor_has_more_keys(void);
// Makes the control character the next key.
void gradus_editor_push_key(gradus_editor *editor, char key);

void gradus_editor_history_limit(gradus_editor *editor, int limit);
void gradus_editor_history_add(gradus_editor *editor, const char *line);
void gradus_editor_history_drop_last(gradus_editor *editor);

// Keys that were swallowed by a query of the terminal and come first at the next read.
void gradus_keep_typed_ahead(const char *bytes);

// --- The terminal (terminal.c)

// Adopts the character type of the user's locale, or C.UTF-8 when that one knows ASCII only. No other category is touched.
void gradus_adopt_locale(void);
int gradus_is_terminal(int descriptor);
// Columns and rows of the terminal behind a descriptor; 0 when there is none.
int gradus_terminal_size(int descriptor, int *columns, int *rows);
// How many columns a code point takes: 0, 1 or 2.
int gradus_column_count(unsigned int code_point);
// Columns, rows and the pixels that all of them take (0 where the terminal does not say); 0 when there is no terminal.
int gradus_terminal_pixels(int descriptor, int *columns, int *rows, int *width, int *height);
// Writes a question that ends in a request for the primary attributes (DA1), which every terminal answers and answers last. The answers up to
// that one go to `answers`, everything else is kept as typed ahead. After it, `grace` milliseconds more are waited for an answer to kitty's
// question, which takes a longer way through tmux. The length of the answers; 0 when the terminal was silent or may not be asked.
int gradus_ask_terminal(const char *question, int timeout_milliseconds, int grace_milliseconds, char *answers, int capacity);
// Parts what a terminal sent into answers and keys, in place: the keys stay in `received`, the answers go to `answers`. Bits of the result: 1
// when the primary attributes have come, 2 when kitty's answer has.
int gradus_part_answers(char *received, char *answers, int capacity);
// A line of standard input without an editor: GRADUS_READ_LINE, GRADUS_READ_CANCELLED or GRADUS_READ_END.
int gradus_plain_read(const char *prompt, const char **text);

// --- Signals (signals.c)

void gradus_ignore_broken_pipes(void);
// From now on Ctrl-C sets a flag and breaks slow system calls; the former behaviour returns with the release.
void gradus_catch_interrupts(void);
void gradus_release_interrupts(void);
int gradus_is_interrupted(void);
// How often the program was stopped and went on since its interrupts are caught.
int gradus_continuations(void);
// For how long Ctrl-Z has stopped the program, in all.
long long gradus_stopped_nanoseconds(void);
// From here on SIGTERM and SIGHUP count as an interrupt, and end the standard input.
void gradus_catch_endings(void);
// The signal that came; 0 when none did.
int gradus_ending(void);
void gradus_clear_interrupt(void);

#ifdef __cplusplus
}
#endif
