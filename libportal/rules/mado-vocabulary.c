/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/mado-rule-private.h"

#include <string.h>

struct _MadoVocabulary {
  gatomicrefcount references;
  gboolean        open;
  GPtrArray      *facts;    /* of MadoRuleFact, by slot */
  GHashTable     *slots;    /* name → slot + 1 */
  GHashTable     *symbols;  /* text → its number, from 1 */
};

G_DEFINE_BOXED_TYPE (MadoVocabulary, mado_vocabulary, mado_vocabulary_ref, mado_vocabulary_unref)

static const struct { const char *name; MadoFactType type; } type_names[] = {
  { "any", MADO_FACT_ANY }, { "boolean", MADO_FACT_BOOLEAN }, { "number", MADO_FACT_NUMBER },
  { "yen", MADO_FACT_YEN }, { "date", MADO_FACT_DATE }, { "text", MADO_FACT_TEXT },
  { "option", MADO_FACT_OPTION }, { "list", MADO_FACT_LIST }, { "group", MADO_FACT_GROUP },
  { "integer", MADO_FACT_NUMBER }, { "string", MADO_FACT_TEXT },
};

gboolean
mado_fact_type_from_name (const char *name, MadoFactType *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (type_names); i++)
    if (g_str_equal (name, type_names[i].name))
      return *type = type_names[i].type, TRUE;
  return FALSE;
}

const char *
mado_fact_type_get_name (MadoFactType type)
{
  g_return_val_if_fail (type <= MADO_FACT_GROUP, NULL);
  return type_names[type].name;
}

static void
option_free (gpointer data)
{
  MadoRuleOption *option = data;
  g_free (option->id);
  g_clear_pointer (&option->label, json_node_unref);
  g_free (option);
}

static void
fact_free (gpointer data)
{
  MadoRuleFact *fact = data;
  g_free (fact->name);
  g_clear_pointer (&fact->label, json_node_unref);
  g_clear_pointer (&fact->options, g_ptr_array_unref);
  g_clear_pointer (&fact->members, g_ptr_array_unref);
  g_free (fact);
}

MadoVocabulary *
mado_vocabulary_new (gboolean open)
{
  MadoVocabulary *self = g_new0 (MadoVocabulary, 1);
  g_atomic_ref_count_init (&self->references);
  self->open = open;
  self->facts = g_ptr_array_new_with_free_func (fact_free);
  self->slots = g_hash_table_new (g_str_hash, g_str_equal);
  self->symbols = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

MadoVocabulary *
mado_vocabulary_ref (MadoVocabulary *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
mado_vocabulary_unref (MadoVocabulary *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_hash_table_unref (self->symbols);
  g_hash_table_unref (self->slots);
  g_ptr_array_unref (self->facts);
  g_free (self);
}

gboolean
mado_vocabulary_is_open (MadoVocabulary *self)
{
  return self->open;
}

gboolean
mado_vocabulary_find (MadoVocabulary *self, const char *name, guint *slot)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (self->slots, name));
  if (found > 0 && slot != NULL)
    *slot = found - 1;
  return found > 0;
}

guint16
mado_vocabulary_intern (MadoVocabulary *self, const char *text)
{
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (self->symbols, text));
  guint n = g_hash_table_size (self->symbols);
  if (known > 0 || n + 1 >= MADO_SYMBOL_NONE)
    return known;
  g_hash_table_insert (self->symbols, g_strdup (text), GUINT_TO_POINTER (n + 1));
  return n + 1;
}

guint16
mado_vocabulary_get_symbol (MadoVocabulary *self, const char *text)
{
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (self->symbols, text));
  return known > 0 ? known : MADO_SYMBOL_NONE;
}

guint
mado_vocabulary_get_n_symbols (MadoVocabulary *self)
{
  return g_hash_table_size (self->symbols);
}

guint
mado_vocabulary_get_n_slots (MadoVocabulary *self)
{
  return self->facts->len;
}

