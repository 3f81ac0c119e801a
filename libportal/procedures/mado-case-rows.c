/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-cases-private.h"

#include <glib/gi18n-lib.h>

#include "core/mado-id.h"
#include "core/mado-json.h"
#include "procedures/mado-visits-private.h"
#include "residents/mado-residents.h"
#include "store/mado-outbox.h"
#include "store/mado-row.h"

#define OPEN_COLUMNS \
  "id, number, version, state, visit, procedure, revision, form, form_revision, form_digest, language, office," \
  " resident_id, identified_by, assignee, submitted_at, updated_at, due_date, days_left, fee, paid_at, released_at"

char *
mado_case_context (const MadoCase *self, const char *part)
{
  return g_strconcat ("case/", self->id, "/", part, NULL);
}

MadoKey *
mado_case_get_key (MadoStore *store, const MadoCase *self, GError **error)
{
  g_autofree char *subject = g_strconcat ("visit/", self->visit, NULL);

  return mado_store_get_subject_key (store, subject, MADO_KEEP_FILING, error);
}

/* --- answers and their sources, one sealed object ------------------------------------------------------------- */

GBytes *
mado_case_seal (const MadoKey *key, const MadoCase *self)
{
  g_autofree char *context = mado_case_context (self, "answers");
  g_autoptr(GString) text = g_string_sized_new (3072);

  g_string_append (text, "{\"answers\":");
  mado_json_append_node (text, self->answers);
  if (self->sources) {
    g_string_append (text, ",\"sources\":");
    mado_json_append_node (text, self->sources);
  }
  g_string_append_c (text, '}');
  return mado_seal (key, context, text->str, text->len);
}

static gboolean
open_late_answers (MadoCase *self, const MadoKey *key, GBytes *sealed, GError **error)
{
  g_autofree char *context = mado_case_context (self, "answers");
  g_autoptr(JsonNode) both = sealed ? mado_unseal_json (key, context, sealed, error) : NULL;

  if (both)
    self->late_answers = json_node_ref (json_object_get_member (json_node_get_object (both), "answers"));
  return both || !sealed;
}

static gboolean
open_answers (MadoCase *self, const MadoKey *key, GBytes *sealed, GError **error)
{
  g_autofree char *context = mado_case_context (self, "answers");
  g_autoptr(JsonNode) both = mado_unseal_json (key, context, sealed, error);
  JsonObject *object = both ? json_node_get_object (both) : NULL;
  JsonNode *sources;

  if (!object)
    return FALSE;
  self->answers = json_node_ref (json_object_get_member (object, "answers"));
  sources = json_object_get_member (object, "sources");
  self->sources = sources ? json_node_ref (sources) : NULL;
  return TRUE;
}

/* --- reading -------------------------------------------------------------------------------------------------- */

typedef struct {
  const char *number;
  MadoCase *filed;
  GBytes *answers;
  GBytes *late;              /* (nullable) */
  GPtrArray *sealed_texts;   /* of GBytes, beside messages */
} Lookup;

static void
lookup_clear (Lookup *self)
{
  g_clear_object (&self->filed);
  g_clear_pointer (&self->answers, g_bytes_unref);
  g_clear_pointer (&self->late, g_bytes_unref);
  g_clear_pointer (&self->sealed_texts, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lookup, lookup_clear)

static gboolean
read_messages (MadoTx *tx, Lookup *lookup, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;
  g_autoptr(GError) failure = NULL;

  rows = mado_tx_query (tx, error,
                        "SELECT version, event, author, at, text FROM case_messages WHERE case_id = $1"
                        " ORDER BY version", MADO_BIND (MADO_TEXT (lookup->filed->id)));
  if (!rows)
    return FALSE;
  lookup->filed->messages = g_ptr_array_new_with_free_func (g_object_unref);
  lookup->sealed_texts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  while (mado_rows_next (rows, &failure)) {
    g_ptr_array_add (lookup->filed->messages, mado_rows_dup_record (rows, MADO_TYPE_CASE_MESSAGE));
    g_ptr_array_add (lookup->sealed_texts, mado_rows_dup_bytes (rows, "text"));
  }
  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  return !failure;
}

static gboolean
read_late (MadoTx *tx, Lookup *lookup, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;
  gboolean more = FALSE;

  rows = mado_tx_query (tx, error,
                        "SELECT answers FROM late_corrections WHERE case_id = $1 AND answers IS NOT NULL"
                        " ORDER BY at DESC LIMIT 1", MADO_BIND (MADO_TEXT (lookup->filed->id)));
  if (!rows || !mado_rows_step (rows, &more, error))
    return FALSE;
  lookup->late = more ? mado_rows_dup_bytes (rows, "answers") : NULL;
  return TRUE;
}

static gboolean
read_case (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, _("There is no such case; please compare its number with the paper."),
                            "SELECT " OPEN_COLUMNS ", answers, (SELECT handed_at FROM case_results"
                            " WHERE case_id = cases.id) AS handed_at FROM cases WHERE number = $1",
                            MADO_BIND (MADO_TEXT (lookup->number)));
  if (!rows)
    return FALSE;
  lookup->filed = mado_rows_dup_record (rows, MADO_TYPE_CASE);
  lookup->answers = mado_rows_dup_bytes (rows, "answers");
  g_clear_pointer (&rows, mado_rows_free);
  return read_messages (tx, lookup, error) && read_late (tx, lookup, error);
}

