/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-place.h"

#include "core/mado-json.h"
#include "core/mado-language.h"
#include "mado-words.h"
#include "widgets/mado-icon.h"

static struct {
  char      *folder;
  JsonNode  *city;
  GPtrArray *languages;
} place;

static void
choose_languages (void)
{
  JsonNode *codes = mado_json_get (place.city, "/languages");
  JsonArray *array = codes != NULL && JSON_NODE_HOLDS_ARRAY (codes) ? json_node_get_array (codes) : NULL;

  place.languages = g_ptr_array_new ();
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    const MadoLanguage *language = mado_language_find (json_array_get_string_element (array, i));

    if (language != NULL && language->complete)
      g_ptr_array_add (place.languages, (gpointer) language->code);
  }
  if (place.languages->len == 0)
    g_ptr_array_add (place.languages, (gpointer) "ja");
  g_ptr_array_add (place.languages, NULL);
}

gboolean
mado_place_open (const char *folder, GError **error)
{
  const MadoJsonLimits limits = MADO_JSON_LIMITS_FILE;
  g_autofree char *path = g_build_filename (folder, "city.json", NULL);
  g_autofree char *data = NULL;
  gsize length;
  JsonNode *city;

  if (!g_file_get_contents (path, &data, &length, error))
    return FALSE;
  city = mado_json_parse (data, length, &limits, error);
  if (city == NULL) {
    g_prefix_error (error, "%s: ", path);
    return FALSE;
  }
  g_clear_pointer (&place.city, json_node_unref);
  g_clear_pointer (&place.languages, g_ptr_array_unref);
  g_free (place.folder);
  place.folder = g_strdup (folder);
  place.city = city;
  choose_languages ();

  return TRUE;
}

static const char *
words (const char *pointer)
{
  JsonNode *map = place.city != NULL ? mado_json_get (place.city, pointer) : NULL;

  return map != NULL ? mado_json_text (map, mado_words_get_language ()) : NULL;
}

const char *
mado_place_get_name (void)
{
  const char *name = words ("/name");

  return name != NULL ? name : "";
}

const char *
mado_place_get_office (void)
{
  const char *office = words ("/office");

  return office != NULL ? office : "";
}

const char *
mado_place_get_phone (void)
{
  JsonNode *phone = place.city != NULL ? mado_json_get (place.city, "/phone") : NULL;

  return phone != NULL ? json_node_get_string (phone) : NULL;
}

const char *
mado_place_get_hours (void)
{
  return words ("/hours");
}

const char *const *
mado_place_get_languages (void)
{
  static const char *const japanese[] = { "ja", NULL };

  return place.languages != NULL ? (const char *const *) place.languages->pdata : japanese;
}

cairo_surface_t *
mado_place_draw (const char *name, int width, int height, const GdkRGBA *colour, const GdkRGBA *rise)
{
  g_autofree char *file = g_strconcat (name, ".svg", NULL);
  g_autofree char *path = g_build_filename (place.folder != NULL ? place.folder : ".", file, NULL);
  g_autofree char *data = NULL;
  g_autoptr(GBytes) svg = NULL;
  gsize length;

  if (!g_file_get_contents (path, &data, &length, NULL))
    return NULL;
  svg = g_bytes_new_take (g_steal_pointer (&data), length);

  return mado_icon_draw (svg, width, height, colour, rise);
}
