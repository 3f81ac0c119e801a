/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-journal-private.h"

#include "store/mado-roots.h"
#include "store/mado-tree.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PAGE 2000
#define MAX_LEVELS 64

/* The tree again, from nothing: the roots of whole subtrees, one a level, as in a binary counter. */
typedef struct {
  MadoHash hashes[MAX_LEVELS];
  guint64  size;
} Frontier;

static void
frontier_append (Frontier *self, const MadoHash *leaf)
{
  MadoHash hash = *leaf;
  guint level = 0;

  for (guint64 n = self->size++; n & 1; n >>= 1)
    mado_merkle_parent (&self->hashes[level++], &hash, &hash);
  self->hashes[level] = hash;
}

static void
frontier_root (const Frontier *self, MadoHash *out)
{
  gboolean begun = FALSE;

  for (guint level = 0; level < MAX_LEVELS && self->size >> level; level++)
    if ((self->size >> level) & 1) {
      if (begun)
        mado_merkle_parent (&self->hashes[level], out, out);
      else
        *out = self->hashes[level];
      begun = TRUE;
    }
}

typedef struct {
  MadoStore      *store;
  guint8          public_key[32];
  Frontier        frontier;
  MadoSignedRoot  former;       /* the last that was right */
  MadoSignedRoot  next;         /* the first that was not reached; size 0 after the last */
  gint64          bad;
} Verifier;

static gboolean
wrong (Verifier *self, gint64 position, const char *what, GError **error)
{
  self->bad = position;
  g_set_error (error, MADO_ERROR, MADO_ERROR_CRYPTO, _("Journal entry %d: %s"), (int) position, what);
  return FALSE;
}

static gboolean
load_next_root (Verifier *self, MadoTx *tx, GError **error)
{
  g_autoptr(MadoRows) rows =
    mado_tx_query (tx, error, "SELECT size, at, root, former, signature FROM journal_root WHERE size > $1"
                   " ORDER BY size LIMIT 1", MADO_BIND (MADO_INT (self->former.size)));
  gboolean found;

  memset (&self->next, 0, sizeof self->next);
  if (rows == NULL || !mado_rows_step (rows, &found, error))
    return FALSE;
  if (found)
    mado_signed_root_fill (&self->next, rows);
  return TRUE;
}

static gboolean
check_root (Verifier *self, MadoTx *tx, GError **error)
{
  gint64 first = self->former.size + 1;
  MadoHash hash;

  mado_signed_root_hash (&self->former, &hash);
  if (!mado_signed_root_check (&self->next, self->public_key))
    return wrong (self, first, _("the root signed after it is not signed by this city"), error);
  if (memcmp (&hash, &self->next.former, sizeof hash) != 0)
    return wrong (self, first, _("the root signed after it does not name the one before"), error);
  frontier_root (&self->frontier, &hash);
  if (memcmp (&hash, &self->next.root, sizeof hash) != 0)
    return wrong (self, first, _("it, or one soon after it, is not what was signed"), error);
  self->former = self->next;
  return load_next_root (self, tx, error);
}

static void
fill_draft (MadoJournalDraft *draft, MadoRows *rows)
{
  const guint8 *bytes;
  gsize n;

  memset (draft, 0, sizeof *draft);
  draft->at = mado_rows_int (rows, "at");
  draft->actor_kind = mado_rows_text (rows, "actor_kind");
  draft->actor = mado_rows_text (rows, "actor");
  draft->behalf = mado_rows_text (rows, "behalf");
  draft->action = mado_rows_text (rows, "action");
  draft->subject = mado_rows_text (rows, "subject");
  draft->resident = mado_rows_text (rows, "resident");
  draft->detail = mado_rows_text (rows, "detail");
  if (mado_rows_bytes (rows, "salt", &bytes, &n))
    memcpy (draft->salt, bytes, MIN (n, sizeof draft->salt));
  if (mado_rows_bytes (rows, "digest", &bytes, &n))
    memcpy (draft->digest, bytes, MIN (n, sizeof draft->digest));
}

/* By its own digest. Where that was changed too, the tree's leaf will tell. */
static gboolean
check_entry (Verifier *self, MadoRows *rows, GArray *leaves, GError **error)
{
  gint64 expected = self->frontier.size + leaves->len + 1;
  MadoJournalDraft draft;
  guint8 digest[MADO_DIGEST_BYTES];
  MadoHash leaf;

  if (mado_rows_int (rows, "position") != expected)
    return wrong (self, expected, _("it is missing"), error);
  fill_draft (&draft, rows);
  mado_journal_digest (&draft, digest);
  if (memcmp (digest, draft.digest, sizeof digest) != 0)
    return wrong (self, expected, _("it does not agree with its digest"), error);
  mado_merkle_leaf (digest, sizeof digest, &leaf);
  g_array_append_val (leaves, leaf);
  return TRUE;
}

static gboolean
read_page (Verifier *self, MadoTx *tx, GArray *leaves, GError **error)
{
  g_autoptr(MadoRows) rows =
    mado_tx_query (tx, error, "SELECT b.last - b.entries + 1 + j.item AS position, j.at, j.actor_kind, j.actor,"
                   " j.behalf, j.action, j.subject, j.resident, j.detail, j.salt, j.digest"
                   " FROM journal_batch b CROSS JOIN journal j"
                   " WHERE j.batch = b.batch AND b.last > $1 AND b.last - b.entries + 1 + j.item > $1"
                   " ORDER BY b.last, j.item LIMIT $2",
                   MADO_BIND (MADO_INT (self->frontier.size), MADO_INT (PAGE)));
  gboolean more = rows != NULL;

  while (more) {
    if (!mado_rows_step (rows, &more, error) || (more && !check_entry (self, rows, leaves, error)))
      return FALSE;
  }
  return rows != NULL;
}

static gboolean
check_page (MadoTx *tx, gpointer data, GError **error)
{
  Verifier *self = data;
  g_autoptr(GArray) leaves = g_array_new (FALSE, FALSE, sizeof (MadoHash));
  g_autoptr(MadoTree) tree = mado_tree_new (tx, G_MAXINT64);

  if (self->frontier.size == 0 && !load_next_root (self, tx, error))
    return FALSE;
  if (!read_page (self, tx, leaves, error))
    return FALSE;

  for (guint i = 0; i < leaves->len; i++) {
    const MadoHash *leaf = &g_array_index (leaves, MadoHash, i);
    gint64 position = self->frontier.size + 1;
    MadoHash kept;

    if (position <= self->next.size
        && (!mado_tree_node (tree, 0, position - 1, &kept, NULL) || memcmp (&kept, leaf, sizeof kept) != 0))
      return wrong (self, position, _("it is not what the tree was made of"), error);
    frontier_append (&self->frontier, leaf);
    if (position == self->next.size && !check_root (self, tx, error))
      return FALSE;
  }
  if (leaves->len == 0 && self->next.size != 0)
    return wrong (self, self->frontier.size + 1, _("it is missing"), error);
  return TRUE;
}

gboolean
mado_journal_verify (MadoStore *store, MadoJournalNews progress, gpointer data, gint64 *bad, GError **error)
{
  Verifier self = { .store = store };
  guint64 before;

  mado_journal_get_public_key (store, self.public_key);
  *bad = 0;
  do {
    before = self.frontier.size;
    if (!mado_store_read (store, check_page, &self, error)) {
      *bad = self.bad;
      return FALSE;
    }
    if (progress != NULL)
      progress (data, self.frontier.size);
  } while (self.frontier.size > before);
  return TRUE;
}