static char *
message_context (const MadoCase *self, gint64 version)
{
  return g_strdup_printf ("case/%s/message/%" G_GINT64_FORMAT, self->id, version);
}

static gboolean
open_messages (Lookup *lookup, const MadoKey *key, GError **error)
{
  for (guint i = 0; i < lookup->sealed_texts->len; i++) {
    MadoCaseMessage *message = g_ptr_array_index (lookup->filed->messages, i);
    g_autofree char *context = message_context (lookup->filed, message->version);
    g_autoptr(JsonNode) text = mado_unseal_json (key, context, g_ptr_array_index (lookup->sealed_texts, i), error);

    if (!text)
      return FALSE;
    message->text = g_strdup (json_node_get_string (text));
  }
  return TRUE;
}

MadoCase *
mado_case_load (MadoStore *store, const char *number, GError **error)
{
  g_autofree char *canonical = mado_number_parse (number, error);
  g_auto(Lookup) lookup = { .number = canonical };
  g_autoptr(MadoKey) key = NULL;

  if (!canonical || !mado_store_read (store, read_case, &lookup, error))
    return NULL;
  key = mado_case_get_key (store, lookup.filed, error);
  if (!key || !open_answers (lookup.filed, key, lookup.answers, error)
      || !open_late_answers (lookup.filed, key, lookup.late, error) || !open_messages (&lookup, key, error))
    return NULL;
  return g_steal_pointer (&lookup.filed);
}

MadoCase *
mado_case_load_row (MadoTx *tx, const char *id, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, _("There is no such case; please compare its number with the paper."),
                            "SELECT " OPEN_COLUMNS " FROM cases WHERE id = $1", MADO_BIND (MADO_TEXT (id)));
  return rows ? mado_rows_dup_record (rows, MADO_TYPE_CASE) : NULL;
}

/* --- writing -------------------------------------------------------------------------------------------------- */

gboolean
mado_case_insert (MadoTx *tx, const MadoCase *self, GBytes *sealed, GError **error)
{
  return mado_tx_exec (tx, error,
                       "INSERT INTO cases (" OPEN_COLUMNS ", answers) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,"
                       " $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)",
                       MADO_BIND (MADO_TEXT (self->id), MADO_TEXT (self->number), MADO_INT (self->version),
                                  MADO_TEXT (mado_enum_nick (MADO_TYPE_CASE_STATE, self->state)),
                                  MADO_TEXT (self->visit), MADO_TEXT (self->procedure), MADO_INT (self->revision),
                                  MADO_TEXT (self->form), MADO_INT (self->form_revision),
                                  MADO_TEXT (self->form_digest), MADO_TEXT (self->language), MADO_TEXT (self->office),
                                  MADO_TEXT (self->resident_id), MADO_TEXT (self->identified_by),
                                  MADO_TEXT (self->assignee), MADO_INT (self->submitted_at),
                                  MADO_INT (self->updated_at), MADO_TEXT (self->due_date),
                                  MADO_INT (self->days_left), MADO_INT (self->fee), MADO_INT (self->paid_at),
                                  MADO_INT (self->released_at), MADO_BYTES (sealed)));
}

