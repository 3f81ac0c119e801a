/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/mado-rule-private.h"

#include <string.h>
#include "core/mado-json.h"

#define MAX_VIOLATIONS 20

/* Where names are looked up: at the top in the slots, inside an iterator in its element. */
typedef struct _Place Place;
struct _Place {
  const Place        *outer;
  const MadoRuleFact *group;   /* (nullable): the fact whose elements these are */
};

typedef struct {
  MadoRule *rule;
  guint     n_nodes;
  GError   *error;
} Parser;

static void parse (Parser *self, JsonNode *json, const Place *place, guint depth, const char *pointer,
                   MadoRuleNode *node);

static void G_GNUC_PRINTF (4, 5)
refuse (Parser *self, const char *pointer, const char *code, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);
  if (self->error == NULL)
    self->error = mado_error_new_at (MADO_ERROR_INVALID, pointer, code, "%s", message);
  else if (mado_error_get_n_violations (self->error) < MAX_VIOLATIONS)
    mado_error_add_violation (self->error, pointer, code, "%s", message);
}

static gpointer
keep (Parser *self, gsize size)
{
  return mado_rule_arena_alloc (&self->rule->arena, size);
}

static const char *
pointer_to (Parser *self, const char *base, const char *token)
{
  g_autofree char *pointer = mado_json_pointer (base, token);
  return mado_rule_arena_text (&self->rule->arena, pointer, strlen (pointer));
}

static const char *
pointer_to_index (Parser *self, const char *base, guint index)
{
  char token[12];
  g_snprintf (token, sizeof token, "%u", index);
  return pointer_to (self, base, token);
}

static MadoRuleNode *
new_nodes (Parser *self, guint n)
{
  return keep (self, MAX (n, 1) * sizeof (MadoRuleNode));
}

static void
set_constant (MadoRuleNode *node, MadoRuleValue value)
{
  static const MadoFactType types[] = {
    [MADO_RULE_UNKNOWN] = MADO_FACT_ANY, [MADO_RULE_NULL] = MADO_FACT_ANY,
    [MADO_RULE_BOOLEAN] = MADO_FACT_BOOLEAN, [MADO_RULE_NUMBER] = MADO_FACT_NUMBER,
    [MADO_RULE_DATE] = MADO_FACT_DATE, [MADO_RULE_TEXT] = MADO_FACT_TEXT,
    [MADO_RULE_LIST] = MADO_FACT_LIST, [MADO_RULE_OBJECT] = MADO_FACT_ANY,
  };
  node->op = OP_CONSTANT;
  node->value = value;
  node->type = types[value.type];
  node->n_args = 0;
}

static gboolean
is_constant (const MadoRuleNode *node, MadoRuleType type)
{
  return node->op == OP_CONSTANT && node->value.type == type;
}

/* ---- facts ---- */

static void
remember_fact (Parser *self, const char *name)
{
  for (guint i = 0; i < self->rule->facts->len; i++)
    if (g_str_equal (g_ptr_array_index (self->rule->facts, i), name))
      return;
  g_ptr_array_add (self->rule->facts, (gpointer) name);
}

static void
set_slot (Parser *self, MadoRuleNode *node, guint slot, const char *rest)
{
  const MadoRuleFact *fact = mado_vocabulary_get_fact (self->rule->vocabulary, slot);
  node->op = OP_SLOT;
  node->slot = slot;
  node->type = rest == NULL ? fact->type : MADO_FACT_ANY;
  node->fact = rest == NULL ? fact : NULL;
  if (rest != NULL)
    node->value = mado_rule_text (mado_rule_arena_text (&self->rule->arena, rest, strlen (rest)), strlen (rest));
  self->rule->n_slots = MAX (self->rule->n_slots, slot + 1);
  remember_fact (self, fact->name);
}

/* "household.0.age" where only "household" is a fact. */
static gboolean
slot_by_prefix (Parser *self, MadoRuleNode *node, const char *name)
{
  g_autofree char *prefix = g_strdup (name);
  for (char *dot; (dot = strrchr (prefix, '.')) != NULL;) {
    guint slot;
    *dot = '\0';
    if (mado_vocabulary_find (self->rule->vocabulary, prefix, &slot)) {
      MadoFactType type = mado_vocabulary_get_fact_type (self->rule->vocabulary, slot);
      if (type != MADO_FACT_ANY && type != MADO_FACT_GROUP && type != MADO_FACT_LIST)
        return FALSE;
      set_slot (self, node, slot, name + (dot - prefix) + 1);
      return TRUE;
    }
  }
  return FALSE;
}

