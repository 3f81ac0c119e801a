/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-date.h"
#include "core/mado-json.h"
#include "procedures/mado-catalogue-load.h"

/* A text is offered in all of these, or the file is not complete. */
static const char *const complete[] = { "ja", "en" };

/* --- facts written into fields ---------------------------------------------------------------------------------- */

static JsonObject *
find_fact (const MadoCatalogueLoad *self, const char *group, const char *fact)
{
  JsonNode *facts = mado_json_get (self->words, "/facts");
  JsonNode *found;

  if (facts != NULL && group != NULL)
    {
      found = json_object_get_member (json_node_get_object (facts), group);
      facts = found != NULL ? mado_json_get (found, "/members") : NULL;
    }
  if (facts == NULL || !JSON_NODE_HOLDS_OBJECT (facts))
    return NULL;
  found = json_object_get_member (json_node_get_object (facts), fact);
  return found != NULL && JSON_NODE_HOLDS_OBJECT (found) ? json_node_get_object (found) : NULL;
}

static void
resolve_field (MadoCatalogueLoad *self, JsonObject *field, const char *group, const char *pointer)
{
  static const char *const members[] = { "kind", "label", "options" };
  JsonNode *fact = json_object_get_member (field, "fact");
  const char *name = fact != NULL && JSON_NODE_HOLDS_VALUE (fact) ? json_node_get_string (fact) : NULL;
  JsonObject *words = name != NULL ? find_fact (self, group, name) : NULL;

  if (words == NULL)
    {
      if (name != NULL)
        mado_catalogue_find (self, pointer, "unknown-fact", _("The vocabulary has no fact “%s”"), name);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (!json_object_has_member (field, members[i]) && json_object_has_member (words, members[i]))
      json_object_set_member (field, members[i], json_node_copy (json_object_get_member (words, members[i])));
}

static JsonArray *
list_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonObject *
element (JsonArray *list, guint i)
{
  JsonNode *node = json_array_get_element (list, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
resolve_question (MadoCatalogueLoad *self, JsonObject *question, const char *group, guint section, guint number)
{
  JsonArray *fields = list_member (question, "fields");

  for (guint i = 0; fields != NULL && i < json_array_get_length (fields); i++)
    {
      g_autofree char *pointer = g_strdup_printf ("/sections/%u/questions/%u/fields/%u/fact", section, number, i);

      if (element (fields, i) != NULL)
        resolve_field (self, element (fields, i), group, pointer);
    }
}

void
mado_catalogue_resolve (MadoCatalogueLoad *self, JsonObject *form)
{
  JsonArray *sections = list_member (form, "sections");

  for (guint s = 0; sections != NULL && s < json_array_get_length (sections); s++)
    {
      JsonObject *section = element (sections, s);
      JsonArray *questions = section != NULL ? list_member (section, "questions") : NULL;
      JsonNode *group = section != NULL ? json_object_get_member (section, "group") : NULL;
      JsonNode *fact = group != NULL ? mado_json_get (group, "/fact") : NULL;

      for (guint q = 0; questions != NULL && q < json_array_get_length (questions); q++)
        if (element (questions, q) != NULL)
          resolve_question (self, element (questions, q), fact != NULL ? json_node_get_string (fact) : NULL, s, q);
    }
}

/* --- languages --------------------------------------------------------------------------------------------------- */

static gboolean
is_language_map (JsonObject *object)
{
  for (guint i = 0; i < G_N_ELEMENTS (complete); i++)
    if (json_object_has_member (object, complete[i]))
      return TRUE;
  return FALSE;
}

static void
check_language_map (MadoCatalogueLoad *self, JsonObject *object, const char *pointer)
{
  for (guint i = 0; i < G_N_ELEMENTS (complete); i++)
    {
      JsonNode *text = json_object_get_member (object, complete[i]);

      if (text == NULL || !JSON_NODE_HOLDS_VALUE (text) || json_node_get_value_type (text) != G_TYPE_STRING
          || *json_node_get_string (text) == '\0')
        mado_catalogue_find (self, pointer, "language", _("The text in “%s” is missing"), complete[i]);
    }
}

void
mado_catalogue_check_languages (MadoCatalogueLoad *self, JsonNode *node, const char *pointer)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      {
        g_autofree char *below = mado_json_pointer_index (pointer, i);
        mado_catalogue_check_languages (self, json_array_get_element (json_node_get_array (node), i), below);
      }
  else if (JSON_NODE_HOLDS_OBJECT (node) && is_language_map (json_node_get_object (node)))
    check_language_map (self, json_node_get_object (node), pointer);
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &name, &member))
        {
          g_autofree char *below = mado_json_pointer (pointer, name);
          mado_catalogue_check_languages (self, member, below);
        }
    }
}