const MadoRuleFact *
mado_vocabulary_get_fact (MadoVocabulary *self, guint slot)
{
  return g_ptr_array_index (self->facts, slot);
}

const char *
mado_vocabulary_get_name (MadoVocabulary *self, guint slot)
{
  g_return_val_if_fail (slot < self->facts->len, NULL);
  return mado_vocabulary_get_fact (self, slot)->name;
}

MadoFactType
mado_vocabulary_get_fact_type (MadoVocabulary *self, guint slot)
{
  g_return_val_if_fail (slot < self->facts->len, MADO_FACT_ANY);
  return mado_vocabulary_get_fact (self, slot)->type;
}

/* ja@easy falls back to ja; what has no words bears its name. */
const char *
mado_rule_label (JsonNode *label, const char *language, const char *otherwise)
{
  if (label == NULL || !JSON_NODE_HOLDS_OBJECT (label))
    return otherwise;
  g_autofree char *base = g_strndup (language, strcspn (language, "@"));
  const char *tries[] = { language, base, "ja" };
  for (guint i = 0; i < G_N_ELEMENTS (tries); i++) {
    JsonNode *text = json_object_get_member (json_node_get_object (label), tries[i]);
    if (text != NULL && json_node_get_value_type (text) == G_TYPE_STRING)
      return json_node_get_string (text);
  }
  return otherwise;
}

const char *
mado_vocabulary_get_label (MadoVocabulary *self, guint slot, const char *language)
{
  g_return_val_if_fail (slot < self->facts->len, NULL);
  const MadoRuleFact *fact = mado_vocabulary_get_fact (self, slot);
  return mado_rule_label (fact->label, language, fact->name);
}

static MadoRuleFact *
find_in (GPtrArray *facts, const char *name, gsize length)
{
  for (guint i = 0; facts != NULL && i < facts->len; i++) {
    MadoRuleFact *fact = g_ptr_array_index (facts, i);
    if (strlen (fact->name) == length && memcmp (fact->name, name, length) == 0)
      return fact;
  }
  return NULL;
}

const MadoRuleFact *
mado_rule_fact_find_member (const MadoRuleFact *group, const char *name, gsize length)
{
  return find_in (group->members, name, length);
}

guint
mado_rule_fact_get_index (const MadoRuleFact *group, const MadoRuleFact *member)
{
  guint index = 0;
  g_ptr_array_find (group->members, member, &index);
  return index;
}

const MadoRuleOption *
mado_rule_fact_find_option (const MadoRuleFact *fact, const char *id, gsize length)
{
  for (guint i = 0; fact->options != NULL && i < fact->options->len; i++) {
    const MadoRuleOption *option = g_ptr_array_index (fact->options, i);
    if (strlen (option->id) == length && memcmp (option->id, id, length) == 0)
      return option;
  }
  return NULL;
}

static MadoRuleFact *
fact_at (MadoVocabulary *self, const char *group, const char *name)
{
  guint slot;
  if (!mado_vocabulary_find (self, group != NULL ? group : name, &slot))
    return NULL;
  MadoRuleFact *fact = g_ptr_array_index (self->facts, slot);
  return group != NULL ? find_in (fact->members, name, strlen (name)) : fact;
}

static MadoRuleFact *
fact_append (MadoVocabulary *self, const char *group, const char *name)
{
  MadoRuleFact *fact = g_new0 (MadoRuleFact, 1);
  fact->name = g_strdup (name);
  if (group == NULL) {
    g_ptr_array_add (self->facts, fact);
    g_hash_table_insert (self->slots, fact->name, GUINT_TO_POINTER (self->facts->len));
    return fact;
  }
  MadoRuleFact *owner = fact_at (self, NULL, group);
  if (owner->members == NULL)
    owner->members = g_ptr_array_new_with_free_func (fact_free);
  g_ptr_array_add (owner->members, fact);
  return fact;
}

