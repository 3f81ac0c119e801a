/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "payments/mado-settlements-private.h"

#include <glib/gi18n-lib.h>

#include "core/mado-json.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

#define COLUMNS \
  "id, mapping, provider, digest, done, job, lines, yen, costs, first_day, last_day, paid_out, arrived_on, matched," \
  " late, known, cancelled, open, taken_by, taken_at"

#define READERS (MADO_ROLES_STAFF | MADO_ROLE_AUDITOR | MADO_ROLE_SYSTEM)

/* --- settlements ------------------------------------------------------------------------------------------------ */

gboolean
mado_settlement_insert (MadoTx *tx, const MadoSettlement *self, GError **error)
{
  return mado_tx_exec (tx, error,
                       "INSERT INTO settlements (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,"
                       " $12, $13, $14, $15, $16, $17, $18, $19, $20)",
                       MADO_BIND (MADO_TEXT (self->id), MADO_TEXT (self->mapping), MADO_TEXT (self->provider),
                                  MADO_TEXT (self->digest), MADO_INT (self->done), MADO_TEXT (self->job),
                                  MADO_INT (self->lines), MADO_INT (self->yen), MADO_INT (self->costs),
                                  MADO_TEXT (self->first_day), MADO_TEXT (self->last_day),
                                  MADO_TEXT (self->paid_out), MADO_TEXT (self->arrived_on),
                                  MADO_INT (self->matched), MADO_INT (self->late), MADO_INT (self->known),
                                  MADO_INT (self->cancelled), MADO_INT (self->open), MADO_TEXT (self->taken_by),
                                  MADO_INT (self->taken_at)));
}

gboolean
mado_settlement_update (MadoTx *tx, const MadoSettlement *self, GError **error)
{
  return mado_tx_exec (tx, error,
                       "UPDATE settlements SET done = $2, matched = $3, late = $4, known = $5, cancelled = $6,"
                       " open = $7, arrived_on = $8 WHERE id = $1",
                       MADO_BIND (MADO_TEXT (self->id), MADO_INT (self->done), MADO_INT (self->matched),
                                  MADO_INT (self->late), MADO_INT (self->known), MADO_INT (self->cancelled),
                                  MADO_INT (self->open), MADO_TEXT (self->arrived_on)));
}

MadoSettlement *
mado_settlement_load (MadoTx *tx, const char *id, GError **error)
{
  g_autoptr(MadoRows) rows = mado_tx_query_one (tx, error, _("There is no such file."),
                                                "SELECT " COLUMNS " FROM settlements WHERE id = $1",
                                                MADO_BIND (MADO_TEXT (id)));

  return rows ? mado_rows_dup_record (rows, MADO_TYPE_SETTLEMENT) : NULL;
}

static gboolean
take_first (MadoRows *rows, MadoSettlement **first, GError **error)
{
  gboolean more = FALSE;

  *first = NULL;
  if (!rows || !mado_rows_step (rows, &more, error))
    return FALSE;
  if (more)
    *first = mado_rows_dup_record (rows, MADO_TYPE_SETTLEMENT);
  return TRUE;
}

gboolean
mado_settlement_find_digest (MadoTx *tx, const char *digest, MadoSettlement **known, GError **error)
{
  g_autoptr(MadoRows) rows = mado_tx_query (tx, error, "SELECT " COLUMNS " FROM settlements WHERE digest = $1",
                                            MADO_BIND (MADO_TEXT (digest)));

  return take_first (rows, known, error);
}

gboolean
mado_settlement_find_payout (MadoTx *tx, const char *provider, gint64 yen, MadoSettlement **found, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query (tx, error,
                        "SELECT " COLUMNS " FROM settlements WHERE provider = $1 AND yen - costs = $2"
                        " AND arrived_on IS NULL ORDER BY paid_out, id LIMIT 1",
                        MADO_BIND (MADO_TEXT (provider), MADO_INT (yen)));
  return take_first (rows, found, error);
}

