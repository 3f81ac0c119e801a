/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-catalogue-past.h"

#include <string.h>

#include "core/mado-json.h"
#include "procedures/mado-revisions-private.h"
#include "store/mado-row.h"

struct _MadoPast {
  MadoStore  *store;
  GMutex      lock;
  GHashTable *vocabularies;   /* digest to MadoVocabulary */
  GHashTable *forms;          /* "id.revision" to MadoCatalogueForm */
  GHashTable *procedures;     /* to MadoCatalogueProcedure */
  GHashTable *overlays;       /* to MadoOverlay, or to NULL where there is none */
};

static void
overlay_free (gpointer overlay)
{
  g_clear_pointer ((MadoOverlay **) &overlay, mado_overlay_unref);
}

MadoPast *
mado_past_new (MadoStore *store)
{
  MadoPast *self = g_new0 (MadoPast, 1);

  self->store = g_object_ref (store);
  self->vocabularies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) mado_vocabulary_unref);
  self->forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, mado_catalogue_form_free);
  self->procedures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, mado_catalogue_procedure_free);
  self->overlays = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, overlay_free);
  g_mutex_init (&self->lock);

  return self;
}

void
mado_past_free (MadoPast *self)
{
  g_hash_table_unref (self->forms);
  g_hash_table_unref (self->procedures);
  g_hash_table_unref (self->overlays);
  g_hash_table_unref (self->vocabularies);
  g_mutex_clear (&self->lock);
  g_object_unref (self->store);
  g_free (self);
}

/* --- as it was written ---------------------------------------------------------------------------------------- */

typedef struct {
  const char *kind, *id;
  gint64      revision;
  gboolean    found;
  char       *body, *digest, *words;
} Lookup;

static void
lookup_clear (Lookup *self)
{
  g_free (self->body);
  g_free (self->digest);
  g_free (self->words);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lookup, lookup_clear)

static gboolean
read_revision (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *self = data;
  g_autoptr(MadoRows) rows = mado_tx_query (tx, error,
                                            "SELECT r.body, r.vocabulary, v.body AS words FROM revisions r"
                                            " JOIN vocabularies v ON v.digest = r.vocabulary"
                                            " WHERE r.kind = $1 AND r.id = $2 AND r.revision = $3",
                                            MADO_BIND (MADO_TEXT (self->kind), MADO_TEXT (self->id),
                                                       MADO_INT (self->revision)));

  if (rows == NULL || !mado_rows_step (rows, &self->found, error))
    return FALSE;
  if (self->found) {
    self->body = mado_rows_dup_text (rows, "body");
    self->digest = mado_rows_dup_text (rows, "vocabulary");
    self->words = mado_rows_dup_text (rows, "words");
  }

  return TRUE;
}

static JsonNode *
parse (const char *text, GError **error)
{
  return mado_json_parse (text, strlen (text), &MADO_JSON_LIMITS_FILE, error);
}

static MadoVocabulary *
get_vocabulary (MadoPast *self, const Lookup *lookup, GError **error)
{
  MadoVocabulary *known = g_hash_table_lookup (self->vocabularies, lookup->digest);
  g_autoptr(JsonNode) words = NULL;

  if (known != NULL)
    return known;
  words = parse (lookup->words, error);
  known = words != NULL ? mado_vocabulary_new_from_json (words, error) : NULL;
  if (known != NULL)
    g_hash_table_insert (self->vocabularies, g_strdup (lookup->digest), known);

  return known;
}

/* (transfer full) (nullable): the file of a revision, and the vocabulary it speaks. */
static JsonNode *
read_body (MadoPast *self, Lookup *lookup, MadoVocabulary **vocabulary, GError **error)
{
  if (!mado_store_look (self->store, read_revision, lookup, error) || !lookup->found)
    return NULL;
  *vocabulary = get_vocabulary (self, lookup, error);

  return *vocabulary != NULL ? parse (lookup->body, error) : NULL;
}

/* --- as it is used -------------------------------------------------------------------------------------------- */

static MadoCatalogueForm *
read_form (MadoPast *self, const char *id, gint64 revision, GError **error)
{
  g_auto(Lookup) lookup = { MADO_REVISION_FORM, id, revision };
  MadoVocabulary *vocabulary;
  g_autoptr(JsonNode) json = read_body (self, &lookup, &vocabulary, error);
  MadoForm *form = json != NULL ? mado_form_new (json, vocabulary, error) : NULL;

  return form != NULL ? mado_catalogue_form_new (NULL, form) : NULL;
}

static gboolean
compile (MadoRule **rule, JsonNode *part, MadoVocabulary *vocabulary, GError **error)
{
  JsonNode *json = mado_catalogue_get_rule (part);

  *rule = json != NULL ? mado_rule_new (json, vocabulary, error) : NULL;

  return json == NULL || *rule != NULL;
}

