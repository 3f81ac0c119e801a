/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/mado-reader.h"

#include <glib/gi18n-lib.h>

#include "core/mado-json.h"

#define MAX_VIOLATIONS 50

static void
add_violation (MadoReader *self, const char *pointer, const char *code, const char *message)
{
  if (self->error == NULL)
    self->error = mado_error_new_at (MADO_ERROR_INVALID, pointer, code, "%s", message);
  else if (mado_error_get_n_violations (self->error) < MAX_VIOLATIONS)
    mado_error_add_violation (self->error, pointer, code, "%s", message);
}

void
mado_reader_violate (MadoReader *self, const char *token, const char *code, const char *format, ...)
{
  g_autofree char *below = token != NULL ? mado_json_pointer (self->path->str, token) : NULL;
  const char *pointer = below != NULL ? below : self->path->str;
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  add_violation (self, pointer, code, message);
}

void
mado_reader_take (MadoReader *self, const GError *error)
{
  guint n = mado_error_get_n_violations (error);

  for (guint i = 0; i < n; i++) {
    const MadoViolation *violation = mado_error_get_violation (error, i);
    g_autofree char *pointer = g_strconcat (self->path->str, violation->pointer, NULL);

    add_violation (self, pointer, violation->code, violation->message);
  }
  if (n == 0)
    add_violation (self, self->path->str, "invalid", error->message);
}

gsize
mado_reader_enter (MadoReader *self, const char *token)
{
  gsize length = self->path->len;

  mado_json_pointer_append (self->path, token);

  return length;
}

gsize
mado_reader_enter_index (MadoReader *self, guint index)
{
  gsize length = self->path->len;

  g_string_append_printf (self->path, "/%u", index);

  return length;
}

void
mado_reader_leave (MadoReader *self, gsize length)
{
  g_string_truncate (self->path, length);
}

gboolean
mado_reader_finish (MadoReader *self, GError **error)
{
  gboolean ok = self->error == NULL;

  g_string_free (self->path, TRUE);
  if (!ok)
    g_propagate_error (error, self->error);

  return ok;
}

JsonNode *
mado_reader_member (MadoReader *self, JsonObject *object, const char *name, JsonNodeType type, gboolean required)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node != NULL && json_node_get_node_type (node) == type)
    return node;
  if (node != NULL)
    mado_reader_violate (self, name, "type", _("“%s” has the wrong type"), name);
  else if (required)
    mado_reader_violate (self, name, "required", _("“%s” is missing"), name);

  return NULL;
}

const char *
mado_reader_text (MadoReader *self, JsonObject *object, const char *name, gboolean required)
{
  JsonNode *node = mado_reader_member (self, object, name, JSON_NODE_VALUE, required);
  const char *text = node != NULL ? mado_reader_get_string (node) : NULL;

  if (node != NULL && text == NULL)
    mado_reader_violate (self, name, "type", _("“%s” is a text"), name);

  return text;
}
