/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-attachments-private.h"

#include <glib/gi18n-lib.h>

#include "core/mado-clock.h"
#include "core/mado-id.h"
#include "procedures/mado-cases-private.h"
#include "procedures/mado-visits-private.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"
#include "wire/mado-file.h"

/* Each has a key of its own, so that it can be forgotten whoever held it last. */
static char *
dup_subject (const char *id)
{
  return g_strconcat ("attachment/", id, NULL);
}

/* --- adding --------------------------------------------------------------------------------------------------- */

typedef struct {
  MadoAct act;
  MadoVisit *visit;
  MadoAttachment *attachment;
  MadoKey *key;
  GBytes *sealed;
} AttachmentAdd;

static gboolean
check_room (MadoTx *tx, const char *holder, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, "", "SELECT COUNT(*) AS n FROM attachment_holders WHERE holder = $1",
                            MADO_BIND (MADO_TEXT (holder)));
  if (!rows)
    return FALSE;
  if (mado_rows_int (rows, "n") < MADO_ATTACHMENTS_MAX)
    return TRUE;
  g_set_error (error, MADO_ERROR, MADO_ERROR_CONFLICT,
               _("No more than %d files can be attached at a visit; please take one away first."),
               MADO_ATTACHMENTS_MAX);
  return FALSE;
}

static gboolean
insert (MadoTx *tx, const MadoAttachment *attachment, GBytes *sealed, const char *holder, GError **error)
{
  return mado_tx_exec (tx, error,
                       "INSERT INTO attachments (id, type, size, added_at, content) VALUES ($1, $2, $3, $4, $5)",
                       MADO_BIND (MADO_TEXT (attachment->id),
                                  MADO_TEXT (mado_enum_nick (MADO_TYPE_ATTACHMENT_TYPE, attachment->type)),
                                  MADO_INT (attachment->size), MADO_INT (attachment->added_at), MADO_BYTES (sealed)))
         && mado_tx_exec (tx, error, "INSERT INTO attachment_holders (attachment, holder) VALUES ($1, $2)",
                          MADO_BIND (MADO_TEXT (attachment->id), MADO_TEXT (holder)));
}

