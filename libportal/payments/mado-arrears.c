/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "payments/mado-arrears.h"

#include <glib/gi18n-lib.h>

#include "core/mado-date.h"
#include "core/mado-json.h"
#include "payments/mado-charges-private.h"
#include "payments/mado-payments-resources.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

#define SURCHARGES "surcharges"

static GPtrArray *
one_line (const char *account, gint64 yen)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_object_unref);
  MadoChargeLine *line = g_object_new (MADO_TYPE_CHARGE_LINE, "account", account, NULL);

  line->quantity = 1;
  line->unit = yen;
  g_ptr_array_add (lines, line);
  return lines;
}

static gpointer
load_phrases (gpointer data)
{
  return mado_json_load (mado_payments_get_resource (), "/io/madoguchi/payments/arrears-words.json");
}

static char *
say_of (const char *words, const char *phrase, const char *part, const char *language)
{
  static GOnce once = G_ONCE_INIT;
  JsonObject *phrases = json_node_get_object (g_once (&once, load_phrases, NULL));
  GString *text = g_string_new (mado_json_text (json_object_get_member (phrases, phrase), language));

  g_string_replace (text, "{part}", part, 1);
  g_string_replace (text, "{words}", words, 1);
  return g_string_free (text, FALSE);
}

/* What @phrase makes of the words, in every language they are in. */
static JsonNode *
extend_words (JsonNode *words, const char *phrase, const char *part)
{
  g_autoptr(JsonObject) extended = json_object_new ();
  JsonObjectIter iter;
  const char *language;
  JsonNode *text;

  json_object_iter_init (&iter, json_node_get_object (words));
  while (json_object_iter_next (&iter, &language, &text)) {
    g_autofree char *longer = say_of (json_node_get_string (text), phrase, part, language);

    json_object_set_string_member (extended, language, longer);
  }
  return json_node_init_object (json_node_alloc (), extended);
}

/* @words: (transfer full) */
static MadoCharge *
charge_like (const MadoCharge *other, JsonNode *words, const char *account, gint64 yen, const char *due)
{
  MadoCharge *charge = g_object_new (MADO_TYPE_CHARGE, "office", other->office, "payer", other->payer,
                                     "due-date", due, NULL);

  charge->words = words;
  charge->lines = one_line (account, yen);
  return charge;
}

/* --- surcharges ------------------------------------------------------------------------------------------------- */

typedef struct {
  MadoAct act;
  MadoChargeDraft draft;
} Surcharge;

static void
surcharge_clear (MadoAct *act)
{
  mado_charge_draft_clear (&((Surcharge *) act)->draft);
}

static gboolean
check_none_yet (const Surcharge *self, MadoTx *tx, GError **error)
{
  g_autoptr(MadoRows) rows = mado_tx_query (tx, error, "SELECT 1 AS found FROM charges WHERE subject = $1",
                                            MADO_BIND (MADO_TEXT (self->draft.charge->subject)));
  gboolean found = FALSE;

  if (!rows || !mado_rows_step (rows, &found, error))
    return FALSE;
  if (found)
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT, _("The surcharge of this charge was raised before."));
  return !found;
}

static MadoOutcome
surcharge_apply (MadoTx *tx, gpointer data, GError **error)
{
  Surcharge *self = data;

  if (!check_none_yet (self, tx, error) || !mado_charge_draft_apply (&self->draft, tx, &self->act.actor, error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_object_ref (self->draft.charge));
  return MADO_OUTCOME_COMMIT;
}

static gboolean
reckon (const MadoTreasury *treasury, const MadoCharge *charge, const char *on, gint64 *yen, GError **error)
{
  if (!charge->due_date || mado_date_parse (on) > mado_date_today ()) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/on", "range",
                       _("A surcharge is reckoned for a charge with a due date, until today at the latest."));
    return FALSE;
  }
  if (!mado_surcharge_reckon (treasury, mado_charge_get_owed (charge), charge->due_date, on, yen, error))
    return FALSE;
  if (*yen == 0)
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT, _("No surcharge is due."));
  return *yen > 0;
}

gboolean
mado_charge_preview_surcharge (MadoStore *store, const MadoActor *actor, const MadoTreasury *treasury,
                               const char *number, const char *on, gint64 *yen, GError **error)
{
  g_autoptr(MadoCharge) charge = NULL;

  return mado_actor_require (actor, MADO_ROLES_STAFF | MADO_ROLE_SYSTEM, error)
         && (charge = mado_charge_get (store, actor, number, error)) && reckon (treasury, charge, on, yen, error);
}

MadoAct *
mado_charge_surcharge (MadoStore *store, const MadoActor *actor, const MadoTreasury *treasury, const char *number,
                       const char *on, GError **error)
{
  g_autoptr(MadoCharge) charge = NULL, surcharge = NULL;
  g_auto(MadoChargeDraft) draft = { 0 };
  Surcharge *self;
  gint64 yen;

  if (!mado_actor_require (actor, MADO_ROLES_STAFF | MADO_ROLE_SYSTEM, error)
      || !(charge = mado_charge_open (store, number, error)) || !reckon (treasury, charge, on, &yen, error))
    return NULL;
  surcharge = charge_like (charge, extend_words (charge->words, "surcharge", ""), SURCHARGES, yen, NULL);
  surcharge->subject = g_strconcat ("surcharge/", charge->id, NULL);
  if (!mado_charge_draft_prepare (&draft, store, surcharge, error))
    return NULL;
  self = mado_act_new (actor, sizeof (Surcharge), surcharge_apply, surcharge_clear);
  self->draft = draft;
  draft = (MadoChargeDraft) { 0 };
  return &self->act;
}

