/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-journal-private.h"

#include "store/mado-merkle.h"
#include "store/mado-roots.h"
#include "store/mado-tree.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

#define HIDDEN MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL

static const MadoField entry_fields[] = {
  MADO_FIELD_INT    (MadoJournalEntry, position, 0, 1, G_MAXINT64, "Its place, from 1, without gaps"),
  MADO_FIELD_TIME   (MadoJournalEntry, at, 0, "When"),
  MADO_FIELD_STRING (MadoJournalEntry, actor_kind, 0, 16, "resident, staff, device, visit or system"),
  MADO_FIELD_STRING (MadoJournalEntry, actor, 0, 64, "Who"),
  MADO_FIELD_STRING (MadoJournalEntry, behalf, HIDDEN, 64, "On whose behalf"),
  MADO_FIELD_STRING (MadoJournalEntry, action, 0, 64, "Did what"),
  MADO_FIELD_STRING (MadoJournalEntry, subject, 0, 96, "To which thing"),
  MADO_FIELD_STRING (MadoJournalEntry, resident, HIDDEN, 64, "Whose data it concerns"),
  MADO_FIELD_JSON   (MadoJournalEntry, detail, MADO_FIELD_OPTIONAL, "More, without personal data"),
  MADO_FIELD_STRING (MadoJournalEntry, digest, MADO_FIELD_NO_ROW, 64, "Salted SHA-256, a leaf of the tree (hex)"),
};

MADO_DEFINE_RECORD (MadoJournalEntry, mado_journal_entry, entry_fields)

static const MadoField root_fields[] = {
  MADO_FIELD_INT    (MadoJournalRoot, size, 0, 1, G_MAXINT64, "Entries it covers"),
  MADO_FIELD_TIME   (MadoJournalRoot, at, 0, "When it was signed"),
  MADO_FIELD_STRING (MadoJournalRoot, root, MADO_FIELD_NO_ROW, 64, "Root of the tree (hex)"),
  MADO_FIELD_STRING (MadoJournalRoot, former, MADO_FIELD_NO_ROW, 64, "SHA-256 of the root before (hex)"),
  MADO_FIELD_STRING (MadoJournalRoot, signature, MADO_FIELD_NO_ROW, 128, "Ed25519 (hex)"),
};

MADO_DEFINE_RECORD (MadoJournalRoot, mado_journal_root, root_fields)

static const MadoField proof_fields[] = {
  MADO_FIELD_INT    (MadoJournalProof, position, 0, 1, G_MAXINT64, "Of the entry"),
  MADO_FIELD_STRING (MadoJournalProof, digest, 0, 64, "Of the entry (hex)"),
  MADO_FIELD_STRV   (MadoJournalProof, path, 0, "Hashes from the leaf's neighbour up (hex; RFC 9162, 2.1.3)"),
  MADO_FIELD_RECORD (MadoJournalProof, root, mado_journal_root_get_type, 0, "What they lead to"),
};

MADO_DEFINE_RECORD (MadoJournalProof, mado_journal_proof, proof_fields)

static char *
dup_hex (const void *bytes, gsize n)
{
  char *hex = g_malloc (2 * n + 1);

  return sodium_bin2hex (hex, 2 * n + 1, bytes, n);
}

/* --- entries ------------------------------------------------------------------------------------------------- */

typedef struct {
  const MadoJournalQuery *query;
  GPtrArray              *entries;
} Lookup;

#define COLUMNS \
  "SELECT b.last - b.entries + 1 + j.item AS position, j.at, j.actor_kind, j.actor, j.behalf, j.action," \
  " j.subject, j.resident, j.detail, j.digest "
#define PAGE \
  " AND b.last - b.entries + 1 + j.item > $1 AND ($2 = '' OR j.action = $2) ORDER BY b.last, j.item LIMIT $3"

