/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-filing.h"

#include <glib/gi18n-lib.h>

#include "core/mado-clock.h"
#include "core/mado-date.h"
#include "core/mado-id.h"
#include "core/mado-json.h"
#include "model/mado-identity.h"
#include "procedures/mado-attachments-private.h"
#include "procedures/mado-catalogue-private.h"
#include "procedures/mado-visits-private.h"
#include "questions/mado-answers.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

#define MAX_PROCEDURES 20

static void
filing_free (gpointer data)
{
  MadoFiling *self = data;

  g_clear_object (&self->filed);
  g_clear_pointer (&self->sealed, g_bytes_unref);
  g_clear_pointer (&self->sealed_result, g_bytes_unref);
  g_clear_pointer (&self->sealed_message, g_bytes_unref);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->also, mado_act_unref);
  mado_case_result_clear (&self->result);
  g_free (self);
}

/* --- what is filed --------------------------------------------------------------------------------------------- */

typedef struct {
  JsonNode *procedures, *answers;
  const char *draft;
} Request;

static const MadoJsonSpec procedure_spec[] = {
  { "id", MADO_JSON_STRING, .required = TRUE, .min = 1, .max = 64, .summary = "Procedure in the catalogue" },
  { "revision", MADO_JSON_INT, .required = TRUE, .min = 1, .max = G_MAXINT32, .summary = "Revision that was read" },
  { NULL }
};

static const MadoJsonSpec request_spec[] = {
  { "procedures", MADO_JSON_ARRAY, G_STRUCT_OFFSET (Request, procedures), .required = TRUE, .min = 1,
    .max = MAX_PROCEDURES, .members = procedure_spec, .summary = "What is asked for" },
  { "answers", MADO_JSON_OBJECT, G_STRUCT_OFFSET (Request, answers), .required = TRUE, .summary = "Answers by fact" },
  { "draft", MADO_JSON_STRING, G_STRUCT_OFFSET (Request, draft), .max = 16, .summary = "Draft it was made from" },
  { NULL }
};

/* The procedures of one filing with their forms, side by side. */
typedef struct {
  MadoProcedure *procedures[MAX_PROCEDURES];
  MadoForm *forms[MAX_PROCEDURES];
  guint n;
} Chosen;

/* (nullable) */
static MadoForm *
find_form (const MadoFiler *filer, const MadoProcedure *procedure)
{
  return procedure && procedure->form
         ? mado_catalogue_get_form (filer->catalogue, procedure->form, procedure->form_revision) : NULL;
}

/* An earlier revision is for those who began to read before the next one: nobody chooses an old fee, or an old rule. */
static gboolean
check_was_read (const MadoFiler *filer, const MadoProcedure *procedure, const char *pointer, GError **error)
{
  gint64 end;

  if (!mado_catalogue_find_end (filer->catalogue, procedure, &end, error))
    return FALSE;
  if (filer->visit->started_at < end)
    return TRUE;
  mado_set_error_at (error, MADO_ERROR_CONFLICT, pointer, "revision",
                     _("This procedure was changed meanwhile. Please read it again."));
  return FALSE;
}

void
mado_filing_set_procedure_error (MadoCatalogue *catalogue, const char *id, gint64 revision, const char *pointer,
                                 GError **error)
{
  if (mado_catalogue_get_procedure (catalogue, id, 0) || mado_catalogue_get_procedure (catalogue, id, revision))
    mado_set_error_at (error, MADO_ERROR_CONFLICT, pointer, "revision",
                       _("This procedure is no longer offered in this form. Please read it again."));
  else
    mado_set_error_at (error, MADO_ERROR_NOT_FOUND, pointer, "unknown",
                       _("There is no such procedure; GET /v1/procedures lists those there are."));
}

