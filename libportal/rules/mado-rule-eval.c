/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/mado-rule-private.h"

#include <math.h>
#include <string.h>

/*
 * The program is the tree of nodes, laid out in one block; operands that are facts or constants are read where
 * they lie. test() answers yes or no without making a value, eval() makes one; both stop at the first failure.
 */

typedef MadoRuleRun Run;
typedef MadoRuleScope Scope;
typedef MadoRuleNode Node;
typedef MadoRuleValue Value;

static void eval (Run *run, const Scope *scope, const Node *node, Value *out);
static gboolean test (Run *run, const Scope *scope, const Node *node);

static void
fail (Run *run, const Node *node, const char *code)
{
  if (run->failure != NULL)
    return;
  run->failure = code;
  run->failed_at = node->pointer;
}

static gboolean
spend (Run *run, const Node *node, gint64 steps)
{
  run->steps -= steps;
  if (G_UNLIKELY (run->steps < 0))
    fail (run, node, "steps");
  return run->failure == NULL;
}

static gpointer
scratch (Run *run, const Node *node, gsize size)
{
  if (run->facts->scratch.total + size > MADO_RULE_MAX_SCRATCH) {
    fail (run, node, "memory");
    return NULL;
  }
  return mado_rule_arena_alloc (&run->facts->scratch, size);
}

/* ---- facts ---- */

static void
note_unknown (Run *run, guint slot)
{
  run->met_unknown = TRUE;
  if (run->unknown != NULL)
    run->unknown[slot] = TRUE;
}

static const Value *
follow (const Value *value, const Value *path)
{
  if (path->type == MADO_RULE_TEXT)
    return mado_rule_value_lookup (value, path->text, path->n);
  for (guint i = 0; path->type == MADO_RULE_LIST && value != NULL && i < path->n; i++)
    value = mado_rule_value_member (value, path->items[i].text, path->items[i].n);
  return value;
}

/* NULL: the top. */
static const Scope *
climb (const Scope *scope, guint up)
{
  for (; up >= 2 && scope != NULL; up -= 2)
    scope = scope->parent;
  return scope;
}

static const Value *
refer_scope (Run *run, const Scope *scope, const Node *node, Value *temporary)
{
  const Scope *found = climb (scope, node->up);
  if (node->up % 2 == 1 && found != NULL) {
    gboolean index = node->value.type == MADO_RULE_TEXT && g_str_equal (node->value.text, "index");
    *temporary = mado_rule_number (found->index);
    return index ? temporary : NULL;
  }
  return follow (found != NULL ? &found->value : &run->facts->data, &node->value);
}

static const Value *
refer_named (Run *run, const Scope *scope, const char *name, gsize length)
{
  guint slot;
  if (scope != NULL)
    return length > 0 ? mado_rule_value_lookup (&scope->value, name, length) : &scope->value;
  if (mado_vocabulary_find (run->facts->vocabulary, name, &slot) && slot < run->facts->n_slots) {
    if (run->slots[slot].type != MADO_RULE_UNKNOWN)
      return &run->slots[slot];
    note_unknown (run, slot);
    return NULL;
  }
  return length > 0 ? mado_rule_value_lookup (&run->facts->data, name, length) : &run->facts->data;
}

static const Value *
refer_dynamic (Run *run, const Scope *scope, const Node *node)
{
  const Scope *found = climb (scope, node->up);
  g_autoptr(GString) name = g_string_new (NULL);
  for (guint i = 0; i < node->n_args; i++) {
    Value key;
    eval (run, scope, &node->args[i], &key);
    g_string_append (name, i > 0 ? "." : "");
    mado_rule_value_append_text (&key, name);
  }
  return run->failure == NULL ? refer_named (run, found, name->str, name->len) : NULL;
}

/* Where a fact lies; NULL where there is none. */
static const Value *
refer (Run *run, const Scope *scope, const Node *node, Value *temporary)
{
  if (node->op == OP_SCOPE)
    return refer_scope (run, scope, node, temporary);
  if (node->op == OP_DYNAMIC)
    return refer_dynamic (run, scope, node);
  const Value *value = &run->slots[node->slot];
  if (value->type != MADO_RULE_UNKNOWN)
    return node->value.type == MADO_RULE_NULL ? value : follow (value, &node->value);
  note_unknown (run, node->slot);
  return NULL;
}

