/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/mado-rule-private.h"

#include <string.h>
#include "core/mado-date.h"

G_DEFINE_BOXED_TYPE (MadoFacts, mado_facts, mado_facts_ref, mado_facts_unref)

void
mado_facts_ensure (MadoFacts *self, guint n_slots)
{
  if (n_slots <= self->n_slots)
    return;
  self->slots = g_renew (MadoRuleValue, self->slots, n_slots);
  self->owned = g_renew (MadoRuleArena, self->owned, n_slots);
  memset (self->slots + self->n_slots, 0, (n_slots - self->n_slots) * sizeof *self->slots);
  memset (self->owned + self->n_slots, 0, (n_slots - self->n_slots) * sizeof *self->owned);
  self->n_slots = n_slots;
}

MadoFacts *
mado_facts_new (MadoVocabulary *vocabulary)
{
  MadoFacts *self = g_new0 (MadoFacts, 1);
  g_atomic_ref_count_init (&self->references);
  self->vocabulary = mado_vocabulary_ref (vocabulary);
  self->today = mado_date_today ();
  self->n_symbols = mado_vocabulary_get_n_symbols (vocabulary);
  mado_facts_ensure (self, mado_vocabulary_get_n_slots (vocabulary));
  return self;
}

MadoFacts *
mado_facts_ref (MadoFacts *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
mado_facts_unref (MadoFacts *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  for (guint i = 0; i < self->n_slots; i++)
    mado_rule_arena_clear (&self->owned[i]);
  mado_rule_arena_clear (&self->data_arena);
  mado_rule_arena_clear (&self->scratch);
  g_free (self->owned);
  g_free (self->slots);
  mado_vocabulary_unref (self->vocabulary);
  g_free (self);
}

void
mado_facts_clear (MadoFacts *self)
{
  for (guint i = 0; i < self->n_slots; i++)
    mado_rule_arena_reset (&self->owned[i]);
  if (self->n_slots > 0)
    memset (self->slots, 0, self->n_slots * sizeof *self->slots);
  mado_rule_arena_reset (&self->data_arena);
  self->data = (MadoRuleValue) { 0 };
}

gboolean
mado_facts_set_today (MadoFacts *self, const char *date, GError **error)
{
  gint today = mado_date_parse (date);
  if (today != MADO_DATE_NONE) {
    self->today = today;
    return TRUE;
  }
  mado_set_error_at (error, MADO_ERROR_INVALID, "", "date", "Today is given as a date, YYYY-MM-DD");
  return FALSE;
}

static MadoRuleValue *
slot_for (MadoFacts *self, guint slot)
{
  if (slot >= self->n_slots)
    mado_facts_ensure (self, MAX (slot + 1, mado_vocabulary_get_n_slots (self->vocabulary)));
  mado_rule_arena_reset (&self->owned[slot]);
  return &self->slots[slot];
}

void
mado_facts_set_unknown (MadoFacts *self, guint slot)
{
  *slot_for (self, slot) = (MadoRuleValue) { 0 };
}

void
mado_facts_set_boolean (MadoFacts *self, guint slot, gboolean value)
{
  *slot_for (self, slot) = mado_rule_boolean (value);
}

void
mado_facts_set_number (MadoFacts *self, guint slot, double value)
{
  *slot_for (self, slot) = mado_rule_number (value);
}

void
mado_facts_set_day (MadoFacts *self, guint slot, gint32 day)
{
  *slot_for (self, slot) = mado_rule_day (day);
}

static void settle_members (MadoFacts *self, const MadoRuleFact *group, MadoRuleValue *value);

/* What the vocabulary calls a date is one, and texts get their numbers; inside groups too. The tree is still ours. */
static void
settle (MadoFacts *self, const MadoRuleFact *fact, MadoRuleValue *value)
{
  gint32 day;
  if (value->type == MADO_RULE_TEXT && fact->type == MADO_FACT_DATE && mado_rule_value_to_day (value, &day))
    *value = mado_rule_day (day);
  else if (value->type == MADO_RULE_TEXT)
    value->symbol = mado_vocabulary_get_symbol (self->vocabulary, value->text);
  else if (fact->members != NULL && value->type == MADO_RULE_LIST && !self->borrowed)
    for (guint i = 0; i < value->n; i++)
      settle_members (self, fact, (MadoRuleValue *) &value->items[i]);
}

static void
settle_members (MadoFacts *self, const MadoRuleFact *group, MadoRuleValue *value)
{
  for (guint i = 0; value->type == MADO_RULE_OBJECT && i < value->n; i++) {
    MadoRuleMember *member = (MadoRuleMember *) &value->members[i];
    const MadoRuleFact *fact = mado_rule_fact_find_member (group, member->name, member->name_length);
    if (fact == NULL)
      continue;
    member->name = fact->name;   /* so that a compiled rule knows it by its address */
    settle (self, fact, &member->value);
  }
}

void
mado_facts_number_texts (MadoFacts *self)
{
  self->n_symbols = mado_vocabulary_get_n_symbols (self->vocabulary);
  for (guint slot = 0; slot < self->n_slots; slot++)
    settle (self, mado_vocabulary_get_fact (self->vocabulary, slot), &self->slots[slot]);
}

static void
settle_slot (MadoFacts *self, guint slot)
{
  settle (self, mado_vocabulary_get_fact (self->vocabulary, slot), &self->slots[slot]);
}

void
mado_facts_set_text (MadoFacts *self, guint slot, const char *value)
{
  MadoRuleValue *place = slot_for (self, slot);
  gsize length = strlen (value);
  *place = mado_rule_text (mado_rule_arena_text (&self->owned[slot], value, length), length);
  settle_slot (self, slot);
}

void
mado_facts_set_json (MadoFacts *self, guint slot, JsonNode *node)
{
  MadoRuleValue *place = slot_for (self, slot);
  mado_rule_value_from_json (&self->owned[slot], node, place);
  settle_slot (self, slot);
}

void
mado_facts_set_data (MadoFacts *self, JsonNode *data)
{
  guint n_slots = mado_vocabulary_get_n_slots (self->vocabulary);
  mado_facts_clear (self);
  mado_facts_ensure (self, n_slots);
  self->borrowed = FALSE;
  self->n_symbols = mado_vocabulary_get_n_symbols (self->vocabulary);
  if (data == NULL)
    return;
  mado_rule_value_from_json (&self->data_arena, data, &self->data);
  for (guint slot = 0; slot < n_slots; slot++) {
    const MadoRuleFact *fact = mado_vocabulary_get_fact (self->vocabulary, slot);
    const MadoRuleValue *found = mado_rule_value_lookup (&self->data, fact->name, strlen (fact->name));
    if (found == NULL)
      continue;
    self->slots[slot] = *found;
    settle (self, fact, &self->slots[slot]);
  }
}

const MadoRuleValue *
mado_facts_get (MadoFacts *self, guint slot)
{
  static const MadoRuleValue unknown = { 0 };
  return slot < self->n_slots ? &self->slots[slot] : &unknown;
}

MadoRuleValue *
mado_facts_get_slots (MadoFacts *self, guint *n_slots)
{
  mado_facts_ensure (self, mado_vocabulary_get_n_slots (self->vocabulary));
  self->borrowed = TRUE;
  if (n_slots != NULL)
    *n_slots = self->n_slots;
  return self->slots;
}
