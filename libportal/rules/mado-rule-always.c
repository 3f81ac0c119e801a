/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/mado-rule-private.h"

#include <string.h>
#include "core/mado-date.h"

/*
 * Whether a condition depends on anything is found out by trying. Of each fact that is only compared with constants,
 * one value for every stretch between those constants stands for all; what is asked in any other way is taken to be
 * yes or no at will. A condition that comes out the same for all of them is always so. (It may be always so for
 * deeper reasons, and then nothing is said.)
 */

#define MAX_TRIES  100000
#define MAX_VALUES 256

typedef struct {
  guint         slot;
  MadoRuleValue values[MAX_VALUES];
  guint         n;
} Domain;

typedef struct {
  MadoRule  *rule;
  MadoFacts *facts;
  GArray    *domains;     /* of Domain */
  GPtrArray *opaque;      /* conditions that are yes or no at will */
  guint64    choices;     /* of those, as bits */
  gboolean   overflow;
} Trial;

static gboolean
is_plain (const MadoRuleNode *node)
{
  return node->op == OP_SLOT && node->value.type == MADO_RULE_NULL;
}

static gboolean
is_years (const MadoRuleNode *node)
{
  return (node->op == OP_AGE || node->op == OP_LEGAL_AGE || node->op == OP_SCHOOL_YEAR) && node->n_args == 1
         && is_plain (&node->args[0]);
}

static Domain *
domain_of (Trial *self, guint slot)
{
  for (guint i = 0; i < self->domains->len; i++) {
    Domain *domain = &g_array_index (self->domains, Domain, i);
    if (domain->slot == slot)
      return domain;
  }
  g_array_set_size (self->domains, self->domains->len + 1);
  Domain *domain = &g_array_index (self->domains, Domain, self->domains->len - 1);
  memset (domain, 0, sizeof *domain);
  domain->slot = slot;
  return domain;
}

static void
add_value (Trial *self, guint slot, MadoRuleValue value)
{
  Domain *domain = domain_of (self, slot);

  for (guint i = 0; i < domain->n; i++)
    if (domain->values[i].type == value.type && mado_rule_value_equal (&domain->values[i], &value))
      return;
  if (domain->n == MAX_VALUES)
    self->overflow = TRUE;
  else
    domain->values[domain->n++] = value;
}

/* The constant, and what lies on either side of it. */
static void
add_around (Trial *self, guint slot, const MadoRuleValue *k)
{
  static const char other[] = "\001";

  switch ((MadoRuleType) k->type) {
  case MADO_RULE_NUMBER:
    for (gint i = -1; i <= 1; i++)
      add_value (self, slot, mado_rule_number (k->number + i * 0.5));
    break;
  case MADO_RULE_DATE:
    for (gint i = -1; i <= 1; i++)
      add_value (self, slot, mado_rule_day (k->day + i));
    break;
  case MADO_RULE_TEXT:
    add_value (self, slot, *k);
    add_value (self, slot, mado_rule_text (other, strlen (other)));
    break;
  case MADO_RULE_BOOLEAN:
    add_value (self, slot, mado_rule_boolean (TRUE));
    add_value (self, slot, mado_rule_boolean (FALSE));
    break;
  case MADO_RULE_LIST:
    for (guint i = 0; i < k->n; i++)
      add_around (self, slot, &k->items[i]);
    break;
  case MADO_RULE_UNKNOWN: case MADO_RULE_NULL: case MADO_RULE_OBJECT: default:
    add_value (self, slot, mado_rule_null ());
    break;
  }
}

/* Days of birth on either side of that many years, by all three ways of counting. */
static void
add_births (Trial *self, guint slot, const MadoRuleValue *k)
{
  if (k->type != MADO_RULE_NUMBER || k->number < -100 || k->number > 1000)
    return;
  for (gint years = (gint) k->number - 1; years <= (gint) k->number + 2; years++) {
    gint same_day = mado_date_add_months (self->facts->today, -12 * years);
    gint school = mado_date_from_ymd (mado_date_fiscal_year (self->facts->today) - years - 5, 4, 2);
    for (gint i = -1; same_day != MADO_DATE_NONE && i <= 2; i++)
      add_value (self, slot, mado_rule_day (same_day + i));
    for (gint i = -1; school != MADO_DATE_NONE && i <= 1; i++)
      add_value (self, slot, mado_rule_day (school + i));
  }
}

static gboolean
has_facts (const MadoRuleNode *node)
{
  if (node->op == OP_SLOT || node->op == OP_SCOPE || node->op == OP_DYNAMIC || node->op == OP_MISSING
      || node->op == OP_MISSING_SOME || node->op == OP_THROW || node->op == OP_TODAY)
    return TRUE;
  for (guint i = 0; i < node->n_args; i++)
    if (has_facts (&node->args[i]))
      return TRUE;
  return (node->op == OP_FISCAL_YEAR && node->n_args == 0) || is_years (node);
}

/* A fact, or a number of years, beside constants. */
static gboolean
understands (const MadoRuleNode *node)
{
  guint n_facts = 0;

  if (!has_facts (node))
    return TRUE;
  if (is_plain (node))
    return node->type == MADO_FACT_BOOLEAN;
  if (node->op != OP_IN && !(node->op >= OP_EQUAL && node->op <= OP_MORE_EQUAL))
    return FALSE;
  for (guint i = 0; i < node->n_args; i++)
    if (is_plain (&node->args[i]) || is_years (&node->args[i]))
      n_facts++;
    else if (node->args[i].op != OP_CONSTANT)
      return FALSE;
  return n_facts == 1 && (node->op != OP_IN || (is_plain (&node->args[0])
                                                && node->args[1].value.type == MADO_RULE_LIST));
}

