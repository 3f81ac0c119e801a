/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-drafts.h"

#include <glib/gi18n-lib.h>

#include "core/mado-clock.h"
#include "core/mado-json.h"
#include "procedures/mado-attachments-private.h"
#include "procedures/mado-filing.h"
#include "procedures/mado-visits-private.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

#define MAX_KEPT  20     /* of one person */
#define MAX_FACTS 1000
#define MAX_SWEPT 200    /* at once: the writer is short */

static char *
dup_subject (const char *number)
{
  return g_strconcat ("draft/", number, NULL);
}

static gboolean
journal (MadoTx *tx, const MadoActor *actor, const char *action, const char *number, const char *resident,
         GError **error)
{
  g_autofree char *subject = dup_subject (number);

  return mado_journal_append (tx, actor, action, subject, resident, NULL, error);
}

/* --- saving --------------------------------------------------------------------------------------------------- */

typedef struct {
  MadoAct act;
  MadoDraft *draft;
  MadoKey *key;
  GBytes *sealed;
  char *visit;             /* id */
  GPtrArray *attachments;  /* ids */
} DraftSave;

/* Not without bound: a person's oldest go. */
static gboolean
make_room (MadoTx *tx, const MadoActor *actor, const MadoDraft *draft, GError **error)
{
  g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func (g_object_unref);

  if (!mado_tx_query_records (tx, kept, MADO_TYPE_DRAFT, error,
                              "SELECT number, resident_id, saved_at, expires_at FROM drafts WHERE resident_id = $1"
                              " AND number <> $2 ORDER BY saved_at DESC",
                              MADO_BIND (MADO_TEXT (draft->resident_id), MADO_TEXT (draft->number))))
    return FALSE;
  for (guint i = MAX_KEPT - 1; i < kept->len; i++)
    if (!mado_draft_forget (tx, actor, ((MadoDraft *) g_ptr_array_index (kept, i))->number, draft->resident_id, error))
      return FALSE;
  return TRUE;
}

static gboolean
hold_attachments (MadoTx *tx, const DraftSave *self, const char *holder, GError **error)
{
  const MadoAttachmentGiver giver = { self->visit, self->draft->resident_id };

  return mado_attachments_take (tx, self->attachments, holder, &giver, TRUE, error);
}

static MadoOutcome
draft_save_apply (MadoTx *tx, gpointer data, GError **error)
{
  DraftSave *self = data;
  MadoDraft *draft = self->draft;
  g_autofree char *subject = dup_subject (draft->number);

  if (!mado_tx_keep_subject_key (tx, subject, MADO_KEEP_DRAFT, self->key, error)
      || !make_room (tx, &self->act.actor, draft, error)
      || !mado_tx_expect (tx, 1, MADO_ERROR_CONFLICT, error,
                          "INSERT INTO drafts (number, resident_id, saved_at, expires_at, content)"
                          " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (number)"
                          " DO UPDATE SET saved_at = $3, expires_at = $4, content = $5"
                          " WHERE drafts.resident_id = $2",
                          MADO_BIND (MADO_TEXT (draft->number), MADO_TEXT (draft->resident_id),
                                     MADO_INT (draft->saved_at), MADO_INT (draft->expires_at),
                                     MADO_BYTES (self->sealed)))
      || !hold_attachments (tx, self, subject, error)
      || !journal (tx, &self->act.actor, "draft.saved", draft->number, draft->resident_id, error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_object_ref (draft));
  return MADO_OUTCOME_COMMIT;
}

static void
draft_save_clear (MadoAct *act)
{
  DraftSave *self = (DraftSave *) act;

  g_clear_object (&self->draft);
  g_clear_pointer (&self->key, mado_key_unref);
  g_clear_pointer (&self->sealed, g_bytes_unref);
  g_clear_pointer (&self->visit, g_free);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
}

static gboolean
check_content (MadoCatalogue *catalogue, JsonNode *procedures, JsonNode *answers, GError **error)
{
  JsonArray *list = json_node_get_array (procedures);

  if (json_object_get_size (json_node_get_object (answers)) > MAX_FACTS) {
    mado_set_error_at (error, MADO_ERROR_TOO_LARGE, "/answers", "too-many", _("A draft has at most %d answers."),
                       MAX_FACTS);
    return FALSE;
  }
  for (guint i = 0; i < json_array_get_length (list); i++) {
    JsonObject *one = json_array_get_object_element (list, i);
    g_autofree char *pointer = g_strdup_printf ("/procedures/%u", i);
    const char *id = json_object_get_string_member (one, "id");
    gint64 revision = json_object_get_int_member (one, "revision");

    if (mado_catalogue_get_procedure (catalogue, id, revision))
      continue;
    mado_filing_set_procedure_error (catalogue, id, revision, pointer, error);
    return FALSE;
  }
  return TRUE;
}

/* (nullable) */
static MadoForm *
find_form (MadoCatalogue *catalogue, const char *id, gint64 revision)
{
  MadoProcedure *procedure = mado_catalogue_get_procedure (catalogue, id, revision);

  return procedure && procedure->form
         ? mado_catalogue_get_form (catalogue, procedure->form, procedure->form_revision) : NULL;
}

static JsonNode *
new_content (JsonNode *procedures, JsonNode *answers)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *content = json_object_new ();

  json_object_set_member (content, "procedures", json_node_ref (procedures));
  json_object_set_member (content, "answers", json_node_ref (answers));
  json_node_take_object (node, content);
  return node;
}