static MadoOutcome
attachment_add_apply (MadoTx *tx, gpointer data, GError **error)
{
  AttachmentAdd *self = data;
  g_autofree char *subject = dup_subject (self->attachment->id);
  g_autofree char *holder = mado_visit_dup_subject (self->visit);

  if (!check_room (tx, holder, error)
      || !mado_tx_keep_subject_key (tx, subject, MADO_KEEP_FILING, self->key, error)
      || !insert (tx, self->attachment, self->sealed, holder, error)
      || !mado_visit_journal (tx, &self->act, self->visit, "attachment.added", error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_object_ref (self->attachment));
  return MADO_OUTCOME_COMMIT;
}

static void
attachment_add_clear (MadoAct *act)
{
  AttachmentAdd *self = (AttachmentAdd *) act;

  g_clear_object (&self->visit);
  g_clear_object (&self->attachment);
  g_clear_pointer (&self->key, mado_key_unref);
  g_clear_pointer (&self->sealed, g_bytes_unref);
}

MadoAct *
mado_attachment_add (MadoStore *store, const MadoActor *actor, const char *visit_id, const guint8 *data, gsize n,
                     GError **error)
{
  g_autoptr(MadoVisit) visit = mado_visit_take_step (store, actor, visit_id, MADO_VISIT_EVENT_SAVE, error);
  g_autofree char *id = mado_ulid_new ();
  g_autofree char *subject = dup_subject (id);
  g_autoptr(MadoKey) key = NULL;
  MadoAttachmentType type;
  AttachmentAdd *self;
  gsize end;

  if (!visit || !mado_file_judge (data, n, &type, &end, error)
      || !(key = mado_store_draw_subject_key (store, subject, MADO_KEEP_FILING, error)))
    return NULL;
  self = mado_act_new (actor, sizeof (AttachmentAdd), attachment_add_apply, attachment_add_clear);
  self->attachment = g_object_new (MADO_TYPE_ATTACHMENT, "id", id, "type", type, "size", (gint64) end,
                                   "added-at", mado_clock_now (), NULL);
  self->sealed = mado_seal (key, subject, data, end);
  self->key = g_steal_pointer (&key);
  self->visit = g_steal_pointer (&visit);
  return &self->act;
}

/* --- letting go ------------------------------------------------------------------------------------------------- */

static gboolean
forget (MadoTx *tx, const char *id, GError **error)
{
  g_autofree char *subject = dup_subject (id);

  return mado_tx_exec (tx, error, "DELETE FROM attachments WHERE id = $1", MADO_BIND (MADO_TEXT (id)))
         && mado_tx_forget_subject (tx, subject, MADO_KEEP_FILING, error);
}

static gboolean
list_held_by_nobody_else (MadoTx *tx, const char *holder, GPtrArray *held, GError **error)
{
  return mado_tx_query_records (tx, held, MADO_TYPE_ATTACHMENT, error,
                                "SELECT a.id, a.type, a.size, a.added_at FROM attachments a"
                                " JOIN attachment_holders h ON h.attachment = a.id WHERE h.holder = $1 AND NOT EXISTS"
                                " (SELECT 1 FROM attachment_holders o WHERE o.attachment = a.id AND o.holder <> $1)",
                                MADO_BIND (MADO_TEXT (holder)));
}

gboolean
mado_attachments_release (MadoTx *tx, const char *holder, GError **error)
{
  g_autoptr(GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);

  if (!list_held_by_nobody_else (tx, holder, held, error))
    return FALSE;
  for (guint i = 0; i < held->len; i++)
    if (!forget (tx, ((MadoAttachment *) held->pdata[i])->id, error))
      return FALSE;
  return mado_tx_exec (tx, error, "DELETE FROM attachment_holders WHERE holder = $1", MADO_BIND (MADO_TEXT (holder)));
}

typedef struct {
  MadoAct act;
  MadoVisit *visit;
  char *id;
} AttachmentDrop;

/* Its own holder's only: whose it is else, is nobody's business. */
static gboolean
let_go (MadoTx *tx, const char *id, const char *holder, GError **error)
{
  gint64 n = mado_tx_exec_n (tx, error, "DELETE FROM attachment_holders WHERE attachment = $1 AND holder = $2",
                             MADO_BIND (MADO_TEXT (id), MADO_TEXT (holder)));

  if (n == 0)
    g_set_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("There is no such file here, or not any more."));
  return n > 0;
}

static gboolean
is_held (MadoTx *tx, const char *id, gboolean *held, GError **error)
{
  g_autoptr(MadoRows) rows = mado_tx_query (tx, error, "SELECT 1 FROM attachment_holders WHERE attachment = $1 LIMIT 1",
                                            MADO_BIND (MADO_TEXT (id)));

  return rows && mado_rows_step (rows, held, error);
}

static MadoOutcome
attachment_drop_apply (MadoTx *tx, gpointer data, GError **error)
{
  AttachmentDrop *self = data;
  g_autofree char *holder = mado_visit_dup_subject (self->visit);
  gboolean held;

  if (!let_go (tx, self->id, holder, error)
      || !is_held (tx, self->id, &held, error)
      || (!held && !forget (tx, self->id, error))
      || !mado_visit_journal (tx, &self->act, self->visit, "attachment.dropped", error))
    return MADO_OUTCOME_ROLL_BACK;
  return MADO_OUTCOME_COMMIT;
}

static void
attachment_drop_clear (MadoAct *act)
{
  AttachmentDrop *self = (AttachmentDrop *) act;

  g_clear_object (&self->visit);
  g_free (self->id);
}