static void
collect_leaf (Trial *self, const MadoRuleNode *node)
{
  const MadoRuleNode *fact = is_plain (node) ? node : NULL;

  if (!understands (node)) {
    g_ptr_array_add (self->opaque, (gpointer) node);
    return;
  }
  for (guint i = 0; i < node->n_args; i++)
    if (is_plain (&node->args[i]) || is_years (&node->args[i]))
      fact = &node->args[i];
  if (fact == node)
    add_around (self, node->slot, &(MadoRuleValue) { .type = MADO_RULE_BOOLEAN });
  for (guint i = 0; fact != NULL && i < node->n_args; i++)
    if (node->args[i].op == OP_CONSTANT && is_plain (fact))
      add_around (self, fact->slot, &node->args[i].value);
    else if (node->args[i].op == OP_CONSTANT)
      add_births (self, fact->args[0].slot, &node->args[i].value);
}

static gint
by_number (gconstpointer a, gconstpointer b)
{
  const MadoRuleValue *x = a, *y = b;
  return x->number < y->number ? -1 : x->number > y->number;
}

/* Between 0.1 and 0.2 there is something too. */
static void
add_midpoints (Trial *self, Domain *domain)
{
  guint n = 0;
  MadoRuleValue numbers[MAX_VALUES];

  for (guint i = 0; i < domain->n; i++)
    if (domain->values[i].type == MADO_RULE_NUMBER)
      numbers[n++] = domain->values[i];
  qsort (numbers, n, sizeof *numbers, by_number);
  for (guint i = 1; i < n; i++)
    add_value (self, domain->slot, mado_rule_number (numbers[i - 1].number / 2 + numbers[i].number / 2));
}

static gboolean
is_joint (const MadoRuleNode *node)
{
  return node->op == OP_AND || node->op == OP_OR || node->op == OP_NOT || node->op == OP_TRUTH || node->op == OP_IF;
}

static void
collect (Trial *self, const MadoRuleNode *node)
{
  if (!is_joint (node))
    collect_leaf (self, node);
  for (guint i = 0; is_joint (node) && i < node->n_args; i++)
    collect (self, &node->args[i]);
}

static gboolean
holds_leaf (Trial *self, const MadoRuleNode *node)
{
  MadoRuleRun run;
  guint index;

  if (g_ptr_array_find (self->opaque, node, &index))
    return (self->choices >> index) & 1;
  mado_rule_run_init (&run, self->rule, self->facts);
  return mado_rule_run_test (&run, NULL, node) && run.failure == NULL;
}

static gboolean
holds (Trial *self, const MadoRuleNode *node)
{
  guint i = 0;

  switch ((MadoRuleOp) node->op) {
  case OP_AND: case OP_OR:
    for (; i < node->n_args; i++)
      if (holds (self, &node->args[i]) == (node->op == OP_OR))
        return node->op == OP_OR;
    return node->op == OP_AND && node->n_args > 0;
  case OP_NOT: return node->n_args == 0 || !holds (self, &node->args[0]);
  case OP_TRUTH: return node->n_args > 0 && holds (self, &node->args[0]);
  case OP_IF:
    for (; i + 1 < node->n_args; i += 2)
      if (holds (self, &node->args[i]))
        return holds (self, &node->args[i + 1]);
    return i < node->n_args && holds (self, &node->args[i]);
  default: return holds_leaf (self, node);
  }
}

static guint64
count_tries (Trial *self)
{
  guint64 tries = self->opaque->len <= 16 ? G_GUINT64_CONSTANT (1) << self->opaque->len : G_MAXUINT64;

  for (guint i = 0; i < self->domains->len && tries <= MAX_TRIES; i++)
    tries *= g_array_index (self->domains, Domain, i).n;
  return self->overflow ? G_MAXUINT64 : tries;
}

static void
choose (Trial *self, guint64 number)
{
  for (guint i = 0; i < self->domains->len; i++) {
    Domain *domain = &g_array_index (self->domains, Domain, i);
    self->facts->slots[domain->slot] = domain->values[number % domain->n];
    number /= domain->n;
  }
  self->choices = number;
}

static MadoVerdict
try_all (Trial *self, const MadoRuleNode *node)
{
  collect (self, node);
  for (guint i = 0; i < self->domains->len; i++)
    add_midpoints (self, &g_array_index (self->domains, Domain, i));
  guint64 tries = count_tries (self);
  gboolean yes = FALSE, no = FALSE;
  if (tries > MAX_TRIES)
    return MADO_VERDICT_UNKNOWN;
  for (guint64 i = 0; i < tries && !(yes && no); i++) {
    choose (self, i);
    if (holds (self, node))
      yes = TRUE;
    else
      no = TRUE;
  }
  return yes && no ? MADO_VERDICT_UNKNOWN : yes ? MADO_VERDICT_YES : MADO_VERDICT_NO;
}

MadoVerdict
mado_rule_try_all (MadoRule *rule, const MadoRuleNode *node)
{
  g_autoptr(MadoFacts) facts = mado_facts_new (rule->vocabulary);
  Trial trial = { .rule = rule, .facts = facts };

  trial.domains = g_array_new (FALSE, TRUE, sizeof (Domain));
  trial.opaque = g_ptr_array_new ();
  MadoVerdict verdict = try_all (&trial, node);
  g_array_unref (trial.domains);
  g_ptr_array_unref (trial.opaque);
  return verdict;
}
