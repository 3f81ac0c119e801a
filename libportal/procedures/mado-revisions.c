/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-revisions-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "core/mado-json.h"
#include "procedures/mado-catalogue-past.h"
#include "store/mado-journal.h"
#include "store/mado-row.h"

char *
mado_revision_make_key (const char *id, gint64 revision)
{
  return g_strdup_printf ("%s.%" PRId64, id, revision);
}

void
mado_change_free (MadoChange *change)
{
  g_free (change->kind);
  g_free (change->id);
  g_free (change->file);
  g_free (change->refusal);
  g_strfreev (change->lines);
  g_free (change);
}

MadoChange *
mado_change_new (const char *kind, const char *id, const char *file)
{
  MadoChange *change = g_new0 (MadoChange, 1);

  change->kind = g_strdup (kind);
  change->id = g_strdup (id);
  change->file = g_strdup (file);
  change->lines = g_new0 (char *, 1);

  return change;
}

/* --- what is offered ------------------------------------------------------------------------------------------ */

static void
offered_free (gpointer data)
{
  MadoOffered *self = data;

  g_free (self->part);
  g_free (self->body);
  g_free (self->digest);
  g_free (self);
}

static MadoOffered *
offer (GPtrArray *offered, const char *kind, const char *id, gint64 revision, const char *file, JsonNode *json)
{
  MadoOffered *self = g_new0 (MadoOffered, 1);

  self->kind = kind;
  self->id = id;
  self->file = file;
  self->revision = revision;
  self->body = mado_json_canonical (json);
  self->digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->body, -1);
  g_ptr_array_add (offered, self);

  return self;
}

static gboolean
offer_officials (GPtrArray *offered, const MadoCatalogueFiles *files, GError **error)
{
  for (guint i = 0; i < files->overlays->len; i++) {
    const MadoCatalogueOverlay *entry = g_ptr_array_index (files->overlays, i);
    const MadoForm *form = mado_catalogue_files_get_form (files, entry->form);
    g_autoptr(JsonNode) frozen = mado_overlay_freeze (entry->overlay, error);

    if (frozen == NULL) {
      g_prefix_error (error, "%s: ", entry->file);
      return FALSE;
    }
    offer (offered, MADO_REVISION_OFFICIAL, form->id, form->revision, entry->file, frozen);
  }

  return TRUE;
}

static char *
make_key (const char *kind, const char *id)
{
  return g_strconcat (kind, "/", id, NULL);
}

GPtrArray *
mado_offered_list (const MadoCatalogueFiles *files, GError **error)
{
  g_autoptr(GPtrArray) offered = g_ptr_array_new_with_free_func (offered_free);

  if (!offer_officials (offered, files, error))
    return NULL;
  for (guint i = 0; i < files->forms->len; i++) {
    const MadoCatalogueForm *entry = g_ptr_array_index (files->forms, i);
    const MadoForm *form = entry->form;

    offer (offered, MADO_REVISION_FORM, form->id, form->revision, entry->file, form->json)->part
      = make_key (MADO_REVISION_OFFICIAL, form->id);
  }
  for (guint i = 0; i < files->procedures->len; i++) {
    const MadoCatalogueProcedure *entry = g_ptr_array_index (files->procedures, i);
    MadoProcedure *procedure = entry->procedure;
    g_autoptr(JsonNode) json = NULL;

    if (procedure->form == NULL)
      continue;
    json = mado_record_to_json (MADO_RECORD (procedure), MADO_JSON_PRIVATE);
    offer (offered, MADO_REVISION_PROCEDURE, procedure->id, procedure->revision, entry->file, json)->part
      = make_key (MADO_REVISION_FORM, procedure->form);
  }

  return g_steal_pointer (&offered);
}

/* --- what is published ---------------------------------------------------------------------------------------- */

/* The last revision of one form or procedure. */
typedef struct {
  gint64  revision;
  char   *digest;
} Last;

static void
last_free (gpointer data)
{
  Last *last = data;

  g_free (last->digest);
  g_free (last);
}

static void
add_last (GHashTable *all, MadoRows *rows)
{
  Last *last = g_new0 (Last, 1);

  last->revision = mado_rows_int (rows, "revision");
  last->digest = mado_rows_dup_text (rows, "digest");
  g_hash_table_replace (all, make_key (mado_rows_text (rows, "kind"), mado_rows_text (rows, "id")), last);
}

static GHashTable *
read_last (MadoTx *tx, GError **error)
{
  g_autoptr(GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, last_free);
  g_autoptr(MadoRows) rows = mado_tx_query (tx, error,
                                            "SELECT kind, id, revision, digest FROM revisions"
                                            " ORDER BY kind, id, revision", MADO_NO_BIND);
  gboolean more = rows != NULL;

  while (more) {
    if (!mado_rows_step (rows, &more, error))
      return NULL;
    if (more)
      add_last (all, rows);
  }

  return rows != NULL ? g_steal_pointer (&all) : NULL;
}