static MadoRows *
select_entries (MadoTx *tx, const MadoJournalQuery *query, GError **error)
{
  MadoValue after = MADO_INT (query->after);
  MadoValue action = MADO_TEXT (query->action ? query->action : "");
  MadoValue limit = MADO_INT (CLAMP (query->limit, 1, 1000));

  if (query->subject != NULL)
    return mado_tx_query (tx, error, COLUMNS "FROM journal j JOIN journal_batch b ON b.batch = j.batch"
                          " WHERE j.subject = $4" PAGE,
                          MADO_BIND (after, action, limit, MADO_TEXT (query->subject)));
  if (query->resident != NULL)
    return mado_tx_query (tx, error, COLUMNS "FROM journal j JOIN journal_batch b ON b.batch = j.batch"
                          " WHERE j.resident = $4" PAGE,
                          MADO_BIND (after, action, limit, MADO_TEXT (query->resident)));
  /* From the batches, which are in order, to their entries. */
  return mado_tx_query (tx, error, COLUMNS "FROM journal_batch b CROSS JOIN journal j"
                        " WHERE j.batch = b.batch AND b.last > $1" PAGE, MADO_BIND (after, action, limit));
}

static gboolean
read_entries (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;
  g_autoptr(MadoRows) rows = select_entries (tx, lookup->query, error);
  gboolean more = rows != NULL;

  while (more) {
    MadoJournalEntry *entry;
    const guint8 *digest;
    gsize n;

    if (!mado_rows_step (rows, &more, error))
      return FALSE;
    if (more) {
      entry = mado_rows_dup_record (rows, MADO_TYPE_JOURNAL_ENTRY);
      mado_rows_bytes (rows, "digest", &digest, &n);
      entry->digest = dup_hex (digest, n);
      g_ptr_array_add (lookup->entries, entry);
    }
  }
  return rows != NULL;
}

GPtrArray *
mado_journal_read (MadoStore *store, const MadoJournalQuery *query, GError **error)
{
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  Lookup lookup = { query, entries };

  return mado_store_read (store, read_entries, &lookup, error) ? g_steal_pointer (&entries) : NULL;
}

gint64
mado_journal_get_position (MadoStore *store)
{
  return mado_followers_get_position (&store->followers);
}

guint
mado_journal_follow (MadoStore *store, MadoJournalNews news, gpointer data)
{
  return mado_followers_add (&store->followers, news, data);
}

void
mado_journal_unfollow (MadoStore *store, guint id)
{
  mado_followers_remove (&store->followers, id);
}

/* --- roots --------------------------------------------------------------------------------------------------- */

static MadoJournalRoot *
root_new (const MadoSignedRoot *signed_root)
{
  MadoJournalRoot *self = g_object_new (MADO_TYPE_JOURNAL_ROOT, NULL);

  self->size = signed_root->size;
  self->at = signed_root->at;
  self->root = dup_hex (&signed_root->root, sizeof signed_root->root);
  self->former = dup_hex (&signed_root->former, sizeof signed_root->former);
  self->signature = dup_hex (signed_root->signature, sizeof signed_root->signature);
  return self;
}

typedef struct {
  gint64     before;
  guint      limit;
  GPtrArray *roots;
} RootList;

static gboolean
read_roots (MadoTx *tx, gpointer data, GError **error)
{
  RootList *list = data;
  g_autoptr(MadoRows) rows =
    mado_tx_query (tx, error, "SELECT size, at, root, former, signature FROM journal_root WHERE size < $1"
                   " ORDER BY size DESC LIMIT $2", MADO_BIND (MADO_INT (list->before), MADO_INT (list->limit)));
  gboolean more = rows != NULL;

  while (more) {
    MadoSignedRoot root;

    if (!mado_rows_step (rows, &more, error))
      return FALSE;
    if (more) {
      mado_signed_root_fill (&root, rows);
      g_ptr_array_add (list->roots, root_new (&root));
    }
  }
  return rows != NULL;
}

