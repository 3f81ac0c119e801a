/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/mado-rule-private.h"

#include <string.h>
#include "core/mado-date.h"
#include "core/mado-era.h"
#include "core/mado-language.h"
#include "core/mado-yen.h"
#include "rules/mado-rule-words.h"

typedef struct {
  MadoRule    *rule;
  const char  *language;
  MadoRuleRun *run;       /* NULL: nobody's facts, only what is asked */
} Writer;

static void append_condition (Writer *self, GString *out, const MadoRuleNode *node, gboolean negate);
static void append_operand   (Writer *self, GString *out, const MadoRuleNode *node, const MadoRuleFact *beside);

/* ---- values ---- */

static char *
date_words (Writer *self, gint32 day)
{
  if (g_str_equal (self->language, "ja"))
    return mado_era_format (day, MADO_ERA_KANJI);
  return mado_language_format_date (day, self->language);
}

static void
append_number (Writer *self, GString *out, double number, const MadoRuleFact *fact)
{
  if (fact == NULL || fact->type != MADO_FACT_YEN || number != (gint64) number) {
    mado_rule_append_number (out, number);
    return;
  }
  g_autofree char *yen = mado_yen_format_word ((gint64) number, self->language);
  g_string_append (out, yen);
}

static void
append_text (Writer *self, GString *out, const MadoRuleValue *value, const MadoRuleFact *fact)
{
  const MadoRuleOption *option = fact != NULL ? mado_rule_fact_find_option (fact, value->text, value->n) : NULL;
  const char *text = option != NULL ? mado_rule_label (option->label, self->language, option->id) : value->text;
  mado_rule_append_words (out, WORD_QUOTED, self->language, text, NULL);
}

static void append_value (Writer *self, GString *out, const MadoRuleValue *value, const MadoRuleFact *fact);

/* Whoever was born on some day is counted as a person. */
static gboolean
is_somebody (const MadoRuleValue *thing)
{
  for (guint i = 0; i < thing->n; i++)
    if (g_str_equal (thing->members[i].name, "dateOfBirth"))
      return TRUE;

  return FALSE;
}

static void
append_list (Writer *self, GString *out, const MadoRuleValue *value, const MadoRuleFact *fact)
{
  gboolean things = value->n > 0 && value->items[0].type == MADO_RULE_OBJECT;

  if (things) {
    g_autofree char *count = g_strdup_printf ("%u", value->n);
    mado_rule_append_words (out, is_somebody (&value->items[0]) ? WORD_PEOPLE : WORD_COUNT, self->language, count,
                            NULL);
    return;
  }
  for (guint i = 0; i < value->n; i++) {
    g_string_append (out, i > 0 ? mado_rule_word (WORD_LIST_SEPARATOR, self->language) : "");
    append_value (self, out, &value->items[i], fact);
  }
  if (value->n == 0)
    g_string_append (out, mado_rule_word (WORD_NOTHING, self->language));
}

static void
append_value (Writer *self, GString *out, const MadoRuleValue *value, const MadoRuleFact *fact)
{
  switch ((MadoRuleType) value->type) {
  case MADO_RULE_UNKNOWN: g_string_append (out, mado_rule_word (WORD_UNKNOWN, self->language)); break;
  case MADO_RULE_BOOLEAN:
    g_string_append (out, mado_rule_word (value->boolean ? WORD_YES : WORD_NO, self->language));
    break;
  case MADO_RULE_NUMBER: append_number (self, out, value->number, fact); break;
  case MADO_RULE_TEXT: append_text (self, out, value, fact); break;
  case MADO_RULE_LIST: append_list (self, out, value, fact); break;
  case MADO_RULE_DATE: {
    g_autofree char *date = date_words (self, value->day);
    g_string_append (out, date);
    break;
  }
  case MADO_RULE_NULL: case MADO_RULE_OBJECT: default:
    g_string_append (out, mado_rule_word (WORD_NOTHING, self->language));
    break;
  }
}

/* ---- operands ---- */

static const MadoRuleFact *
fact_of (const MadoRuleNode *node)
{
  gboolean same_kind = node->op == OP_COALESCE || (node->op >= OP_ADD && node->op <= OP_ROUND);

  if (node->fact != NULL || !same_kind || node->n_args == 0)
    return node->fact;

  return fact_of (&node->args[0]);
}

static char *
operand_words (Writer *self, const MadoRuleNode *node, const MadoRuleFact *beside)
{
  GString *text = g_string_new (NULL);
  append_operand (self, text, node, beside);
  return g_string_free (text, FALSE);
}