static inline const Value *
operand (Run *run, const Scope *scope, const Node *node, Value *temporary)
{
  if (node->op == OP_CONSTANT)
    return &node->value;
  if (G_LIKELY (node->op == OP_SLOT && node->value.type == MADO_RULE_NULL)) {
    const Value *value = &run->slots[node->slot];
    if (G_UNLIKELY (value->type == MADO_RULE_UNKNOWN))
      note_unknown (run, node->slot);
    return value;
  }
  if (node->op == OP_SLOT || node->op == OP_SCOPE || node->op == OP_DYNAMIC) {
    const Value *value = refer (run, scope, node, temporary);
    if (value != NULL)
      return value;
    *temporary = mado_rule_null ();
    return temporary;
  }
  eval (run, scope, node, temporary);
  return temporary;
}

/* ---- arguments, which one list may stand for ---- */

typedef struct {
  Run         *run;
  const Scope *scope;
  const Node  *node;
  const Value *items;    /* NULL: evaluate the arguments themselves */
  guint        n;
  Value        temporary;
} Arguments;

static void
arguments_init (Arguments *self, Run *run, const Scope *scope, const Node *node)
{
  *self = (Arguments) { .run = run, .scope = scope, .node = node, .n = node->n_args };
  if (!node->spread)
    return;
  const Value *value = operand (run, scope, &node->args[0], &self->temporary);
  gboolean list = value->type == MADO_RULE_LIST;
  self->items = list ? value->items : value;
  self->n = list ? value->n : 1;
}

static const Value *
arguments_get (Arguments *self, guint i)
{
  if (self->items != NULL)
    return &self->items[i];
  return operand (self->run, self->scope, &self->node->args[i], &self->temporary);
}

/* ---- comparisons ---- */

static gboolean
holds (MadoRuleOp op, MadoRuleOrder order)
{
  switch (op) {
  case OP_LESS: return order == MADO_ORDER_LESS;
  case OP_LESS_EQUAL: return order != MADO_ORDER_MORE;
  case OP_MORE: return order == MADO_ORDER_MORE;
  default: return order != MADO_ORDER_LESS;
  }
}

static inline gboolean
ordered (Run *run, const Node *node, const Value *a, const Value *b)
{
  MadoRuleOrder order;
  if (G_LIKELY (a->type == MADO_RULE_NUMBER && b->type == MADO_RULE_NUMBER))
    order = a->number < b->number ? MADO_ORDER_LESS : a->number > b->number ? MADO_ORDER_MORE : MADO_ORDER_EQUAL;
  else
    order = mado_rule_value_compare (a, b);
  if (G_LIKELY (order != MADO_ORDER_NONE))
    return holds (node->op, order);
  fail (run, node, "nan");
  return FALSE;
}

static inline gboolean
alike (Run *run, const Node *node, const Value *a, const Value *b)
{
  gboolean comparable = TRUE, equal;
  if (node->op == OP_SAME || node->op == OP_DIFFERENT)
    equal = mado_rule_value_equal (a, b);
  else if (G_LIKELY (a->type == MADO_RULE_TEXT && b->type == MADO_RULE_TEXT))
    equal = a->n == b->n && memcmp (a->text, b->text, a->n) == 0;
  else
    equal = mado_rule_value_loosely_equal (a, b, &comparable);
  if (!comparable)
    fail (run, node, "nan");
  return comparable && equal == (node->op == OP_EQUAL || node->op == OP_SAME);
}

static gboolean
compare (Run *run, const Scope *scope, const Node *node)
{
  gboolean order = node->op >= OP_LESS;
  Value room[2];
  const Value *a = operand (run, scope, &node->args[0], &room[0]);
  for (guint i = 1; i < node->n_args && run->failure == NULL; i++) {
    const Value *b = operand (run, scope, &node->args[i], &room[i % 2]);
    if (G_UNLIKELY (run->failure != NULL)
        || !(order ? ordered (run, node, a, b) : alike (run, node, a, b)))
      return FALSE;
    a = b;
  }
  return run->failure == NULL;
}