gboolean
mado_settlement_journal (MadoTx *tx, const MadoActor *actor, const MadoSettlement *self, const char *action,
                         GError **error)
{
  g_autofree char *subject = g_strconcat ("settlement/", self->id, NULL);
  g_autofree char *detail = NULL;

  detail = g_strdup_printf ("{\"provider\":\"%s\",\"digest\":\"%s\",\"lines\":%" G_GINT64_FORMAT ",\"yen\":%"
                            G_GINT64_FORMAT ",\"open\":%" G_GINT64_FORMAT "}", self->provider, self->digest,
                            self->lines, self->yen, self->open);
  return mado_journal_append (tx, actor, action, subject, NULL, detail, error);
}

/* --- differences ------------------------------------------------------------------------------------------------ */

#define DIFFERENCE \
  "id, version, settlement, line, match, state, provider, office, reference, yen, costs, expected, held, payment," \
  " charge, candidates, remedy, target, reason, proposed_by, decided_by, created_at, updated_at"

static const char *
state_of (const MadoDifference *self)
{
  return mado_enum_nick (MADO_TYPE_DIFFERENCE_STATE, self->state);
}

static const char *
remedy_of (const MadoDifference *self)
{
  return mado_enum_nick (MADO_TYPE_REMEDY, self->remedy);
}

static char *
print_candidates (const MadoDifference *self)
{
  g_autofree char *joined = self->candidates ? g_strjoinv ("\",\"", self->candidates) : NULL;

  return joined ? g_strdup_printf ("[\"%s\"]", joined) : NULL;
}

static char *
key_subject (const MadoDifference *self)
{
  return g_strconcat ("settlement/", self->settlement, NULL);
}

static char *
says_context (const MadoDifference *self)
{
  return g_strconcat ("difference/", self->id, NULL);
}

/* @says: (out) (nullable): NULL where there is nothing to hide */
static gboolean
seal (MadoTx *tx, const MadoDifference *self, GBytes **says, GError **error)
{
  g_autofree char *subject = key_subject (self), *context = says_context (self);
  g_autoptr(MadoKey) key = NULL;
  g_autoptr(GString) text = g_string_new ("{\"payer\":");

  *says = NULL;
  if (!self->payer && !self->note)
    return TRUE;
  key = mado_tx_subject_key (tx, subject, MADO_KEEP_MONEY, error);
  mado_json_append_string (text, self->payer ? self->payer : "");
  g_string_append (text, ",\"note\":");
  mado_json_append_string (text, self->note ? self->note : "");
  g_string_append_c (text, '}');
  *says = key ? mado_seal (key, context, text->str, text->len) : NULL;
  return key != NULL;
}

gboolean
mado_difference_insert (MadoTx *tx, MadoDifference *self, GError **error)
{
  g_autofree char *candidates = print_candidates (self);
  g_autoptr(GBytes) says = NULL;

  self->version = 1;
  self->created_at = self->updated_at = mado_tx_now (tx);
  return seal (tx, self, &says, error)
         && mado_tx_exec (tx, error,
                          "INSERT INTO differences (" DIFFERENCE ", says) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,"
                          " $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)",
                          MADO_BIND (MADO_TEXT (self->id), MADO_INT (self->version), MADO_TEXT (self->settlement),
                                     MADO_INT (self->line), MADO_TEXT (mado_enum_nick (MADO_TYPE_MATCH, self->match)),
                                     MADO_TEXT (state_of (self)), MADO_TEXT (self->provider),
                                     MADO_TEXT (self->office), MADO_TEXT (self->reference), MADO_INT (self->yen),
                                     MADO_INT (self->costs), MADO_INT (self->expected), MADO_INT (self->held),
                                     MADO_TEXT (self->payment), MADO_TEXT (self->charge), MADO_TEXT (candidates),
                                     MADO_TEXT (remedy_of (self)), MADO_TEXT (self->target),
                                     MADO_TEXT (self->reason), MADO_TEXT (self->proposed_by),
                                     MADO_TEXT (self->decided_by), MADO_INT (self->created_at),
                                     MADO_INT (self->updated_at), MADO_BYTES (says)));
}

