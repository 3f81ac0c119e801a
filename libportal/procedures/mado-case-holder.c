/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who stands at the counter, by the card or the paper they show, beside whom the case names. */
#include "procedures/mado-cases-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-fold.h"
#include "model/mado-identity.h"
#include "model/mado-result.h"
#include "procedures/mado-filing.h"
#include "residents/mado-residents.h"

#define NAME "applicant.fullName"
#define KANA "applicant.fullNameKana"
#define BORN "applicant.dateOfBirth"

/* --- whom the case names ---------------------------------------------------------------------------------------- */

/* (nullable): what was answered, or what the city holds (with its source), as it is compared. */
static char *
fold_member (JsonNode *among, const char *fact)
{
  JsonNode *value = among != NULL ? json_object_get_member (json_node_get_object (among), fact) : NULL;
  g_autofree char *folded = NULL;

  if (value != NULL && JSON_NODE_HOLDS_OBJECT (value))
    value = json_object_get_member (json_node_get_object (value), "value");
  if (value == NULL || json_node_get_value_type (value) != G_TYPE_STRING)
    return NULL;
  folded = mado_fold_search (json_node_get_string (value));
  return *folded ? g_steal_pointer (&folded) : NULL;
}

static gboolean
is_part (const char *one, const char *other)
{
  return other != NULL && (strstr (one, other) != NULL || strstr (other, one) != NULL);
}

/* What was answered has to agree: the birthday, and the name however it is written; where the birthday agrees, a part
 * of it will do, and its kana: 高崎 and たかさき are 髙﨑 美代子. Where neither was asked, whoever shows the card is
 * the one. */
static gboolean
agree (JsonNode *answers, JsonNode *known)
{
  g_autofree char *name = fold_member (answers, NAME), *born = fold_member (answers, BORN);
  g_autofree char *known_name = fold_member (known, NAME), *known_born = fold_member (known, BORN);
  g_autofree char *known_kana = fold_member (known, KANA);

  if (born != NULL && g_strcmp0 (born, known_born) != 0)
    return FALSE;
  if (name == NULL || born == NULL)
    return name == NULL || g_strcmp0 (name, known_name) == 0;
  return is_part (name, known_name) || is_part (name, known_kana);
}

static gboolean
is_named (MadoStore *store, const MadoCase *filed, const char *resident, gboolean *named, GError **error)
{
  g_auto(MadoFilerContext) context = { 0 };

  if (!mado_filer_context_load (&context, store, resident, filed->language, error))
    return FALSE;
  *named = agree (filed->answers, context.known);
  return TRUE;
}

gboolean
mado_case_check_holder (MadoStore *store, const MadoCase *filed, const char *resident, GError **error)
{
  gboolean named = FALSE;

  if (filed->resident_id)
    named = g_str_equal (filed->resident_id, resident);
  else if (!is_named (store, filed, resident, &named, error))
    return FALSE;
  if (!named)
    mado_set_error_at (error, MADO_ERROR_INVALID, "/cardNumber", "other-person",
                       _("This card is not of the person who is named in the case."));
  return named;
}

gboolean
mado_case_check_filed (MadoStore *store, const MadoVisit *visit, const char *resident, GError **error)
{
  const MadoActor reader = { "system", "visit", NULL, MADO_ROLE_SYSTEM };
  const MadoCaseQuery query = { .visit = visit->id };
  g_autoptr(GPtrArray) cases = visit->filed_at ? mado_case_list (store, NULL, &reader, &query, NULL, error) : NULL;

  if (!cases)
    return !visit->filed_at;
  for (guint i = 0; i < cases->len; i++) {
    g_autoptr(MadoCase) filed = mado_case_load (store, ((MadoCase *) cases->pdata[i])->number, error);

    if (!filed || !mado_case_check_holder (store, filed, resident, error))
      return FALSE;
  }
  return TRUE;
}

/* --- who it is -------------------------------------------------------------------------------------------------- */

static const char *
get_answer (const MadoCase *filed, const char *fact)
{
  return json_object_get_string_member_with_default (json_node_get_object (filed->answers), fact, NULL);
}

/* A paper says a name and a birthday: those of the case, as staff have compared. */
static gboolean
find_by_answers (MadoStore *store, const MadoCase *filed, char **resident, GError **error)
{
  const char *name = get_answer (filed, NAME), *born = get_answer (filed, BORN);
  g_autoptr(MadoResident) found = NULL;
  g_autoptr(GError) failure = NULL;

  if (name && born)
    found = mado_resident_find_registered (store, name, born, &failure);
  *resident = found ? g_strdup (found->id) : NULL;
  if (!failure)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
mado_case_find_holder (MadoStore *store, const MadoCase *filed, const MadoCaseStep *shown, char **resident,
                       GError **error)
{
  g_autofree char *papers = NULL;

  if (shown->card_number && shown->paper) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/paper", "twice",
                       _("Say one of the two: the number of the card, or the kind of paper."));
    return FALSE;
  }
  if (shown->card_number)
    return (*resident = mado_card_find_resident (store, shown->card_number, error)) != NULL;
  if (shown->paper && mado_identity_is_paper (shown->paper))
    return find_by_answers (store, filed, resident, error);
  papers = mado_identity_list_papers ();
  if (shown->paper)
    mado_set_error_at (error, MADO_ERROR_INVALID, "/paper", "unknown",
                       _("Nobody is identified by “%s”. These papers are taken: %s."), shown->paper, papers);
  else
    mado_set_error_at (error, MADO_ERROR_INVALID, "/paper", "required",
                       _("Say by what this person is known: the number of their card, or one of these papers: %s."),
                       papers);
  return FALSE;
}