static void
name_slot (Parser *self, MadoRuleNode *node, const char *name)
{
  MadoVocabulary *vocabulary = self->rule->vocabulary;
  guint slot;
  if (mado_vocabulary_find (vocabulary, name, &slot))
    set_slot (self, node, slot, NULL);
  else if (mado_vocabulary_is_open (vocabulary))
    set_slot (self, node, mado_vocabulary_add (vocabulary, NULL, name, MADO_FACT_ANY, NULL), NULL);
  else if (!slot_by_prefix (self, node, name))
    refuse (self, node->pointer, "unknown-fact", "There is no fact “%s” in the vocabulary", name);
}

/* The top has no elements: what is left of the climb must be even and lead there. */
static const Place *
climb (const Place *place, guint up)
{
  for (; up >= 2 && place != NULL; up -= 2)
    place = place->outer;
  return place;
}

static void
name_member (Parser *self, MadoRuleNode *node, const Place *place, guint up, MadoRuleValue path)
{
  const MadoRuleFact *group = up % 2 == 0 && climb (place, up) != NULL ? climb (place, up)->group : NULL;
  node->op = OP_SCOPE;
  node->up = up;
  node->value = path;
  if (group == NULL || path.type != MADO_RULE_TEXT)
    return;
  node->fact = mado_rule_fact_find_member (group, path.text, path.n);
  if (node->fact != NULL)
    node->type = node->fact->type;
  else if (!mado_vocabulary_is_open (self->rule->vocabulary))
    refuse (self, node->pointer, "unknown-fact", "The group “%s” has no member “%s”", group->name, path.text);
}

static void
refuse_dynamic (Parser *self, MadoRuleNode *node)
{
  if (!mado_vocabulary_is_open (self->rule->vocabulary))
    refuse (self, node->pointer, "dynamic", "Write out the name of the fact: a computed one cannot be checked");
}

/* {"var": ""}: everything there is, or the element itself. */
static void
whole (Parser *self, MadoRuleNode *node, const Place *place, guint up)
{
  node->op = OP_SCOPE;
  node->up = up;
  if (climb (place, up) == NULL)
    refuse_dynamic (self, node);
}

static void
parse_var (Parser *self, const Place *place, MadoRuleNode *node)
{
  MadoRuleNode *name = node->n_args > 0 ? &node->args[0] : NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  if (name != NULL && name->op != OP_CONSTANT) {
    node->op = OP_DYNAMIC;
    node->n_args = 1;
    node->spread = TRUE;
    refuse_dynamic (self, node);
    return;
  }
  if (name != NULL)
    mado_rule_value_append_text (&name->value, text);
  node->n_args = 0;
  if (text->len == 0)
    whole (self, node, place, 0);
  else if (place == NULL)
    name_slot (self, node, text->str);
  else
    name_member (self, node, place, 0,
                 mado_rule_text (mado_rule_arena_text (&self->rule->arena, text->str, text->len), text->len));
}

/* {"val": [[-2], "adder"]}: how many levels to climb. */
static gboolean
take_climb (MadoRuleNode *node, guint *up)
{
  *up = 0;
  if (node->n_args == 0 || !is_constant (&node->args[0], MADO_RULE_LIST))
    return TRUE;
  const MadoRuleValue *list = &node->args[0].value;
  double levels = list->n == 1 && list->items[0].type == MADO_RULE_NUMBER ? list->items[0].number : 1000;
  *up = (guint) ABS (levels);
  node->args++;
  node->n_args--;
  return *up < 255;
}

static char *
join_keys (const MadoRuleNode *node)
{
  GString *name = g_string_new (NULL);
  for (guint i = 0; i < node->n_args; i++) {
    g_string_append (name, i > 0 ? "." : "");
    mado_rule_value_append_text (&node->args[i].value, name);
  }
  return g_string_free (name, FALSE);
}

static MadoRuleValue
key_path (Parser *self, const MadoRuleNode *node)
{
  MadoRuleValue *keys = keep (self, node->n_args * sizeof *keys);
  for (guint i = 0; i < node->n_args; i++) {
    g_autoptr(GString) key = g_string_new (NULL);
    mado_rule_value_append_text (&node->args[i].value, key);
    keys[i] = mado_rule_text (mado_rule_arena_text (&self->rule->arena, key->str, key->len), key->len);
  }
  return node->n_args == 1 ? keys[0]
                           : (MadoRuleValue) { .type = MADO_RULE_LIST, .n = node->n_args, .items = keys };
}

