/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/mado-rule-private.h"

#include <string.h>

typedef struct {
  MadoRule *rule;
  GError   *error;
} Checker;

static void G_GNUC_PRINTF (4, 5)
find (Checker *self, const MadoRuleNode *node, const char *code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);
  if (self->error == NULL)
    self->error = mado_error_new_at (MADO_ERROR_INVALID, node->pointer, code, "%s", message);
  else
    mado_error_add_violation (self->error, node->pointer, code, "%s", message);
}

/* ---- types ---- */

typedef enum { KIND_ANY, KIND_NUMBER, KIND_DATE, KIND_TEXT, KIND_BOOLEAN, KIND_LIST } Kind;

static Kind
kind_of (const MadoRuleNode *node)
{
  static const Kind kinds[] = {
    [MADO_FACT_ANY] = KIND_ANY, [MADO_FACT_BOOLEAN] = KIND_BOOLEAN, [MADO_FACT_NUMBER] = KIND_NUMBER,
    [MADO_FACT_YEN] = KIND_NUMBER, [MADO_FACT_DATE] = KIND_DATE, [MADO_FACT_TEXT] = KIND_TEXT,
    [MADO_FACT_OPTION] = KIND_TEXT, [MADO_FACT_LIST] = KIND_LIST, [MADO_FACT_GROUP] = KIND_LIST,
  };
  return kinds[node->type];
}

static const char *
kind_name (Kind kind)
{
  static const char * const names[] = { "anything", "a number", "a date", "a text", "yes or no", "a list" };
  return names[kind];
}

static void
expect (Checker *self, const MadoRuleNode *node, Kind wanted)
{
  Kind kind = kind_of (node);

  if (kind != KIND_ANY && kind != wanted)
    find (self, node, "type", "This is %s; %s is needed here", kind_name (kind), kind_name (wanted));
}

static gboolean
is_fact (const MadoRuleNode *node)
{
  return node->op == OP_SLOT || node->op == OP_SCOPE;
}

static gboolean
is_text (const MadoRuleValue *value)
{
  return value->type == MADO_RULE_TEXT;
}

/* An option that the fact does not have is compared in vain. */
static void
check_option (Checker *self, const MadoRuleNode *fact, const MadoRuleNode *constant, const MadoRuleValue *value)
{
  if (!is_fact (fact) || fact->fact == NULL || fact->fact->options == NULL || !is_text (value))
    return;
  if (mado_rule_fact_find_option (fact->fact, value->text, value->n) == NULL)
    find (self, constant, "option", "“%s” has no option “%s”", fact->fact->name, value->text);
}

/* To `==`, not answered is the same as 0 and as no: who means the answer writes `===`. */
static void
check_ambiguous (Checker *self, const MadoRuleNode *node, const MadoRuleNode *fact, const MadoRuleNode *constant)
{
  gboolean loose = node->op == OP_EQUAL || node->op == OP_UNEQUAL;
  gboolean empty = constant->op == OP_CONSTANT && !mado_rule_is_null (&constant->value)
                   && (constant->value.type == MADO_RULE_BOOLEAN || constant->value.type == MADO_RULE_NUMBER)
                   && !mado_rule_value_is_true (&constant->value);

  if (loose && empty && is_fact (fact))
    find (self, node, "ambiguous", "Not answered counts as this value too: write === or !==");
}

static void
check_pair (Checker *self, const MadoRuleNode *node, const MadoRuleNode *a, const MadoRuleNode *b)
{
  gboolean orders = node->op >= OP_LESS;
  Kind x = kind_of (a), y = kind_of (b);

  if (x != KIND_ANY && y != KIND_ANY && x != y)
    find (self, node, "type", "%s is compared with %s", kind_name (x), kind_name (y));
  else if (x == KIND_LIST || y == KIND_LIST || (orders && (x == KIND_BOOLEAN || y == KIND_BOOLEAN)))
    find (self, node, "type", "%s cannot be compared so", kind_name (MAX (x, y)));
  if (b->op == OP_CONSTANT)
    check_option (self, a, b, &b->value);
  if (a->op == OP_CONSTANT)
    check_option (self, b, a, &a->value);
  check_ambiguous (self, node, a, b);
  check_ambiguous (self, node, b, a);
}