static gboolean
in_text (Run *run, const Node *node, const Value *needle, const Value *text)
{
  if (needle->type == MADO_RULE_TEXT)
    return spend (run, node, text->n / 16) && strstr (text->text, needle->text) != NULL;
  double number;
  if (needle->type != MADO_RULE_NUMBER && needle->type != MADO_RULE_BOOLEAN)
    return FALSE;
  g_autoptr(GString) digits = g_string_new (NULL);
  mado_rule_value_append_text (needle, digits);
  return mado_rule_value_to_number (needle, &number) && strstr (text->text, digits->str) != NULL;
}

static gboolean
in (Run *run, const Scope *scope, const Node *node)
{
  Value room[2];
  const Value *needle = operand (run, scope, &node->args[0], &room[0]);
  const Value *hay = operand (run, scope, &node->args[1], &room[1]);
  if (run->failure != NULL)
    return FALSE;
  if (hay->type == MADO_RULE_TEXT)
    return in_text (run, node, needle, hay);
  if (hay->type != MADO_RULE_LIST || !spend (run, node, hay->n / 4))
    return FALSE;
  for (guint i = 0; i < hay->n; i++)
    if (mado_rule_value_equal (needle, &hay->items[i]))
      return TRUE;
  return FALSE;
}

/* ---- arithmetic ---- */

static gboolean
number_at (Arguments *arguments, guint i, double *number)
{
  const Value *value = arguments_get (arguments, i);
  if (G_LIKELY (value->type == MADO_RULE_NUMBER))
    return *number = value->number, TRUE;
  return arguments->run->failure == NULL && mado_rule_value_to_number (value, number);
}

static double
combine (MadoRuleOp op, double a, double b)
{
  switch (op) {
  case OP_ADD: return a + b;
  case OP_SUBTRACT: return a - b;
  case OP_MULTIPLY: return a * b;
  case OP_DIVIDE: return a / b;
  case OP_MODULO: return fmod (a, b);
  case OP_MAX: return MAX (a, b);
  default: return MIN (a, b);
  }
}

/* One argument: -x, 1/x, x. */
static double
alone (MadoRuleOp op, double a)
{
  return op == OP_SUBTRACT ? -a : op == OP_DIVIDE ? 1 / a : a;
}

static void
arithmetic (Run *run, const Scope *scope, const Node *node, Value *out)
{
  Arguments arguments;
  arguments_init (&arguments, run, scope, node);
  guint least = node->op == OP_ADD || node->op == OP_MULTIPLY ? 0 : node->op == OP_MODULO ? 2 : 1;
  if (arguments.n < least) {
    fail (run, node, "arguments");
    return;
  }
  double result = node->op == OP_MULTIPLY ? 1 : 0, next;
  for (guint i = 0; i < arguments.n; i++) {
    if (!number_at (&arguments, i, &next)) {
      fail (run, node, "nan");
      return;
    }
    result = i == 0 ? next : combine (node->op, result, next);
  }
  if (arguments.n == 1)
    result = alone (node->op, result);
  if (!isfinite (result))
    fail (run, node, "nan");
  *out = mado_rule_number (result + 0.0);   /* no negative zero */
}

static void
rounded (Run *run, const Scope *scope, const Node *node, Value *out)
{
  double number;
  Value room;
  const Value *value = operand (run, scope, &node->args[0], &room);
  if (mado_rule_is_null (value) || !mado_rule_value_to_number (value, &number)) {
    fail (run, node, "nan");
    return;
  }
  *out = mado_rule_number ((node->op == OP_FLOOR ? floor (number)
                            : node->op == OP_CEIL ? ceil (number) : round (number)) + 0.0);
}

static void
days (Run *run, const Scope *scope, const Node *node, Value *out)
{
  Value args[3];
  for (guint i = 0; i < node->n_args; i++) {
    Value room;
    args[i] = *operand (run, scope, &node->args[i], &room);
  }
  if (run->failure == NULL
      && !mado_rule_days_eval (node->op, args, node->n_args, run->facts->today, out))
    fail (run, node, "nan");
}

/* ---- text ---- */

static void
give_text (Run *run, const Node *node, const char *text, gsize length, Value *out)
{
  char *copy = spend (run, node, length / 16) ? scratch (run, node, length + 1) : NULL;
  if (copy == NULL)
    return;
  memcpy (copy, text, length);
  *out = mado_rule_text (copy, length);
}

