/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "payments/mado-settlements-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-date.h"
#include "core/mado-id.h"
#include "core/mado-json.h"
#include "payments/mado-parts.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

#define KIND  "settlement.take"
#define SHOWN 200   /* differences of a preview */

/* --- a file ----------------------------------------------------------------------------------------------------- */

static char *
format_day (int day)
{
  return day == MADO_DATE_NONE ? NULL : mado_date_format (day);
}

static MadoSettlement *
settlement_new (const MadoMapping *mapping, const MadoStatement *statement, const guint8 *data, gsize n)
{
  MadoSettlement *self = g_object_new (MADO_TYPE_SETTLEMENT, "mapping", mapping->id, "provider", mapping->provider,
                                       NULL);

  self->id = mado_ulid_new ();
  self->digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, n);
  self->lines = statement->lines->len;
  self->yen = statement->yen;
  self->costs = statement->costs;
  self->first_day = format_day (statement->first_day);
  self->last_day = format_day (statement->last_day);
  self->paid_out = format_day (statement->paid_out);
  return self;
}

static MadoStatement *
read_file (const MadoTreasury *treasury, const char *mapping, const guint8 *data, gsize n, MadoMapping **found,
           GError **error)
{
  *found = mado_treasury_get_mapping (treasury, mapping, error);
  return *found ? mado_statement_read (*found, data, n, mado_date_today (), error) : NULL;
}

static MadoStatementContext
make_context (const MadoTreasury *treasury, const MadoMapping *mapping, MadoSettlement *settlement)
{
  return (MadoStatementContext) {
    treasury, mapping, (MadoProvider) mado_enum_value (MADO_TYPE_PROVIDER, mapping->provider), settlement,
  };
}

/* --- preview ---------------------------------------------------------------------------------------------------- */

typedef struct {
  MadoStatementContext context;
  const MadoStatement *statement;
  GHashTable *seen;        /* payments and tills that were matched: a second line for one is twice */
} Preview;

/* A till that was emptied already holds nothing more. */
static void
take_once (Preview *self, const MadoStatementLine *line, MadoVerdict *verdict)
{
  g_autofree char *what = verdict->is_till ? g_strdup_printf ("%s/%d", line->office ? line->office : "", line->day)
                          : verdict->payment ? g_strdup (verdict->payment->id) : NULL;

  if (!what || line->news != MADO_STATEMENT_PAID || (mado_match_is_open (verdict->match) && !verdict->is_till)
      || g_hash_table_add (self->seen, g_steal_pointer (&what)))
    return;
  verdict->match = verdict->is_till ? MADO_MATCH_MISSING_HERE : MADO_MATCH_TWICE;
  verdict->is_till = FALSE;
}

static void
count (Preview *self, const MadoStatementLine *line, MadoVerdict *verdict)
{
  MadoSettlement *settlement = self->context.settlement;

  take_once (self, line, verdict);
  settlement->matched += verdict->match == MADO_MATCH_MATCHED;
  settlement->late += verdict->match == MADO_MATCH_LATE;
  settlement->known += verdict->match == MADO_MATCH_KNOWN;
  settlement->cancelled += verdict->match == MADO_MATCH_CANCELLED;
  settlement->open += mado_match_is_open (verdict->match);
  if (mado_match_is_open (verdict->match) && settlement->differences->len < SHOWN)
    g_ptr_array_add (settlement->differences, mado_difference_new (&self->context, line, verdict));
}

static gboolean
judge_all (MadoTx *tx, gpointer data, GError **error)
{
  Preview *self = data;
  MadoSettlement *settlement = self->context.settlement;
  g_autoptr(MadoSettlement) known = NULL;

  if (!mado_settlement_find_digest (tx, settlement->digest, &known, error))
    return FALSE;
  settlement->again = known != NULL;
  for (guint i = 0; i < self->statement->lines->len; i++) {
    const MadoStatementLine *line = &g_array_index (self->statement->lines, MadoStatementLine, i);
    g_auto(MadoVerdict) verdict = { 0 };

    if (!mado_statement_judge (tx, &self->context, line, &verdict, error))
      return FALSE;
    count (self, line, &verdict);
  }
  return TRUE;
}

MadoSettlement *
mado_settlement_preview (MadoStore *store, const MadoActor *actor, const MadoTreasury *treasury, const char *mapping,
                         const guint8 *data, gsize n, GError **error)
{
  g_autoptr(MadoStatement) statement = NULL;
  g_autoptr(MadoSettlement) settlement = NULL;
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  MadoMapping *found;
  Preview preview;

  if (!mado_actor_require (actor, MADO_ROLES_STAFF | MADO_ROLE_SYSTEM, error)
      || !(statement = read_file (treasury, mapping, data, n, &found, error)))
    return NULL;
  settlement = settlement_new (found, statement, data, n);
  settlement->differences = g_ptr_array_new_with_free_func (g_object_unref);
  preview = (Preview) { make_context (treasury, found, settlement), statement, seen };
  return mado_store_read (store, judge_all, &preview, error) ? g_steal_pointer (&settlement) : NULL;
}

/* --- taking ----------------------------------------------------------------------------------------------------- */

typedef struct {
  MadoAct act;
  MadoSettlement *settlement;
  MadoParts parts;
  MadoAct *job;
} Take;

static void
take_clear (MadoAct *act)
{
  Take *self = (Take *) act;

  g_clear_object (&self->settlement);
  mado_parts_clear (&self->parts);
  g_clear_pointer (&self->job, mado_act_unref);
}