gboolean
mado_difference_update (MadoTx *tx, MadoDifference *self, GError **error)
{
  gint64 version = self->version++;

  self->updated_at = mado_tx_now (tx);
  return mado_tx_expect (tx, 1, MADO_ERROR_STALE, error,
                         "UPDATE differences SET version = $3, state = $4, remedy = $5, target = $6, reason = $7,"
                         " proposed_by = $8, decided_by = $9, held = $10, updated_at = $11"
                         " WHERE id = $1 AND version = $2",
                         MADO_BIND (MADO_TEXT (self->id), MADO_INT (version), MADO_INT (self->version),
                                    MADO_TEXT (state_of (self)), MADO_TEXT (remedy_of (self)),
                                    MADO_TEXT (self->target), MADO_TEXT (self->reason),
                                    MADO_TEXT (self->proposed_by), MADO_TEXT (self->decided_by),
                                    MADO_INT (self->held), MADO_INT (self->updated_at)));
}

MadoDifference *
mado_difference_load (MadoTx *tx, const char *id, GError **error)
{
  g_autoptr(MadoRows) rows = mado_tx_query_one (tx, error, _("There is no such difference."),
                                                "SELECT " DIFFERENCE " FROM differences WHERE id = $1",
                                                MADO_BIND (MADO_TEXT (id)));

  return rows ? mado_rows_dup_record (rows, MADO_TYPE_DIFFERENCE) : NULL;
}