static void
cat (Run *run, const Scope *scope, const Node *node, Value *out)
{
  Arguments arguments;
  arguments_init (&arguments, run, scope, node);
  g_autoptr(GString) text = g_string_new (NULL);
  for (guint i = 0; i < arguments.n && text->len < MADO_RULE_MAX_SCRATCH; i++)
    mado_rule_value_append_text (arguments_get (&arguments, i), text);
  give_text (run, node, text->str, text->len, out);
}

static glong
whole_at (Run *run, const Scope *scope, const Node *node, guint i)
{
  double number = 0;
  Value room;
  const Value *value = operand (run, scope, &node->args[i], &room);
  if (!mado_rule_value_to_number (value, &number))
    fail (run, node, "nan");
  return (glong) CLAMP (number, -1e9, 1e9);
}

/* Positions count characters; a negative start counts from the end, a negative length leaves so many off. */
static void
substr (Run *run, const Scope *scope, const Node *node, Value *out)
{
  Value room;
  g_autoptr(GString) text = g_string_new (NULL);
  mado_rule_value_append_text (operand (run, scope, &node->args[0], &room), text);
  glong n = g_utf8_strlen (text->str, text->len);
  glong start = whole_at (run, scope, node, 1);
  start = CLAMP (start < 0 ? n + start : start, 0, n);
  glong length = node->n_args > 2 ? whole_at (run, scope, node, 2) : n;
  glong end = CLAMP (length < 0 ? n + length : start + length, start, n);
  const char *from = g_utf8_offset_to_pointer (text->str, start);
  const char *to = g_utf8_offset_to_pointer (from, end - start);
  if (run->failure == NULL)
    give_text (run, node, from, to - from, out);
}

static void
length_of (Run *run, const Scope *scope, const Node *node, Value *out)
{
  Value room;
  const Value *value = operand (run, scope, &node->args[0], &room);
  if (value->type == MADO_RULE_TEXT)
    *out = mado_rule_number (g_utf8_strlen (value->text, value->n));
  else if (value->type == MADO_RULE_LIST || value->type == MADO_RULE_OBJECT || mado_rule_is_null (value))
    *out = mado_rule_number (value->n);
  else
    fail (run, node, "arguments");
}

/* ---- lists ---- */

static void
list_of (Run *run, const Scope *scope, const Node *node, Value *out)
{
  Value *items = scratch (run, node, node->n_args * sizeof *items);
  for (guint i = 0; items != NULL && i < node->n_args; i++)
    eval (run, scope, &node->args[i], &items[i]);
  *out = (Value) { .type = MADO_RULE_LIST, .n = items != NULL ? node->n_args : 0, .items = items };
}

static void
merge (Run *run, const Scope *scope, const Node *node, Value *out)
{
  Value parts_of_few[8], *parts = parts_of_few;
  guint n = 0, at = 0;
  if (node->n_args > G_N_ELEMENTS (parts_of_few))
    parts = scratch (run, node, node->n_args * sizeof *parts);
  for (guint i = 0; parts != NULL && i < node->n_args; i++) {
    eval (run, scope, &node->args[i], &parts[i]);
    n += parts[i].type == MADO_RULE_LIST ? parts[i].n : 1;
  }
  Value *items = spend (run, node, n) && parts != NULL ? scratch (run, node, n * sizeof *items) : NULL;
  for (guint i = 0; items != NULL && i < node->n_args; i++) {
    gboolean list = parts[i].type == MADO_RULE_LIST;
    guint count = list ? parts[i].n : 1;
    if (count > 0)
      memcpy (items + at, list ? parts[i].items : &parts[i], count * sizeof *items);
    at += count;
  }
  *out = (Value) { .type = MADO_RULE_LIST, .n = at, .items = items };
}

/* The list an iterator goes through. @lenient: nothing is an empty list. */
static gboolean
source (Run *run, const Scope *scope, const Node *node, gboolean lenient, Value *list)
{
  Value room;
  *list = *operand (run, scope, &node->args[0], &room);
  if (run->failure != NULL)
    return FALSE;
  if (mado_rule_is_null (list) && lenient)
    list->n = 0;
  else if (list->type != MADO_RULE_LIST)
    fail (run, node, "arguments");
  return spend (run, node, (gint64) list->n * node->args[1].size);
}