static void
parse_val (Parser *self, const Place *place, MadoRuleNode *node)
{
  guint up;
  if (!take_climb (node, &up))
    refuse (self, node->pointer, "arguments", "“val” climbs a number of levels: [[-2], \"name\"]");
  node->up = up;
  for (guint i = 0; i < node->n_args; i++)
    if (node->args[i].op != OP_CONSTANT) {
      node->op = OP_DYNAMIC;
      refuse_dynamic (self, node);
      return;
    }
  if (node->n_args == 0)
    whole (self, node, place, up);
  else if (up % 2 == 0 && climb (place, up) == NULL) {
    g_autofree char *name = join_keys (node);
    name_slot (self, node, name);
  } else
    name_member (self, node, place, up, key_path (self, node));
  node->n_args = 0;
}

/* ---- operators ---- */

/* {"var": [name, otherwise]} is {"??": [{"var": name}, otherwise]}. */
static void
finish_var (Parser *self, const Place *place, MadoRuleNode *node)
{
  if (node->n_args < 2) {
    parse_var (self, place, node);
    return;
  }
  MadoRuleNode *args = new_nodes (self, 2);
  args[0] = *node;
  args[1] = node->args[1];
  args[0].n_args = 1;
  parse_var (self, place, &args[0]);
  node->op = OP_COALESCE;
  node->args = args;
}

static void
finish_exists (Parser *self, const Place *place, MadoRuleNode *node)
{
  MadoRuleNode *reference = new_nodes (self, 1);
  *reference = *node;
  parse_val (self, place, reference);
  node->op = OP_EXISTS;
  node->args = reference;
  node->n_args = 1;
}

/* The names `missing` asks for are facts too, also those its lists are put together from. */
static void
remember_missing (Parser *self, const Place *place, const MadoRuleNode *node)
{
  if (node->op == OP_CONSTANT && node->value.type == MADO_RULE_LIST)
    for (guint i = 0; i < node->value.n; i++) {
      MadoRuleNode item = { .op = OP_CONSTANT, .pointer = node->pointer, .value = node->value.items[i] };
      remember_missing (self, place, &item);
    }
  else if (is_constant (node, MADO_RULE_TEXT) && place == NULL) {
    MadoRuleNode reference = { .pointer = node->pointer };
    name_slot (self, &reference, node->value.text);
  } else if (node->op == OP_IF)
    for (guint i = 0; i < node->n_args; i++) {
      if (i % 2 == 1 || i + 1 == node->n_args)
        remember_missing (self, place, &node->args[i]);
    }
  else if (node->op == OP_MERGE || node->op == OP_LIST)
    for (guint i = 0; i < node->n_args; i++)
      remember_missing (self, place, &node->args[i]);
}

static void
finish_date (Parser *self, MadoRuleNode *node)
{
  if (node->n_args == 2)
    refuse (self, node->pointer, "arguments", "“date” takes a text, or year, month and day");
  MadoRuleValue args[3], day;
  for (guint i = 0; i < node->n_args; i++) {
    if (node->args[i].op != OP_CONSTANT)
      return;
    args[i] = node->args[i].value;
  }
  if (mado_rule_days_eval (OP_DATE, args, node->n_args, 0, &day))
    set_constant (node, day);
  else
    refuse (self, node->pointer, "date", "There is no such day; write a date as YYYY-MM-DD");
}

static void
date_constant (Parser *self, MadoRuleValue *value)
{
  gint32 day;
  if (value->type == MADO_RULE_TEXT && mado_rule_value_to_day (value, &day))
    *value = mado_rule_day (day);
  if (value->type != MADO_RULE_LIST)
    return;
  MadoRuleValue *items = keep (self, value->n * sizeof *items);
  for (guint i = 0; i < value->n; i++) {
    items[i] = value->items[i];
    if (items[i].type == MADO_RULE_TEXT)
      date_constant (self, &items[i]);
  }
  value->items = items;
}

/* Beside a date, the text of a date is one. */
static void
finish_comparison (Parser *self, MadoRuleNode *node)
{
  gboolean dates = FALSE;
  for (guint i = 0; i < node->n_args; i++)
    dates = dates || node->args[i].type == MADO_FACT_DATE;
  for (guint i = 0; dates && i < node->n_args; i++)
    if (node->args[i].op == OP_CONSTANT) {
      date_constant (self, &node->args[i].value);
      set_constant (&node->args[i], node->args[i].value);
    }
}