static gboolean
begin (Take *self, MadoTx *tx, GError **error)
{
  if (!mado_parts_write (&self->parts, tx, 0, error)
      || mado_act_apply (tx, self->job, error) != MADO_OUTCOME_COMMIT)
    return FALSE;
  g_free (self->settlement->job);
  self->settlement->job = g_strdup (((MadoJob *) self->job->result)->id);
  self->settlement->taken_at = mado_tx_now (tx);
  return mado_settlement_insert (tx, self->settlement, error)
         && mado_settlement_journal (tx, &self->act.actor, self->settlement, "settlement.taken", error);
}

static MadoOutcome
take_apply (MadoTx *tx, gpointer data, GError **error)
{
  Take *self = data;
  g_autoptr(MadoSettlement) known = NULL;

  if (!mado_settlement_find_digest (tx, self->settlement->digest, &known, error)
      || (!known && !begin (self, tx, error)))
    return MADO_OUTCOME_ROLL_BACK;
  if (known)
    known->again = TRUE;
  mado_act_take_result (&self->act, known ? g_steal_pointer (&known) : g_object_ref (self->settlement));
  return MADO_OUTCOME_COMMIT;
}

static JsonNode *
make_input (const MadoSettlement *settlement)
{
  g_autofree char *text = g_strdup_printf ("{\"settlement\":\"%s\"}", settlement->id);

  return json_from_string (text, NULL);
}

MadoAct *
mado_settlement_take (MadoStore *store, const MadoActor *actor, const MadoTreasury *treasury, const char *mapping,
                      const guint8 *data, gsize n, GError **error)
{
  g_autoptr(MadoStatement) statement = NULL;
  g_autoptr(JsonNode) input = NULL;
  MadoMapping *found;
  Take *self;

  if (!mado_actor_require (actor, MADO_ROLES_STAFF | MADO_ROLE_SYSTEM, error)
      || !(statement = read_file (treasury, mapping, data, n, &found, error)))
    return NULL;
  self = mado_act_new (actor, sizeof (Take), take_apply, take_clear);
  self->settlement = settlement_new (found, statement, data, n);
  self->settlement->taken_by = g_strdup (actor->id);
  mado_parts_init (&self->parts, store, self->settlement->id);
  for (guint i = 0; i < statement->lines->len; i++) {
    mado_statement_line_append (&g_array_index (statement->lines, MadoStatementLine, i), self->parts.text);
    mado_parts_step (&self->parts);
  }
  input = make_input (self->settlement);
  self->job = mado_job_start (store, actor, KIND, input, statement->lines->len, error);
  return &self->act;
}

/* --- the job ---------------------------------------------------------------------------------------------------- */

static gboolean
take_row (MadoTx *tx, char *row, gpointer data, GError **error)
{
  const MadoStatementContext *context = data;
  g_auto(MadoVerdict) verdict = { 0 };
  MadoStatementLine line;

  if (!mado_statement_line_parse (&line, row)) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_INTERNAL, "a kept row of a file cannot be read");
    return FALSE;
  }
  return mado_statement_judge (tx, context, &line, &verdict, error)
         && mado_statement_book (tx, context, &line, &verdict, error);
}

/* The lines first; then, with a cursor of "missing:ID", what is in none of them. */
#define MISSING "missing:"

static gboolean
take_lines (MadoTx *tx, MadoStatementContext *context, MadoJob *job, gint64 deadline, GError **error)
{
  gboolean over;

  if (!mado_parts_walk (tx, context->settlement->id, job, deadline, take_row, context, &over, error))
    return FALSE;
  if (over) {
    g_free (job->cursor);
    job->cursor = g_strdup (MISSING);
  }
  return TRUE;
}

static gboolean
miss (MadoTx *tx, MadoStatementContext *context, MadoJob *job, gboolean *finished, GError **error)
{
  g_autofree char *last = NULL;

  if (!mado_statement_miss (tx, context, job->cursor + strlen (MISSING), &last, error))
    return FALSE;
  *finished = last == NULL;
  g_free (job->cursor);
  job->cursor = g_strconcat (MISSING, last, NULL);
  context->settlement->done = *finished;
  return !*finished || (mado_parts_forget (tx, context->settlement->id, error)
                        && mado_settlement_journal (tx, &mado_settler, context->settlement, "settlement.done", error));
}

static gboolean
do_chunk (MadoTx *tx, MadoJob *job, gint64 deadline, gboolean *finished, gpointer data, GError **error)
{
  const MadoTreasury *treasury = data;
  const char *id = json_node_get_string (mado_json_get (job->input, "/settlement"));
  g_autoptr(MadoSettlement) settlement = mado_settlement_load (tx, id, error);
  MadoMapping *mapping = settlement ? mado_treasury_get_mapping (treasury, settlement->mapping, error) : NULL;
  MadoStatementContext context;

  if (!mapping)
    return FALSE;
  context = make_context (treasury, mapping, settlement);
  if (!(job->cursor && g_str_has_prefix (job->cursor, MISSING) ? miss (tx, &context, job, finished, error)
                                                                : take_lines (tx, &context, job, deadline, error)))
    return FALSE;
  return mado_settlement_update (tx, settlement, error);
}

void
mado_settlements_serve (MadoStore *store, MadoTreasury *treasury)
{
  g_object_set_data_full (G_OBJECT (store), "mado-treasury", g_object_ref (treasury), g_object_unref);
  mado_job_register (store, KIND, do_chunk, treasury);
}
