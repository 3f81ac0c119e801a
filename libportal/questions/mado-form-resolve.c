/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "questions/mado-form-resolve.h"

#include <glib/gi18n-lib.h>

#include "core/mado-reader.h"

/* Members of a fact that each field of it has, unless it has its own. */
static const char *const inherited[] = {
  "kind", "label", "help", "example", "min", "max", "earliest", "latest", "secondary",
};

typedef struct {
  MadoReader  reader;
  JsonObject *facts;       /* of the vocabulary */
  const char *group;       /* (nullable) */
} Resolving;

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
get_list (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL ? mado_reader_get_string (node) : NULL;
}

/* --- options -------------------------------------------------------------------------------------------------- */

static JsonObject *
new_option (const char *id, JsonNode *label)
{
  JsonObject *option = json_object_new ();

  json_object_set_string_member (option, "id", id);
  json_object_set_member (option, "label", json_node_ref (label));

  return option;
}

static JsonArray *
list_all_options (JsonObject *known)
{
  g_autoptr(GList) ids = json_object_get_members (known);
  JsonArray *options = json_array_new ();

  for (GList *id = ids; id != NULL; id = id->next)
    json_array_add_object_element (options, new_option (id->data, json_object_get_member (known, id->data)));

  return options;
}

/* An id alone, or {id, note}: the label comes from the vocabulary. */
static void
resolve_option (Resolving *self, JsonObject *known, JsonNode *wanted, JsonArray *options)
{
  JsonObject *own = JSON_NODE_HOLDS_OBJECT (wanted) ? json_node_get_object (wanted) : NULL;
  const char *id = own != NULL ? get_text (own, "id") : mado_reader_get_string (wanted);
  JsonNode *label = id != NULL ? json_object_get_member (known, id) : NULL;
  JsonObject *option;

  if (label == NULL) {
    mado_reader_violate (&self->reader, NULL, "option", _("The fact has no option “%s”"), id != NULL ? id : "");
    return;
  }
  option = new_option (id, label);
  if (own != NULL && json_object_has_member (own, "note"))
    json_object_set_member (option, "note", json_object_dup_member (own, "note"));
  json_array_add_object_element (options, option);
}

static void
resolve_options (Resolving *self, JsonObject *field, JsonObject *known)
{
  JsonArray *wanted = get_list (field, "options");
  JsonArray *options;
  gsize level;

  if (wanted == NULL) {
    json_object_set_array_member (field, "options", list_all_options (known));
    return;
  }
  options = json_array_new ();
  level = mado_reader_enter (&self->reader, "options");
  for (guint i = 0; i < json_array_get_length (wanted); i++) {
    gsize here = mado_reader_enter_index (&self->reader, i);

    resolve_option (self, known, json_array_get_element (wanted, i), options);
    mado_reader_leave (&self->reader, here);
  }
  mado_reader_leave (&self->reader, level);
  json_object_set_array_member (field, "options", options);
}

/* --- fields --------------------------------------------------------------------------------------------------- */

static JsonObject *
find_fact (const Resolving *self, const char *name)
{
  JsonObject *facts = self->facts;

  if (self->group != NULL)
    facts = get_object (get_object (facts, self->group), "members");

  return get_object (facts, name);
}

static void
resolve_field (Resolving *self, JsonObject *field)
{
  const char *name = get_text (field, "fact");
  JsonObject *fact = name != NULL ? find_fact (self, name) : NULL;
  JsonObject *options;

  if (name == NULL)
    return;
  if (fact == NULL) {
    mado_reader_violate (&self->reader, "fact", "unknown-fact", _("The vocabulary has no fact “%s”"), name);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (inherited); i++)
    if (!json_object_has_member (field, inherited[i]) && json_object_has_member (fact, inherited[i]))
      json_object_set_member (field, inherited[i], json_object_dup_member (fact, inherited[i]));
  options = get_object (fact, "options");
  if (options != NULL)
    resolve_options (self, field, options);
}

typedef void (*EachObject) (Resolving *self, JsonObject *object);

static void
each_object (Resolving *self, JsonObject *object, const char *name, EachObject each)
{
  JsonArray *list = get_list (object, name);
  gsize level = mado_reader_enter (&self->reader, name);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++) {
    JsonNode *element = json_array_get_element (list, i);
    gsize here = mado_reader_enter_index (&self->reader, i);

    if (JSON_NODE_HOLDS_OBJECT (element))
      each (self, json_node_get_object (element));
    mado_reader_leave (&self->reader, here);
  }
  mado_reader_leave (&self->reader, level);
}

static void
resolve_question (Resolving *self, JsonObject *question)
{
  each_object (self, question, "fields", resolve_field);
}

static void
resolve_section (Resolving *self, JsonObject *section)
{
  JsonObject *group = get_object (section, "group");

  self->group = group != NULL ? get_text (group, "fact") : NULL;
  each_object (self, section, "questions", resolve_question);
  self->group = NULL;
}

gboolean
mado_form_resolve (JsonNode *form, JsonNode *vocabulary, GError **error)
{
  Resolving self = { MADO_READER_INIT, NULL, NULL };

  if (JSON_NODE_HOLDS_OBJECT (vocabulary))
    self.facts = get_object (json_node_get_object (vocabulary), "facts");
  if (JSON_NODE_HOLDS_OBJECT (form)) {
    if (json_object_has_member (json_node_get_object (form), "$schema"))
      json_object_remove_member (json_node_get_object (form), "$schema");
    each_object (&self, json_node_get_object (form), "sections", resolve_section);
  }

  return mado_reader_finish (&self.reader, error);
}
