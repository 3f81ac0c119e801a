/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-catalogue-private.h"

#include <glib/gi18n-lib.h>

#define FOLDER    "official"
#define MAX_SHEET (8 * 1024 * 1024)   /* bytes of one SVG */

void
mado_catalogue_overlay_free (gpointer data)
{
  MadoCatalogueOverlay *self = data;

  g_free (self->file);
  g_free (self->form);
  json_node_unref (self->json);
  mado_overlay_unref (self->overlay);
  g_free (self);
}

/* A sheet beside the layouts; its name is one the schema allows, without a way out of the folder. */
static GBytes *
open_sheet (const char *name, gpointer data, GError **error)
{
  const char *folder = data;
  g_autofree char *path = g_build_filename (folder, FOLDER, name, NULL);
  char *text;
  gsize n;

  if (!g_file_get_contents (path, &text, &n, error))
    return NULL;
  if (n <= MAX_SHEET)
    return g_bytes_new_take (text, n);
  g_free (text);
  g_set_error (error, MADO_ERROR, MADO_ERROR_INVALID, _("It is larger than %d MB"), MAX_SHEET >> 20);

  return NULL;
}

static void
add_overlay (MadoCatalogueFiles *self, const char *file, JsonNode *json)
{
  const char *id = json_object_get_string_member (json_node_get_object (json), "id");
  const MadoForm *form = mado_catalogue_files_get_form (self, id);
  g_autoptr(GError) error = NULL;
  MadoOverlay *overlay = NULL;
  MadoCatalogueOverlay *entry;

  mado_catalogue_files_check_name (self, file, id);
  if (form == NULL)
    mado_catalogue_files_find (self, file, "/id", "unknown-form", _("There is no sound form “%s”"), id);
  else if ((overlay = mado_overlay_new (json, form, open_sheet, g_strdup (self->folder), g_free, &error)) == NULL)
    mado_catalogue_files_take (self, file, "", error);
  if (overlay == NULL)
    return;
  entry = g_new (MadoCatalogueOverlay, 1);
  *entry = (MadoCatalogueOverlay) { g_strdup (file), g_strdup (id), json_node_ref (json), overlay };
  g_ptr_array_add (self->overlays, entry);
}

void
mado_catalogue_files_read_overlays (MadoCatalogueFiles *self)
{
  g_autoptr(GPtrArray) files = mado_catalogue_files_list (self, FOLDER);

  for (guint i = 0; i < files->len; i++) {
    const char *file = g_ptr_array_index (files, i);
    g_autoptr(JsonNode) json = mado_catalogue_files_check (self, file, "official.json");

    if (json != NULL)
      add_overlay (self, file, json);
  }
}