GPtrArray *
mado_journal_get_roots (MadoStore *store, gint64 before, guint limit, GError **error)
{
  g_autoptr(GPtrArray) roots = g_ptr_array_new_with_free_func (g_object_unref);
  RootList list = { before > 0 ? before : G_MAXINT64, CLAMP (limit, 1, 1000), roots };

  return mado_store_read (store, read_roots, &list, error) ? g_steal_pointer (&roots) : NULL;
}

/* --- proofs -------------------------------------------------------------------------------------------------- */

static GStrv
path_to_strv (GArray *path)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < path->len; i++) {
    g_autofree char *hex = dup_hex (&g_array_index (path, MadoHash, i), sizeof (MadoHash));

    g_strv_builder_add (builder, hex);
  }
  return g_strv_builder_end (builder);
}

static char *
read_digest (MadoTx *tx, gint64 position, GError **error)
{
  g_autoptr(MadoRows) rows =
    mado_tx_query (tx, error, "SELECT j.digest FROM journal_batch b CROSS JOIN journal j"
                   " WHERE j.batch = b.batch AND b.last >= $1 AND b.last - b.entries + 1 + j.item = $1"
                   " ORDER BY b.last LIMIT 1", MADO_BIND (MADO_INT (position)));
  const guint8 *digest;
  gboolean found;
  gsize n;

  if (rows == NULL || !mado_rows_step (rows, &found, error))
    return NULL;
  if (found && mado_rows_bytes (rows, "digest", &digest, &n))
    return dup_hex (digest, n);
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("There is no such journal entry."));
  return NULL;
}

static gboolean
prove (MadoTx *tx, gpointer data, GError **error)
{
  MadoJournalProof *self = data;
  g_autoptr(GArray) path = g_array_new (FALSE, FALSE, sizeof (MadoHash));
  g_autoptr(MadoTree) tree = NULL;
  MadoSignedRoot root;

  if (!mado_signed_root_load (tx, G_MAXINT64, &root, error))
    return FALSE;
  if (self->position < 1 || self->position > root.size) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND,
                         _("No signed root covers this position yet; ask again in a second."));
    return FALSE;
  }

  tree = mado_tree_new (tx, root.size);
  if (!mado_merkle_path (self->position - 1, root.size, mado_tree_node, tree, path, error)
      || (self->digest = read_digest (tx, self->position, error)) == NULL)
    return FALSE;
  self->path = path_to_strv (path);
  self->root = root_new (&root);
  return TRUE;
}

MadoJournalProof *
mado_journal_prove (MadoStore *store, gint64 position, GError **error)
{
  g_autoptr(MadoJournalProof) proof = g_object_new (MADO_TYPE_JOURNAL_PROOF, NULL);

  proof->position = position;
  return mado_store_read (store, prove, proof, error) ? g_steal_pointer (&proof) : NULL;
}

typedef struct {
  gint64 former;
  gint64 size;
  GStrv  path;
} Growth;

static gboolean
prove_growth (MadoTx *tx, gpointer data, GError **error)
{
  Growth *self = data;
  g_autoptr(GArray) path = g_array_new (FALSE, FALSE, sizeof (MadoHash));
  g_autoptr(MadoTree) tree = NULL;
  MadoSignedRoot root;

  if (!mado_signed_root_load (tx, G_MAXINT64, &root, error))
    return FALSE;
  if (self->former < 1 || self->former > self->size || self->size > root.size) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("The journal has no trees of these sizes."));
    return FALSE;
  }
  tree = mado_tree_new (tx, self->size);
  if (!mado_merkle_growth (self->former, self->size, mado_tree_node, tree, path, error))
    return FALSE;
  self->path = path_to_strv (path);
  return TRUE;
}

GStrv
mado_journal_prove_growth (MadoStore *store, gint64 former_size, gint64 size, GError **error)
{
  Growth growth = { former_size, size, NULL };

  return mado_store_read (store, prove_growth, &growth, error) ? growth.path : NULL;
}