static MadoDraft *
new_draft (const MadoVisit *visit)
{
  gint64 now = mado_clock_now ();

  return g_object_new (MADO_TYPE_DRAFT, "number", visit->number, "resident-id", visit->resident_id, "saved-at", now,
                       "expires-at", now + MADO_DRAFT_DAYS * G_TIME_SPAN_DAY, NULL);
}

static GPtrArray *
find_attachments (MadoCatalogue *catalogue, JsonNode *procedures, JsonNode *answers)
{
  JsonArray *list = json_node_get_array (procedures);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < json_array_get_length (list); i++) {
    JsonObject *one = json_array_get_object_element (list, i);
    MadoForm *form = find_form (catalogue, json_object_get_string_member (one, "id"),
                                json_object_get_int_member (one, "revision"));

    if (form)
      mado_form_list_documents (form, answers, ids);
  }
  return ids;
}

MadoAct *
mado_draft_save (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *actor, const char *visit_id,
                 JsonNode *procedures, JsonNode *answers, GError **error)
{
  g_autoptr(MadoVisit) visit = mado_visit_take_step (store, actor, visit_id, MADO_VISIT_EVENT_SAVE, error);
  g_autofree char *subject = NULL;
  g_autoptr(JsonNode) content = NULL;
  g_autoptr(MadoKey) key = NULL;
  DraftSave *self;

  if (!visit || !check_content (catalogue, procedures, answers, error))
    return NULL;
  if (!visit->resident_id) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT,
                         _("Answers are kept for somebody who has shown a card; please show it first."));
    return NULL;
  }
  subject = dup_subject (visit->number);
  key = mado_store_draw_subject_key (store, subject, MADO_KEEP_DRAFT, error);
  if (!key)
    return NULL;
  self = mado_act_new (actor, sizeof (DraftSave), draft_save_apply, draft_save_clear);
  content = new_content (procedures, answers);
  self->sealed = mado_seal_json (key, subject, content);
  self->key = g_steal_pointer (&key);
  self->draft = new_draft (visit);
  self->visit = g_strdup (visit->id);
  self->attachments = find_attachments (catalogue, procedures, answers);
  return &self->act;
}

/* --- reading -------------------------------------------------------------------------------------------------- */

