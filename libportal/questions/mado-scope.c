/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "questions/mado-settle.h"

#include <glib/gi18n-lib.h>

#include "core/mado-date.h"
#include "core/mado-json.h"
#include "questions/mado-kind-private.h"
#include "questions/mado-place-question.h"

void
mado_scope_init (MadoScope *self, MadoVocabulary *words, JsonObject *answers, const MadoAnswerContext *context)
{
  char today[11];

  *self = (MadoScope) {
    .context = context, .answers = answers, .facts = mado_facts_new (words),
    .n_slots = mado_vocabulary_get_n_slots (words),
  };
  self->by_slot = g_new0 (MadoSettledFact, self->n_slots);
  mado_date_fill (context->today, today);
  mado_facts_set_today (self->facts, today, NULL);
}

static void
fact_clear (MadoSettledFact *fact)
{
  g_clear_pointer (&fact->kept, json_node_unref);
  g_clear_pointer (&fact->told, json_node_unref);
  g_clear_pointer (&fact->rows, mado_settled_rows_free);
  g_free (fact->refusal.message);
}

void
mado_scope_clear (MadoScope *self)
{
  for (guint slot = 0; slot < self->n_slots; slot++)
    if (self->by_slot[slot].is_looked_up)
      fact_clear (&self->by_slot[slot]);
  g_free (self->by_slot);
  mado_facts_unref (self->facts);
}

/* Ready for the next row. */
void
mado_scope_reset (MadoScope *self, JsonObject *answers)
{
  for (guint slot = 0; slot < self->n_slots; slot++) {
    MadoSettledFact *fact = &self->by_slot[slot];

    if (!fact->is_looked_up)
      continue;
    if (fact->told != NULL)
      mado_facts_set_unknown (self->facts, slot);
    fact_clear (fact);
    *fact = (MadoSettledFact) { .is_read = fact->is_read };
  }
  self->answers = answers;
  self->n_met = self->round = 0;
}

void
mado_scope_read (MadoScope *self, const guint8 *reads, guint n_reads)
{
  for (guint slot = 0; slot < MIN (n_reads, self->n_slots); slot++)
    self->by_slot[slot].is_read |= reads[slot];
}

gboolean
mado_scope_begin_round (MadoScope *self)
{
  if (self->round == MADO_SETTLE_ROUNDS || (self->round > 0 && self->is_stable))
    return FALSE;
  self->round++;
  self->is_stable = TRUE;

  return TRUE;
}

/* What came of the answer; the answer stays. */
void
mado_settled_fact_forget (MadoSettledFact *fact)
{
  g_clear_pointer (&fact->kept, json_node_unref);
  g_clear_pointer (&fact->rows, mado_settled_rows_free);
  g_clear_pointer (&fact->refusal.message, g_free);
  fact->refusal.code = NULL;
  fact->is_checked = fact->is_known = FALSE;
}

/* --- who asks what -------------------------------------------------------------------------------------------- */

static void
note_change (MadoScope *self, guint slot)
{
  self->is_stable = FALSE;
  self->n_changes++;
  if (self->watch.changed != NULL)
    self->watch.changed (slot, self->watch.data);
}

/* Rules see what is kept of what is asked; if that is news, another round has to follow. */
void
mado_scope_tell_rules (MadoScope *self, guint slot, MadoSettledFact *fact)
{
  JsonNode *news = fact->asker != 0 ? fact->kept : NULL;

  if (!fact->is_read || fact->told == news
      || (fact->told != NULL && news != NULL && json_node_equal (fact->told, news)))
    return;
  g_clear_pointer (&fact->told, json_node_unref);
  if (news != NULL) {
    fact->told = json_node_ref (news);
    mado_facts_set_json (self->facts, slot, news);
  } else
    mado_facts_set_unknown (self->facts, slot);
  note_change (self, slot);
}

static void
set_asker (MadoScope *self, guint slot, MadoSettledFact *fact, guint ordinal)
{
  fact->asker = ordinal;
  if (fact->is_read)
    note_change (self, slot);
  else if (self->watch.changed != NULL)
    self->watch.changed (slot, self->watch.data);
}

gboolean
mado_scope_claim (MadoScope *self, guint slot, MadoSettledFact *fact, guint ordinal)
{
  if (fact->asker != 0 && fact->asker < ordinal)
    return FALSE;
  if (fact->asker != ordinal)
    set_asker (self, slot, fact, ordinal);
  if (fact->checker != ordinal)
    mado_settled_fact_forget (fact);
  fact->checker = ordinal;

  return TRUE;
}