static gboolean
choose_one (Chosen *self, const MadoFiler *filer, JsonObject *wanted, guint i, GError **error)
{
  g_autofree char *pointer = g_strdup_printf ("/procedures/%u", i);
  const char *id = json_object_get_string_member (wanted, "id");
  gint64 revision = json_object_get_int_member (wanted, "revision");
  MadoProcedure *procedure = mado_catalogue_get_procedure (filer->catalogue, id, revision);
  gboolean offered = mado_catalogue_get_procedure (filer->catalogue, id, 0) != NULL;
  MadoForm *form = offered ? find_form (filer, procedure) : NULL;

  for (guint j = 0; j < self->n; j++)
    if (g_str_equal (self->procedures[j]->id, id)) {
      mado_set_error_at (error, MADO_ERROR_INVALID, pointer, "twice", _("This procedure is already in the list."));
      return FALSE;
    }
  if (procedure && !procedure->form) {
    mado_set_error_at (error, MADO_ERROR_INVALID, pointer, "no-form",
                       _("This procedure cannot be filed here. Its page says where it can be done."));
    return FALSE;
  }
  if (!form) {
    mado_filing_set_procedure_error (filer->catalogue, id, revision, pointer, error);
    return FALSE;
  }
  if (!check_was_read (filer, procedure, pointer, error))
    return FALSE;
  self->procedures[self->n] = procedure;
  self->forms[self->n++] = form;
  return TRUE;
}

static gboolean
choose (Chosen *self, const MadoFiler *filer, JsonNode *procedures, GError **error)
{
  JsonArray *list = json_node_get_array (procedures);

  for (guint i = 0; i < json_array_get_length (list); i++)
    if (!choose_one (self, filer, json_array_get_object_element (list, i), i, error))
      return FALSE;
  return TRUE;
}

/* --- answers ---------------------------------------------------------------------------------------------------- */

static void
take_fact (JsonObject *from, JsonObject *to, const char *fact)
{
  JsonNode *value = json_object_get_member (from, fact);

  if (value && !json_object_has_member (to, fact))
    json_object_set_member (to, fact, json_node_ref (value));
}

JsonNode *
mado_form_pick_answers (const MadoForm *form, JsonNode *all)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *from = json_node_get_object (all), *to = json_object_new ();

  for (guint g = 0; g < form->n_groups; g++)
    take_fact (from, to, form->groups[g].fact);
  for (guint q = 0; q < form->n_questions; q++)
    for (guint i = 0; !form->questions[q].group && i < form->questions[q].n_fields; i++)
      take_fact (from, to, form->questions[q].fields[i].fact);
  json_node_take_object (node, to);
  return node;
}

static JsonNode *
pick_sources (JsonNode *all, JsonNode *answers)
{
  JsonObject *from = json_node_get_object (all), *own = NULL;
  JsonObjectIter iter;
  const char *fact;
  JsonNode *source, *node;

  json_object_iter_init (&iter, from);
  while (json_object_iter_next (&iter, &fact, &source))
    if (json_object_has_member (json_node_get_object (answers), fact)) {
      own = own ? own : json_object_new ();
      json_object_set_member (own, fact, json_node_ref (source));
    }
  if (!own)
    return NULL;
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, own);
  return node;
}

char *
mado_filing_name_content (const MadoKey *key, JsonNode *filing)
{
  JsonObject *object = json_node_get_object (filing);
  g_autofree char *procedures = mado_json_canonical (json_object_get_member (object, "procedures"));
  g_autofree char *answers = mado_json_canonical (json_object_get_member (object, "answers"));
  g_autofree char *whole = g_strconcat (procedures, "\n", answers, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, whole, -1);

  return mado_blind_index (key, "filing", digest);
}

/* --- one case ---------------------------------------------------------------------------------------------------- */

