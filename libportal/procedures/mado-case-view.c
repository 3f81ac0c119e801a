/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-cases-private.h"

#include <glib/gi18n-lib.h>

#include "core/mado-date.h"
#include "core/mado-json.h"
#include "procedures/mado-catalogue.h"
#include "procedures/mado-procedures-resources.h"
#include "residents/mado-residents.h"

/* --- whose it is ---------------------------------------------------------------------------------------------- */

static const char *
get_answer (const MadoCase *self, const char *fact)
{
  JsonObject *answers = json_node_get_object (self->answers);

  return json_object_get_string_member_with_default (answers, fact, NULL);
}

gboolean
mado_case_is_claimed_by (MadoStore *store, const MadoCase *self, const char *resident_id)
{
  const char *name = get_answer (self, "applicant.fullName");
  const char *born = get_answer (self, "applicant.dateOfBirth");
  g_autoptr(MadoResident) resident = NULL;

  if (self->resident_id || !resident_id || !name || !born)
    return FALSE;
  resident = mado_resident_get (store, resident_id, NULL);
  return resident && mado_resident_is (resident, name, born);
}

/* A visit loses what it filed for one person once another's card lies there. */
static gboolean
is_owner (MadoStore *store, const MadoCase *self, const MadoActor *actor)
{
  const char *resident = mado_actor_get_resident (actor);

  if (resident && self->resident_id)
    return g_str_equal (resident, self->resident_id);
  return (actor->role == MADO_ROLE_VISIT && g_str_equal (actor->id, self->visit))
         || mado_case_is_claimed_by (store, self, resident);
}

gboolean
mado_case_check_access (MadoStore *store, MadoCase *self, const MadoActor *actor, GError **error)
{
  if (actor->role & (MADO_ROLES_STAFF | MADO_ROLE_AUDITOR | MADO_ROLE_SYSTEM))
    return TRUE;
  if ((actor->role & MADO_ROLES_OWNER) && is_owner (store, self, actor))
    return TRUE;
  g_set_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND,
               _("There is no such case; please compare its number with the paper."));
  return FALSE;
}

/* --- what holds ----------------------------------------------------------------------------------------------- */

static gboolean
is_overdue (const MadoCase *self)
{
  return self->due_date && mado_date_parse (self->due_date) < mado_date_today ();
}

guint
mado_case_get_guards (const MadoCase *self)
{
  return (self->identified_by ? MADO_CASE_GUARD_IDENTIFIED : MADO_CASE_GUARD_UNIDENTIFIED)
         | (self->fee > 0 && !self->paid_at ? MADO_CASE_GUARD_FEE_DUE : MADO_CASE_GUARD_FEE_SETTLED)
         | (self->released_at ? 0 : MADO_CASE_GUARD_UNRELEASED)
         | (is_overdue (self) ? MADO_CASE_GUARD_OVERDUE : 0)
         | (self->handed_at ? MADO_CASE_GUARD_HANDED_OUT : 0);
}

static void
set_due (MadoCase *self, MadoCatalogue *catalogue, int day)
{
  g_free (self->due_date);
  self->due_date = mado_date_format (mado_catalogue_get_open_day (catalogue, day));
}

static void
turn_clock (MadoCase *self, MadoCatalogue *catalogue, const MadoTransition *row, guint days)
{
  int today = mado_date_today ();
  int due = self->due_date ? mado_date_parse (self->due_date) : today + (int) days;

  switch (row->clock) {
  case MADO_CLOCK_KEEP:
    break;
  case MADO_CLOCK_START:
    set_due (self, catalogue, today + days);
    break;
  case MADO_CLOCK_OWNER:
    set_due (self, catalogue, today + row->days);
    break;
  case MADO_CLOCK_STOP:
    self->days_left = MAX (0, due - today);
    set_due (self, catalogue, today + row->days);
    break;
  case MADO_CLOCK_RESUME:
    set_due (self, catalogue, today + self->days_left);
    self->days_left = 0;
    break;
  case MADO_CLOCK_END:
    g_clear_pointer (&self->due_date, g_free);
    self->days_left = 0;
    break;
  }
}