/* What is no longer asked is no longer known to rules. */
void
mado_scope_release (MadoScope *self, guint slot, MadoSettledFact *fact, guint ordinal)
{
  if (fact->asker != ordinal)
    return;
  set_asker (self, slot, fact, 0);
  mado_scope_tell_rules (self, slot, fact);
}

gboolean
mado_scope_holds (const MadoScope *self, MadoRule *rule)
{
  return rule == NULL || mado_rule_test (rule, self->facts);
}

static JsonNode *
look_up_known (const MadoScope *self, const char *name)
{
  JsonNode *known = self->context->known;
  JsonNode *node = known != NULL && JSON_NODE_HOLDS_OBJECT (known)
                     ? json_object_get_member (json_node_get_object (known), name) : NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    node = json_object_get_member (json_node_get_object (node), "value");

  return node;
}

/* What the first row has from the answers around it, or else from what the city knows. */
static JsonNode *
look_up_first (const MadoScope *self, const char *member)
{
  for (guint i = 0; i < self->group->n_first; i++) {
    const MadoFormFirst *first = &self->group->first[i];
    const MadoSettledFact *fact = &self->outer->by_slot[first->slot];

    if (g_str_equal (first->member, member))
      return fact->asker != 0 ? fact->told : look_up_known (self->outer, first->fact);
  }

  return NULL;
}

JsonNode *
mado_scope_get_known (const MadoScope *self, const char *name)
{
  if (self->group == NULL)
    return look_up_known (self, name);

  return self->is_first ? look_up_first (self, name) : NULL;
}

MadoSettledFact *
mado_scope_look_up (MadoScope *self, guint slot, const char *name)
{
  MadoSettledFact *fact = &self->by_slot[slot];

  if (fact->is_looked_up)
    return fact;
  fact->is_looked_up = TRUE;
  if (self->answers != NULL)
    fact->value = json_object_get_member (self->answers, name);
  self->n_met += fact->value != NULL;
  if (fact->value != NULL || mado_place_is_begun (self->answers, name))
    return fact;
  fact->value = mado_scope_get_known (self, name);
  fact->is_filled = fact->value != NULL;

  return fact;
}

void
mado_scope_forget (MadoScope *self, guint slot)
{
  MadoSettledFact *fact = &self->by_slot[slot];

  if (!fact->is_looked_up)
    return;
  self->n_met -= fact->value != NULL && !fact->is_filled;
  mado_settled_fact_forget (fact);
  fact->value = NULL;
  fact->is_looked_up = fact->is_filled = FALSE;
}

/* --- one question --------------------------------------------------------------------------------------------- */

/* The city may write a value otherwise: a postcode without its hyphen. */
static gboolean
is_same_answer (const MadoScope *self, const MadoFormField *field, JsonNode *known, JsonNode *kept)
{
  MadoRefusal refusal = { NULL, NULL };
  g_autoptr(JsonNode) folded = mado_form_field_keep (field, known, self->context, &refusal);

  g_free (refusal.message);

  return folded != NULL && json_node_equal (folded, kept);
}

/* Whether the answer is what the city knows; where it has to be and is not, it is refused. */
static void
compare_known (const MadoScope *self, const MadoFormField *field, MadoSettledFact *fact)
{
  JsonNode *known = fact->kept != NULL ? mado_scope_get_known (self, field->fact) : NULL;

  fact->is_known = known != NULL && (fact->is_filled || is_same_answer (self, field, known, fact->kept));
  if (known == NULL || fact->is_known || !field->fixed)
    return;
  g_clear_pointer (&fact->kept, json_node_unref);
  mado_refuse (&fact->refusal, "fixed",
               g_strdup (_("The city's record says otherwise: please ask the staff to correct it")));
}

static void
check_fact (const MadoScope *self, const MadoFormField *field, MadoSettledFact *fact)
{
  fact->is_checked = TRUE;
  fact->kept = mado_form_field_keep (field, fact->value, self->context, &fact->refusal);
  compare_known (self, field, fact);
}