/* --- procedures --------------------------------------------------------------------------------------------------- */

static gboolean
is_set (JsonNode *node, const char *pointer)
{
  JsonNode *found = mado_json_get (node, pointer);

  return found != NULL && JSON_NODE_HOLDS_VALUE (found) && json_node_get_value_type (found) == G_TYPE_BOOLEAN
         && json_node_get_boolean (found);
}

static const char *
text_at (JsonNode *node, const char *pointer)
{
  JsonNode *found = mado_json_get (node, pointer);

  return found != NULL && JSON_NODE_HOLDS_VALUE (found) && json_node_get_value_type (found) == G_TYPE_STRING
           ? json_node_get_string (found) : NULL;
}

/* A fact of law or money says where it is from and of which day, or that nobody could verify it. */
static void
check_source (MadoCatalogueLoad *self, JsonNode *fact, const char *pointer)
{
  g_autofree char *source = g_strconcat (pointer, "/source", NULL);

  if (is_set (fact, "/unverified"))
    return;
  if (mado_json_get (fact, "/source") == NULL)
    mado_catalogue_find (self, pointer, "source",
                         _("Say where this is from (source), or that it is not verified (unverified: true)"));
  else if (mado_json_get (fact, "/source/title") == NULL || !mado_date_is_valid (text_at (fact, "/source/date")))
    mado_catalogue_find (self, source, "source", _("A source has a title and the date on which it was read"));
}

static void
check_fee (MadoCatalogueLoad *self, MadoProcedure *procedure)
{
  JsonNode *yen = mado_json_get (procedure->fee, "/yen");
  const char *per = text_at (procedure->fee, "/per");

  check_source (self, procedure->fee, "/fee");
  if (yen == NULL || !JSON_NODE_HOLDS_VALUE (yen) || json_node_get_value_type (yen) != G_TYPE_INT64
      || json_node_get_int (yen) < 0)
    mado_catalogue_find (self, "/fee/yen", "range", _("A fee is whole yen, 0 or more"));
  if (per != NULL && !mado_vocabulary_find (self->vocabulary, per, &(guint) { 0 }))
    mado_catalogue_find (self, "/fee/per", "unknown-fact", _("The vocabulary has no fact “%s”"), per);
}

static void
check_legal (MadoCatalogueLoad *self, MadoProcedure *procedure)
{
  JsonArray *grounds = JSON_NODE_HOLDS_ARRAY (procedure->legal) ? json_node_get_array (procedure->legal) : NULL;

  if (grounds == NULL || json_array_get_length (grounds) == 0)
    mado_catalogue_find (self, "/legal", "required", _("Name at least one legal ground"));
  for (guint i = 0; grounds != NULL && i < json_array_get_length (grounds); i++)
    {
      g_autofree char *pointer = mado_json_pointer_index ("/legal", i);
      check_source (self, json_array_get_element (grounds, i), pointer);
    }
}

static void
check_decision (MadoCatalogueLoad *self, MadoProcedure *procedure)
{
  JsonNode *rule = mado_json_get (procedure->decision, "/rule");
  const char *by = text_at (procedure->decision, "/by");
  GError *error = NULL;
  MadoRule *compiled;

  if (g_strcmp0 (by, "clerk") != 0 && g_strcmp0 (by, "rule") != 0)
    mado_catalogue_find (self, "/decision/by", "option", _("A clerk decides, or a rule"));
  if (g_strcmp0 (by, "rule") != 0)
    return;
  if (rule == NULL)
    {
      mado_catalogue_find (self, "/decision/rule", "required", _("Give the rule that decides"));
      return;
    }
  compiled = mado_rule_new (rule, self->vocabulary, &error);
  if (compiled == NULL || !mado_rule_check (compiled, &error))
    mado_catalogue_find_error (self, "/decision/rule", error);
  g_clear_pointer (&compiled, mado_rule_unref);
}

static void
check_form (MadoCatalogueLoad *self, MadoProcedure *procedure)
{
  for (guint i = 0; i < self->forms->len; i++)
    {
      const MadoForm *form = g_ptr_array_index (self->forms, i);

      if (g_str_equal (form->id, procedure->form) && form->revision == procedure->form_revision)
        return;
    }
  mado_catalogue_find (self, "/form", "unknown-form", _("There is no form “%s” in revision %" G_GINT64_FORMAT),
                       procedure->form, procedure->form_revision);
}

void
mado_catalogue_check_procedure (MadoCatalogueLoad *self, MadoProcedure *procedure)
{
  check_fee (self, procedure);
  check_legal (self, procedure);
  check_decision (self, procedure);
  check_form (self, procedure);
  if (procedure->deadline != NULL)
    check_source (self, procedure->deadline, "/deadline");
}
