/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "questions/mado-place-question.h"

#include <string.h>

#include "core/mado-reader.h"
#include "lists/mado-place.h"

#define POSTCODE_SOURCE "postcode"

/* Where the name of the part begins: "prefecture" in "newAddress.prefecture". */
static const char *
get_part_name (const char *fact)
{
  const char *dot = strrchr (fact, '.');

  return dot != NULL ? dot + 1 : fact;
}

/* (nullable): the field of that part: "newAddress.prefecture" of "prefecture". */
static const MadoFormField *
find_part (const MadoFormQuestion *question, const char *part)
{
  for (guint i = 0; i < question->n_fields; i++)
    if (g_str_equal (get_part_name (question->fields[i].fact), part))
      return &question->fields[i];

  return NULL;
}

static const char *
get_part (const MadoFormQuestion *question, JsonObject *answers, const char *part)
{
  const MadoFormField *field = find_part (question, part);
  JsonNode *value = field != NULL ? json_object_get_member (answers, field->fact) : NULL;

  return value != NULL ? mado_reader_get_string (value) : NULL;
}

/* (nullable): what all places say. */
static char *
agree_on (GPtrArray *places, const char *property)
{
  g_autofree char *common = NULL;

  for (guint i = 0; i < places->len; i++) {
    g_autofree char *text = NULL;

    g_object_get (g_ptr_array_index (places, i), property, &text, NULL);
    if (text == NULL || (i > 0 && g_strcmp0 (text, common) != 0))
      return NULL;
    g_free (common);
    common = g_steal_pointer (&text);
  }

  return g_steal_pointer (&common);
}

/* Only over nothing, or over what a postcode had filled in. */
static gboolean
fill_part (const MadoFormQuestion *question, JsonObject *answers, JsonObject *sources, const char *part,
           const char *text)
{
  const MadoFormField *field = find_part (question, part);
  const char *source, *answered;

  if (field == NULL || field->value != NULL || field->fixed || text == NULL)
    return FALSE;
  source = json_object_get_string_member_with_default (sources, field->fact, NULL);
  answered = get_part (question, answers, part);
  if (g_strcmp0 (answered, text) == 0
      || (json_object_has_member (answers, field->fact) && g_strcmp0 (source, POSTCODE_SOURCE) != 0))
    return FALSE;
  json_object_set_string_member (answers, field->fact, text);
  json_object_set_string_member (sources, field->fact, POSTCODE_SOURCE);

  return TRUE;
}

gboolean
mado_question_complete_place (const MadoFormQuestion *question, JsonObject *answers, JsonObject *sources,
                              const char *fact)
{
  static const struct { const char *part, *property; } parts[] = {
    { "prefecture", "prefecture" }, { "cityAndCounty", "city-and-county" }, { "streetAddress", "street-address" },
  };
  const MadoFormField *postcode = find_part (question, "postalCode");
  g_autoptr(GPtrArray) places = NULL;
  gboolean changed = FALSE;

  if (postcode == NULL || !g_str_equal (postcode->fact, fact))
    return FALSE;
  places = mado_postcode_look_up (get_part (question, answers, "postalCode"));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *text = agree_on (places, parts[i].property);

    changed |= fill_part (question, answers, sources, parts[i].part, text);
  }

  return changed;
}

gboolean
mado_question_has_unlisted_place (const MadoFormQuestion *question, JsonObject *answers)
{
  const char *prefecture = get_part (question, answers, "prefecture");
  const char *city = get_part (question, answers, "cityAndCounty");
  const char *street = get_part (question, answers, "streetAddress");
  const char *block = get_part (question, answers, "cityBlock");
  g_autofree char *line = NULL;
  g_autoptr(MadoPlace) place = NULL;

  if (city == NULL || street == NULL)
    return FALSE;
  line = g_strconcat (prefecture != NULL ? prefecture : "", city, street, block != NULL ? " " : "",
                      block != NULL ? block : "", NULL);
  place = mado_place_split (line);

  return place->match < MADO_PLACE_MATCH_TOWN;
}

gboolean
mado_place_is_building (const char *fact)
{
  return g_str_equal (get_part_name (fact), "buildingNameEtc");
}

gboolean
mado_place_is_begun (JsonObject *answers, const char *fact)
{
  static const char *const parts[] = {
    "postalCode", "prefecture", "cityAndCounty", "streetAddress", "cityBlock", "buildingNameEtc", NULL
  };
  const char *name = get_part_name (fact);

  if (answers == NULL || !g_strv_contains (parts, name))
    return FALSE;
  for (guint i = 0; parts[i] != NULL; i++) {
    g_autofree char *other = g_strdup_printf ("%.*s%s", (int) (name - fact), fact, parts[i]);

    if (!g_str_equal (parts[i], name) && json_object_has_member (answers, other))
      return TRUE;
  }

  return FALSE;
}