/* @form: (nullable): of a procedure that is gone */
static MadoCase *
new_case (const MadoFiler *filer, const MadoProcedure *procedure, const MadoForm *form, guint i)
{
  const MadoVisit *visit = filer->visit;
  MadoCase *self = g_object_new (MADO_TYPE_CASE, "visit", visit->id, "procedure", procedure->id,
                                 "revision", procedure->revision, "form", form ? form->id : "",
                                 "form-revision", form ? form->revision : 0,
                                 "form-digest", form ? form->digest : "", "language", visit->language,
                                 "office", procedure->office, "resident-id", visit->resident_id,
                                 "identified-by", visit->resident_id ? MADO_IDENTITY_CARD : NULL, NULL);

  self->id = mado_ulid_new ();
  self->number = mado_number_for_case (visit->number, i + 1);
  self->version = 1;
  self->submitted_at = self->updated_at = mado_clock_now ();
  self->title = procedure->title ? json_node_ref (procedure->title) : NULL;
  return self;
}

static GBytes *
seal_result (const MadoFiler *filer, const MadoFiling *filing)
{
  g_autofree char *context = mado_case_context (filing->filed, "result");

  return mado_seal_record (filer->key, context, filing->result.says);
}

/* Where the rule says yes, the city's answer is part of the same act. */
static gboolean
decide (const MadoFiler *filer, MadoFiling *filing, MadoProcedure *procedure, const MadoFilerContext *context,
        GError **error)
{
  MadoCase *self = filing->filed;

  if (self->state != MADO_CASE_STATE_SUBMITTED || !mado_procedure_is_decided_by_rule (procedure)
      || !mado_catalogue_decide (filer->catalogue, procedure, self->answers, context->facts))
    return TRUE;
  if (!mado_case_follow (self, filer->catalogue, MADO_CASE_EVENT_GRANT, MADO_ROLE_SYSTEM, MADO_CASE_GUARD_BY_RULE, 0,
                         error)
      || !mado_case_result_make (&filing->result, filer->store, context->household, procedure, self, TRUE, NULL,
                                 error))
    return FALSE;
  self->version++;
  if (self->fee == 0)
    self->released_at = self->updated_at;
  filing->sealed_result = seal_result (filer, filing);
  return TRUE;
}

/* What is sealed is needed no more: neither on the writer nor in the receipt. */
static void
seal_answers (const MadoFiler *filer, MadoFiling *self)
{
  self->sealed = mado_case_seal (filer->key, self->filed);
  g_clear_pointer (&self->filed->answers, json_node_unref);
  g_clear_pointer (&self->filed->sources, json_node_unref);
}

static MadoFiling *
prepare_one (const MadoFiler *filer, const Chosen *chosen, guint i, JsonNode *clean, JsonNode *sources,
             const MadoFilerContext *context, GError **error)
{
  MadoProcedure *procedure = chosen->procedures[i];
  MadoFiling *self = g_new0 (MadoFiling, 1);
  guint days = mado_procedure_get_decision_days (procedure);

  self->filed = new_case (filer, procedure, chosen->forms[i], i);
  self->filed->answers = mado_form_pick_answers (chosen->forms[i], clean);
  self->filed->sources = pick_sources (sources, self->filed->answers);
  self->attachments = mado_attachments_find (&chosen->forms[i], 1, self->filed->answers);
  self->filed->fee = mado_catalogue_get_fee (filer->catalogue, procedure, self->filed->answers);
  if (!mado_case_follow (self->filed, filer->catalogue, MADO_CASE_EVENT_SUBMIT, MADO_ROLE_VISIT, 0, days, error)
      || !decide (filer, self, procedure, context, error)
      || !mado_case_draw_consequence (filer->store, &mado_actor_rule, self->filed, MADO_CASE_EVENT_SUBMIT,
                                      &self->also, error)) {
    filing_free (self);
    return NULL;
  }
  seal_answers (filer, self);
  return self;
}