gboolean
mado_case_follow (MadoCase *self, MadoCatalogue *catalogue, MadoCaseEvent event, MadoRole role, guint brought,
                  guint days, GError **error)
{
  const MadoTransition *row = mado_state_table_find (mado_case_states (), self->state, event, role,
                                                     mado_case_get_guards (self) | brought, error);

  if (!row)
    return FALSE;
  self->state = row->to;
  turn_clock (self, catalogue, row, days);
  return TRUE;
}

/* --- words ---------------------------------------------------------------------------------------------------- */

static gpointer
load_next_steps (gpointer data)
{
  return mado_json_load (mado_procedures_get_resource (), "/io/madoguchi/procedures/next-steps.json");
}

static JsonNode *
get_words (const char *name)
{
  static GOnce once = G_ONCE_INIT;

  return json_object_get_member (json_node_get_object (g_once (&once, load_next_steps, NULL)), name);
}

const char *
mado_case_get_words (const char *name, const char *language)
{
  return mado_json_text (get_words (name), language);
}

/* What is said to programs, said to people. */
static const struct { const char *under, *code, *words; } plain_words[] = {
  { "/procedures/", "revision", "kept-changed" },
  { "/procedures/", "unknown",  "kept-gone" },
  { "/answers/",    "unknown",  "kept-unasked" },
};

static const char *
get_plain_words (const MadoViolation *violation, const char *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (plain_words); i++)
    if (g_str_has_prefix (violation->pointer, plain_words[i].under)
        && g_str_equal (violation->code, plain_words[i].code))
      return mado_case_get_words (plain_words[i].words, language);
  return violation->message;
}

/* (nullable): as the form asks; @pointer: "/answers/FACT", "/answers/GROUP/0/FACT" */
static const char *
find_label (const char *pointer, const char *language, MadoForm *const *forms, guint n_forms)
{
  g_auto(GStrv) path = g_strsplit (pointer, "/", 6);
  guint length = g_strv_length (path);
  const char *group = length > 4 ? path[2] : NULL, *fact = length > 4 ? path[4] : length > 2 ? path[2] : NULL;

  if (!fact || !g_str_equal (path[1], "answers"))
    return NULL;
  for (guint i = 0; i < n_forms; i++) {
    const MadoFormField *field = mado_form_find_field (forms[i], group, fact);

    if (field && field->label)
      return mado_json_text (field->label, language);
  }
  return NULL;
}

char *
mado_case_explain (const char *name, const char *language, MadoForm *const *forms, guint n_forms, const GError *why)
{
  GString *words = g_string_new (mado_case_get_words (name, language));

  for (guint i = 0; i < mado_error_get_n_violations (why); i++) {
    const MadoViolation *violation = mado_error_get_violation (why, i);
    const char *label = find_label (violation->pointer, language, forms, n_forms);
    const char *plain = get_plain_words (violation, language);
    g_autofree char *line = label ? g_strdup_printf ("\n・%s: %s", label, plain) : g_strconcat ("\n・", plain, NULL);

    if (!strstr (words->str, line))
      g_string_append (words, line);
  }
  if (mado_error_get_n_violations (why) == 0)
    g_string_append_printf (words, "\n・%s", why->message);
  return g_string_free (words, FALSE);
}

static JsonNode *
get_next_step (const MadoCase *self)
{
  gboolean granted = self->state == MADO_CASE_STATE_GRANTED;

  return get_words (granted && self->fee > 0 && !self->paid_at ? "granted-unpaid"
                    : granted && self->handed_at ? "granted-printed"
                    : mado_enum_nick (MADO_TYPE_CASE_STATE, self->state));
}

void
mado_case_describe (MadoCase *self, MadoCatalogue *catalogue, const MadoActor *actor)
{
  MadoProcedure *procedure = catalogue
                             ? mado_catalogue_get_procedure (catalogue, self->procedure, self->revision) : NULL;
  JsonNode *next_step = get_next_step (self);

  g_clear_pointer (&self->title, json_node_unref);
  g_clear_pointer (&self->next_step, json_node_unref);
  g_clear_pointer (&self->events, g_strfreev);
  self->title = procedure ? json_node_ref (procedure->title) : NULL;
  self->next_step = next_step ? json_node_ref (next_step) : NULL;
  self->events = mado_state_table_events (mado_case_states (), self->state, actor->role,
                                          mado_case_get_guards (self));
  self->has_result = self->released_at != 0;
  self->has_form = catalogue && mado_catalogue_has_overlay (catalogue, self->form);
}