typedef struct {
  const char *resident;
  const char *number;     /* (nullable): all of them */
  GPtrArray *drafts;
  GBytes *sealed;
} Lookup;

static gboolean
read_all (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;

  return mado_tx_query_records (tx, lookup->drafts, MADO_TYPE_DRAFT, error,
                                "SELECT number, resident_id, saved_at, expires_at FROM drafts WHERE resident_id = $1"
                                " AND expires_at > $2 ORDER BY saved_at DESC",
                                MADO_BIND (MADO_TEXT (lookup->resident), MADO_INT (mado_clock_now ())));
}

GPtrArray *
mado_draft_list (MadoStore *store, const MadoActor *actor, GError **error)
{
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func (g_object_unref);
  Lookup lookup = { .resident = mado_actor_get_resident (actor), .drafts = drafts };

  if (!mado_actor_require (actor, MADO_ROLES_OWNER, error))
    return NULL;
  if (lookup.resident && !mado_store_look (store, read_all, &lookup, error))
    return NULL;
  return g_steal_pointer (&drafts);
}

static gboolean
read_one (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, _("Nothing is kept for you under this number, or not any more."),
                            "SELECT number, resident_id, saved_at, expires_at, content FROM drafts"
                            " WHERE number = $1 AND resident_id = $2 AND expires_at > $3",
                            MADO_BIND (MADO_TEXT (lookup->number), MADO_TEXT (lookup->resident),
                                       MADO_INT (mado_clock_now ())));
  if (!rows)
    return FALSE;
  g_ptr_array_add (lookup->drafts, mado_rows_dup_record (rows, MADO_TYPE_DRAFT));
  lookup->sealed = mado_rows_dup_bytes (rows, "content");
  return TRUE;
}

/* One procedure as it is offered now; what its form asks otherwise than before joins @changed. */
static void
carry_over (MadoCatalogue *catalogue, JsonObject *saved, JsonArray *procedures, GStrvBuilder *changed,
            GStrvBuilder *gone)
{
  const char *id = json_object_get_string_member (saved, "id");
  MadoProcedure *now = mado_catalogue_get_procedure (catalogue, id, 0);
  MadoForm *old = find_form (catalogue, id, json_object_get_int_member (saved, "revision"));
  MadoForm *form = find_form (catalogue, id, 0);
  g_auto(GStrv) facts = old && form ? mado_form_list_changed (old, form) : NULL;
  JsonObject *one;

  if (!form) {
    g_strv_builder_add (gone, id);
    return;
  }
  one = json_object_new ();
  json_object_set_string_member (one, "id", id);
  json_object_set_int_member (one, "revision", now->revision);
  json_array_add_object_element (procedures, one);
  for (guint i = 0; facts && facts[i]; i++)
    g_strv_builder_add (changed, facts[i]);
}

static void
fill (MadoDraft *draft, MadoCatalogue *catalogue, JsonNode *content)
{
  JsonObject *object = json_node_get_object (content);
  JsonArray *saved = json_object_get_array_member (object, "procedures");
  g_autoptr(GStrvBuilder) changed = g_strv_builder_new ();
  g_autoptr(GStrvBuilder) gone = g_strv_builder_new ();
  JsonArray *procedures = json_array_new ();

  for (guint i = 0; i < json_array_get_length (saved); i++)
    carry_over (catalogue, json_array_get_object_element (saved, i), procedures, changed, gone);
  draft->procedures = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (draft->procedures, procedures);
  draft->answers = json_node_ref (json_object_get_member (object, "answers"));
  draft->changed = g_strv_builder_end (changed);
  draft->gone = g_strv_builder_end (gone);
}

