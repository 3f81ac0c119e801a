/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-cases-private.h"

#include <glib/gi18n-lib.h>

#include "core/mado-clock.h"
#include "core/mado-id.h"
#include "core/mado-json.h"
#include "core/mado-language.h"
#include "procedures/mado-filing.h"
#include "procedures/mado-visits-private.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

/* What a kiosk kept while it could not reach us. */
typedef struct {
  const char *visit_number;    /* (nullable): of a visit begun while we could still be reached */
  const char *reserved_id;
  const char *language;        /* (nullable) */
  JsonNode   *identification;  /* (nullable) */
  JsonNode   *correction;      /* (nullable): of a returned case, instead of procedures */
  JsonNode   *procedures, *answers;
} Kept;

static const MadoJsonSpec correction_spec[] = {
  { "number", MADO_JSON_STRING, .required = TRUE, .max = 24 },
  { "version", MADO_JSON_INT, .required = TRUE, .min = 1, .max = G_MAXINT32 },
  { NULL }
};

static const MadoJsonSpec identification_spec[] = {
  { "cardNumber", MADO_JSON_STRING, .required = TRUE, .max = 32 },
  { "pin", MADO_JSON_STRING, .required = TRUE, .max = 16 },
  { NULL }
};

static const MadoJsonSpec kept_spec[] = {
  { "visitNumber", MADO_JSON_STRING, G_STRUCT_OFFSET (Kept, visit_number), .max = 16 },
  { "reservedId", MADO_JSON_STRING, G_STRUCT_OFFSET (Kept, reserved_id), .required = TRUE, .min = 26, .max = 26,
    .pattern = "[0-9A-HJKMNP-TV-Z]{26}" },
  { "language", MADO_JSON_STRING, G_STRUCT_OFFSET (Kept, language), .max = 16 },
  { "identification", MADO_JSON_OBJECT, G_STRUCT_OFFSET (Kept, identification), .members = identification_spec },
  { "correction", MADO_JSON_OBJECT, G_STRUCT_OFFSET (Kept, correction), .members = correction_spec },
  { "procedures", MADO_JSON_ARRAY, G_STRUCT_OFFSET (Kept, procedures), .min = 1, .max = 20 },
  { "answers", MADO_JSON_OBJECT, G_STRUCT_OFFSET (Kept, answers), .required = TRUE },
  { NULL }
};

typedef struct {
  MadoAct act;
  MadoStore *store;
  MadoVisit *visit;
  MadoVisit *earlier;      /* (nullable): whose box it is, and which filed something else */
  char *content;           /* of this filing */
  MadoKey *new_key;        /* (nullable): the visit begins with this filing */
  MadoCardTry *card;       /* (nullable) */
  gboolean identified;     /* by that card */
  gboolean card_refused;
  GPtrArray *filings;      /* (nullable): NULL: it was filed before */
  MadoReceipt *receipt;
} OfflineFile;

static void
offline_file_clear (MadoAct *act)
{
  OfflineFile *self = (OfflineFile *) act;

  g_clear_object (&self->visit);
  g_clear_object (&self->earlier);
  g_clear_pointer (&self->content, g_free);
  g_clear_pointer (&self->new_key, mado_key_unref);
  mado_card_try_free (self->card);
  g_clear_pointer (&self->filings, g_ptr_array_unref);
  g_clear_object (&self->receipt);
}

/* --- apply ------------------------------------------------------------------------------------------------------- */

/* A wrong PIN is counted and the filing goes on without it; a right one that is refused now was locked meanwhile:
 * prepare it again. */
static gboolean
try_card (OfflineFile *self, MadoTx *tx, GError **error)
{
  g_autoptr(GError) refused = NULL;
  MadoOutcome outcome;

  if (!self->card || mado_card_try_apply (self->card, tx, &self->act.actor, &outcome, &refused))
    return TRUE;
  if (!self->identified && (refused->code == MADO_ERROR_UNAUTHENTICATED || refused->code == MADO_ERROR_LOCKED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&refused));
  return FALSE;
}

/* A visit that went on since it was read: prepare the filing again. */
static gboolean
mark_filed (OfflineFile *self, MadoTx *tx, GError **error)
{
  g_autoptr(GError) failure = NULL;

  if (mado_visit_mark_filed (tx, self->visit, &failure))
    return TRUE;
  if (g_error_matches (failure, MADO_ERROR, MADO_ERROR_CONFLICT))
    failure->code = MADO_ERROR_STALE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
write_visit (OfflineFile *self, MadoTx *tx, GError **error)
{
  g_autofree char *subject = g_strconcat ("visit/", self->visit->id, NULL);

  if (!self->new_key)
    return mark_filed (self, tx, error);
  return mado_tx_keep_subject_key (tx, subject, MADO_KEEP_FILING, self->new_key, error)
         && mado_visit_insert_filed (tx, self->visit, error);
}

static MadoOutcome
offline_file_apply (MadoTx *tx, gpointer data, GError **error)
{
  OfflineFile *self = data;

  if (self->filings
      && (!try_card (self, tx, error)
          || !write_visit (self, tx, error)
          || !mado_visit_keep_content (tx, self->visit, self->content, error)
          || !mado_filings_apply (tx, &self->act.actor, self->filings, error)))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_object_ref (self->receipt));
  return MADO_OUTCOME_COMMIT;
}