/* What is the same in every case may be answered, but not otherwise: that would be another city's form. */
static void
check_constant (const MadoScope *self, const MadoFormField *field, MadoSettledFact *fact)
{
  if (*mado_rule_get_facts (field->value) != NULL || fact->kept == NULL || fact->is_filled
      || mado_answer_is_empty (fact->value) || is_same_answer (self, field, fact->value, fact->kept))
    return;
  mado_refuse (&fact->refusal, "fixed",
               g_strdup (_("This form gives the answer itself: please leave it out, or give the same")));
}

/* A rule gives the value; whatever was answered does not count. */
static void
compute_fact (const MadoScope *self, const MadoFormField *field, MadoSettledFact *fact)
{
  g_autoptr(JsonNode) node = NULL;
  MadoRuleValue value;

  if (mado_rule_evaluate (field->value, self->facts, &value, NULL) && value.type > MADO_RULE_NULL)
    node = mado_rule_value_to_json (&value);
  if (fact->kept != NULL && node != NULL && json_node_equal (node, fact->kept))
    return;
  g_clear_pointer (&fact->kept, json_node_unref);
  g_clear_pointer (&fact->refusal.message, g_free);
  fact->refusal.code = NULL;
  if (node != NULL && fact->value != NULL && json_node_equal (node, fact->value)) {
    json_node_unref (node);
    node = json_node_ref (fact->value);
  }
  fact->kept = mado_form_field_keep (field, node, self->context, &fact->refusal);
  check_constant (self, field, fact);
}

/* Whether this field asks it, and not an earlier one. */
static gboolean
ask_field (MadoScope *self, const MadoFormField *field, MadoSettledFact *fact, guint ordinal)
{
  if (!mado_scope_holds (self, field->when)) {
    mado_scope_release (self, field->slot, fact, ordinal);
    return FALSE;
  }
  mado_scope_claim (self, field->slot, fact, ordinal);
  if (field->value != NULL)
    compute_fact (self, field, fact);
  else if (!fact->is_checked)
    check_fact (self, field, fact);
  mado_scope_tell_rules (self, field->slot, fact);

  return TRUE;
}

void
mado_scope_ask (MadoScope *self, const MadoFormQuestion *question, guint ordinal, MadoSettledQuestion *settled)
{
  gboolean holds = mado_scope_holds (self, question->when);

  *settled = (MadoSettledQuestion) { 0 };
  for (guint i = 0; i < question->n_fields; i++) {
    const MadoFormField *field = &question->fields[i];
    MadoSettledFact *fact = &self->by_slot[field->slot];
    guint32 bit = 1u << i;

    if (holds)
      mado_scope_look_up (self, field->slot, field->fact);
    if (!holds)
      mado_scope_release (self, field->slot, fact, ordinal + i);
    else if (fact->asker != 0 && fact->asker < ordinal + i)
      settled->repeated |= bit;
    else if (ask_field (self, field, fact, ordinal + i)) {
      settled->shown |= bit;
      settled->passed |= fact->refusal.code == NULL ? bit : 0;
      settled->known |= fact->is_known ? bit : 0;
    }
  }
}

/* --- mistakes ------------------------------------------------------------------------------------------------- */

void
mado_scope_report (const MadoScope *self, const MadoFormQuestion *question, const MadoSettledQuestion *settled,
                   MadoReader *reader)
{
  if (settled->shown == settled->passed)
    return;
  for (guint i = 0; i < question->n_fields; i++) {
    const MadoFormField *field = &question->fields[i];
    const MadoRefusal *refusal = &self->by_slot[field->slot].refusal;

    if (settled->shown & ~settled->passed & (1u << i))
      mado_reader_violate (reader, field->fact, refusal->code, "%s", refusal->message);
  }
}

void
mado_scope_report_circle (const MadoScope *self, MadoReader *reader)
{
  if (!self->is_stable)
    mado_reader_violate (reader, NULL, "circle",
                         _("The questions of this form contradict one another; please tell the staff"));
}

/* A check that cannot be told yet, because something was not answered, is no mistake. */
void
mado_scope_report_checks (const MadoScope *self, const MadoFormCheck *checks, guint n, MadoReader *reader)
{
  for (guint i = 0; i < n; i++)
    if (mado_rule_decide (checks[i].rule, self->facts, NULL) == MADO_VERDICT_NO)
      mado_reader_violate (reader, checks[i].fact, "check", "%s",
                           mado_json_text (checks[i].message, self->context->language));
}
