/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-cli.h"

#include <glib-unix.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define ATTEMPT_MS 10000
#define TOTAL_MS   12000     /* somebody sits there and waits for a word */

G_DEFINE_QUARK (mado-cli-usage, mado_cli_usage)

/* The keyring, or the file that was named. */
static MadoCredentials *
credentials_of (const MadoCli *cli)
{
  return mado_credentials_new (cli->service, cli->token_file != NULL ? cli->token_file : g_getenv ("MADO_TOKEN_FILE"));
}

MadoClient *
mado_cli_get_client (MadoCli *cli, GError **error)
{
  g_autoptr(MadoCredentials) credentials = NULL;
  g_autofree char *token = NULL;

  if (cli->client != NULL)
    return cli->client;
  cli->client = mado_client_new (cli->service, error);
  if (cli->client == NULL)
    return NULL;
  credentials = credentials_of (cli);
  token = g_strdup (g_getenv ("MADO_TOKEN"));
  if (token == NULL)
    token = mado_credentials_lookup (credentials, "staff", NULL, NULL);
  mado_client_set_limits (cli->client, ATTEMPT_MS, TOTAL_MS);
  mado_client_set_token (cli->client, token);
  mado_client_set_language (cli->client, mado_cli_language ());
  return cli->client;
}

MadoReply *
mado_cli_send (MadoCli *cli, MadoCall *call, GError **error)
{
  g_autoptr(MadoCall) sent = call;
  MadoClient *client = mado_cli_get_client (cli, error);
  g_autoptr(GError) failure = NULL;
  MadoReply *reply;

  if (client == NULL)
    return NULL;
  reply = mado_client_send (client, sent, NULL, &failure);
  if (reply == NULL && g_error_matches (failure, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED)
      && !g_str_equal (cli->name, "login"))
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED,
                         _("Log in first, with `mado login ACCOUNT`: nobody is, or not any more."));
  else if (reply == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return reply;
}

gboolean
mado_cli_keep_token (MadoCli *cli, const char *token, GError **error)
{
  g_autoptr(MadoCredentials) credentials = credentials_of (cli);

  if (token != NULL ? mado_credentials_store (credentials, "staff", token, NULL, error)
                    : mado_credentials_forget (credentials, "staff", NULL, error))
    return TRUE;
  g_prefix_error (error, "%s: ", _("the credential could not be kept; without a keyring, name a --token-file"));
  return FALSE;
}

typedef struct {
  MadoCli      *cli;
  MadoCliEvent  seen;
  GMainLoop    *loop;
  GError      **error;
  gboolean      failed;
} Following;

static void
on_event (MadoEventStream *stream, const char *type, JsonNode *data, Following *following)
{
  following->seen (following->cli, type, data);
}

static void
on_failed (MadoEventStream *stream, const GError *failure, Following *following)
{
  g_propagate_error (following->error, g_error_copy (failure));
  following->failed = TRUE;
  g_main_loop_quit (following->loop);
}

static gboolean
on_interrupt (gpointer data)
{
  g_main_loop_quit (((Following *) data)->loop);
  return G_SOURCE_REMOVE;
}

gboolean
mado_cli_follow (MadoCli *cli, MadoCliEvent seen, GError **error)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Following following = { cli, seen, loop, error, FALSE };
  MadoClient *client = mado_cli_get_client (cli, error);
  g_autoptr(MadoEventStream) stream = NULL;

  if (client == NULL)
    return FALSE;
  stream = mado_event_stream_new (client, NULL);
  g_signal_connect (stream, "event", G_CALLBACK (on_event), &following);
  g_signal_connect (stream, "failed", G_CALLBACK (on_failed), &following);
  g_unix_signal_add (SIGINT, on_interrupt, &following);
  g_unix_signal_add (SIGTERM, on_interrupt, &following);
  mado_event_stream_start (stream);
  g_main_loop_run (loop);
  mado_event_stream_stop (stream);
  return !following.failed;
}

gboolean
mado_cli_confirm (MadoCli *cli, const char *question, GError **error)
{
  char answer[16] = "";

  if (cli->yes)
    return TRUE;
  if (!isatty (STDIN_FILENO)) {
    g_set_error (error, MADO_CLI_USAGE, 0,
                 _("this cannot be taken back, and nobody is here to ask: say --yes to do it. Nothing was done."));
    return FALSE;
  }
  fprintf (stderr, "%s [y/N] ", question);
  if (fgets (answer, sizeof answer, stdin) != NULL && g_ascii_tolower (answer[0]) == 'y')
    return TRUE;
  g_set_error (error, MADO_CLI_USAGE, 0, _("Nothing was done."));
  return FALSE;
}