MadoDraft *
mado_draft_get (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *actor, const char *number, GError **error)
{
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *subject = dup_subject (number);
  const char *resident = mado_actor_get_resident (actor);
  Lookup lookup = { resident ? resident : "", number, drafts, NULL };
  g_autoptr(GBytes) sealed = NULL;
  g_autoptr(MadoKey) key = NULL;
  g_autoptr(JsonNode) content = NULL;

  if (!mado_actor_require (actor, MADO_ROLES_OWNER, error) || !mado_store_look (store, read_one, &lookup, error))
    return NULL;
  sealed = lookup.sealed;
  key = mado_store_get_subject_key (store, subject, MADO_KEEP_DRAFT, error);
  content = key ? mado_unseal_json (key, subject, sealed, error) : NULL;
  if (!content)
    return NULL;
  fill (g_ptr_array_index (drafts, 0), catalogue, content);
  return g_object_ref (g_ptr_array_index (drafts, 0));
}

/* --- forgetting ----------------------------------------------------------------------------------------------- */

gboolean
mado_draft_forget (MadoTx *tx, const MadoActor *actor, const char *number, const char *resident, GError **error)
{
  g_autofree char *subject = dup_subject (number);
  gint64 n = mado_tx_exec_n (tx, error, "DELETE FROM drafts WHERE number = $1 AND resident_id = $2",
                             MADO_BIND (MADO_TEXT (number), MADO_TEXT (resident)));

  if (n <= 0)
    return n == 0;
  return mado_attachments_release (tx, subject, error)
         && mado_tx_forget_subject (tx, subject, MADO_KEEP_DRAFT, error)
         && journal (tx, actor, "draft.forgotten", number, resident, error);
}

typedef struct {
  MadoAct act;
  char *number;
} DraftDrop;

static MadoOutcome
draft_drop_apply (MadoTx *tx, gpointer data, GError **error)
{
  DraftDrop *self = data;

  return mado_draft_forget (tx, &self->act.actor, self->number, mado_actor_get_resident (&self->act.actor), error)
         ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static void
draft_drop_clear (MadoAct *act)
{
  g_free (((DraftDrop *) act)->number);
}

MadoAct *
mado_draft_drop (MadoStore *store, const MadoActor *actor, const char *number, GError **error)
{
  const char *resident = mado_actor_get_resident (actor);
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func (g_object_unref);
  Lookup lookup = { resident ? resident : "", number, drafts, NULL };
  DraftDrop *self;

  if (!mado_actor_require (actor, MADO_ROLES_OWNER, error) || !mado_store_look (store, read_one, &lookup, error))
    return NULL;
  g_bytes_unref (lookup.sealed);
  self = mado_act_new (actor, sizeof (DraftDrop), draft_drop_apply, draft_drop_clear);
  self->number = g_strdup (number);
  return &self->act;
}

typedef struct {
  guint max;
  guint n;
} Sweep;

static MadoOutcome
sweep_apply (MadoTx *tx, gpointer data, GError **error)
{
  const MadoActor clock = { "system", "clock", NULL, MADO_ROLE_SYSTEM };
  Sweep *sweep = data;
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func (g_object_unref);

  if (!mado_tx_query_records (tx, drafts, MADO_TYPE_DRAFT, error,
                              "SELECT number, resident_id, saved_at, expires_at FROM drafts WHERE expires_at < $1"
                              " ORDER BY expires_at LIMIT $2",
                              MADO_BIND (MADO_INT (mado_tx_now (tx)), MADO_INT (sweep->max))))
    return MADO_OUTCOME_ROLL_BACK;
  sweep->n = drafts->len;
  for (guint i = 0; i < drafts->len; i++) {
    const MadoDraft *draft = g_ptr_array_index (drafts, i);

    if (!mado_draft_forget (tx, &clock, draft->number, draft->resident_id, error))
      return MADO_OUTCOME_ROLL_BACK;
  }
  return MADO_OUTCOME_COMMIT;
}

gint
mado_drafts_sweep (MadoStore *store, guint max, GError **error)
{
  Sweep sweep = { .max = MIN (max, MAX_SWEPT) };

  return mado_store_write (store, sweep_apply, &sweep, error) ? (gint) sweep.n : -1;
}