static char *
condition_words (Writer *self, const MadoRuleNode *node, gboolean negate)
{
  GString *text = g_string_new (NULL);
  append_condition (self, text, node, negate);
  return g_string_free (text, FALSE);
}

static void
append_joined (Writer *self, GString *out, const MadoRuleNode *node, const char *separator)
{
  for (guint i = 0; i < node->n_args; i++) {
    g_string_append (out, i > 0 ? separator : "");
    append_operand (self, out, &node->args[i], fact_of (&node->args[0]));
  }
}

static const char *
sign_of (MadoRuleOp op)
{
  switch (op) {
  case OP_ADD: return " + ";
  case OP_SUBTRACT: return " − ";
  case OP_MULTIPLY: return " × ";
  case OP_DIVIDE: return " ÷ ";
  case OP_MODULO: return " mod ";
  default: return NULL;
  }
}

static gboolean
word_of (MadoRuleOp op, MadoRuleWord *word)
{
  static const struct { MadoRuleOp op; MadoRuleWord word; } table[] = {
    { OP_TODAY, WORD_TODAY }, { OP_AGE, WORD_AGE }, { OP_LEGAL_AGE, WORD_LEGAL_AGE },
    { OP_SCHOOL_YEAR, WORD_SCHOOL_YEAR }, { OP_FISCAL_YEAR, WORD_FISCAL_YEAR }, { OP_YEAR, WORD_YEAR },
    { OP_MONTH, WORD_MONTH }, { OP_DAY, WORD_DAY }, { OP_ADD_DAYS, WORD_ADD_DAYS },
    { OP_ADD_MONTHS, WORD_ADD_MONTHS }, { OP_ADD_YEARS, WORD_ADD_YEARS }, { OP_DAYS_BETWEEN, WORD_DAYS_BETWEEN },
    { OP_MONTHS_BETWEEN, WORD_MONTHS_BETWEEN }, { OP_LENGTH, WORD_LENGTH }, { OP_MAX, WORD_LARGEST },
    { OP_MIN, WORD_SMALLEST }, { OP_FILTER, WORD_THOSE }, { OP_MAP, WORD_EACH },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].op == op) {
      *word = table[i].word;
      return TRUE;
    }
  return FALSE;
}

/* Those of several arguments name them all; the others take one or two. */
static void
append_worded (Writer *self, GString *out, const MadoRuleNode *node, MadoRuleWord word)
{
  g_autofree char *first = NULL, *second = NULL;

  if ((word == WORD_LARGEST || word == WORD_SMALLEST) && node->n_args > 1) {
    GString *all = g_string_new (NULL);
    append_joined (self, all, node, mado_rule_word (WORD_LIST_SEPARATOR, self->language));
    first = g_string_free (all, FALSE);
  } else if (node->n_args > 0)
    first = operand_words (self, &node->args[0], NULL);
  else
    first = g_strdup (mado_rule_word (WORD_TODAY, self->language));
  if (node->n_args > 1)
    second = node->op == OP_FILTER ? condition_words (self, &node->args[1], FALSE)
                                   : operand_words (self, &node->args[1], NULL);
  mado_rule_append_words (out, word, self->language, first, second != NULL ? second : "");
}

static void
append_path (Writer *self, GString *out, const MadoRuleNode *node)
{
  if (node->fact != NULL)
    g_string_append (out, mado_rule_label (node->fact->label, self->language, node->fact->name));
  else if (node->op == OP_SLOT)
    g_string_append (out, mado_vocabulary_get_label (self->rule->vocabulary, node->slot, self->language));
  else if (node->value.type == MADO_RULE_TEXT)
    g_string_append (out, node->value.text);
  else if (node->value.type == MADO_RULE_LIST)
    mado_rule_value_append_text (&node->value, out);
  else
    g_string_append (out, mado_rule_word (WORD_ELEMENT, self->language));
}

static void
append_operand (Writer *self, GString *out, const MadoRuleNode *node, const MadoRuleFact *beside)
{
  MadoRuleWord word;

  if (node->op == OP_CONSTANT)
    append_value (self, out, &node->value, beside);
  else if (node->op == OP_SLOT || node->op == OP_SCOPE)
    append_path (self, out, node);
  else if (node->op == OP_COALESCE && node->n_args > 0)
    append_operand (self, out, &node->args[0], beside);
  else if (sign_of (node->op) != NULL && node->n_args > 1)
    append_joined (self, out, node, sign_of (node->op));
  else if (word_of (node->op, &word))
    append_worded (self, out, node, word);
  else if (node->type == MADO_FACT_BOOLEAN)
    append_condition (self, out, node, FALSE);
  else {
    const MadoRuleOperator *operator = mado_rule_operator_of (node->op);
    g_string_append (out, operator != NULL ? operator->name : "");
    g_string_append_c (out, '(');
    append_joined (self, out, node, ", ");
    g_string_append_c (out, ')');
  }
}

