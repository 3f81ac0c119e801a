/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "questions/mado-kind-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-json.h"

#define LIST_LENGTH 50

/* --- yes or no ------------------------------------------------------------------------------------------------ */

MADO_KIND_CHECK (yes_no)
{
  if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_BOOLEAN)
    return mado_refuse (refusal, "type", g_strdup (_("Please answer yes or no")));

  return json_node_ref (value);
}

/* Where it is required, nothing but yes will do. */
MADO_KIND_CHECK (consent)
{
  JsonNode *kept = mado_kind_check_yes_no (field, value, context, refusal);

  if (kept == NULL || !field->required || json_node_get_boolean (kept))
    return kept;
  json_node_unref (kept);

  return mado_refuse (refusal, "consent", g_strdup (_("Without your consent this can only be done at the counter")));
}

MADO_KIND_DISPLAY (yes_no)
{
  gboolean yes = json_node_get_boolean (value);

  if (mado_language_is_japanese (language))
    return g_strdup (yes ? "はい" : "いいえ");
  return g_strdup (yes ? "Yes" : "No");
}

/* --- options -------------------------------------------------------------------------------------------------- */

static const char *
get_option_text (const MadoFormField *field, const char *id, const char *language)
{
  const MadoFormOption *option = mado_form_field_find_option (field, id);

  return option != NULL ? mado_json_text (option->label, language) : id;
}

MADO_KIND_CHECK (one_of)
{
  if (mado_form_field_find_option (field, mado_reader_get_string (value)) == NULL)
    return mado_refuse (refusal, "option", g_strdup (_("Please choose one of the answers")));

  return json_node_ref (value);
}

MADO_KIND_DISPLAY (one_of)
{
  return g_strdup (get_option_text (field, mado_reader_get_string (value), language));
}

typedef gboolean (*IsChoice) (const MadoFormField *field, const MadoAnswerContext *context, const char *id);

gboolean
mado_kind_is_chosen_before (JsonArray *list, guint index, const char *id)
{
  for (guint i = 0; i < index; i++)
    if (g_str_equal (mado_reader_get_string (json_array_get_element (list, i)), id))
      return TRUE;

  return FALSE;
}

/* Ids, none twice. */
static JsonNode *
check_list (const MadoFormField *field, JsonNode *value, const MadoAnswerContext *context, IsChoice is_choice,
            MadoRefusal *refusal)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  guint n = list != NULL ? json_array_get_length (list) : 0;
  guint max = field->has_max ? (guint) MIN (field->max, LIST_LENGTH) : LIST_LENGTH;

  if (list == NULL)
    return mado_refuse (refusal, "type", g_strdup (_("Please choose from the answers")));
  if (n > max)
    return mado_refuse (refusal, "range", g_strdup_printf (_("Please choose at most %u"), max));
  if (field->has_min && n < (guint) field->min)
    return mado_refuse (refusal, "range", g_strdup_printf (_("Please choose at least %u"), (guint) field->min));
  for (guint i = 0; i < n; i++) {
    const char *id = mado_reader_get_string (json_array_get_element (list, i));

    if (id == NULL || !is_choice (field, context, id))
      return mado_refuse (refusal, "option", g_strdup (_("Please choose from the answers")));
    if (mado_kind_is_chosen_before (list, i, id))
      return mado_refuse (refusal, "twice", g_strdup (_("The same answer was chosen twice")));
  }

  return json_node_ref (value);
}

typedef const char *(*GetText) (const MadoFormField *field, const MadoAnswerContext *context, const char *id,
                                const char *language);

static char *
display_list (const MadoFormField *field, JsonNode *value, const MadoAnswerContext *context, GetText get_text,
              const char *language)
{
  JsonArray *list = json_node_get_array (value);
  g_autoptr(GString) words = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (list); i++) {
    const char *id = mado_reader_get_string (json_array_get_element (list, i));

    g_string_append (words, i == 0 ? "" : mado_language_is_japanese (language) ? "、" : ", ");
    g_string_append (words, get_text (field, context, id, language));
  }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

static gboolean
is_option (const MadoFormField *field, const MadoAnswerContext *context, const char *id)
{
  return mado_form_field_find_option (field, id) != NULL;
}

static const char *
get_listed_option (const MadoFormField *field, const MadoAnswerContext *context, const char *id, const char *language)
{
  return get_option_text (field, id, language);
}

MADO_KIND_CHECK (several_of)
{
  return check_list (field, value, context, is_option, refusal);
}

MADO_KIND_DISPLAY (several_of)
{
  return display_list (field, value, context, get_listed_option, language);
}

/* --- people of the household ---------------------------------------------------------------------------------- */

static const char *
get_person_member (JsonObject *person, const char *name)
{
  JsonNode *node = person != NULL ? json_object_get_member (person, name) : NULL;

  return node != NULL ? mado_reader_get_string (node) : NULL;
}

static JsonObject *
find_person (const MadoAnswerContext *context, const char *id)
{
  JsonArray *people = context->people != NULL && JSON_NODE_HOLDS_ARRAY (context->people)
                        ? json_node_get_array (context->people) : NULL;

  for (guint i = 0; people != NULL && i < json_array_get_length (people); i++) {
    JsonNode *node = json_array_get_element (people, i);
    JsonObject *person = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

    if (g_strcmp0 (get_person_member (person, "id"), id) == 0)
      return person;
  }

  return NULL;
}

static gboolean
is_person (const MadoFormField *field, const MadoAnswerContext *context, const char *id)
{
  return find_person (context, id) != NULL;
}

/* Whoever is no longer in the household is told by the id. */
static const char *
get_person_name (const MadoFormField *field, const MadoAnswerContext *context, const char *id, const char *language)
{
  const char *name = get_person_member (find_person (context, id), "fullName");

  return name != NULL ? name : id;
}

MADO_KIND_CHECK (person)
{
  const char *id = mado_reader_get_string (value);

  if (id == NULL || !is_person (field, context, id))
    return mado_refuse (refusal, "option", g_strdup (_("Please choose somebody of your household")));

  return json_node_ref (value);
}

MADO_KIND_DISPLAY (person)
{
  return g_strdup (get_person_name (field, context, mado_reader_get_string (value), language));
}

MADO_KIND_CHECK (people)
{
  return check_list (field, value, context, is_person, refusal);
}

MADO_KIND_DISPLAY (people)
{
  return display_list (field, value, context, get_person_name, language);
}