/* --- prepare ----------------------------------------------------------------------------------------------------- */

static JsonNode *
open_box (const guint8 public_key[32], const MadoKey *secret_key, GBytes *box, Kept *kept, GError **error)
{
  gsize n;
  const void *data = g_bytes_get_data (box, &n);
  g_autoptr(GBytes) plain = mado_box_open (public_key, secret_key, data, n, error);
  g_autoptr(JsonNode) node = NULL;

  if (!plain)
    return NULL;
  data = g_bytes_get_data (plain, &n);
  node = mado_json_parse (data, n, &MADO_JSON_LIMITS_BODY, error);
  if (!node || !mado_json_read (node, kept_spec, kept, error))
    return NULL;
  if (kept->procedures || kept->correction)
    return g_steal_pointer (&node);
  mado_set_error_at (error, MADO_ERROR_INVALID, "/procedures", "required", _("This is needed and is missing"));
  return NULL;
}

/* The same shape as of a filing that comes by itself. */
static JsonNode *
new_filing (const Kept *kept)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *filing = json_object_new ();

  json_object_set_member (filing, "procedures", json_node_ref (kept->procedures));
  json_object_set_member (filing, "answers", json_node_ref (kept->answers));
  json_node_take_object (node, filing);
  return node;
}

/* The store's or the service's state, which passes: it says nothing of the filing. */
static gboolean
may_pass (const GError *error)
{
  const MadoError passing[] = { MADO_ERROR_STORE, MADO_ERROR_STORE_BUSY, MADO_ERROR_STORE_FULL,
                                MADO_ERROR_STORE_VERSION, MADO_ERROR_CRYPTO, MADO_ERROR_UNAVAILABLE,
                                MADO_ERROR_INTERNAL };

  for (guint i = 0; i < G_N_ELEMENTS (passing); i++)
    if (g_error_matches (error, MADO_ERROR, passing[i]))
      return TRUE;
  return error->domain != MADO_ERROR;
}

/* Nothing is begun twice, and nothing typed is lost: whoever filed both says which it is to be. */
static GPtrArray *
prepare_beside (const MadoFiler *filer, JsonNode *filing, const MadoVisit *earlier, GError **error)
{
  const char *words = mado_case_get_words ("kept-beside", filer->visit->language);
  g_autofree char *number = g_strdup_printf (_("Number of what was filed first: %s"), earlier->number);
  g_autofree char *message = g_strconcat (words, "\n・", number, NULL);

  return mado_filings_prepare_returned (filer, filing, message, MADO_ERROR_EXISTS, error);
}

/* What was not accepted becomes a case that has been returned. */
static GPtrArray *
prepare_filings (const MadoFiler *filer, JsonNode *filing, gboolean card_refused, GError **error)
{
  g_autoptr(GError) why = NULL;
  g_autofree char *reasons = NULL, *message = NULL;
  GPtrArray *filings = mado_filings_prepare (filer, filing, &why);

  if (filings)
    return filings;
  if (may_pass (why)) {
    g_propagate_error (error, g_steal_pointer (&why));
    return NULL;
  }
  reasons = mado_filings_explain (filer, filing, why);
  message = card_refused ? g_strconcat (reasons, "\n・", mado_case_get_words ("kept-card", filer->visit->language), NULL)
                         : g_steal_pointer (&reasons);
  return mado_filings_prepare_returned (filer, filing, message, why->code, error);
}

static gboolean
read_identification (OfflineFile *self, const Kept *kept, GError **error)
{
  JsonObject *given = kept->identification ? json_node_get_object (kept->identification) : NULL;
  g_autoptr(GError) failure = NULL;
  const char *resident;

  if (!given && self->earlier)
    self->visit->resident_id = g_strdup (self->earlier->resident_id);
  if (!given || self->visit->resident_id)
    return TRUE;
  self->card = mado_card_try_new (self->store, json_object_get_string_member (given, "cardNumber"),
                                  json_object_get_string_member (given, "pin"), &failure);
  if (!self->card && failure->code != MADO_ERROR_INVALID) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  resident = self->card ? mado_card_try_get_resident (self->card) : NULL;
  self->identified = resident != NULL;
  self->card_refused = resident == NULL;
  self->visit->resident_id = g_strdup (resident);
  return TRUE;
}

/* The time of the one, and of the other what it holds: sent again, it is found again. */
static char *
name_visit_beside (const MadoVisit *earlier, const char *content)
{
  g_autofree char *id = g_strdup_printf ("%.10s%.16s", earlier->id, content);

  return g_ascii_strup (id, -1);
}