gboolean
mado_case_update (MadoTx *tx, const MadoCase *self, gint64 version, GError **error)
{
  return mado_tx_expect (tx, 1, MADO_ERROR_STALE, error,
                         "UPDATE cases SET version = $3, state = $4, resident_id = $5, identified_by = $6,"
                         " assignee = $7, updated_at = $8, due_date = $9, days_left = $10, paid_at = $11,"
                         " released_at = $12 WHERE id = $1 AND version = $2",
                         MADO_BIND (MADO_TEXT (self->id), MADO_INT (version), MADO_INT (self->version),
                                    MADO_TEXT (mado_enum_nick (MADO_TYPE_CASE_STATE, self->state)),
                                    MADO_TEXT (self->resident_id), MADO_TEXT (self->identified_by),
                                    MADO_TEXT (self->assignee), MADO_INT (self->updated_at),
                                    MADO_TEXT (self->due_date), MADO_INT (self->days_left), MADO_INT (self->paid_at),
                                    MADO_INT (self->released_at)));
}

gboolean
mado_case_replace_answers (MadoTx *tx, const MadoCase *self, GBytes *sealed, GError **error)
{
  return mado_tx_exec (tx, error,
                       "INSERT INTO case_corrections (case_id, version, at, answers)"
                       " SELECT id, $2, $3, answers FROM cases WHERE id = $1",
                       MADO_BIND (MADO_TEXT (self->id), MADO_INT (self->version), MADO_INT (mado_tx_now (tx))))
         && mado_tx_exec (tx, error, "UPDATE cases SET answers = $2 WHERE id = $1",
                          MADO_BIND (MADO_TEXT (self->id), MADO_BYTES (sealed)));
}

GBytes *
mado_case_seal_message (const MadoKey *key, const MadoCase *self, const char *text)
{
  g_autofree char *context = message_context (self, self->version);
  g_autoptr(GString) json = g_string_new (NULL);

  mado_json_append_string (json, text);
  return mado_seal (key, context, json->str, json->len);
}

gboolean
mado_case_add_message (MadoTx *tx, const MadoCase *self, MadoCaseEvent event, const char *author, GBytes *sealed,
                       GError **error)
{
  return mado_tx_exec (tx, error,
                       "INSERT INTO case_messages (case_id, version, event, author, at, text)"
                       " VALUES ($1, $2, $3, $4, $5, $6)",
                       MADO_BIND (MADO_TEXT (self->id), MADO_INT (self->version),
                                  MADO_TEXT (mado_enum_nick (MADO_TYPE_CASE_EVENT, event)), MADO_TEXT (author),
                                  MADO_INT (mado_tx_now (tx)), MADO_BYTES (sealed)));
}

gboolean
mado_case_drop_message (MadoTx *tx, const MadoCase *self, gint64 version, GError **error)
{
  return mado_tx_exec (tx, error, "DELETE FROM case_messages WHERE case_id = $1 AND version = $2",
                       MADO_BIND (MADO_TEXT (self->id), MADO_INT (version)));
}

gboolean
mado_case_put_result (MadoTx *tx, const MadoCase *self, const char *layout, GBytes *facts, GError **error)
{
  return mado_tx_exec (tx, error,
                       "INSERT INTO case_results (case_id, version, layout, made_at, facts)"
                       " VALUES ($1, $2, $3, $4, $5)",
                       MADO_BIND (MADO_TEXT (self->id), MADO_INT (self->version), MADO_TEXT (layout),
                                  MADO_INT (mado_tx_now (tx)), MADO_BYTES (facts)));
}

gboolean
mado_case_drop_result (MadoTx *tx, const MadoCase *self, GError **error)
{
  return mado_tx_exec (tx, error, "DELETE FROM case_results WHERE case_id = $1", MADO_BIND (MADO_TEXT (self->id)));
}

gboolean
mado_case_allow_reprint (MadoTx *tx, const MadoCase *self, GError **error)
{
  return mado_tx_exec (tx, error, "UPDATE case_results SET handed_at = 0, fetched = 0 WHERE case_id = $1",
                       MADO_BIND (MADO_TEXT (self->id)));
}

const MadoActor mado_actor_rule = { "system", "rule", NULL, MADO_ROLE_SYSTEM };

/* --- telling -------------------------------------------------------------------------------------------------- */

#define LATE "case.correction-late"