static gboolean
check_may_prefile (const MadoFiler *filer, const Chosen *chosen, GError **error)
{
  for (guint i = 0; i < chosen->n && !filer->visit->resident_id; i++)
    if (!chosen->procedures[i]->prefile) {
      g_autofree char *pointer = g_strdup_printf ("/procedures/%u", i);

      mado_set_error_at (error, MADO_ERROR_CONFLICT, pointer, "identification",
                         _("This procedure needs a card and its PIN first."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
prepare_all (const MadoFiler *filer, const Chosen *chosen, JsonNode *answers, const MadoFilerContext *context,
             GPtrArray *filings, GError **error)
{
  g_autoptr(JsonNode) clean = NULL, sources = NULL;
  g_autoptr(GError) failure = NULL;

  if (!mado_answers_check (chosen->forms, chosen->n, answers, &context->answers, &clean, &failure)) {
    mado_error_prefix_pointers (failure, "/answers");
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  sources = mado_answers_get_sources (clean, context->known);
  for (guint i = 0; i < chosen->n; i++) {
    MadoFiling *one = prepare_one (filer, chosen, i, clean, sources, context, error);

    if (!one)
      return FALSE;
    g_ptr_array_add (filings, one);
  }
  return TRUE;
}

GPtrArray *
mado_filings_prepare (const MadoFiler *filer, JsonNode *filing, GError **error)
{
  g_autoptr(GPtrArray) filings = g_ptr_array_new_with_free_func (filing_free);
  g_auto(MadoFilerContext) context = { 0 };
  Request request = { NULL };
  Chosen chosen = { .n = 0 };

  if (!mado_json_read (filing, request_spec, &request, error)
      || !choose (&chosen, filer, request.procedures, error)
      || !check_may_prefile (filer, &chosen, error)
      || !mado_filer_context_load (&context, filer->store, filer->visit->resident_id, filer->visit->language, error)
      || !prepare_all (filer, &chosen, request.answers, &context, filings, error))
    return NULL;
  return g_steal_pointer (&filings);
}

/* --- what comes straight back ------------------------------------------------------------------------------------ */

/* (transfer full): in force now, or else as it was read; with neither, by its name only: what was filed is kept. */
static MadoProcedure *
find_kept (const MadoFiler *filer, const char *id, gint64 revision)
{
  const gint64 revisions[] = { 0, revision };

  for (guint i = 0; i < G_N_ELEMENTS (revisions); i++) {
    MadoProcedure *procedure = mado_catalogue_get_procedure (filer->catalogue, id, revisions[i]);

    if (find_form (filer, procedure))
      return g_object_ref (procedure);
  }
  return g_object_new (MADO_TYPE_PROCEDURE, "id", id, "revision", revision, NULL);
}

char *
mado_filings_explain (const MadoFiler *filer, JsonNode *filing, const GError *why)
{
  MadoForm *forms[MAX_PROCEDURES];
  Request request = { NULL };
  guint n = 0;
  JsonArray *list = mado_json_read (filing, request_spec, &request, NULL) ? json_node_get_array (request.procedures)
                                                                         : NULL;

  for (guint i = 0; list && i < json_array_get_length (list); i++) {
    JsonObject *wanted = json_array_get_object_element (list, i);
    g_autoptr(MadoProcedure) procedure = find_kept (filer, json_object_get_string_member (wanted, "id"),
                                                    json_object_get_int_member (wanted, "revision"));

    forms[n] = find_form (filer, procedure);
    n += forms[n] != NULL;
  }
  return mado_case_explain ("kept-refused", filer->visit->language, forms, n, why);
}

static MadoFiling *
prepare_returned (const MadoFiler *filer, const MadoProcedure *procedure, guint i, JsonNode *answers,
                  const char *message, MadoError problem, GError **error)
{
  MadoFiling *self = g_new0 (MadoFiling, 1);
  MadoForm *form = find_form (filer, procedure);
  guint days = mado_procedure_get_decision_days (procedure);

  self->filed = new_case (filer, procedure, form, i);
  self->filed->answers = form ? mado_form_pick_answers (form, answers) : json_node_ref (answers);
  self->attachments = mado_attachments_find (&form, form ? 1 : 0, self->filed->answers);
  if (!mado_case_follow (self->filed, filer->catalogue, MADO_CASE_EVENT_RETURN, MADO_ROLE_SYSTEM,
                         MADO_CASE_GUARD_MESSAGE, days, error)) {
    filing_free (self);
    return NULL;
  }
  seal_answers (filer, self);
  self->sealed_message = mado_case_seal_message (filer->key, self->filed, message);
  self->problem = mado_error_get_wire_name (problem);
  return self;
}

static gboolean
has_procedure (GPtrArray *filings, const char *id)
{
  for (guint i = 0; i < filings->len; i++)
    if (g_str_equal (((MadoFiling *) filings->pdata[i])->filed->procedure, id))
      return TRUE;
  return FALSE;
}

GPtrArray *
mado_filings_prepare_returned (const MadoFiler *filer, JsonNode *filing, const char *message, MadoError problem,
                               GError **error)
{
  g_autoptr(GPtrArray) filings = g_ptr_array_new_with_free_func (filing_free);
  Request request = { NULL };
  JsonArray *list;

  if (!mado_json_read (filing, request_spec, &request, error))
    return NULL;
  list = json_node_get_array (request.procedures);
  for (guint i = 0; i < json_array_get_length (list); i++) {
    JsonObject *wanted = json_array_get_object_element (list, i);
    const char *id = json_object_get_string_member (wanted, "id");
    g_autoptr(MadoProcedure) procedure = find_kept (filer, id, json_object_get_int_member (wanted, "revision"));
    MadoFiling *one;

    if (has_procedure (filings, id))
      continue;
    if (!(one = prepare_returned (filer, procedure, filings->len, request.answers, message, problem, error)))
      return NULL;
    g_ptr_array_add (filings, one);
  }
  return g_steal_pointer (&filings);
}

/* --- on the writer ----------------------------------------------------------------------------------------------- */

static gboolean
take_attachments (MadoTx *tx, const MadoFiling *self, GError **error)
{
  const MadoAttachmentGiver giver = { self->filed->visit, self->filed->resident_id };
  g_autofree char *holder = g_strconcat ("case/", self->filed->id, NULL);

  return mado_attachments_take (tx, self->attachments, holder, &giver, self->sealed_message != NULL, error);
}

static gboolean
apply_one (MadoTx *tx, const MadoActor *actor, const MadoFiling *self, GError **error)
{
  const MadoCase *filed = self->filed;

  if (!mado_case_insert (tx, filed, self->sealed, error)
      || !take_attachments (tx, self, error)
      || !mado_case_tell (tx, actor, filed, MADO_CASE_EVENT_SUBMIT, error))
    return FALSE;
  if (self->sealed_message
      && (!mado_case_add_message (tx, filed, MADO_CASE_EVENT_RETURN, NULL, self->sealed_message, error)
          || !mado_case_tell_sent_back (tx, filed, self->problem, error)))
    return FALSE;
  if (self->sealed_result
      && (!mado_case_put_result (tx, filed, self->result.layout, self->sealed_result, error)
          || !mado_case_result_apply (&self->result, tx, actor, filed, error)
          || !mado_case_tell (tx, &mado_actor_rule, filed, MADO_CASE_EVENT_GRANT, error)))
    return FALSE;
  return mado_act_join (self->also, tx, error);
}

gboolean
mado_filings_apply (MadoTx *tx, const MadoActor *actor, GPtrArray *filings, GError **error)
{
  for (guint i = 0; i < filings->len; i++)
    if (!apply_one (tx, actor, g_ptr_array_index (filings, i), error))
      return FALSE;
  return TRUE;
}

MadoReceipt *
mado_filings_new_receipt (const MadoFiler *filer, GPtrArray *filings, const MadoActor *actor)
{
  MadoReceipt *receipt = g_object_new (MADO_TYPE_RECEIPT, "number", filer->visit->number, NULL);

  receipt->cases = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < filings->len; i++) {
    MadoFiling *filing = g_ptr_array_index (filings, i);

    mado_case_describe (filing->filed, filer->catalogue, actor);
    receipt->submitted_at = filing->filed->submitted_at;
    g_ptr_array_add (receipt->cases, g_object_ref (filing->filed));
  }
  return receipt;
}