/* --- instalments ------------------------------------------------------------------------------------------------ */

typedef struct {
  MadoAct act;
  MadoAct *first;        /* lessens the charge to it */
  char *id, *due;        /* of the charge, and until when */
  MadoChargeDraft *others;
  guint n_others;
} Split;

static void
split_clear (MadoAct *act)
{
  Split *self = (Split *) act;

  g_clear_pointer (&self->first, mado_act_unref);
  g_free (self->id);
  g_free (self->due);
  for (guint i = 0; i < self->n_others; i++)
    mado_charge_draft_clear (&self->others[i]);
  g_free (self->others);
}

static MadoOutcome
split_apply (MadoTx *tx, gpointer data, GError **error)
{
  Split *self = data;
  MadoCharge *first;

  if (mado_act_apply (tx, self->first, error) != MADO_OUTCOME_COMMIT
      || !mado_tx_exec (tx, error, "UPDATE charges SET due_date = $2 WHERE id = $1",
                        MADO_BIND (MADO_TEXT (self->id), MADO_TEXT (self->due))))
    return MADO_OUTCOME_ROLL_BACK;
  for (guint i = 0; i < self->n_others; i++)
    if (!mado_charge_draft_apply (&self->others[i], tx, &self->act.actor, error))
      return MADO_OUTCOME_ROLL_BACK;
  first = (MadoCharge *) g_object_ref (self->first->result);
  g_object_set (first, "due-date", self->due, NULL);
  mado_act_take_result (&self->act, first);
  return MADO_OUTCOME_COMMIT;
}

/* Part of it was paid: that part stays with the first. */
static gboolean
prepare_first (Split *self, MadoStore *store, const MadoCharge *charge, const MadoInstalment *first, gint64 version,
               const char *reason, GError **error)
{
  const MadoChargeLine *line = charge->lines->pdata[0];
  g_autoptr(GPtrArray) lines = one_line (line->account, charge->paid + first->yen);

  self->id = g_strdup (charge->id);
  self->due = g_strdup (first->due);
  self->first = mado_charge_lessen (store, &self->act.actor, charge->number, version, lines, reason, error);
  return self->first != NULL;
}

static gboolean
prepare_others (Split *self, MadoStore *store, const MadoCharge *charge, const GArray *plan, GError **error)
{
  const MadoChargeLine *line = charge->lines->pdata[0];

  self->others = g_new0 (MadoChargeDraft, plan->len - 1);
  for (guint i = 1; i < plan->len; i++) {
    const MadoInstalment *instalment = &g_array_index (plan, MadoInstalment, i);
    g_autofree char *part = g_strdup_printf ("%u/%u", i + 1, plan->len);
    g_autoptr(MadoCharge) other = charge_like (charge, extend_words (charge->words, "instalment", part), line->account,
                                               instalment->yen, instalment->due);

    if (!mado_charge_draft_prepare (&self->others[self->n_others++], store, other, error))
      return FALSE;
  }
  return TRUE;
}

/* What waits for the fee of a case is released by its one charge. */
static gboolean
check_can_split (const MadoCharge *charge, GError **error)
{
  if (charge->subject && g_str_has_prefix (charge->subject, "case/")) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT,
                         _("The fee of a case is paid at once; it cannot be split."));
    return FALSE;
  }
  if (charge->lines->len == 1)
    return TRUE;
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT,
                       _("Only a charge with one line can be paid in instalments."));
  return FALSE;
}

static GArray *
plan_of (const MadoCharge *charge, guint n, const char *first_due, GError **error)
{
  return check_can_split (charge, error) ? mado_instalments_plan (mado_charge_get_owed (charge), n, first_due, error)
                                         : NULL;
}

GArray *
mado_charge_preview_split (MadoStore *store, const MadoActor *actor, const char *number, guint n,
                           const char *first_due, GError **error)
{
  g_autoptr(MadoCharge) charge = NULL;

  if (!mado_actor_require (actor, MADO_ROLES_STAFF | MADO_ROLE_SYSTEM, error)
      || !(charge = mado_charge_get (store, actor, number, error)))
    return NULL;
  return plan_of (charge, n, first_due, error);
}

MadoAct *
mado_charge_split (MadoStore *store, const MadoActor *actor, const char *number, gint64 version, guint n,
                   const char *first_due, const char *reason, GError **error)
{
  g_autoptr(MadoCharge) charge = NULL;
  g_autoptr(GArray) plan = NULL;
  Split *self;

  if (!mado_actor_require (actor, MADO_ROLES_STAFF | MADO_ROLE_SYSTEM, error)
      || !(charge = mado_charge_open (store, number, error)) || !(plan = plan_of (charge, n, first_due, error)))
    return NULL;
  self = mado_act_new (actor, sizeof (Split), split_apply, split_clear);
  if (prepare_first (self, store, charge, &g_array_index (plan, MadoInstalment, 0), version, reason, error)
      && prepare_others (self, store, charge, plan, error))
    return &self->act;
  mado_act_unref (&self->act);
  return NULL;
}