gboolean
mado_case_check_register (MadoStore *store, const MadoProcedure *procedure, const char *resident, GError **error)
{
  g_autoptr(MadoHousehold) household = NULL;
  g_autoptr(GError) failure = NULL;

  if (!procedure || g_strcmp0 (procedure->result, MADO_LAYOUT_CERTIFICATE) != 0)
    return TRUE;
  household = resident ? mado_household_get_of (store, resident, &failure) : NULL;
  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (!household)
    mado_set_error_at (error, MADO_ERROR_CONFLICT, "/paper", "not-registered",
                       _("The register holds nobody of the name and birthday in this case, and could certify nothing."
                         " Compare both with the paper; where they were mistyped, withdraw the case and have it filed"
                         " anew."));
  return household != NULL;
}

/* --- a look at them, before anybody is identified ----------------------------------------------------------------- */

typedef struct {
  MadoAct act;
  MadoCase *filed;
  char *resident;         /* (nullable): nobody the city knows */
  GError *refusal;        /* (nullable): why nobody was found */
  MadoCaseHolder *holder;
} Look;

static void
look_clear (MadoAct *act)
{
  Look *self = (Look *) act;

  g_clear_object (&self->filed);
  g_clear_object (&self->holder);
  g_clear_pointer (&self->resident, g_free);
  g_clear_error (&self->refusal);
}

static MadoOutcome
look_apply (MadoTx *tx, gpointer data, GError **error)
{
  Look *self = data;
  g_autofree char *subject = g_strconcat ("case/", self->filed->id, NULL);
  g_autofree char *detail = g_strdup_printf ("{\"number\":\"%s\"}", self->filed->number);

  if (!mado_journal_append (tx, &self->act.actor, self->holder->named ? "resident.viewed" : "resident.sought", subject,
                            self->resident, detail, error))
    return MADO_OUTCOME_ROLL_BACK;
  if (self->refusal)
    g_propagate_error (error, g_error_copy (self->refusal));
  else
    mado_act_take_result (&self->act, g_object_ref (self->holder));
  return MADO_OUTCOME_COMMIT;
}

/* Of somebody the case does not name, nothing is shown but that. */
static MadoCaseHolder *
describe_holder (MadoStore *store, const MadoCase *filed, const char *id, GError **error)
{
  g_autoptr(MadoResident) resident = NULL;
  g_autoptr(MadoHousehold) household = NULL;
  g_autofree char *address = NULL;
  gboolean named;

  if (!is_named (store, filed, id, &named, error))
    return NULL;
  if (!named)
    return g_object_new (MADO_TYPE_CASE_HOLDER, "known", TRUE, NULL);
  if (!mado_resident_load (store, id, &resident, &household, error))
    return NULL;
  address = household ? mado_address_dup_line (household->address) : NULL;
  return g_object_new (MADO_TYPE_CASE_HOLDER, "known", TRUE, "named", TRUE, "full-name", resident->full_name,
                       "date-of-birth", resident->date_of_birth, "address", address, NULL);
}

static MadoAct *
prepare_look (MadoStore *store, const MadoActor *actor, MadoCase *filed, char *resident, GError *refusal,
              GError **error)
{
  Look *self = mado_act_new (actor, sizeof (Look), look_apply, look_clear);
  g_autoptr(MadoAct) act = &self->act;

  self->filed = g_object_ref (filed);
  self->resident = resident;
  self->refusal = refusal;
  self->holder = resident ? describe_holder (store, filed, resident, error)
                          : g_object_new (MADO_TYPE_CASE_HOLDER, NULL);
  return self->holder ? g_steal_pointer (&act) : NULL;
}

/* The register was asked, and gave nobody: who tries numbers is seen to. */
static gboolean
is_miss (const MadoCaseStep *shown, const GError *refusal)
{
  return g_error_matches (refusal, MADO_ERROR, MADO_ERROR_CONFLICT)
         || (shown->card_number && g_error_matches (refusal, MADO_ERROR, MADO_ERROR_INVALID));
}

MadoAct *
mado_case_look_up_holder (MadoStore *store, const MadoActor *actor, const char *number, const MadoCaseStep *shown,
                          GError **error)
{
  g_autoptr(MadoCase) filed = NULL;
  GError *refusal = NULL;
  char *resident = NULL;

  if (!mado_actor_require (actor, MADO_ROLES_STAFF, error) || !(filed = mado_case_load (store, number, error))
      || !mado_state_table_find (mado_case_states (), filed->state, MADO_CASE_EVENT_IDENTIFY, actor->role,
                                 mado_case_get_guards (filed), error))
    return NULL;
  if (!mado_case_find_holder (store, filed, shown, &resident, &refusal) && !is_miss (shown, refusal)) {
    g_propagate_error (error, refusal);
    return NULL;
  }
  return prepare_look (store, actor, filed, resident, refusal, error);
}