static gboolean
quantify (Run *run, const Scope *scope, const Node *node)
{
  Value list;
  if (!source (run, scope, node, FALSE, &list))
    return FALSE;
  gboolean looked_for = node->op != OP_ALL;
  for (guint i = 0; i < list.n; i++) {
    Scope inner = { scope, list.items[i], i };
    if (test (run, &inner, &node->args[1]) == looked_for && run->failure == NULL)
      return node->op == OP_SOME;
    if (G_UNLIKELY (run->failure != NULL))
      return FALSE;
  }
  return node->op == OP_NONE || (node->op == OP_ALL && list.n > 0);
}

static void
map (Run *run, const Scope *scope, const Node *node, Value *out)
{
  Value list;
  if (!source (run, scope, node, TRUE, &list))
    return;
  Value *items = scratch (run, node, list.n * sizeof *items);
  guint n = 0;
  for (guint i = 0; i < list.n && items != NULL && run->failure == NULL; i++) {
    Scope inner = { scope, list.items[i], i };
    if (node->op == OP_MAP)
      eval (run, &inner, &node->args[1], &items[n++]);
    else if (test (run, &inner, &node->args[1]))
      items[n++] = list.items[i];
  }
  *out = (Value) { .type = MADO_RULE_LIST, .n = n, .items = items };
}

static void
reduce (Run *run, const Scope *scope, const Node *node, Value *out)
{
  Value list, sum = mado_rule_null ();
  if (!source (run, scope, node, TRUE, &list))
    return;
  if (node->n_args > 2)
    eval (run, scope, &node->args[2], &sum);
  for (guint i = 0; i < list.n && run->failure == NULL; i++) {
    const MadoRuleMember members[] = {
      { "current", strlen ("current"), list.items[i] }, { "accumulator", strlen ("accumulator"), sum },
    };
    Scope inner = { scope, { .type = MADO_RULE_OBJECT, .n = 2, .members = members }, i };
    eval (run, &inner, &node->args[1], &sum);
  }
  *out = sum;
}

/* ---- missing ---- */

static gboolean
is_missing (Run *run, const Scope *scope, const Value *name)
{
  if (name->type == MADO_RULE_TEXT) {
    const Value *value = refer_named (run, scope, name->text, name->n);
    return value == NULL || mado_rule_is_null (value) || (value->type == MADO_RULE_TEXT && value->n == 0);
  }
  g_autoptr(GString) text = g_string_new (NULL);
  mado_rule_value_append_text (name, text);
  const Value *value = refer_named (run, scope, text->str, text->len);
  return value == NULL || mado_rule_is_null (value);
}

/* @least: so many of them are enough. */
static void
missing_of (Run *run, const Scope *scope, const Node *node, const Value *names, guint n, double least,
            Value *out)
{
  Value *absent = spend (run, node, n) ? scratch (run, node, n * sizeof *absent) : NULL;
  guint n_absent = 0;
  for (guint i = 0; absent != NULL && i < n; i++)
    if (is_missing (run, scope, &names[i]))
      absent[n_absent++] = names[i];
  if (n - n_absent >= least)
    n_absent = 0;
  *out = (Value) { .type = MADO_RULE_LIST, .n = n_absent, .items = absent };
}

static void
missing (Run *run, const Scope *scope, const Node *node, Value *out)
{
  Value names;
  merge (run, scope, node, &names);
  missing_of (run, scope, node, names.items, names.n, G_MAXUINT, out);
}

static void
missing_some (Run *run, const Scope *scope, const Node *node, Value *out)
{
  Value room;
  double least = whole_at (run, scope, node, 0);
  const Value *names = operand (run, scope, &node->args[1], &room);
  if (names->type != MADO_RULE_LIST)
    fail (run, node, "arguments");
  else
    missing_of (run, scope, node, names->items, names->n, least, out);
}

/* ---- control ---- */

static void
last_that (Run *run, const Scope *scope, const Node *node, gboolean wanted, Value *out)
{
  *out = mado_rule_boolean (FALSE);
  for (guint i = 0; i < node->n_args; i++) {
    eval (run, scope, &node->args[i], out);
    if (run->failure != NULL || mado_rule_value_is_true (out) == wanted)
      return;
  }
}

static const Node *
chosen (Run *run, const Scope *scope, const Node *node)
{
  guint i = 0;
  for (; i + 1 < node->n_args; i += 2) {
    gboolean yes = test (run, scope, &node->args[i]);
    if (run->failure != NULL)
      return NULL;
    if (yes)
      return &node->args[i + 1];
  }
  return i < node->n_args ? &node->args[i] : NULL;
}