/* A box of a visit that has filed something else is a visit of its own: @id says which. */
static gboolean
find_beside (OfflineFile *self, JsonNode *filing, const char *filed, char **id, GError **error)
{
  g_autoptr(MadoKey) key = mado_visit_get_filing_key (self->store, self->visit, error);
  g_autofree char *content = key ? mado_filing_name_content (key, filing) : NULL;
  g_autoptr(GError) failure = NULL;

  if (!key)
    return FALSE;
  if (g_str_equal (content, filed))
    return TRUE;
  self->earlier = g_steal_pointer (&self->visit);
  *id = name_visit_beside (self->earlier, content);
  self->visit = mado_visit_find_kept (self->store, self->act.actor.id, NULL, *id, NULL, &failure);
  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  return !failure;
}

/* *@id: what a visit that is not there is to be called */
static gboolean
find_visit (OfflineFile *self, const Kept *kept, JsonNode *filing, char **id, GError **error)
{
  g_autofree char *filed = NULL;
  g_autoptr(GError) failure = NULL;

  self->visit = mado_visit_find_kept (self->store, self->act.actor.id, kept->visit_number, kept->reserved_id, &filed,
                                      &failure);
  if (failure) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  if (self->visit && filed)
    return find_beside (self, filing, filed, id, error);
  *id = self->visit ? NULL : g_strdup (kept->reserved_id);
  return TRUE;
}

static gboolean
find_or_make_visit (OfflineFile *self, const Kept *kept, JsonNode *filing, GError **error)
{
  const char *language = kept->language && mado_language_find (kept->language) ? kept->language : "ja";
  g_autofree char *id = NULL, *subject = NULL;

  if (!find_visit (self, kept, filing, &id, error))
    return FALSE;
  if (self->visit)
    return TRUE;
  self->visit = mado_visit_new (self->store, id, self->act.actor.id, language, error);
  if (!self->visit)
    return FALSE;
  subject = g_strconcat ("visit/", self->visit->id, NULL);
  self->new_key = mado_store_draw_subject_key (self->store, subject, MADO_KEEP_FILING, error);
  return self->new_key != NULL;
}

static gboolean
prepare_filing (OfflineFile *self, MadoCatalogue *catalogue, const Kept *kept, JsonNode *filing, GError **error)
{
  g_autoptr(MadoKey) key = NULL;
  MadoFiler filer;

  mado_language_speak (mado_language_find (self->visit->language));
  if (!read_identification (self, kept, error))
    return FALSE;
  self->act.actor.behalf = g_strdup (self->visit->resident_id);
  key = self->new_key ? mado_key_ref (self->new_key) : mado_visit_get_filing_key (self->store, self->visit, error);
  filer = (MadoFiler) { self->store, catalogue, self->visit, key };
  if (!key)
    return FALSE;
  self->filings = self->earlier ? prepare_beside (&filer, filing, self->earlier, error)
                                : prepare_filings (&filer, filing, self->card_refused, error);
  if (!self->filings)
    return FALSE;
  self->content = mado_filing_name_content (key, filing);
  self->receipt = mado_filings_new_receipt (&filer, self->filings, &self->act.actor);
  return TRUE;
}

/* Of a case that was found with a card while the line was up. */
static MadoAct *
correct (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *actor, const Kept *kept, GError **error)
{
  JsonObject *correction = json_node_get_object (kept->correction);
  const MadoCaseStep step = { .event = MADO_CASE_EVENT_CORRECT, .answers = kept->answers };
  g_autofree char *number = mado_number_parse (json_object_get_string_member (correction, "number"), error);
  g_autoptr(MadoVisit) visit = NULL;
  g_autoptr(GError) failure = NULL;

  if (!number)
    return NULL;
  visit = mado_visit_find_kept (store, actor->id, kept->visit_number, kept->reserved_id, NULL, &failure);
  if (visit)
    return mado_case_correct_late (store, catalogue, actor, visit, number,
                                   json_object_get_int_member (correction, "version"), &step, error);
  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("There is no such visit."));
  return NULL;
}

MadoAct *
mado_offline_file (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *actor, const guint8 public_key[32],
                   const MadoKey *secret_key, GBytes *box, GError **error)
{
  g_autoptr(JsonNode) node = NULL, filing = NULL;
  g_autoptr(MadoAct) act = NULL;
  OfflineFile *self;
  Kept kept = { NULL };

  if (!mado_actor_require (actor, MADO_ROLE_DEVICE, error)
      || !(node = open_box (public_key, secret_key, box, &kept, error)))
    return NULL;
  if (kept.correction)
    return correct (store, catalogue, actor, &kept, error);
  self = mado_act_new (actor, sizeof (OfflineFile), offline_file_apply, offline_file_clear);
  act = &self->act;
  self->store = store;
  filing = new_filing (&kept);
  if (!find_or_make_visit (self, &kept, filing, error))
    return NULL;
  if (self->visit->filed_at)   /* before: the same answer again */
    self->receipt = mado_receipt_load (store, catalogue, self->visit->id, NULL, self->visit->number,
                                       self->visit->filed_at, error);
  else if (!prepare_filing (self, catalogue, &kept, filing, error))
    return NULL;
  return self->receipt ? g_steal_pointer (&act) : NULL;
}
