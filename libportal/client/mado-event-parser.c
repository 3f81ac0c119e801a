/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "client/mado-event-parser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _MadoEventParser {
  MadoEventFound found;
  gpointer       user_data;
  GString       *line;
  GString       *data;
  char          *type;
  char          *id;
  char          *pending_id;   /* becomes the id with the event's end, so that a cut event is sent again */
  guint          retry_ms;
  gboolean       after_cr;
  gboolean       at_start;
};

MadoEventParser *
mado_event_parser_new (MadoEventFound found, gpointer user_data)
{
  MadoEventParser *self = g_new0 (MadoEventParser, 1);

  self->found = found;
  self->user_data = user_data;
  self->line = g_string_new (NULL);
  self->data = g_string_new (NULL);
  self->at_start = TRUE;
  return self;
}

void
mado_event_parser_free (MadoEventParser *self)
{
  g_string_free (self->line, TRUE);
  g_string_free (self->data, TRUE);
  g_free (self->type);
  g_free (self->id);
  g_free (self->pending_id);
  g_free (self);
}

void
mado_event_parser_restart (MadoEventParser *self)
{
  g_string_truncate (self->line, 0);
  g_string_truncate (self->data, 0);
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->pending_id, g_free);
  self->after_cr = FALSE;
  self->at_start = TRUE;
}

const char *
mado_event_parser_get_id (MadoEventParser *self)
{
  return self->id;
}

void
mado_event_parser_set_id (MadoEventParser *self, const char *id)
{
  g_free (self->id);
  self->id = g_strdup (id);
}

guint
mado_event_parser_get_retry (MadoEventParser *self)
{
  return self->retry_ms;
}

static void
dispatch (MadoEventParser *self)
{
  if (self->pending_id != NULL) {
    g_free (self->id);
    self->id = g_steal_pointer (&self->pending_id);
  }
  if (self->data->len > 0) {
    g_string_truncate (self->data, self->data->len - 1);   /* the last line's end */
    if (g_utf8_validate (self->data->str, self->data->len, NULL))
      self->found (self->type != NULL ? self->type : "message", self->data->str, self->user_data);
  }
  g_string_truncate (self->data, 0);
  g_clear_pointer (&self->type, g_free);
}

static void
take_field (MadoEventParser *self, const char *name, const char *value)
{
  if (g_str_equal (name, "data")) {
    g_string_append (self->data, value);
    g_string_append_c (self->data, '\n');
  } else if (g_str_equal (name, "event")) {
    g_free (self->type);
    self->type = *value != '\0' ? g_strdup (value) : NULL;
  } else if (g_str_equal (name, "id")) {
    g_free (self->pending_id);
    self->pending_id = g_strdup (value);
  } else if (g_str_equal (name, "retry") && g_ascii_isdigit (*value))
    self->retry_ms = MIN (g_ascii_strtoull (value, NULL, 10), 3600 * 1000);
}

static void
end_line (MadoEventParser *self)
{
  char *line = self->line->str;
  char *colon = strchr (line, ':');

  if (self->at_start && g_str_has_prefix (line, "\xEF\xBB\xBF"))
    line += 3;
  self->at_start = FALSE;
  if (*line == '\0')
    dispatch (self);
  else if (colon == NULL)
    take_field (self, line, "");
  else if (colon != line) {   /* otherwise a comment: the service is alive */
    *colon = '\0';
    take_field (self, line, colon[1] == ' ' ? colon + 2 : colon + 1);
  }
  g_string_truncate (self->line, 0);
}

gboolean
mado_event_parser_feed (MadoEventParser *self, const char *bytes, gsize n, GError **error)
{
  for (gsize i = 0; i < n; i++) {
    char c = bytes[i];
    gboolean second_half = c == '\n' && self->after_cr;

    self->after_cr = c == '\r';
    if (c == '\n' || c == '\r') {
      if (!second_half)
        end_line (self);
    } else if (c != '\0')
      g_string_append_c (self->line, c);
    if (self->line->len + self->data->len > MADO_EVENT_MAX_BYTES) {
      g_set_error_literal (error, MADO_ERROR, MADO_ERROR_TOO_LARGE, _("An event of the service is too large"));
      return FALSE;
    }
  }
  return TRUE;
}