static void
finish_list (Parser *self, MadoRuleNode *node)
{
  for (guint i = 0; i < node->n_args; i++)
    if (node->args[i].op != OP_CONSTANT)
      return;
  MadoRuleValue *items = keep (self, MAX (node->n_args, 1) * sizeof *items);
  for (guint i = 0; i < node->n_args; i++)
    items[i] = node->args[i].value;
  set_constant (node, (MadoRuleValue) { .type = MADO_RULE_LIST, .n = node->n_args, .items = items });
}

static MadoFactType
joint_type (const MadoRuleNode *node, guint first, guint step)
{
  MadoFactType type = first < node->n_args ? node->args[first].type : MADO_FACT_ANY;
  for (guint i = first; i < node->n_args; i += step)
    if (node->args[i].type != type)
      return MADO_FACT_ANY;
  return type;
}

static void
finish (Parser *self, const Place *place, MadoRuleNode *node)
{
  switch ((MadoRuleOp) node->op) {
  case OP_VAR: finish_var (self, place, node); break;
  case OP_VAL: parse_val (self, place, node); break;
  case OP_EXISTS: finish_exists (self, place, node); break;
  case OP_LIST: finish_list (self, node); break;
  case OP_DATE: finish_date (self, node); break;
  case OP_FILTER:
    node->fact = node->args[0].fact;
    break;
  case OP_AND: case OP_OR: case OP_COALESCE:
    node->type = joint_type (node, 0, 1);
    break;
  case OP_IF:
    node->type = node->n_args % 2 == 1 && joint_type (node, 1, 2) == node->args[node->n_args - 1].type
                 ? node->args[node->n_args - 1].type : MADO_FACT_ANY;
    break;
  case OP_MISSING: case OP_MISSING_SOME:
    for (guint i = node->op == OP_MISSING ? 0 : 1; i < node->n_args; i++)
      remember_missing (self, place, &node->args[i]);
    break;
  case OP_IN: case OP_EQUAL: case OP_UNEQUAL: case OP_SAME: case OP_DIFFERENT:
  case OP_LESS: case OP_LESS_EQUAL: case OP_MORE: case OP_MORE_EQUAL:
    finish_comparison (self, node);
    break;
  default:
    break;
  }
}

static void
check_iterator (Parser *self, const MadoRuleNode *node, const char *name)
{
  if (is_constant (&node->args[0], MADO_RULE_NULL))
    refuse (self, node->args[0].pointer, "arguments", "“%s” goes through a list, not through null", name);
  if ((node->op == OP_MAP || node->op == OP_FILTER) && is_constant (&node->args[1], MADO_RULE_NULL))
    refuse (self, node->args[1].pointer, "arguments", "“%s” needs a rule for each element", name);
}

/* The rule for each element sees the element; a later part of `try` sees the error. */
static gboolean
is_inner (const MadoRuleOperator *operator, guint i)
{
  return operator->op == OP_TRY ? i > 0 : (operator->flags & OPERATOR_ITERATES) != 0 && i == 1;
}

static void
parse_arguments (Parser *self, const MadoRuleOperator *operator, JsonNode *json, const Place *place,
                 guint depth, const char *pointer, MadoRuleNode *node)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (json) ? json_node_get_array (json) : NULL;
  node->n_args = list != NULL ? json_array_get_length (list) : 1;
  node->args = new_nodes (self, node->n_args);
  for (guint i = 0; i < node->n_args; i++) {
    Place inner = { .outer = place };
    if (is_inner (operator, i) && operator->op != OP_REDUCE && operator->op != OP_TRY)
      inner.group = node->args[0].fact != NULL && node->args[0].fact->type == MADO_FACT_GROUP
                    ? node->args[0].fact : NULL;
    parse (self, list != NULL ? json_array_get_element (list, i) : json,
           is_inner (operator, i) ? &inner : place, depth + 1,
           list != NULL ? pointer_to_index (self, pointer, i) : pointer, &node->args[i]);
    node->size += node->args[i].size;
  }
  node->spread = list == NULL && (operator->flags & OPERATOR_SPREADS) != 0 && JSON_NODE_HOLDS_OBJECT (json)
                 && json_object_get_size (json_node_get_object (json)) == 1;
}

static void
parse_preserved (Parser *self, JsonNode *json, MadoRuleNode *node)
{
  MadoRuleValue value;
  mado_rule_value_from_json (&self->rule->arena, json, &value);
  set_constant (node, value);
}