guint
mado_vocabulary_add (MadoVocabulary *self, const char *group, const char *name, MadoFactType type,
                     JsonNode *label)
{
  g_return_val_if_fail (group == NULL || mado_vocabulary_find (self, group, NULL), 0);
  MadoRuleFact *fact = fact_at (self, group, name);
  if (fact == NULL)
    fact = fact_append (self, group, name);
  fact->type = type;
  g_clear_pointer (&fact->label, json_node_unref);
  fact->label = label != NULL ? json_node_ref (label) : NULL;

  GPtrArray *place = group != NULL ? fact_at (self, NULL, group)->members : self->facts;
  guint index = 0;
  g_ptr_array_find (place, fact, &index);
  return index;
}

void
mado_vocabulary_add_option (MadoVocabulary *self, const char *group, const char *name, const char *id,
                            JsonNode *label)
{
  MadoRuleFact *fact = fact_at (self, group, name);
  g_return_if_fail (fact != NULL);
  if (fact->options == NULL)
    fact->options = g_ptr_array_new_with_free_func (option_free);
  MadoRuleOption *option = g_new0 (MadoRuleOption, 1);
  option->id = g_strdup (id);
  option->label = label != NULL ? json_node_ref (label) : NULL;
  g_ptr_array_add (fact->options, option);
}

static JsonObject *
object_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean add_from_json (MadoVocabulary *self, const char *group, JsonObject *facts, const char *pointer,
                               GError **error);

static gboolean
read_type (JsonNode *node, const char *pointer, MadoFactType *type, GError **error)
{
  JsonNode *name = JSON_NODE_HOLDS_OBJECT (node)
                   ? json_object_get_member (json_node_get_object (node), "type") : NULL;
  if (name != NULL && json_node_get_value_type (name) == G_TYPE_STRING
      && mado_fact_type_from_name (json_node_get_string (name), type))
    return TRUE;
  g_autofree char *at = g_strconcat (pointer, "/type", NULL);
  mado_set_error_at (error, MADO_ERROR_INVALID, at, "type",
                     "A fact needs one of the types any, boolean, number, yen, date, text, option, list, group");
  return FALSE;
}

static gboolean
add_one_from_json (MadoVocabulary *self, const char *group, const char *name, JsonNode *node,
                   const char *pointer, GError **error)
{
  MadoFactType type;
  if (!read_type (node, pointer, &type, error))
    return FALSE;
  JsonObject *object = json_node_get_object (node);
  mado_vocabulary_add (self, group, name, type, json_object_get_member (object, "label"));

  JsonObject *options = object_member (object, "options");
  g_autoptr(GList) ids = options != NULL ? json_object_get_members (options) : NULL;
  for (GList *id = ids; id != NULL; id = id->next)
    mado_vocabulary_add_option (self, group, name, id->data, json_object_get_member (options, id->data));

  JsonObject *members = object_member (object, "members");
  g_autofree char *at = g_strconcat (pointer, "/members", NULL);
  return members == NULL || group != NULL || add_from_json (self, name, members, at, error);
}

static gboolean
add_from_json (MadoVocabulary *self, const char *group, JsonObject *facts, const char *pointer,
               GError **error)
{
  g_autoptr(GList) names = json_object_get_members (facts);
  for (GList *name = names; name != NULL; name = name->next) {
    g_autofree char *at = g_strconcat (pointer, "/", name->data, NULL);
    if (!add_one_from_json (self, group, name->data, json_object_get_member (facts, name->data), at, error))
      return FALSE;
  }
  return TRUE;
}

MadoVocabulary *
mado_vocabulary_new_from_json (JsonNode *node, GError **error)
{
  JsonObject *facts = JSON_NODE_HOLDS_OBJECT (node) ? object_member (json_node_get_object (node), "facts") : NULL;
  if (facts == NULL) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/facts", "required",
                       "A vocabulary has an object “facts”, a fact a member");
    return NULL;
  }
  g_autoptr(MadoVocabulary) self = mado_vocabulary_new (FALSE);
  return add_from_json (self, NULL, facts, "/facts", error) ? g_steal_pointer (&self) : NULL;
}