/* ---- conditions ---- */

static MadoRuleWord
comparison_word (const MadoRuleNode *node, gboolean mirrored, gboolean negate)
{
  static const MadoRuleOp opposites[][2] = {
    { OP_LESS, OP_MORE_EQUAL }, { OP_LESS_EQUAL, OP_MORE }, { OP_MORE, OP_LESS_EQUAL }, { OP_MORE_EQUAL, OP_LESS },
  };
  static const MadoRuleWord numbers[] = { WORD_LESS, WORD_LESS_EQUAL, WORD_MORE, WORD_MORE_EQUAL };
  static const MadoRuleWord dates[] = { WORD_BEFORE, WORD_UNTIL, WORD_AFTER, WORD_SINCE };
  gboolean date = node->args[0].type == MADO_FACT_DATE || node->args[1].type == MADO_FACT_DATE;
  MadoRuleOp op = node->op;

  if (op == OP_EQUAL || op == OP_SAME)
    return negate ? WORD_IS_NOT : WORD_IS;
  if (op == OP_UNEQUAL || op == OP_DIFFERENT)
    return negate ? WORD_IS : WORD_IS_NOT;
  if (negate)
    op = opposites[op - OP_LESS][1];
  if (mirrored)
    op = op <= OP_LESS_EQUAL ? op + 2 : op - 2;

  return date ? dates[op - OP_LESS] : numbers[op - OP_LESS];
}

/* "18 <= age" is said of the age. */
static void
append_pair (Writer *self, GString *out, const MadoRuleNode *node, guint i, gboolean negate)
{
  MadoRuleNode pair = *node;
  pair.args = &node->args[i];
  gboolean mirrored = pair.args[0].op == OP_CONSTANT && pair.args[1].op != OP_CONSTANT;
  const MadoRuleNode *subject = &pair.args[mirrored ? 1 : 0], *object = &pair.args[mirrored ? 0 : 1];
  g_autofree char *first = operand_words (self, subject, fact_of (object));
  g_autofree char *second = operand_words (self, object, fact_of (subject));

  mado_rule_append_words (out, comparison_word (&pair, mirrored, negate), self->language, first, second);
}

static void
append_comparison (Writer *self, GString *out, const MadoRuleNode *node, gboolean negate)
{
  for (guint i = 0; i + 1 < node->n_args; i++) {
    if (i > 0)
      g_string_append (out, mado_rule_word (negate ? WORD_OR : WORD_AND, self->language));
    append_pair (self, out, node, i, negate);
  }
}

static void
append_in (Writer *self, GString *out, const MadoRuleNode *node, gboolean negate)
{
  const MadoRuleFact *fact = fact_of (&node->args[0]) != NULL ? fact_of (&node->args[0]) : fact_of (&node->args[1]);
  g_autofree char *needle = operand_words (self, &node->args[0], fact);
  g_autofree char *hay = operand_words (self, &node->args[1], fact);
  gboolean among = node->args[1].op == OP_CONSTANT && node->args[1].value.type == MADO_RULE_LIST;

  if (among)
    mado_rule_append_words (out, negate ? WORD_NOT_ONE_OF : WORD_ONE_OF, self->language, needle, hay);
  else
    mado_rule_append_words (out, negate ? WORD_CONTAINS_NOT : WORD_CONTAINS, self->language, hay, needle);
}

static void
append_quantifier (Writer *self, GString *out, const MadoRuleNode *node, gboolean negate)
{
  g_autofree char *list = operand_words (self, &node->args[0], NULL);
  g_autofree char *condition = condition_words (self, &node->args[1], FALSE);
  MadoRuleWord word = node->op == OP_ALL ? (negate ? WORD_NOT_ALL : WORD_ALL)
                      : (node->op == OP_SOME) != negate ? WORD_SOME : WORD_NONE;

  mado_rule_append_words (out, word, self->language, list, condition);
}