static void
coalesce (Run *run, const Scope *scope, const Node *node, Value *out)
{
  for (guint i = 0; i < node->n_args && run->failure == NULL; i++) {
    eval (run, scope, &node->args[i], out);
    if (!mado_rule_is_null (out))
      return;
  }
}

static void
error_value (Run *run, const Node *node, const char *type, gsize length, Value *out)
{
  MadoRuleMember *member = scratch (run, node, sizeof *member);
  if (member == NULL)
    return;
  *member = (MadoRuleMember) { "type", strlen ("type"), mado_rule_text (type, length) };
  *out = (Value) { .type = MADO_RULE_OBJECT, .n = 1, .members = member };
}

static void
throw (Run *run, const Scope *scope, const Node *node)
{
  Value room;
  const Value *value = operand (run, scope, &node->args[0], &room);
  if (run->failure != NULL)
    return;
  if (value->type == MADO_RULE_OBJECT)
    run->thrown = *value;
  else if (value->type == MADO_RULE_TEXT)
    error_value (run, node, value->text, value->n, &run->thrown);
  else
    error_value (run, node, "error", strlen ("error"), &run->thrown);
  fail (run, node, "thrown");
}

static gboolean
can_catch (const Run *run)
{
  return !g_str_equal (run->failure, "steps") && !g_str_equal (run->failure, "memory");
}

static void
take_error (Run *run, const Node *node, Value *out)
{
  const char *type = g_str_equal (run->failure, "nan") ? "NaN" : "Invalid Arguments";
  gboolean thrown = g_str_equal (run->failure, "thrown");
  run->failure = NULL;
  if (thrown)
    *out = run->thrown;
  else
    error_value (run, node, type, strlen (type), out);
}

static void
try (Run *run, const Scope *scope, const Node *node, Value *out)
{
  Scope inner = { scope, mado_rule_null (), 0 };
  for (guint i = 0; i < node->n_args; i++) {
    *out = mado_rule_null ();
    eval (run, i == 0 ? scope : &inner, &node->args[i], out);
    if (run->failure == NULL || !can_catch (run) || i + 1 == node->n_args)
      return;
    take_error (run, node, &inner.value);
  }
}

/* ---- the two ways in ---- */

static gboolean
truth_of (Run *run, const Scope *scope, const Node *node)
{
  Value room;
  const Value *value = operand (run, scope, node, &room);
  return run->failure == NULL && mado_rule_value_is_true (value);
}

static gboolean
exists (Run *run, const Scope *scope, const Node *node)
{
  Value room;
  const Value *value = refer (run, scope, &node->args[0], &room);
  return value != NULL && value->type != MADO_RULE_UNKNOWN;
}

static gboolean
test_each (Run *run, const Scope *scope, const Node *node, gboolean wanted)
{
  for (guint i = 0; i < node->n_args; i++) {
    if (test (run, scope, &node->args[i]) == wanted)
      return wanted && run->failure == NULL;
    if (G_UNLIKELY (run->failure != NULL))
      return FALSE;
  }
  return !wanted && node->n_args > 0;
}

static gboolean
test (Run *run, const Scope *scope, const Node *node)
{
  switch ((MadoRuleOp) node->op) {
  case OP_AND: return test_each (run, scope, node, FALSE);
  case OP_OR: return test_each (run, scope, node, TRUE);
  case OP_NOT: return (node->n_args == 0 || !test (run, scope, &node->args[0])) && run->failure == NULL;
  case OP_TRUTH: return node->n_args > 0 && test (run, scope, &node->args[0]);
  case OP_EQUAL: case OP_UNEQUAL: case OP_SAME: case OP_DIFFERENT:
  case OP_LESS: case OP_LESS_EQUAL: case OP_MORE: case OP_MORE_EQUAL:
    return compare (run, scope, node);
  case OP_IN: return in (run, scope, node);
  case OP_ALL: case OP_SOME: case OP_NONE: return quantify (run, scope, node);
  case OP_EXISTS: return exists (run, scope, node);
  case OP_IF: {
    const Node *branch = chosen (run, scope, node);
    return branch != NULL && test (run, scope, branch);
  }
  default: return truth_of (run, scope, node);
  }
}

