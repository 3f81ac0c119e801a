/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "counter/mado-fees.h"
#include "counter/mado-counter.h"

#include <string.h>

#include "core/mado-json.h"
#include "mado-counter-resources.h"
#include "model/mado-ledger.h"
#include "payments/mado-charges.h"
#include "payments/mado-payments.h"
#include "payments/mado-refunds.h"

#define CASE          "case/"
#define COPIES        "certificate.copies"
#define NAME          "applicant.fullName"

static const MadoActor rule = { "system", "rule", NULL, MADO_ROLE_SYSTEM };

/* --- words ------------------------------------------------------------------------------------------------------ */

static gpointer
load_words (gpointer data)
{
  return mado_json_load (mado_counter_get_resource (), "/io/madoguchi/counter/charge-words.json");
}

static const char *
get_words (const char *name, const char *language)
{
  static GOnce once = G_ONCE_INIT;
  JsonNode *all = g_once (&once, load_words, NULL);

  return mado_json_text (json_object_get_member (json_node_get_object (all), name), language);
}

static JsonNode *
get_answer (const MadoCase *filed, const char *fact)
{
  JsonNode *value = filed->answers ? json_object_get_member (json_node_get_object (filed->answers), fact) : NULL;

  return value && JSON_NODE_HOLDS_VALUE (value) ? value : NULL;
}

static char *
say_for (const char *title, const char *name, const char *language)
{
  GString *words = g_string_new (get_words ("for", language));

  g_string_replace (words, "{title}", title, 1);
  g_string_replace (words, "{name}", name, 1);
  return g_string_free (words, FALSE);
}

/* For what and for whom, in every language the procedure has a name in. */
static JsonNode *
new_words (const MadoCase *filed)
{
  JsonNode *name = get_answer (filed, NAME), *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *words = json_object_new ();
  JsonObjectIter iter;
  const char *language;
  JsonNode *title;

  json_object_iter_init (&iter, json_node_get_object (filed->title));
  while (json_object_iter_next (&iter, &language, &title)) {
    g_autofree char *text = name ? say_for (json_node_get_string (title), json_node_get_string (name), language)
                                 : json_node_dup_string (title);

    json_object_set_string_member (words, language, text);
  }
  json_node_take_object (node, words);
  return node;
}

/* --- raising ---------------------------------------------------------------------------------------------------- */

static GPtrArray *
new_lines (const MadoCase *filed)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_object_unref);
  JsonNode *answer = get_answer (filed, COPIES);
  gint64 copies = answer && json_node_get_value_type (answer) == G_TYPE_INT64 ? json_node_get_int (answer) : 1;
  MadoChargeLine *line = g_object_new (MADO_TYPE_CHARGE_LINE, NULL);

  line->account = g_strconcat (MADO_ACCOUNT_FEES, filed->procedure, NULL);
  line->text = json_node_ref (filed->title);
  line->quantity = copies > 0 && filed->fee % copies == 0 ? copies : 1;
  line->unit = filed->fee / line->quantity;
  g_ptr_array_add (lines, line);
  return lines;
}

static MadoAct *
raise_for (MadoStore *store, const MadoCase *filed, const char *subject, GError **error)
{
  g_autoptr(MadoCharge) charge = g_object_new (MADO_TYPE_CHARGE, "office", filed->office,
                                               "payer", filed->resident_id, "visit", filed->visit,
                                               "subject", subject, NULL);

  charge->words = new_words (filed);
  charge->lines = new_lines (filed);
  return mado_charge_raise (store, &rule, charge, error);
}

static MadoAct *
cancel_for (MadoStore *store, const MadoCase *filed, const MadoCharge *charge, GError **error)
{
  g_autoptr(GPtrArray) nothing = g_ptr_array_new ();
  const char *why = filed->state == MADO_CASE_STATE_REFUSED ? "refused" : "withdrawn";

  return mado_charge_lessen (store, &rule, charge->number, charge->version, nothing,
                             get_words (why, filed->language), error);
}

static gboolean
owes (const MadoCase *filed)
{
  return filed->fee > 0 && filed->state != MADO_CASE_STATE_PREFILED && filed->state != MADO_CASE_STATE_WITHDRAWN
         && filed->state != MADO_CASE_STATE_REFUSED;
}

/* A #MadoCaseConsequence: there is a charge that is not cancelled exactly while the fee is owed or paid. */
static MadoAct *
follow_case (MadoStore *store, const MadoActor *actor, const MadoCase *after, MadoCaseEvent event, GError **error)
{
  g_autofree char *subject = g_strconcat (CASE, after->id, NULL);
  g_autoptr(MadoCharge) charge = NULL;

  if (after->fee <= 0 || event == MADO_CASE_EVENT_CLOSE || event == MADO_CASE_EVENT_REPRINT)
    return NULL;
  if (event != MADO_CASE_EVENT_SUBMIT && !mado_charge_find (store, subject, &charge, error))
    return NULL;
  if (charge && charge->state == MADO_CHARGE_STATE_CANCELLED)
    g_clear_object (&charge);
  if (event == MADO_CASE_EVENT_PAID)
    return charge ? mado_payment_take_cash (store, actor, charge->number, error) : NULL;
  if (owes (after))
    return charge || after->paid_at ? NULL : raise_for (store, after, subject, error);
  return charge ? cancel_for (store, after, charge, error) : NULL;
}

/* --- money ------------------------------------------------------------------------------------------------------ */

/* A #MadoChargeFollower. */
static gboolean
follow_charge (MadoTx *tx, const MadoCharge *charge, GError **error)
{
  const char *reason = charge->state == MADO_CHARGE_STATE_CANCELLED ? "cancelled" : "overpaid";

  if (charge->state == MADO_CHARGE_STATE_PAID && charge->subject && g_str_has_prefix (charge->subject, CASE)
      && !mado_case_settle_fee (tx, &rule, charge->subject + strlen (CASE), error))
    return FALSE;
  return mado_refund_excess (tx, &rule, charge, reason, MADO_COUNTER_REFUND_ALONE, error);
}

void
mado_fees_join (MadoStore *store)
{
  mado_cases_set_consequence (store, follow_case);
  mado_charges_set_follower (store, follow_charge);
}

/* --- showing ---------------------------------------------------------------------------------------------------- */

static JsonNode *
describe (const MadoCharge *charge, gint64 going_back)
{
  JsonObject *shown = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (shown, "number", charge->number);
  json_object_set_string_member (shown, "state", mado_enum_nick (MADO_TYPE_CHARGE_STATE, charge->state));
  json_object_set_int_member (shown, "amount", charge->amount);
  json_object_set_int_member (shown, "paid", charge->paid);
  json_object_set_int_member (shown, "goingBack", going_back);
  json_node_take_object (node, shown);
  return node;
}

gboolean
mado_fees_tell (MadoStore *store, MadoCase *filed, GError **error)
{
  g_autofree char *subject = g_strconcat (CASE, filed->id, NULL);
  g_autoptr(MadoCharge) charge = NULL;
  gint64 going_back;

  if (filed->fee <= 0)
    return TRUE;
  if (!mado_charge_find_newest (store, subject, &charge, &going_back, error))
    return FALSE;
  filed->charge = charge ? describe (charge, going_back) : NULL;
  return TRUE;
}