static MadoCatalogueProcedure *
read_procedure (MadoPast *self, const char *id, gint64 revision, GError **error)
{
  g_auto(Lookup) lookup = { MADO_REVISION_PROCEDURE, id, revision };
  MadoVocabulary *vocabulary;
  g_autoptr(JsonNode) json = read_body (self, &lookup, &vocabulary, error);
  MadoProcedure *procedure = json != NULL
                               ? mado_record_from_json (MADO_TYPE_PROCEDURE, json, MADO_JSON_PRIVATE, error) : NULL;
  MadoCatalogueProcedure *entry;

  if (procedure == NULL)
    return NULL;
  entry = mado_catalogue_procedure_new (NULL, procedure, vocabulary);
  if (compile (&entry->decision, procedure->decision, vocabulary, error)
      && compile (&entry->fee, procedure->fee, vocabulary, error))
    return entry;
  mado_catalogue_procedure_free (entry);

  return NULL;
}

/* NULL without @error: there was none. */
static MadoOverlay *
read_overlay (MadoPast *self, const MadoForm *form, GError **error)
{
  g_auto(Lookup) lookup = { MADO_REVISION_OFFICIAL, form->id, form->revision };
  MadoVocabulary *vocabulary;
  g_autoptr(JsonNode) json = read_body (self, &lookup, &vocabulary, error);

  return json != NULL ? mado_overlay_new_frozen (json, form, error) : NULL;
}

static void
tell (const char *kind, const char *id, gint64 revision, const GError *error)
{
  if (error != NULL)
    g_warning ("Revision %" G_GINT64_FORMAT " of the %s %s cannot be read: %s", revision, kind, id, error->message);
}

MadoCatalogueForm *
mado_past_get_form (MadoPast *self, const char *id, gint64 revision)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autofree char *key = mado_revision_make_key (id, revision);
  MadoCatalogueForm *found = g_hash_table_lookup (self->forms, key);
  g_autoptr(GError) error = NULL;

  if (found == NULL && (found = read_form (self, id, revision, &error)) != NULL)
    g_hash_table_insert (self->forms, g_steal_pointer (&key), found);
  tell (MADO_REVISION_FORM, id, revision, error);

  return found;
}

MadoCatalogueProcedure *
mado_past_get_procedure (MadoPast *self, const char *id, gint64 revision)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autofree char *key = mado_revision_make_key (id, revision);
  MadoCatalogueProcedure *found = g_hash_table_lookup (self->procedures, key);
  g_autoptr(GError) error = NULL;

  if (found == NULL && (found = read_procedure (self, id, revision, &error)) != NULL)
    g_hash_table_insert (self->procedures, g_steal_pointer (&key), found);
  tell (MADO_REVISION_PROCEDURE, id, revision, error);

  return found;
}

MadoOverlay *
mado_past_get_overlay (MadoPast *self, const MadoForm *form)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autofree char *key = mado_revision_make_key (form->id, form->revision);
  g_autoptr(GError) error = NULL;
  gpointer found;

  if (g_hash_table_lookup_extended (self->overlays, key, NULL, &found))
    return found;
  found = read_overlay (self, form, &error);
  tell (MADO_REVISION_OFFICIAL, form->id, form->revision, error);
  g_hash_table_insert (self->overlays, g_steal_pointer (&key), found);

  return found;
}

JsonNode *
mado_past_read (MadoPast *self, const char *kind, const char *id, gint64 revision)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto(Lookup) lookup = { kind, id, revision };
  MadoVocabulary *vocabulary;
  g_autoptr(GError) error = NULL;
  JsonNode *json = read_body (self, &lookup, &vocabulary, &error);

  tell (kind, id, revision, error);

  return json;
}

/* --- until when it was offered --------------------------------------------------------------------------------- */

typedef struct {
  const char *id;
  gint64      revision, end;
} EndLookup;

static gboolean
read_end (MadoTx *tx, gpointer data, GError **error)
{
  EndLookup *self = data;
  g_autoptr(MadoRows) rows = mado_tx_query (tx, error,
                                            "SELECT published_at FROM revisions WHERE kind = $1 AND id = $2"
                                            " AND revision > $3 ORDER BY revision LIMIT 1",
                                            MADO_BIND (MADO_TEXT (MADO_REVISION_PROCEDURE), MADO_TEXT (self->id),
                                                       MADO_INT (self->revision)));
  gboolean found;

  if (rows == NULL || !mado_rows_step (rows, &found, error))
    return FALSE;
  self->end = found ? mado_rows_int (rows, "published_at") : G_MAXINT64;

  return TRUE;
}

gboolean
mado_past_find_end (MadoPast *self, const char *id, gint64 revision, gint64 *end, GError **error)
{
  EndLookup lookup = { id, revision, 0 };

  if (!mado_store_look (self->store, read_end, &lookup, error))
    return FALSE;
  *end = lookup.end;

  return TRUE;
}