static void
eval (Run *run, const Scope *scope, const Node *node, Value *out)
{
  *out = mado_rule_null ();
  switch ((MadoRuleOp) node->op) {
  case OP_CONSTANT: case OP_SLOT: case OP_SCOPE: case OP_DYNAMIC: {
    Value room;
    *out = *operand (run, scope, node, &room);
    break;
  }
  case OP_LIST: list_of (run, scope, node, out); break;
  case OP_AND: last_that (run, scope, node, FALSE, out); break;
  case OP_OR: last_that (run, scope, node, TRUE, out); break;
  case OP_IF: {
    const Node *branch = chosen (run, scope, node);
    if (branch != NULL)
      eval (run, scope, branch, out);
    break;
  }
  case OP_COALESCE: coalesce (run, scope, node, out); break;
  case OP_TRY: try (run, scope, node, out); break;
  case OP_THROW: throw (run, scope, node); break;
  case OP_CAT: cat (run, scope, node, out); break;
  case OP_SUBSTR: substr (run, scope, node, out); break;
  case OP_MERGE: merge (run, scope, node, out); break;
  case OP_LENGTH: length_of (run, scope, node, out); break;
  case OP_ADD: case OP_SUBTRACT: case OP_MULTIPLY: case OP_DIVIDE: case OP_MODULO: case OP_MAX: case OP_MIN:
    arithmetic (run, scope, node, out);
    break;
  case OP_FLOOR: case OP_CEIL: case OP_ROUND: rounded (run, scope, node, out); break;
  case OP_MAP: case OP_FILTER: map (run, scope, node, out); break;
  case OP_REDUCE: reduce (run, scope, node, out); break;
  case OP_MISSING: missing (run, scope, node, out); break;
  case OP_MISSING_SOME: missing_some (run, scope, node, out); break;
  case OP_TODAY: case OP_DATE: case OP_YEAR: case OP_MONTH: case OP_DAY: case OP_AGE: case OP_LEGAL_AGE:
  case OP_FISCAL_YEAR: case OP_SCHOOL_YEAR: case OP_ADD_DAYS: case OP_ADD_MONTHS: case OP_ADD_YEARS:
  case OP_DAYS_BETWEEN: case OP_MONTHS_BETWEEN:
    days (run, scope, node, out);
    break;
  default: *out = mado_rule_boolean (test (run, scope, node)); break;
  }
}

void
mado_rule_run_eval (MadoRuleRun *run, const MadoRuleScope *scope, const MadoRuleNode *node, MadoRuleValue *out)
{
  eval (run, scope, node, out);
}

gboolean
mado_rule_run_test (MadoRuleRun *run, const MadoRuleScope *scope, const MadoRuleNode *node)
{
  return test (run, scope, node);
}

void
mado_rule_run_init (MadoRuleRun *run, MadoRule *rule, MadoFacts *facts)
{
  if (G_UNLIKELY (rule->n_slots > facts->n_slots))
    mado_facts_ensure (facts, mado_vocabulary_get_n_slots (facts->vocabulary));
  if (facts->scratch.total > 0)
    mado_rule_arena_reset (&facts->scratch);
  run->slots = facts->slots;
  run->facts = facts;
  run->steps = MADO_RULE_MAX_STEPS;
  run->failure = NULL;
  run->unknown = NULL;
  run->met_unknown = FALSE;
}

static const char *
failure_message (const MadoRuleRun *run)
{
  if (g_str_equal (run->failure, "thrown")) {
    const MadoRuleValue *type = mado_rule_value_member (&run->thrown, "type", strlen ("type"));
    return type != NULL && type->type == MADO_RULE_TEXT ? type->text : "error";
  }
  if (g_str_equal (run->failure, "nan"))
    return "A number or a date was expected here, and two values that can be compared";
  if (g_str_equal (run->failure, "steps") || g_str_equal (run->failure, "memory"))
    return "This rule takes too long on these data";
  return "The arguments do not fit the operator";
}

gboolean
mado_rule_evaluate (MadoRule *self, MadoFacts *facts, MadoRuleValue *value, GError **error)
{
  MadoRuleRun run;
  mado_rule_run_init (&run, self, facts);
  eval (&run, NULL, &self->root, value);
  if (run.failure == NULL)
    return TRUE;
  *value = mado_rule_null ();
  mado_set_error_at (error, MADO_ERROR_INVALID, run.failed_at, run.failure, "%s", failure_message (&run));
  return FALSE;
}
