/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A layout and its sheets in one: {"layout": …, "sheets": {"jido-teate.svg": "<svg…"}}. */
#include "paper/mado-overlay-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-error.h"
#include "core/mado-json.h"

#define MAX_SHEETS (12 * 1024 * 1024)   /* bytes, together: they are read back as JSON */

static gboolean
add_sheet (const MadoOverlay *self, JsonObject *sheets, const char *name, gsize *size, GError **error)
{
  g_autoptr(GBytes) svg = json_object_has_member (sheets, name) ? NULL : self->open (name, self->open_data, error);
  g_autofree char *text = svg != NULL ? g_strndup (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg)) : NULL;

  if (text == NULL)
    return json_object_has_member (sheets, name);
  *size += g_bytes_get_size (svg);
  if (!g_utf8_validate (text, -1, NULL) || *size > MAX_SHEETS) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_INVALID, _("The sheet %s is not in UTF-8, or makes all of them larger"
                                                          " than %d MB"), name, MAX_SHEETS >> 20);
    return FALSE;
  }
  json_object_set_string_member (sheets, name, text);

  return TRUE;
}

JsonNode *
mado_overlay_freeze (const MadoOverlay *self, GError **error)
{
  g_autoptr(JsonObject) frozen = json_object_new ();
  JsonObject *sheets = json_object_new ();
  gsize size = 0;

  json_object_set_member (frozen, "layout", json_node_ref (self->json));
  json_object_set_object_member (frozen, "sheets", sheets);
  for (guint i = 0; i < self->pages->len; i++)
    if (!add_sheet (self, sheets, g_array_index (self->pages, MadoOverlayPage, i).background, &size, error))
      return NULL;

  return json_node_init_object (json_node_alloc (), frozen);
}

static GBytes *
open_frozen (const char *name, gpointer data, GError **error)
{
  JsonNode *sheets = mado_json_get (data, "/sheets");
  const char *text = json_object_get_string_member_with_default (json_node_get_object (sheets), name, "");

  return g_bytes_new (text, strlen (text));
}

MadoOverlay *
mado_overlay_new_frozen (JsonNode *frozen, const MadoForm *form, GError **error)
{
  return mado_overlay_new (mado_json_get (frozen, "/layout"), form, open_frozen, json_node_ref (frozen),
                           (GDestroyNotify) json_node_unref, error);
}