static void
parse_operator (Parser *self, const char *name, JsonNode *json, const Place *place, guint depth,
                const char *pointer, MadoRuleNode *node)
{
  const MadoRuleOperator *operator = mado_rule_operator_find (name);
  if (operator == NULL) {
    refuse (self, pointer, "operator", "There is no operator “%s”", name);
    return;
  }
  node->op = operator->op;
  node->type = operator->type;
  if (operator->op == OP_PRESERVE) {
    parse_preserved (self, json, node);
    return;
  }
  if ((operator->flags & OPERATOR_LISTED) != 0 && !JSON_NODE_HOLDS_ARRAY (json)) {
    refuse (self, pointer, "arguments", "“%s” takes a list", name);
    return;
  }
  parse_arguments (self, operator, json, place, depth, pointer, node);
  gboolean none = operator->max == 0 && node->n_args == 1 && is_constant (&node->args[0], MADO_RULE_NULL);
  if (none)
    node->n_args = 0;
  if (!node->spread && (node->n_args < operator->min || (node->n_args > operator->max && operator->max != 255))) {
    refuse (self, pointer, "arguments", "“%s” does not take %u arguments", name, node->n_args);
    return;
  }
  if ((operator->flags & OPERATOR_ITERATES) != 0)
    check_iterator (self, node, name);
  finish (self, place, node);
}

static void
parse_object (Parser *self, JsonNode *json, const Place *place, guint depth, const char *pointer,
              MadoRuleNode *node)
{
  JsonObject *object = json_node_get_object (json);
  JsonObjectIter iter;
  const char *name;
  JsonNode *arguments;
  if (json_object_get_size (object) == 1) {
    json_object_iter_init (&iter, object);
    json_object_iter_next (&iter, &name, &arguments);
    node->pointer = pointer_to (self, pointer, name);
    parse_operator (self, name, arguments, place, depth, node->pointer, node);
    return;
  }
  if (json_object_get_size (object) > 1 && !mado_vocabulary_is_open (self->rule->vocabulary))
    refuse (self, pointer, "operator", "An operator is an object with exactly one member");
  parse_preserved (self, json, node);
}

static void
parse (Parser *self, JsonNode *json, const Place *place, guint depth, const char *pointer,
       MadoRuleNode *node)
{
  static const MadoRuleOperator list_of_values = { "list", OP_LIST, 0, 255, 0, MADO_FACT_LIST };
  node->pointer = pointer;
  node->slot = G_MAXUINT32;
  node->size = 1;
  set_constant (node, mado_rule_null ());
  if (depth >= MADO_RULE_MAX_DEPTH || ++self->n_nodes > MADO_RULE_MAX_NODES) {
    if (self->error == NULL || self->error->code != MADO_ERROR_TOO_LARGE) {
      g_clear_error (&self->error);
      self->error = mado_error_new_at (MADO_ERROR_TOO_LARGE, pointer, "too-large",
                                       "A rule has at most %d levels and %d operators: split it",
                                       MADO_RULE_MAX_DEPTH, MADO_RULE_MAX_NODES);
    }
    return;
  }
  if (self->error != NULL && self->error->code == MADO_ERROR_TOO_LARGE)
    return;
  if (JSON_NODE_HOLDS_OBJECT (json))
    parse_object (self, json, place, depth, pointer, node);
  else if (JSON_NODE_HOLDS_ARRAY (json)) {
    node->op = OP_LIST;
    node->type = MADO_FACT_LIST;
    parse_arguments (self, &list_of_values, json, place, depth, pointer, node);
    finish (self, place, node);
  } else
    parse_preserved (self, json, node);
}

G_DEFINE_BOXED_TYPE (MadoRule, mado_rule, mado_rule_ref, mado_rule_unref)

MadoRule *
mado_rule_new (JsonNode *json, MadoVocabulary *vocabulary, GError **error)
{
  g_autoptr(MadoRule) rule = g_new0 (MadoRule, 1);
  g_atomic_ref_count_init (&rule->references);
  rule->vocabulary = mado_vocabulary_ref (vocabulary);
  rule->facts = g_ptr_array_new ();
  Parser parser = { .rule = rule };
  parse (&parser, json, NULL, 0, "", &rule->root);
  g_ptr_array_add (rule->facts, NULL);
  if (parser.error == NULL) {
    mado_rule_compile_tests (rule);
    return g_steal_pointer (&rule);
  }
  g_propagate_error (error, parser.error);
  return NULL;
}

MadoRule *
mado_rule_ref (MadoRule *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
mado_rule_unref (MadoRule *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  mado_rule_arena_clear (&self->arena);
  g_ptr_array_unref (self->facts);
  mado_vocabulary_unref (self->vocabulary);
  g_free (self);
}

const char * const *mado_rule_get_facts (MadoRule *self)
{
  return (const char * const *) self->facts->pdata;
}