static void
append_group (Writer *self, GString *out, const MadoRuleNode *node, gboolean negate)
{
  gboolean and = (node->op == OP_AND) != negate;

  for (guint i = 0; i < node->n_args; i++) {
    const MadoRuleNode *part = &node->args[i];
    gboolean group = (part->op == OP_AND || part->op == OP_OR) && part->op != node->op && part->n_args > 1;
    g_autofree char *text = condition_words (self, part, negate);
    if (i > 0)
      g_string_append (out, mado_rule_word (and ? WORD_AND : WORD_OR, self->language));
    if (group)
      mado_rule_append_words (out, WORD_NESTED, self->language, text, NULL);
    else
      g_string_append (out, text);
  }
}

static void
append_if (Writer *self, GString *out, const MadoRuleNode *node, gboolean negate)
{
  for (guint i = 0; i < node->n_args; i += 2) {
    g_autofree char *first = condition_words (self, &node->args[i], i + 1 == node->n_args && negate);
    g_string_append (out, i > 0 ? mado_rule_word (WORD_OR, self->language) : "");
    if (i + 1 == node->n_args) {
      g_string_append (out, first);
      break;
    }
    g_autofree char *then = condition_words (self, &node->args[i + 1], negate);
    mado_rule_append_words (out, WORD_IF, self->language, first, then);
  }
}

static void
append_missing (Writer *self, GString *out, const MadoRuleNode *node, gboolean negate)
{
  g_autoptr(GString) names = g_string_new (NULL);

  append_joined (self, names, node, mado_rule_word (WORD_LIST_SEPARATOR, self->language));
  mado_rule_append_words (out, negate ? WORD_ANSWERED : WORD_NOT_ANSWERED, self->language, names->str, NULL);
}

static void
append_truth (Writer *self, GString *out, const MadoRuleNode *node, gboolean negate)
{
  g_autofree char *subject = operand_words (self, node, NULL);

  if (node->op == OP_CONSTANT)
    g_string_append (out, mado_rule_word (mado_rule_value_is_true (&node->value) != negate ? WORD_YES : WORD_NO,
                                          self->language));
  else if (node->op == OP_SLOT || node->op == OP_SCOPE)
    mado_rule_append_words (out, negate ? WORD_FALSE : WORD_TRUE, self->language, subject, NULL);
  else if (negate)
    mado_rule_append_words (out, WORD_NOT, self->language, subject, NULL);
  else
    g_string_append (out, subject);
}

static void
append_condition (Writer *self, GString *out, const MadoRuleNode *node, gboolean negate)
{
  switch ((MadoRuleOp) node->op) {
  case OP_AND: case OP_OR: append_group (self, out, node, negate); break;
  case OP_NOT: case OP_TRUTH:
    if (node->n_args > 0)
      append_condition (self, out, &node->args[0], negate ^ (node->op == OP_NOT));
    break;
  case OP_IF: append_if (self, out, node, negate); break;
  case OP_EQUAL: case OP_UNEQUAL: case OP_SAME: case OP_DIFFERENT:
  case OP_LESS: case OP_LESS_EQUAL: case OP_MORE: case OP_MORE_EQUAL:
    append_comparison (self, out, node, negate);
    break;
  case OP_IN: append_in (self, out, node, negate); break;
  case OP_SOME: case OP_ALL: case OP_NONE: append_quantifier (self, out, node, negate); break;
  case OP_MISSING: append_missing (self, out, node, negate); break;
  case OP_EXISTS: append_missing (self, out, node, !negate); break;
  default: append_truth (self, out, node, negate); break;
  }
}

/* ---- why ---- */

static void
append_seen (Writer *self, GString *out, const MadoRuleNode *node)
{
  MadoRuleValue value;
  g_autoptr(GString) shown = g_string_new (NULL);
  g_autofree char *subject = operand_words (self, node, NULL);

  self->run->met_unknown = FALSE;
  mado_rule_run_eval (self->run, NULL, node, &value);
  if (self->run->met_unknown || self->run->failure != NULL)
    value.type = MADO_RULE_UNKNOWN;
  self->run->failure = NULL;
  append_value (self, shown, &value, fact_of (node));
  g_string_append (out, out->len > 0 ? mado_rule_word (WORD_LIST_SEPARATOR, self->language) : "");
  mado_rule_append_words (out, WORD_VALUE, self->language, subject, shown->str);
}