char *
mado_cli_read_secret (const char *prompt)
{
  struct termios before, quiet;
  gboolean terminal = tcgetattr (STDIN_FILENO, &before) == 0;
  char line[512];
  char *secret = NULL;

  if (terminal) {
    fprintf (stderr, "%s: ", prompt);
    quiet = before;
    quiet.c_lflag &= ~(tcflag_t) ECHO;
    tcsetattr (STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  if (fgets (line, sizeof line, stdin) != NULL)
    secret = g_strndup (line, strcspn (line, "\r\n"));
  explicit_bzero (line, sizeof line);
  if (terminal) {
    tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
    fputc ('\n', stderr);
  }
  return secret;
}

GBytes *
mado_cli_read_file (const char *path, gsize max, GError **error)
{
  char *data;
  gsize n;
  GStatBuf status;

  if (g_stat (path, &status) != 0 || (gsize) status.st_size <= max) {
    if (!g_file_get_contents (path, &data, &n, error))
      return NULL;
    if (n <= max)
      return g_bytes_new_take (data, n);
    g_free (data);
  }
  g_set_error (error, MADO_ERROR, MADO_ERROR_TOO_LARGE, _("%s is larger than %u bytes."), path, (guint) max);
  return NULL;
}

JsonNode *
mado_cli_wrap_file (const char *name, const char *text, const char *other, gconstpointer data, gsize n)
{
  g_autofree char *base64 = g_base64_encode (data, n);
  JsonObject *object = json_object_new ();

  if (name != NULL)
    json_object_set_string_member (object, name, text);
  json_object_set_string_member (object, other, base64);
  return json_node_init_object (json_node_alloc (), object);
}

gint64
mado_cli_int (JsonNode *node, const char *pointer)
{
  JsonNode *member = mado_json_get (node, pointer);

  return member != NULL && JSON_NODE_HOLDS_VALUE (member) ? json_node_get_int (member) : 0;
}

char *
mado_cli_yen (JsonNode *node, const char *pointer)
{
  return mado_yen_format (mado_cli_int (node, pointer));
}

void
mado_cli_print_json (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, TRUE);

  g_print ("%s\n", text);
}

char *
mado_cli_local_time (const char *rfc3339)
{
  gint64 time = rfc3339 != NULL ? mado_clock_parse_time (rfc3339) : -1;
  g_autoptr(GDateTime) utc = NULL, local = NULL;
  g_autoptr(GTimeZone) japan = NULL;

  if (time < 0)
    return g_strdup ("");
  utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  japan = g_time_zone_new_offset (9 * 3600);
  local = g_date_time_to_timezone (utc, japan);
  return g_date_time_format (local, "%Y-%m-%d %H:%M");
}

const char *
mado_cli_text (JsonNode *node, const char *pointer)
{
  JsonNode *found = mado_json_get (node, pointer);

  if (found == NULL)
    return "";
  if (JSON_NODE_HOLDS_OBJECT (found))
    return mado_json_text (found, mado_cli_language ());
  return JSON_NODE_HOLDS_VALUE (found) && json_node_get_value_type (found) == G_TYPE_STRING
           ? json_node_get_string (found) : "";
}

const char *
mado_cli_language (void)
{
  return mado_language_get_own ()->code;
}

struct _MadoTable {
  GPtrArray *rows;      /* of GStrv, the headings first */
};

static char **
collect (const char *first, va_list rest)
{
  g_autoptr(GStrvBuilder) cells = g_strv_builder_new ();

  for (const char *cell = first; cell != NULL; cell = va_arg (rest, const char *))
    g_strv_builder_add (cells, cell);
  return g_strv_builder_end (cells);
}

MadoTable *
mado_table_new (const char *first_heading, ...)
{
  MadoTable *table = g_new0 (MadoTable, 1);
  va_list rest;

  table->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  va_start (rest, first_heading);
  g_ptr_array_add (table->rows, collect (first_heading, rest));
  va_end (rest);
  return table;
}

void
mado_table_add (MadoTable *table, const char *first_cell, ...)
{
  va_list rest;

  va_start (rest, first_cell);
  g_ptr_array_add (table->rows, collect (first_cell, rest));
  va_end (rest);
}

static guint
columns_of (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
  }
  return width;
}

static void
print_rows (MadoTable *table)
{
  char **headings = g_ptr_array_index (table->rows, 0);
  guint n_columns = g_strv_length (headings);
  g_autofree guint *widths = g_new0 (guint, n_columns);

  for (guint r = 0; r < table->rows->len; r++)
    for (guint c = 0; c < n_columns; c++)
      widths[c] = MAX (widths[c], columns_of (((char **) g_ptr_array_index (table->rows, r))[c]));
  for (guint r = 0; r < table->rows->len; r++) {
    char **row = g_ptr_array_index (table->rows, r);
    for (guint c = 0; c + 1 < n_columns; c++)
      g_print ("%s%*s", row[c], (int) (widths[c] - columns_of (row[c]) + 2), "");
    g_print ("%s\n", row[n_columns - 1]);
  }
}

void
mado_table_print (MadoTable *table, const char *nothing)
{
  if (table->rows->len > 1)
    print_rows (table);
  else
    g_print ("%s\n", nothing);
  g_ptr_array_unref (table->rows);
  g_free (table);
}

const char *
mado_cli_label (const MadoLabel *labels, const char *nick)
{
  for (const MadoLabel *label = labels; label->nick != NULL; label++)
    if (g_str_equal (label->nick, nick))
      return _(label->label);
  return nick;
}
