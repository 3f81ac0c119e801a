/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-journal-private.h"

#include "core/mado-clock.h"
#include "core/mado-json.h"
#include "store/mado-batch.h"

#include <sodium.h>
#include <string.h>

void
mado_journal_draft_clear (gpointer data)
{
  MadoJournalDraft *draft = data;

  g_clear_pointer (&draft->block, g_free);
}

static void
hash_int (crypto_hash_sha256_state *state, gint64 number)
{
  guint64 big = GUINT64_TO_BE ((guint64) number);

  crypto_hash_sha256_update (state, (const guint8 *) &big, sizeof big);
}

/* With its length, so that no two lists of texts look the same; what is absent differs from what is empty. */
static void
hash_text (crypto_hash_sha256_state *state, const char *text)
{
  hash_int (state, text ? (gint64) strlen (text) : -1);
  if (text != NULL)
    crypto_hash_sha256_update (state, (const guint8 *) text, strlen (text));
}

void
mado_journal_digest (const MadoJournalDraft *draft, guint8 digest[MADO_DIGEST_BYTES])
{
  crypto_hash_sha256_state state;

  crypto_hash_sha256_init (&state);
  crypto_hash_sha256_update (&state, draft->salt, sizeof draft->salt);
  hash_int (&state, draft->at);
  hash_text (&state, draft->actor_kind);
  hash_text (&state, draft->actor);
  hash_text (&state, draft->behalf);
  hash_text (&state, draft->action);
  hash_text (&state, draft->subject);
  hash_text (&state, draft->resident);
  hash_text (&state, draft->detail);
  crypto_hash_sha256_final (&state, digest);
}

/* Copies the texts into one block and points the members there. */
static void
own_texts (MadoJournalDraft *draft)
{
  const char **members[] = { &draft->actor_kind, &draft->actor, &draft->behalf, &draft->action, &draft->subject,
                             &draft->resident, &draft->detail };
  gsize size = 0;
  char *at;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    size += *members[i] ? strlen (*members[i]) + 1 : 0;
  at = draft->block = g_malloc (size);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (*members[i] != NULL) {
      const char *copy = at;

      at = stpcpy (at, *members[i]) + 1;
      *members[i] = copy;
    }
}

gboolean
mado_journal_append (MadoTx *tx, const MadoActor *actor, const char *action, const char *subject,
                     const char *resident, const char *detail, GError **error)
{
  MadoJournalDraft draft = {
    .at = tx->now, .actor_kind = actor->kind, .actor = actor->id, .behalf = actor->behalf,
    .action = action, .subject = subject, .resident = resident, .detail = detail,
  };

  g_return_val_if_fail (tx->batch != NULL, FALSE);
  own_texts (&draft);
  randombytes_buf (draft.salt, sizeof draft.salt);
  mado_journal_digest (&draft, draft.digest);
  g_array_append_val (tx->batch->entries, draft);
  return TRUE;
}

char *
mado_journal_get_retention (const char *detail)
{
  g_autoptr(JsonNode) node = detail ? json_from_string (detail, NULL) : NULL;
  JsonNode *retention = node ? mado_json_get (node, "/retention") : NULL;

  return g_strdup (retention ? json_node_get_string (retention) : "");
}

/* --- looks --------------------------------------------------------------------------------------------------- */

typedef struct {
  const MadoActor *actor;
  const char      *action;
  const MadoLook  *looks;
  guint            n;
} Looks;

static gboolean
is_own (const MadoActor *actor, const char *resident)
{
  return resident != NULL && (g_strcmp0 (actor->id, resident) == 0 || g_strcmp0 (actor->behalf, resident) == 0);
}

static MadoOutcome
append_looks (MadoTx *tx, gpointer data, GError **error)
{
  const Looks *self = data;

  for (guint i = 0; i < self->n; i++)
    if (!is_own (self->actor, self->looks[i].resident)
        && !mado_journal_append (tx, self->actor, self->action, self->looks[i].subject, self->looks[i].resident,
                                 self->looks[i].detail, error))
      return MADO_OUTCOME_ROLL_BACK;
  return MADO_OUTCOME_COMMIT;
}

gboolean
mado_journal_look (MadoStore *store, const MadoActor *actor, const char *action, const MadoLook *looks, guint n,
                   GError **error)
{
  Looks all = { actor, action, looks, n };

  for (guint i = 0; i < n; i++)
    if (!is_own (actor, looks[i].resident))
      return mado_store_write (store, append_looks, &all, error);
  return TRUE;
}

/* --- the batch ----------------------------------------------------------------------------------------------- */

/* Grows with time, so that its rows lie side by side; unique by chance among processes, by counting within one. */
static gint64
new_batch_id (void)
{
  static gint64 last;
  static GMutex lock;
  gint64 id = mado_clock_now () << 11 | randombytes_uniform (1 << 11);

  g_mutex_lock (&lock);
  last = id = MAX (id, last + 1);
  g_mutex_unlock (&lock);
  return id;
}

static gboolean
write_entry (MadoTx *tx, gint64 batch, gint64 item, const MadoJournalDraft *entry, GError **error)
{
  return mado_tx_exec (tx, error,
                       "INSERT INTO journal (batch, item, at, actor_kind, actor, behalf, action, subject,"
                       " resident, detail, salt, digest)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                       MADO_BIND (MADO_INT (batch), MADO_INT (item), MADO_INT (entry->at),
                                  MADO_TEXT (entry->actor_kind), MADO_TEXT (entry->actor),
                                  MADO_TEXT (entry->behalf), MADO_TEXT (entry->action),
                                  MADO_TEXT (entry->subject), MADO_TEXT (entry->resident),
                                  MADO_TEXT (entry->detail), MADO_BLOB (entry->salt, sizeof entry->salt),
                                  MADO_BLOB (entry->digest, sizeof entry->digest)));
}

gboolean
mado_journal_write_batch (MadoTx *tx, GError **error)
{
  GArray *entries = tx->batch->entries;
  guint forgets = 0;

  if (entries->len == 0)
    return TRUE;
  tx->batch->id = new_batch_id ();
  for (guint i = 0; i < entries->len; i++)
    forgets += strcmp (g_array_index (entries, MadoJournalDraft, i).action, MADO_KEY_FORGOTTEN) == 0;
  if (!mado_tx_exec (tx, error, "INSERT INTO journal_batch (batch, entries, forgets) VALUES ($1, $2, $3)",
                     MADO_BIND (MADO_INT (tx->batch->id), MADO_INT (entries->len), MADO_INT (forgets))))
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    if (!write_entry (tx, tx->batch->id, i, &g_array_index (entries, MadoJournalDraft, i), error))
      return FALSE;
  return TRUE;
}