MadoAct *
mado_attachment_drop (MadoStore *store, const MadoActor *actor, const char *id, GError **error)
{
  g_autoptr(MadoVisit) visit = NULL;
  AttachmentDrop *self;

  if (!mado_actor_require (actor, MADO_ROLE_VISIT, error)
      || !(visit = mado_visit_take_step (store, actor, actor->id, MADO_VISIT_EVENT_SAVE, error)))
    return NULL;
  self = mado_act_new (actor, sizeof (AttachmentDrop), attachment_drop_apply, attachment_drop_clear);
  self->visit = g_steal_pointer (&visit);
  self->id = g_strdup (id);
  return &self->act;
}

/* --- taking over ------------------------------------------------------------------------------------------------ */

GPtrArray *
mado_attachments_find (MadoForm *const *forms, guint n_forms, JsonNode *answers)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_forms; i++)
    mado_form_list_documents (forms[i], answers, ids);
  return ids;
}

/* 1 where the giver has it; on a second filing, a correction say, the holder has it already. */
static gint64
take (MadoTx *tx, const char *id, const char *holder, const MadoAttachmentGiver *giver, GError **error)
{
  g_autofree char *visit = g_strconcat ("visit/", giver->visit, NULL);

  return mado_tx_exec_n (tx, error,
                         "INSERT INTO attachment_holders (attachment, holder) SELECT a.id, $2 FROM attachments a"
                         " WHERE a.id = $1 AND EXISTS (SELECT 1 FROM attachment_holders h WHERE h.attachment = a.id"
                         " AND (h.holder = $2 OR h.holder = $3 OR h.holder IN"
                         " (SELECT 'draft/' || number FROM drafts WHERE resident_id = $4)))"
                         " ON CONFLICT (attachment, holder) DO UPDATE SET holder = $2",
                         MADO_BIND (MADO_TEXT (id), MADO_TEXT (holder), MADO_TEXT (visit),
                                    MADO_TEXT (giver->resident ? giver->resident : "")));
}

gboolean
mado_attachments_take (MadoTx *tx, GPtrArray *ids, const char *holder, const MadoAttachmentGiver *giver,
                       gboolean lenient, GError **error)
{
  for (guint i = 0; i < ids->len; i++) {
    gint64 n = take (tx, ids->pdata[i], holder, giver, error);

    if (n < 0)
      return FALSE;
    if (n == 1 || lenient)
      continue;
    mado_set_error_at (error, MADO_ERROR_INVALID, "/answers", "attachment",
                       _("A file that was attached is not here any more; please attach it again."));
    return FALSE;
  }
  return TRUE;
}

/* --- looking ---------------------------------------------------------------------------------------------------- */

typedef struct {
  const char *id;
  const char *resident;    /* (nullable) */
  MadoAttachment *attachment;
  GBytes *content;
  char *visit;             /* (nullable): an open one that holds it */
  gboolean is_kept;        /* in a draft of @resident */
  GPtrArray *cases;        /* numbers of those that hold it */
} Lookup;

static void
lookup_clear (Lookup *self)
{
  g_clear_object (&self->attachment);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self->visit);
  g_clear_pointer (&self->cases, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lookup, lookup_clear)

static gboolean
read_content (MadoTx *tx, Lookup *self, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, _("There is no such file here, or not any more."),
                            "SELECT id, type, size, added_at, content FROM attachments WHERE id = $1",
                            MADO_BIND (MADO_TEXT (self->id)));
  if (!rows)
    return FALSE;
  self->attachment = mado_rows_dup_record (rows, MADO_TYPE_ATTACHMENT);
  self->content = mado_rows_dup_bytes (rows, "content");
  return TRUE;
}

