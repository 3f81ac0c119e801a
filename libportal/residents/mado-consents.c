/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "residents/mado-consents.h"

#include <glib/gi18n-lib.h>

#include "core/mado-clock.h"
#include "core/mado-json.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

#define DAY_US (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)

typedef struct {
  const char *resident;
  GPtrArray *consents;
} Lookup;

static MadoConsent *
find_consent (GPtrArray *consents, const char *purpose)
{
  for (guint i = 0; i < consents->len; i++) {
    MadoConsent *consent = g_ptr_array_index (consents, i);

    if (g_strcmp0 (consent->purpose, purpose) == 0)
      return consent;
  }
  return NULL;
}

static void
take_row (GPtrArray *consents, MadoRows *rows)
{
  MadoConsent *consent = find_consent (consents, mado_rows_text (rows, "purpose"));
  gint64 now = mado_clock_now ();

  if (!consent)
    return;
  consent->granted_at = mado_rows_int (rows, "granted_at");
  consent->ends_at = mado_rows_int (rows, "ends_at");
  consent->withdrawn_at = mado_rows_int (rows, "withdrawn_at");
  consent->active = consent->granted_at && !consent->withdrawn_at && now < consent->ends_at;
}

static gboolean
read_consents (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;
  g_autoptr(MadoRows) rows = NULL;
  g_autoptr(GError) failure = NULL;

  rows = mado_tx_query (tx, error,
                        "SELECT purpose, granted_at, ends_at, withdrawn_at FROM consents WHERE resident_id = $1",
                        MADO_BIND (MADO_TEXT (lookup->resident)));
  while (rows && mado_rows_next (rows, &failure))
    take_row (lookup->consents, rows);
  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  return rows && !failure;
}

static GPtrArray *
new_consents (MadoCity *city)
{
  GPtrArray *consents = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *purposes = json_node_get_array (city->purposes);

  for (guint i = 0; i < json_array_get_length (purposes); i++) {
    JsonObject *purpose = json_array_get_object_element (purposes, i);

    g_ptr_array_add (consents, g_object_new (MADO_TYPE_CONSENT, "purpose",
                                             json_object_get_string_member (purpose, "id"), NULL));
  }
  return consents;
}

GPtrArray *
mado_consent_list (MadoStore *store, MadoCity *city, const MadoActor *actor, GError **error)
{
  g_autoptr(GPtrArray) consents = new_consents (city);
  Lookup lookup = { mado_actor_get_resident (actor), consents };

  if (!mado_actor_require (actor, MADO_ROLES_OWNER, error))
    return NULL;
  if (lookup.resident && !mado_store_read (store, read_consents, &lookup, error))
    return NULL;
  return g_steal_pointer (&consents);
}

typedef struct {
  MadoAct act;
  GPtrArray *changes;    /* of MadoConsent: purposes whose wish differs from what is */
} ConsentPut;

static gboolean
grant (MadoTx *tx, const char *resident, const MadoConsent *wish, GError **error)
{
  return mado_tx_exec (tx, error,
                       "INSERT INTO consents (resident_id, purpose, granted_at, ends_at, withdrawn_at)"
                       " VALUES ($1, $2, $3, $4, 0) ON CONFLICT (resident_id, purpose)"
                       " DO UPDATE SET granted_at = $3, ends_at = $4, withdrawn_at = 0",
                       MADO_BIND (MADO_TEXT (resident), MADO_TEXT (wish->purpose), MADO_INT (mado_tx_now (tx)),
                                  MADO_INT (wish->ends_at)));
}

static gboolean
withdraw (MadoTx *tx, const char *resident, const MadoConsent *wish, GError **error)
{
  return mado_tx_exec (tx, error,
                       "UPDATE consents SET withdrawn_at = $3 WHERE resident_id = $1 AND purpose = $2"
                       " AND withdrawn_at = 0",
                       MADO_BIND (MADO_TEXT (resident), MADO_TEXT (wish->purpose), MADO_INT (mado_tx_now (tx))));
}

static MadoOutcome
consent_put_apply (MadoTx *tx, gpointer data, GError **error)
{
  ConsentPut *self = data;
  const char *resident = mado_actor_get_resident (&self->act.actor);

  for (guint i = 0; i < self->changes->len; i++) {
    MadoConsent *wish = g_ptr_array_index (self->changes, i);
    g_autofree char *subject = g_strconcat ("consent/", wish->purpose, NULL);

    if (!(wish->active ? grant (tx, resident, wish, error) : withdraw (tx, resident, wish, error))
        || !mado_journal_append (tx, &self->act.actor, wish->active ? "consent.given" : "consent.withdrawn",
                                 subject, resident, NULL, error))
      return MADO_OUTCOME_ROLL_BACK;
  }
  return MADO_OUTCOME_COMMIT;
}

static void
consent_put_clear (MadoAct *act)
{
  g_clear_pointer (&((ConsentPut *) act)->changes, g_ptr_array_unref);
}

/* Until when the purpose allows, or sooner if so wished. */
static gboolean
bound_end (MadoCity *city, MadoConsent *wish, const char *pointer, GError **error)
{
  JsonObject *purpose = mado_city_get_purpose (city, wish->purpose);
  gint64 now = mado_clock_now ();
  gint64 latest;

  if (!purpose) {
    mado_set_error_at (error, MADO_ERROR_INVALID, pointer, "unknown",
                       _("The city asks for no consent to this. Choose one of its purposes."));
    return FALSE;
  }
  latest = now + json_object_get_int_member (purpose, "days") * DAY_US;
  wish->ends_at = wish->ends_at > now ? MIN (wish->ends_at, latest) : latest;
  return TRUE;
}

static gboolean
read_wishes (MadoCity *city, GPtrArray *now, JsonNode *wishes, GPtrArray *changes, GError **error)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (wishes) ? json_node_get_array (wishes) : NULL;

  if (!list) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "", "type", _("A list of consents is needed."));
    return FALSE;
  }
  for (guint i = 0; i < json_array_get_length (list); i++) {
    g_autofree char *pointer = mado_json_pointer_index ("", i);
    g_autoptr(GError) failure = NULL;
    g_autoptr(MadoConsent) wish = mado_record_from_json (MADO_TYPE_CONSENT, json_array_get_element (list, i),
                                                         MADO_JSON_PUBLIC, &failure);
    if (!wish) {
      mado_error_prefix_pointers (failure, pointer);
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
    if (!bound_end (city, wish, pointer, error))
      return FALSE;
    if (wish->active != find_consent (now, wish->purpose)->active)
      g_ptr_array_add (changes, g_steal_pointer (&wish));
  }
  return TRUE;
}

MadoAct *
mado_consent_put (MadoStore *store, MadoCity *city, const MadoActor *actor, JsonNode *wishes, GError **error)
{
  g_autoptr(GPtrArray) now = mado_consent_list (store, city, actor, error);
  g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func (g_object_unref);
  ConsentPut *self;

  if (!now)
    return NULL;
  if (!mado_actor_get_resident (actor)) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_FORBIDDEN, _("Consent needs a card and its PIN first."));
    return NULL;
  }
  if (!read_wishes (city, now, wishes, changes, error))
    return NULL;
  self = mado_act_new (actor, sizeof (ConsentPut), consent_put_apply, consent_put_clear);
  self->changes = g_steal_pointer (&changes);
  return &self->act;
}