/* The values a condition looked at: of a comparison its sides, else the fact itself. */
static char *
seen_words (Writer *self, const MadoRuleNode *node)
{
  GString *seen = g_string_new (NULL);
  gboolean compares = node->op == OP_IN || (node->op >= OP_EQUAL && node->op <= OP_MORE_EQUAL);
  gboolean quantifies = node->op == OP_SOME || node->op == OP_ALL || node->op == OP_NONE;

  if (node->op == OP_SLOT)
    append_seen (self, seen, node);
  else if (quantifies)
    append_seen (self, seen, &node->args[0]);
  for (guint i = 0; compares && i < node->n_args; i++)
    if (node->args[i].op != OP_CONSTANT)
      append_seen (self, seen, &node->args[i]);
  return g_string_free (seen, FALSE);
}

static JsonNode *explain (Writer *self, const MadoRuleNode *node, gboolean negate);

static void
add_verdict (Writer *self, JsonObject *object, const MadoRuleNode *node, gboolean negate)
{
  MadoVerdict verdict = mado_rule_run_decide (self->run, node);

  if (verdict == MADO_VERDICT_UNKNOWN)
    json_object_set_null_member (object, "holds");
  else
    json_object_set_boolean_member (object, "holds", (verdict == MADO_VERDICT_YES) != negate);
}

static void
add_parts (Writer *self, JsonObject *object, const MadoRuleNode *node, gboolean negate)
{
  JsonArray *parts = json_array_new ();

  for (guint i = 0; i < node->n_args; i++) {
    gboolean branch = node->op == OP_IF && (i % 2 == 1 || i + 1 == node->n_args);
    json_array_add_element (parts, explain (self, &node->args[i], negate && (node->op != OP_IF || branch)));
  }
  json_object_set_array_member (object, "parts", parts);
}

static void
add_text (Writer *self, JsonObject *object, const MadoRuleNode *node, gboolean negate)
{
  g_autofree char *text = condition_words (self, node, negate);
  g_autofree char *seen = seen_words (self, node);
  g_autoptr(GString) both = g_string_new (NULL);

  if (*seen != '\0')
    mado_rule_append_words (both, WORD_VALUES, self->language, text, seen);
  json_object_set_string_member (object, "text", *seen != '\0' ? both->str : text);
  if (*seen != '\0')
    json_object_set_string_member (object, "seen", seen);
}

static JsonNode *
explain (Writer *self, const MadoRuleNode *node, gboolean negate)
{
  gboolean inner = (node->op == OP_NOT || node->op == OP_TRUTH) && node->n_args > 0;
  if (inner)
    return explain (self, &node->args[0], negate ^ (node->op == OP_NOT));

  JsonObject *object = json_object_new ();
  add_verdict (self, object, node, negate);
  if ((node->op == OP_AND || node->op == OP_OR) && node->n_args > 1) {
    MadoRuleWord word = (node->op == OP_AND) != negate ? WORD_ALL_OF : WORD_ANY_OF;
    json_object_set_string_member (object, "text", mado_rule_word (word, self->language));
    add_parts (self, object, node, negate);
  } else {
    add_text (self, object, node, negate);
    if (node->op == OP_IF)
      add_parts (self, object, node, negate);
  }
  JsonNode *json = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);
  return json;
}

JsonNode *
mado_rule_explain (MadoRule *self, MadoFacts *facts, const char *language)
{
  MadoRuleRun run;
  Writer writer = { .rule = self, .language = language, .run = &run };

  mado_rule_run_init (&run, self, facts);
  return explain (&writer, &self->root, FALSE);
}

static void
append_lines (GString *out, JsonNode *node, guint depth)
{
  JsonObject *object = json_node_get_object (node);
  JsonNode *holds = json_object_get_member (object, "holds");
  JsonArray *parts = json_object_has_member (object, "parts") ? json_object_get_array_member (object, "parts") : NULL;
  const char *mark = JSON_NODE_HOLDS_NULL (holds) ? "？" : json_node_get_boolean (holds) ? "○" : "×";

  g_string_append_printf (out, "%*s%s %s\n", (int) depth * 2, "", mark,
                          json_object_get_string_member (object, "text"));
  for (guint i = 0; parts != NULL && i < json_array_get_length (parts); i++)
    append_lines (out, json_array_get_element (parts, i), depth + 1);
}

char *
mado_rule_explain_text (MadoRule *self, MadoFacts *facts, const char *language)
{
  g_autoptr(JsonNode) tree = mado_rule_explain (self, facts, language);
  GString *lines = g_string_new (NULL);

  append_lines (lines, tree, 0);
  return g_string_free (lines, FALSE);
}

char *
mado_rule_describe (MadoRule *self, const char *language)
{
  Writer writer = { .rule = self, .language = language };
  return condition_words (&writer, &self->root, FALSE);
}