/* (nullable): what publishing does with it; NULL where it is published as it is. */
static MadoChange *
compare (const MadoOffered *offered, GHashTable *all)
{
  g_autofree char *key = make_key (offered->kind, offered->id);
  const Last *last = g_hash_table_lookup (all, key);
  MadoChange *change;

  if (last != NULL && last->revision == offered->revision && g_str_equal (last->digest, offered->digest))
    return NULL;
  change = mado_change_new (offered->kind, offered->id, offered->file);
  change->before = last != NULL ? last->revision : 0;
  change->revision = offered->revision;
  if (change->before == change->revision)
    change->refusal = g_strdup_printf (_("Revision %" PRId64 " was published with other content; raise “revision” to"
                                         " %" PRId64), change->before, change->before + 1);
  else if (change->before > change->revision)
    change->refusal = g_strdup_printf (_("Revision %" PRId64 " is published already; raise “revision” to %" PRId64),
                                       change->before, change->before + 1);

  return change;
}

/* A part of it will be another revision, so that it is changed as well. */
static MadoChange *
follow_part (const MadoOffered *offered)
{
  MadoChange *change = mado_change_new (offered->kind, offered->id, offered->file);
  const char *part = strchr (offered->part, '/') + 1;

  change->before = change->revision = offered->revision;
  if (g_str_equal (offered->kind, MADO_REVISION_FORM))
    change->refusal = g_strdup_printf (_("Its official form was changed; raise “revision” to %" PRId64 " as well"),
                                       offered->revision + 1);
  else
    change->refusal = g_strdup_printf (_("Its form “%s” has to be raised; raise “revision” to %" PRId64 " as well"),
                                       part, offered->revision + 1);

  return change;
}

/* --- publishing ----------------------------------------------------------------------------------------------- */

typedef struct {
  GPtrArray  *offered;
  char       *words, *words_digest;   /* the vocabulary */
  GPtrArray  *changes;                /* beside each offered; NULL: nothing to do */
  guint       n_new, n_refused;
} Publication;

static gboolean
publication_init (Publication *self, const MadoCatalogueFiles *files, GError **error)
{
  *self = (Publication) { .offered = mado_offered_list (files, error), .words = mado_json_canonical (files->words) };
  self->words_digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->words, -1);

  return self->offered != NULL;
}

static void
change_free (gpointer change)
{
  g_clear_pointer ((MadoChange **) &change, mado_change_free);
}

static void
publication_clear (Publication *self)
{
  g_clear_pointer (&self->offered, g_ptr_array_unref);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_free (self->words);
  g_free (self->words_digest);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Publication, publication_clear)

static gboolean
look_at (MadoTx *tx, gpointer data, GError **error)
{
  Publication *self = data;
  g_autoptr(GHashTable) all = read_last (tx, error);
  g_autoptr(GHashTable) refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (all == NULL)
    return FALSE;
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  self->changes = g_ptr_array_new_with_free_func (change_free);
  self->n_new = self->n_refused = 0;
  for (guint i = 0; i < self->offered->len; i++) {
    const MadoOffered *offered = g_ptr_array_index (self->offered, i);      /* parts come first */
    MadoChange *change = compare (offered, all);

    if (change == NULL && offered->part != NULL && g_hash_table_contains (refused, offered->part))
      change = follow_part (offered);
    if (change != NULL && change->refusal != NULL)
      g_hash_table_add (refused, make_key (offered->kind, offered->id));
    g_ptr_array_add (self->changes, change);
    self->n_refused += change != NULL && change->refusal != NULL;
    self->n_new += change != NULL && change->refusal == NULL;
  }

  return TRUE;
}

static gboolean
insert (MadoTx *tx, const Publication *self, const MadoOffered *one, GError **error)
{
  return mado_tx_exec (tx, error,
                       "INSERT INTO revisions (kind, id, revision, digest, vocabulary, published_at, body)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                       MADO_BIND (MADO_TEXT (one->kind), MADO_TEXT (one->id), MADO_INT (one->revision),
                                  MADO_TEXT (one->digest), MADO_TEXT (self->words_digest),
                                  MADO_INT (mado_tx_now (tx)), MADO_TEXT (one->body)));
}

static gboolean
tell_journal (MadoTx *tx, const Publication *self, GError **error)
{
  const MadoActor service = { "system", "catalogue", NULL, MADO_ROLE_SYSTEM };
  g_autofree char *subject = g_strdup_printf ("catalogue/%s", self->words_digest);
  g_autofree char *detail = g_strdup_printf ("{\"revisions\":%u}", self->n_new);

  return mado_journal_append (tx, &service, "catalogue.published", subject, NULL, detail, error);
}