static gboolean
read_holders (MadoTx *tx, Lookup *self, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;
  gboolean more;

  rows = mado_tx_query (tx, error,
                        "SELECT v.id AS visit, d.resident_id AS keeper, c.number AS filed FROM attachment_holders h"
                        " LEFT JOIN visits v ON v.id = SUBSTR (h.holder, 7) AND v.state = 'open'"   /* visit/ */
                        " LEFT JOIN drafts d ON d.number = SUBSTR (h.holder, 7)"                    /* draft/ */
                        " LEFT JOIN cases c ON c.id = SUBSTR (h.holder, 6) WHERE h.attachment = $1",
                        MADO_BIND (MADO_TEXT (self->id)));
  while (rows && mado_rows_step (rows, &more, error)) {
    if (!more)
      return TRUE;
    if (!mado_rows_is_null (rows, "visit"))
      self->visit = g_strdup (mado_rows_text (rows, "visit"));
    if (!mado_rows_is_null (rows, "keeper"))
      self->is_kept |= g_strcmp0 (mado_rows_text (rows, "keeper"), self->resident) == 0;
    if (!mado_rows_is_null (rows, "filed"))
      g_ptr_array_add (self->cases, g_strdup (mado_rows_text (rows, "filed")));
  }
  return FALSE;
}

static gboolean
read_all (MadoTx *tx, gpointer data, GError **error)
{
  return read_content (tx, data, error) && read_holders (tx, data, error);
}

/* (nullable): the first case of it that the actor may see. */
static MadoCase *
find_case (MadoStore *store, const MadoActor *actor, const Lookup *self)
{
  for (guint i = 0; i < self->cases->len; i++) {
    g_autoptr(MadoCase) filed = mado_case_load (store, self->cases->pdata[i], NULL);

    if (filed && mado_case_check_access (store, filed, actor, NULL))
      return g_steal_pointer (&filed);
  }
  return NULL;
}

static gboolean
is_owners (const Lookup *self, const MadoActor *actor)
{
  return (actor->role == MADO_ROLE_VISIT && g_strcmp0 (self->visit, actor->id) == 0)
         || ((actor->role & MADO_ROLES_OWNER) && self->is_kept);
}

static gboolean
check_access (MadoStore *store, const MadoActor *actor, const Lookup *self, GError **error)
{
  g_autoptr(MadoCase) filed = NULL;

  if (is_owners (self, actor))
    return TRUE;
  if (mado_actor_require (actor, MADO_ROLES_OWNER | MADO_ROLES_STAFF, NULL))
    filed = find_case (store, actor, self);
  if (filed)
    return mado_case_journal_look (store, actor, filed, "attachment.viewed", error);
  g_set_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("There is no such file here, or not any more."));
  return FALSE;
}

MadoAttachment *
mado_attachment_get (MadoStore *store, const MadoActor *actor, const char *id, GBytes **content, GError **error)
{
  g_auto(Lookup) lookup = { .id = id, .resident = mado_actor_get_resident (actor),
                            .cases = g_ptr_array_new_with_free_func (g_free) };
  g_autofree char *subject = dup_subject (id);
  g_autoptr(MadoKey) key = NULL;
  gconstpointer sealed;
  gsize n;

  if (!mado_store_read (store, read_all, &lookup, error) || !check_access (store, actor, &lookup, error)
      || !(key = mado_store_get_subject_key (store, subject, MADO_KEEP_FILING, error)))
    return NULL;
  sealed = g_bytes_get_data (lookup.content, &n);
  *content = mado_unseal (key, subject, sealed, n, error);
  return *content ? g_steal_pointer (&lookup.attachment) : NULL;
}

typedef struct {
  const char *holder;
  GPtrArray *attachments;
} List;

static gboolean
read_list (MadoTx *tx, gpointer data, GError **error)
{
  List *list = data;

  return mado_tx_query_records (tx, list->attachments, MADO_TYPE_ATTACHMENT, error,
                                "SELECT a.id, a.type, a.size, a.added_at FROM attachments a"
                                " JOIN attachment_holders h ON h.attachment = a.id WHERE h.holder = $1 ORDER BY a.id",
                                MADO_BIND (MADO_TEXT (list->holder)));
}

GPtrArray *
mado_attachments_list (MadoStore *store, const char *holder, GError **error)
{
  g_autoptr(GPtrArray) attachments = g_ptr_array_new_with_free_func (g_object_unref);
  List list = { holder, attachments };

  return mado_store_look (store, read_list, &list, error) ? g_steal_pointer (&attachments) : NULL;
}
