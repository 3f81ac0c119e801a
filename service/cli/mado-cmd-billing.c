/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-cli.h"

#include <inttypes.h>
#include <string.h>

#define PIECE      (768 * 1024)
#define MAX_LINE   (64 * 1024)
#define LOOK_EVERY (500 * G_TIME_SPAN_MILLISECOND)

static char *mapping;

static const GOptionEntry import_options[] = {
  { "mapping", 0, 0, G_OPTION_ARG_STRING, &mapping, N_("How it is read: an id of the city's books (tax-bills)"), "ID" },
  { NULL }
};

/* --- sending the file in pieces of whole lines ------------------------------------------------------------------ */

typedef struct {
  MadoCli *cli;
  GInputStream *stream;
  GByteArray *rest;      /* read, not sent */
  gboolean over;
  char *id;              /* of the billing */
  guint pieces;
} Upload;

static void
upload_clear (Upload *self)
{
  g_clear_object (&self->stream);
  g_clear_pointer (&self->rest, g_byte_array_unref);
  g_clear_pointer (&self->id, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Upload, upload_clear)

static gboolean
fill (Upload *self, GError **error)
{
  static guint8 buffer[64 * 1024];

  while (!self->over && self->rest->len < PIECE) {
    gssize n = g_input_stream_read (self->stream, buffer, sizeof buffer, NULL, error);

    if (n < 0)
      return FALSE;
    self->over = n == 0;
    g_byte_array_append (self->rest, buffer, (guint) n);
  }
  return TRUE;
}

/* Bytes up to the last line break; all of it at the end of the file. */
static gsize
whole_lines (const Upload *self)
{
  gsize n = self->rest->len;

  if (self->over)
    return n;
  while (n > 0 && self->rest->data[n - 1] != '\n')
    n--;
  return n;
}

static MadoReply *
open_file (Upload *self, GError **error)
{
  guint8 *end = fill (self, error) ? memchr (self->rest->data, '\n', self->rest->len) : NULL;
  gsize n = end != NULL ? (gsize) (end - self->rest->data) + 1 : self->rest->len;
  g_autoptr(JsonNode) body = NULL;
  MadoReply *reply;

  if (n == 0 || n > MAX_LINE) {
    if (error == NULL || *error == NULL)
      g_set_error_literal (error, MADO_ERROR, MADO_ERROR_MALFORMED,
                           _("The file does not begin with a line of titles."));
    return NULL;
  }
  body = mado_cli_wrap_file ("mapping", mapping != NULL ? mapping : "tax-bills", "titles", self->rest->data, n);
  reply = mado_cli_send (self->cli, mado_call_new ("POST", "/v1/billings", body), error);
  g_byte_array_remove_range (self->rest, 0, (guint) n);
  return reply;
}

static gboolean
send_piece (Upload *self, GError **error)
{
  gsize n = whole_lines (self);
  g_autoptr(JsonNode) body = mado_cli_wrap_file (NULL, NULL, "lines", self->rest->data, n);
  g_autofree char *path = g_strdup_printf ("/v1/billings/%s/pieces", self->id);
  g_autoptr(MadoReply) reply = NULL;

  json_object_set_int_member (json_node_get_object (body), "piece", self->pieces++);
  reply = mado_cli_send (self->cli, mado_call_new ("POST", path, body), error);
  g_byte_array_remove_range (self->rest, 0, (guint) n);
  return reply != NULL;
}

static gboolean
upload (Upload *self, const char *path, GError **error)
{
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr(MadoReply) opened = NULL;

  self->rest = g_byte_array_new ();
  self->stream = G_INPUT_STREAM (g_file_read (file, NULL, error));
  if (self->stream == NULL || (opened = open_file (self, error)) == NULL)
    return FALSE;
  self->id = g_strdup (mado_cli_text (mado_reply_get_json (opened), "/id"));
  while (fill (self, error) && self->rest->len > 0) {
    if (whole_lines (self) == 0) {
      g_set_error_literal (error, MADO_ERROR, MADO_ERROR_MALFORMED, _("A line of the file is too long."));
      return FALSE;
    }
    if (!send_piece (self, error))
      return FALSE;
  }
  return self->over;
}

/* --- what it is, and what became of it -------------------------------------------------------------------------- */

static void
print_billing (JsonNode *node)
{
  g_autofree char *yen = mado_cli_yen (node, "/yen");
  JsonNode *list = mado_json_get (node, "/mistakes");
  JsonArray *mistakes = list != NULL ? json_node_get_array (list) : NULL;

  g_print (_("%" PRId64 " bills of %s can be imported, %" PRId64 " rows are left out\n"),
           mado_cli_int (node, "/good"), yen, mado_cli_int (node, "/bad"));
  for (guint i = 0; mistakes != NULL && i < json_array_get_length (mistakes); i++) {
    JsonNode *mistake = json_array_get_element (mistakes, i);

    g_print (_("  line %" PRId64 ", %s: %s\n"), mado_cli_int (mistake, "/line"),
             mado_cli_text (mistake, "/column"), mado_cli_text (mistake, "/message"));
  }
}

static MadoReply *
look (MadoCli *cli, const char *id, GError **error)
{
  g_autofree char *path = g_strconcat ("/v1/billings/", id, NULL);

  return mado_cli_send (cli, mado_call_new ("GET", path, NULL), error);
}

static gboolean
follow (MadoCli *cli, const char *id, GError **error)
{
  for (;; g_usleep (LOOK_EVERY)) {
    g_autoptr(MadoReply) reply = look (cli, id, error);
    JsonNode *node = reply != NULL ? mado_reply_get_json (reply) : NULL;

    if (node == NULL)
      return FALSE;
    if (!g_str_equal (mado_cli_text (node, "/state"), "importing")) {
      if (cli->json)
        mado_cli_print_json (node);
      else
        g_print (_("Imported %" PRId64 ", known before %" PRId64 "\n"),
                 mado_cli_int (node, "/imported"), mado_cli_int (node, "/known"));
      return TRUE;
    }
  }
}

static gboolean
begin (MadoCli *cli, const char *id, GError **error)
{
  g_autofree char *path = g_strdup_printf ("/v1/billings/%s/import", id);
  g_autoptr(MadoReply) reply = mado_cli_send (cli, mado_call_new ("POST", path, NULL), error);

  return reply != NULL && follow (cli, id, error);
}

static gboolean
run_import (MadoCli *cli, GError **error)
{
  g_auto(Upload) self = { .cli = cli };
  g_autoptr(MadoReply) reply = NULL;

  if (!upload (&self, cli->words[0], error) || (reply = look (cli, self.id, error)) == NULL)
    return FALSE;
  if (!cli->json) {
    g_print (_("File %s\n"), self.id);
    print_billing (mado_reply_get_json (reply));
  }
  return mado_cli_confirm (cli, _("Raise these charges?"), error) && begin (cli, self.id, error);
}

static gboolean
run_show (MadoCli *cli, GError **error)
{
  g_autoptr(MadoReply) reply = look (cli, cli->words[0], error);

  if (reply == NULL)
    return FALSE;
  if (cli->json)
    mado_cli_print_json (mado_reply_get_json (reply));
  else
    print_billing (mado_reply_get_json (reply));
  return TRUE;
}

const MadoCommand mado_commands_billing[] = {
  { "billing import", "FILE", N_("Raise the charges of a tax office's file"), 1, 1, import_options, run_import },
  { "billing show", "ID", N_("What is in such a file, and how far its import is"), 1, 1, NULL, run_show },
  { NULL }
};