static MadoOutcome
publish_apply (MadoTx *tx, gpointer data, GError **error)
{
  Publication *self = data;

  if (!look_at (tx, self, error))
    return MADO_OUTCOME_ROLL_BACK;
  if (self->n_refused > 0 || self->n_new == 0)
    return MADO_OUTCOME_COMMIT;
  if (!mado_tx_exec (tx, error, "INSERT INTO vocabularies (digest, body) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                     MADO_BIND (MADO_TEXT (self->words_digest), MADO_TEXT (self->words))))
    return MADO_OUTCOME_ROLL_BACK;
  for (guint i = 0; i < self->offered->len; i++)
    if (g_ptr_array_index (self->changes, i) != NULL
        && !insert (tx, self, g_ptr_array_index (self->offered, i), error))
      return MADO_OUTCOME_ROLL_BACK;

  return tell_journal (tx, self, error) ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static void
refuse (const Publication *self, MadoCatalogueFiles *files)
{
  for (guint i = 0; i < self->changes->len; i++) {
    const MadoChange *change = g_ptr_array_index (self->changes, i);
    const char *place = change != NULL && !g_str_equal (change->kind, MADO_REVISION_OFFICIAL) ? "/revision" : "";

    if (change != NULL && change->refusal != NULL)
      mado_catalogue_files_find (files, change->file, place, "published", "%s", change->refusal);
  }
}

/* Where another service published the same at the same moment, the second look finds it done. */
static gboolean
write_all (MadoStore *store, Publication *publication, GError **error)
{
  g_autoptr(GError) failure = NULL;

  if (mado_store_write (store, publish_apply, publication, &failure))
    return TRUE;
  if (g_error_matches (failure, MADO_ERROR, MADO_ERROR_EXISTS))
    return mado_store_write (store, publish_apply, publication, error);
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

gboolean
mado_catalogue_publish (MadoCatalogue *self, MadoStore *store, GError **error)
{
  MadoCatalogueFiles *files = mado_catalogue_get_files (self);
  g_auto(Publication) publication = { NULL };

  if (!publication_init (&publication, files, error) || !write_all (store, &publication, error))
    return FALSE;
  refuse (&publication, files);
  if (!mado_catalogue_tell_findings (self, error))
    return FALSE;
  mado_catalogue_take_past (self, mado_past_new (store));

  return TRUE;
}

/* --- previewing ----------------------------------------------------------------------------------------------- */

static void
describe (MadoChange *change, MadoPast *past, const MadoOffered *offered)
{
  g_autoptr(JsonNode) before = mado_past_read (past, change->kind, change->id, change->before);
  g_autoptr(JsonNode) now = json_from_string (offered->body, NULL);

  if (before == NULL)
    return;
  g_strfreev (change->lines);
  change->lines = mado_json_tell_changes (before, now);
}

GPtrArray *
mado_catalogue_preview (MadoCatalogue *self, MadoStore *store, GError **error)
{
  g_autoptr(MadoPast) past = mado_past_new (store);
  g_auto(Publication) publication = { NULL };
  GPtrArray *changes;

  if (!publication_init (&publication, mado_catalogue_get_files (self), error)
      || !mado_store_read (store, look_at, &publication, error))
    return NULL;
  changes = g_ptr_array_new_with_free_func (change_free);
  for (guint i = 0; i < publication.changes->len; i++) {
    MadoChange *change = g_steal_pointer (&publication.changes->pdata[i]);

    if (change == NULL)
      continue;
    describe (change, past, g_ptr_array_index (publication.offered, i));
    g_ptr_array_add (changes, change);
  }

  return changes;
}

/* --- raising -------------------------------------------------------------------------------------------------- */

static gboolean
write_revision (const char *folder, const MadoChange *change, GError **error)
{
  g_autofree char *path = g_build_filename (folder, change->file, NULL);
  g_autofree char *text = NULL, *raised = NULL;
  g_autoptr(JsonNode) json = NULL;
  gsize n;

  if (!g_file_get_contents (path, &text, &n, error)
      || (json = mado_json_parse (text, n, &MADO_JSON_LIMITS_FILE, error)) == NULL)
    return FALSE;
  json_object_set_int_member (json_node_get_object (json), "revision", change->before + 1);
  raised = mado_json_print (json);

  return g_file_set_contents (path, raised, -1, error);
}

/* How many were refused and are raised now; an official form with the form it is of. */
static gint
raise_refused (const char *folder, GPtrArray *changes, GError **error)
{
  gint n = 0;

  for (guint i = 0; i < changes->len; i++) {
    const MadoChange *change = g_ptr_array_index (changes, i);

    if (change->refusal == NULL || g_str_equal (change->kind, MADO_REVISION_OFFICIAL))
      continue;
    if (!write_revision (folder, change, error))
      return -1;
    n++;
  }

  return n;
}

gint
mado_catalogue_raise (const char *folder, MadoStore *store, GError **error)
{
  gint all = 0, n = 1;

  while (n > 0) {
    g_autoptr(MadoCatalogue) catalogue = mado_catalogue_load (folder, error);
    g_autoptr(GPtrArray) changes = catalogue != NULL ? mado_catalogue_preview (catalogue, store, error) : NULL;

    n = changes != NULL ? raise_refused (folder, changes, error) : -1;
    all += n;
  }

  return n < 0 ? -1 : all;
}
