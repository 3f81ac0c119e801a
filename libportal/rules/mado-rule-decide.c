/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/mado-rule-private.h"

#include <string.h>

static MadoVerdict
decide_leaf (MadoRuleRun *run, const MadoRuleNode *node)
{
  run->met_unknown = FALSE;
  gboolean holds = mado_rule_run_test (run, NULL, node) && run->failure == NULL;
  run->failure = NULL;
  return run->met_unknown ? MADO_VERDICT_UNKNOWN : holds ? MADO_VERDICT_YES : MADO_VERDICT_NO;
}

/* One part that is @decisive settles it, whatever the others are. */
static MadoVerdict
decide_parts (MadoRuleRun *run, const MadoRuleNode *node, MadoVerdict decisive)
{
  MadoVerdict verdict = node->n_args == 0 ? MADO_VERDICT_NO
                        : decisive == MADO_VERDICT_NO ? MADO_VERDICT_YES : MADO_VERDICT_NO;
  for (guint i = 0; i < node->n_args; i++) {
    MadoVerdict part = mado_rule_run_decide (run, &node->args[i]);
    if (part == decisive)
      return decisive;
    if (part == MADO_VERDICT_UNKNOWN)
      verdict = MADO_VERDICT_UNKNOWN;
  }
  return verdict;
}

static MadoVerdict
decide_if (MadoRuleRun *run, const MadoRuleNode *node, guint at)
{
  if (at >= node->n_args)
    return MADO_VERDICT_NO;
  if (at + 1 == node->n_args)
    return mado_rule_run_decide (run, &node->args[at]);
  MadoVerdict condition = mado_rule_run_decide (run, &node->args[at]);
  if (condition == MADO_VERDICT_YES)
    return mado_rule_run_decide (run, &node->args[at + 1]);
  if (condition == MADO_VERDICT_NO)
    return decide_if (run, node, at + 2);
  guint8 *needed = run->unknown;
  run->unknown = NULL;   /* the condition is asked first; the branches may not matter */
  MadoVerdict then = mado_rule_run_decide (run, &node->args[at + 1]);
  MadoVerdict otherwise = decide_if (run, node, at + 2);
  run->unknown = needed;
  return then == otherwise ? then : MADO_VERDICT_UNKNOWN;
}

static MadoVerdict
inverse (MadoVerdict verdict)
{
  return verdict == MADO_VERDICT_UNKNOWN ? verdict : verdict == MADO_VERDICT_YES ? MADO_VERDICT_NO : MADO_VERDICT_YES;
}

MadoVerdict
mado_rule_run_decide (MadoRuleRun *run, const MadoRuleNode *node)
{
  switch ((MadoRuleOp) node->op) {
  case OP_AND: return decide_parts (run, node, MADO_VERDICT_NO);
  case OP_OR: return decide_parts (run, node, MADO_VERDICT_YES);
  case OP_NOT: return node->n_args == 0 ? MADO_VERDICT_YES : inverse (mado_rule_run_decide (run, &node->args[0]));
  case OP_TRUTH: return node->n_args == 0 ? MADO_VERDICT_NO : mado_rule_run_decide (run, &node->args[0]);
  case OP_IF: return decide_if (run, node, 0);
  default: return decide_leaf (run, node);
  }
}

static GStrv
names_of (MadoRule *self, const guint8 *unknown)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; i + 1 < self->facts->len; i++) {
    guint slot;
    const char *name = g_ptr_array_index (self->facts, i);
    if (mado_vocabulary_find (self->vocabulary, name, &slot) && unknown[slot])
      g_strv_builder_add (names, name);
  }
  return g_strv_builder_end (names);
}

MadoVerdict
mado_rule_decide (MadoRule *self, MadoFacts *facts, GStrv *needed)
{
  MadoRuleRun run;
  mado_rule_run_init (&run, self, facts);
  g_autofree guint8 *unknown = needed != NULL ? g_new0 (guint8, facts->n_slots + 1) : NULL;
  run.unknown = unknown;
  MadoVerdict verdict = mado_rule_run_decide (&run, &self->root);
  if (needed != NULL && verdict != MADO_VERDICT_UNKNOWN)
    memset (unknown, 0, facts->n_slots);
  if (needed != NULL)
    *needed = names_of (self, unknown);
  return verdict;
}