gboolean
mado_difference_journal (MadoTx *tx, const MadoActor *actor, const MadoDifference *self, const char *action,
                         GError **error)
{
  g_autofree char *subject = g_strconcat ("difference/", self->id, NULL);
  g_autofree char *detail = NULL;

  detail = g_strdup_printf ("{\"match\":\"%s\",\"state\":\"%s\",\"remedy\":\"%s\",\"yen\":%" G_GINT64_FORMAT "}",
                            mado_enum_nick (MADO_TYPE_MATCH, self->match), state_of (self), remedy_of (self),
                            self->yen);
  return mado_journal_append (tx, actor, action, subject, NULL, detail, error);
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

#define DEFAULT_LIMIT 50
#define MAX_LIMIT     200

typedef struct {
  const char *id;           /* (nullable): of a settlement */
  gint64 limit;
  MadoSettlement *settlement;
  GPtrArray *records;
  GPtrArray *says;          /* of GBytes or NULL, beside differences */
} Reading;

static void
free_says (gpointer says)
{
  if (says)
    g_bytes_unref (says);
}

static gboolean
take_differences (Reading *self, MadoRows *rows, GError **error)
{
  gboolean more = TRUE;

  while (rows && mado_rows_step (rows, &more, error)) {
    if (!more)
      return TRUE;
    g_ptr_array_add (self->records, mado_rows_dup_record (rows, MADO_TYPE_DIFFERENCE));
    g_ptr_array_add (self->says, mado_rows_is_null (rows, "says") ? NULL : mado_rows_dup_bytes (rows, "says"));
  }
  return FALSE;
}

static gboolean
read_differences (MadoTx *tx, gpointer data, GError **error)
{
  Reading *self = data;
  g_autoptr(MadoRows) rows = NULL;

  if (self->id && !(self->settlement = mado_settlement_load (tx, self->id, error)))
    return FALSE;
  if (self->id)
    rows = mado_tx_query (tx, error,
                          "SELECT " DIFFERENCE ", says FROM differences WHERE settlement = $1 ORDER BY line, id"
                          " LIMIT $2", MADO_BIND (MADO_TEXT (self->id), MADO_INT (self->limit)));
  else
    rows = mado_tx_query (tx, error,
                          "SELECT " DIFFERENCE ", says FROM differences WHERE state <> 'closed' ORDER BY id LIMIT $1",
                          MADO_BIND (MADO_INT (self->limit)));
  return take_differences (self, rows, error);
}

static gboolean
unseal (MadoStore *store, MadoDifference *difference, GBytes *says, GError **error)
{
  g_autofree char *subject = key_subject (difference), *context = says_context (difference);
  g_autoptr(MadoKey) key = mado_store_get_subject_key (store, subject, MADO_KEEP_MONEY, error);
  g_autoptr(JsonNode) node = key ? mado_unseal_json (key, context, says, error) : NULL;

  if (!node)
    return FALSE;
  difference->payer = g_strdup (json_node_get_string (mado_json_get (node, "/payer")));
  difference->note = g_strdup (json_node_get_string (mado_json_get (node, "/note")));
  return TRUE;
}

/* Opening who paid is a look at their data. */
static gboolean
open_all (MadoStore *store, const MadoActor *actor, Reading *reading, GError **error)
{
  const char *what = reading->id ? reading->id : "open";
  g_autofree char *subject = g_strconcat ("differences/", what, NULL);
  const MadoLook look = { subject, NULL, NULL };
  gboolean secret = FALSE;

  for (guint i = 0; i < reading->records->len; i++)
    if (reading->says->pdata[i]) {
      secret = TRUE;
      if (!unseal (store, reading->records->pdata[i], reading->says->pdata[i], error))
        return FALSE;
    }
  return !secret || (actor->role & MADO_ROLE_SYSTEM)
         || mado_journal_look (store, actor, "differences.viewed", &look, 1, error);
}

static gboolean
read_them (MadoStore *store, const MadoActor *actor, Reading *reading, GError **error)
{
  reading->records = g_ptr_array_new_with_free_func (g_object_unref);
  reading->says = g_ptr_array_new_with_free_func (free_says);
  return mado_actor_require (actor, READERS, error) && mado_store_read (store, read_differences, reading, error)
         && open_all (store, actor, reading, error);
}

GPtrArray *
mado_difference_list (MadoStore *store, const MadoActor *actor, guint limit, GError **error)
{
  Reading reading = { .limit = limit ? MIN (limit, MAX_LIMIT) : DEFAULT_LIMIT };
  gboolean done = read_them (store, actor, &reading, error);

  g_clear_pointer (&reading.says, g_ptr_array_unref);
  if (!done)
    g_clear_pointer (&reading.records, g_ptr_array_unref);
  return reading.records;
}

MadoSettlement *
mado_settlement_get (MadoStore *store, const MadoActor *actor, const char *id, GError **error)
{
  Reading reading = { .id = id, .limit = MAX_LIMIT };
  gboolean done = read_them (store, actor, &reading, error);

  g_clear_pointer (&reading.says, g_ptr_array_unref);
  if (reading.settlement)
    reading.settlement->differences = g_ptr_array_ref (reading.records);
  g_clear_pointer (&reading.records, g_ptr_array_unref);
  if (!done)
    g_clear_object (&reading.settlement);
  return reading.settlement;
}

static gboolean
read_list (MadoTx *tx, gpointer data, GError **error)
{
  Reading *self = data;

  return mado_tx_query_records (tx, self->records, MADO_TYPE_SETTLEMENT, error,
                                "SELECT " COLUMNS " FROM settlements ORDER BY id DESC LIMIT $1",
                                MADO_BIND (MADO_INT (self->limit)));
}

GPtrArray *
mado_settlement_list (MadoStore *store, const MadoActor *actor, guint limit, GError **error)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  Reading reading = { .limit = limit ? MIN (limit, MAX_LIMIT) : DEFAULT_LIMIT, .records = records };

  return mado_actor_require (actor, READERS, error) && mado_store_read (store, read_list, &reading, error)
         ? g_steal_pointer (&records) : NULL;
}