static void
check_in (Checker *self, const MadoRuleNode *node)
{
  const MadoRuleNode *needle = &node->args[0], *hay = &node->args[1];

  if (kind_of (hay) != KIND_ANY && kind_of (hay) != KIND_LIST && kind_of (hay) != KIND_TEXT)
    find (self, hay, "type", "“in” looks into a list or a text, this is %s", kind_name (kind_of (hay)));
  if (needle->op == OP_CONSTANT)
    check_option (self, hay, needle, &needle->value);
  if (hay->op == OP_CONSTANT && hay->value.type == MADO_RULE_LIST)
    for (guint i = 0; i < hay->value.n; i++)
      check_option (self, needle, hay, &hay->value.items[i]);
}

static void
check_days (Checker *self, const MadoRuleNode *node)
{
  gboolean moves = node->op == OP_ADD_DAYS || node->op == OP_ADD_MONTHS || node->op == OP_ADD_YEARS;

  for (guint i = 0; i < node->n_args; i++)
    if ((moves && i > 0) || (node->op == OP_DATE && node->n_args == 3))
      expect (self, &node->args[i], KIND_NUMBER);
    else if (node->op != OP_DATE)
      expect (self, &node->args[i], KIND_DATE);
}

static void
check_node (Checker *self, const MadoRuleNode *node)
{
  if (node->op >= OP_EQUAL && node->op <= OP_MORE_EQUAL)
    for (guint i = 1; i < node->n_args; i++)
      check_pair (self, node, &node->args[i - 1], &node->args[i]);
  else if (node->op == OP_IN)
    check_in (self, node);
  else if (node->op >= OP_ADD && node->op <= OP_ROUND && !node->spread)
    for (guint i = 0; i < node->n_args; i++)
      expect (self, &node->args[i], KIND_NUMBER);
  else if (node->op >= OP_MAP && node->op <= OP_NONE)
    expect (self, &node->args[0], KIND_LIST);
  else if (node->op >= OP_TODAY && node->op <= OP_MONTHS_BETWEEN)
    check_days (self, node);
  for (guint i = 0; i < node->n_args; i++)
    check_node (self, &node->args[i]);
}

/* ---- always and never ---- */

static void check_condition (Checker *self, const MadoRuleNode *node);

/* What an `if` chooses between may well be constant. */
static void
check_branches (Checker *self, const MadoRuleNode *node)
{
  for (guint i = 0; i < node->n_args; i++) {
    gboolean branch = i % 2 == 1 || i + 1 == node->n_args;
    if (!branch || (node->args[i].type == MADO_FACT_BOOLEAN && node->args[i].op != OP_CONSTANT))
      check_condition (self, &node->args[i]);
  }
}

static void
check_condition (Checker *self, const MadoRuleNode *node)
{
  MadoVerdict verdict = node->op == OP_IF ? MADO_VERDICT_UNKNOWN : mado_rule_try_all (self->rule, node);

  if (verdict == MADO_VERDICT_YES)
    find (self, node, "always", "This always holds: leave it out, or correct it");
  else if (verdict == MADO_VERDICT_NO)
    find (self, node, "never", "This can never hold: leave it out, or correct it");
  else if (node->op == OP_IF)
    check_branches (self, node);
  else if (node->op == OP_AND || node->op == OP_OR || node->op == OP_NOT || node->op == OP_TRUTH)
    for (guint i = 0; i < node->n_args; i++)
      check_condition (self, &node->args[i]);
}

static gboolean
is_condition (const MadoRuleNode *node)
{
  return node->op != OP_CONSTANT
         && (node->type == MADO_FACT_BOOLEAN || node->op == OP_AND || node->op == OP_OR || node->op == OP_IF);
}

gboolean
mado_rule_check (MadoRule *self, GError **error)
{
  Checker checker = { .rule = self };

  check_node (&checker, &self->root);
  if (checker.error == NULL && is_condition (&self->root))
    check_condition (&checker, &self->root);
  if (checker.error == NULL)
    return TRUE;
  g_propagate_error (error, checker.error);
  return FALSE;
}