static const struct {
  MadoCaseEvent event;
  const char *action;
  gboolean desktop;      /* a clerk wants to know at once */
} tellings[] = {
  { MADO_CASE_EVENT_SUBMIT,   "case.submitted",  TRUE },
  { MADO_CASE_EVENT_IDENTIFY, "case.identified", TRUE },
  { MADO_CASE_EVENT_ACCEPT,   "case.accepted",   FALSE },
  { MADO_CASE_EVENT_REVIEW,   "case.reviewed",   FALSE },
  { MADO_CASE_EVENT_RETURN,   "case.returned",   FALSE },
  { MADO_CASE_EVENT_CORRECT,  "case.corrected",  TRUE },
  { MADO_CASE_EVENT_GRANT,    "case.granted",    FALSE },
  { MADO_CASE_EVENT_REFUSE,   "case.refused",    FALSE },
  { MADO_CASE_EVENT_WITHDRAW, "case.withdrawn",  FALSE },
  { MADO_CASE_EVENT_PAID,     "case.paid",       FALSE },
  { MADO_CASE_EVENT_CLOSE,    "case.closed",     FALSE },
  { MADO_CASE_EVENT_UNDO,     "case.undone",     FALSE },
  { MADO_CASE_EVENT_LAPSE,    "case.lapsed",     FALSE },
  { MADO_CASE_EVENT_REPRINT,  "case.reprint-allowed", FALSE },
};

/* Nothing personal: the desktop says that something came, not from whom. */
static gboolean
notify_desktop (MadoTx *tx, const MadoCase *self, const char *topic, GError **error)
{
  g_autoptr(JsonNode) payload = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *key = g_strdup_printf ("case/%s/%" G_GINT64_FORMAT, self->id, self->version);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "number", self->number);
  json_object_set_string_member (object, "procedure", self->procedure);
  json_object_set_string_member (object, "state", mado_enum_nick (MADO_TYPE_CASE_STATE, self->state));
  if (self->title)
    json_object_set_member (object, "title", json_node_ref (self->title));
  json_node_take_object (payload, object);
  return mado_outbox_put (tx, "desktop", topic, key, payload, error);
}

/* What the clerk hears of it; NULL for what a rule has granted. Who filed without a card comes to a counter now. */
static const char *
find_topic (const MadoCase *self, const char *action)
{
  if (self->state == MADO_CASE_STATE_PREFILED)
    return "case.prefiled";
  return self->state == MADO_CASE_STATE_SUBMITTED || self->state == MADO_CASE_STATE_IN_REVIEW ? action : NULL;
}

gboolean
mado_case_tell (MadoTx *tx, const MadoActor *actor, const MadoCase *self, MadoCaseEvent event, GError **error)
{
  char subject[64], detail[160], by[32] = "";

  if (event == MADO_CASE_EVENT_IDENTIFY)
    g_snprintf (by, sizeof by, ",\"by\":\"%s\"", self->identified_by);
  g_snprintf (subject, sizeof subject, "case/%s", self->id);
  g_snprintf (detail, sizeof detail, "{\"number\":\"%s\",\"state\":\"%s\",\"version\":%" G_GINT64_FORMAT "%s}",
              self->number, mado_enum_nick (MADO_TYPE_CASE_STATE, self->state), self->version, by);
  for (guint i = 0; i < G_N_ELEMENTS (tellings); i++)
    if (tellings[i].event == event) {
      const char *topic = tellings[i].desktop ? find_topic (self, tellings[i].action) : NULL;

      return mado_journal_append (tx, actor, tellings[i].action, subject, self->resident_id, detail, error)
             && (!topic || notify_desktop (tx, self, topic, error));
    }
  g_return_val_if_reached (FALSE);
}

gboolean
mado_case_tell_sent_back (MadoTx *tx, const MadoCase *self, const char *problem, GError **error)
{
  g_autofree char *subject = g_strconcat ("case/", self->id, NULL);
  g_autofree char *detail = g_strdup_printf ("{\"number\":\"%s\",\"state\":\"%s\",\"version\":%" G_GINT64_FORMAT
                                             ",\"problem\":\"%s\"}", self->number,
                                             mado_enum_nick (MADO_TYPE_CASE_STATE, self->state), self->version,
                                             problem);

  return mado_journal_append (tx, &mado_actor_rule, "case.returned", subject, self->resident_id, detail, error);
}

gboolean
mado_case_tell_late (MadoTx *tx, const MadoActor *actor, const MadoCase *self, const char *why, GError **error)
{
  g_autofree char *subject = g_strconcat ("case/", self->id, NULL);
  g_autofree char *detail = g_strdup_printf ("{\"number\":\"%s\",\"problem\":\"%s\"}", self->number, why);

  return mado_journal_append (tx, actor, LATE, subject, self->resident_id, detail, error)
         && notify_desktop (tx, self, LATE, error);
}
