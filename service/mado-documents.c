/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-documents.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/mado-date.h"
#include "core/mado-json.h"
#include "core/mado-language.h"
#include "core/mado-yen.h"
#include "model/mado-result.h"
#include "paper/mado-paper.h"
#include "payments/mado-payments.h"
#include "payments/mado-slips.h"
#include "procedures/mado-catalogue.h"

/* In words */

/* Whom a chosen member of the household stands for. */
static JsonNode *
list_people (MadoStore *store, const MadoCase *filing)
{
  g_autoptr(MadoHousehold) household = filing->resident_id ? mado_household_get_of (store, filing->resident_id, NULL)
                                                           : NULL;
  g_autoptr(JsonArray) people = json_array_new ();

  for (guint i = 0; household && i < household->members->len; i++) {
    const MadoResident *member = household->members->pdata[i];
    JsonObject *person = json_object_new ();

    json_object_set_string_member (person, "id", member->id);
    json_object_set_string_member (person, "fullName", member->full_name);
    json_array_add_object_element (people, person);
  }
  return json_node_init_array (json_node_alloc (), people);
}

/* Whose card came after the filing was asked more than a card would have told: nothing of it goes. */
static gboolean
was_identified (const MadoCase *filing)
{
  JsonObject *sources = filing->sources ? json_node_get_object (filing->sources) : NULL;

  return filing->identified_by && sources && json_object_get_size (sources) > 0;
}

static JsonNode *
list_facts (const MadoCase *filing)
{
  g_autoptr(JsonObject) facts = json_object_new ();

  json_object_set_boolean_member (facts, "visit.identified", was_identified (filing));
  return json_node_init_object (json_node_alloc (), facts);
}

/* (nullable): the form it was filed with, if its answers are kept as well. */
static MadoForm *
get_form (MadoService *service, const MadoCase *filing, GError **error)
{
  MadoForm *form = mado_catalogue_get_form (mado_counter_get_catalogue (service->counter), filing->form,
                                            filing->form_revision);

  if (form && filing->answers)
    return form;
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND,
                       _("The answers of this case are not kept any more, or not for you."));
  return NULL;
}

GPtrArray *
mado_documents_describe (MadoService *service, MadoCase *filing, const char *language, GError **error)
{
  MadoForm *form = get_form (service, filing, error);
  g_autoptr(JsonNode) facts = list_facts (filing);
  g_autoptr(JsonNode) people = list_people (mado_counter_get_store (service->counter), filing);
  const MadoAnswerContext context = { facts, NULL, people, mado_date_today (), language };

  return form ? mado_answers_describe (&form, 1, filing->answers, &context, filing->sources, language) : NULL;
}

/* As JSON */

static void
add_text (JsonObject *object, const char *name, const char *text)
{
  if (text)
    json_object_set_string_member (object, name, text);
}

static JsonObject *
say_row (const MadoAnswerRow *row)
{
  JsonObject *said = json_object_new ();

  add_text (said, "section", row->section);
  add_text (said, "row", row->row);
  add_text (said, "label", row->label);
  add_text (said, "text", row->text);
  add_text (said, "note", row->note);
  add_text (said, "source", row->source);
  add_text (said, "rare", row->rare);
  add_text (said, "doubt", row->doubt);
  return said;
}

JsonNode *
mado_documents_say (MadoService *service, MadoCase *filing, const char *language)
{
  g_autoptr(GPtrArray) rows = mado_documents_describe (service, filing, language, NULL);
  g_autoptr(JsonArray) said = json_array_new ();

  for (guint i = 0; rows && i < rows->len; i++)
    json_array_add_object_element (said, say_row (rows->pdata[i]));
  return json_node_init_array (json_node_alloc (), said);
}

/* The record to take home */

/* Rows of one section stand side by side; @rows and @sections are filled to their right size. */
static void
fill_sections (GPtrArray *answers, const char *language, GArray *rows, GArray *sections)
{
  for (guint i = 0; i < answers->len; i++) {
    const MadoAnswerRow *answer = answers->pdata[i];
    const MadoPaperRow row = { answer->label, answer->text, mado_source_get_text (answer->source, language),
                               answer->signature };
    MadoPaperSection *last = sections->len > 0 ? &g_array_index (sections, MadoPaperSection, sections->len - 1)
                                               : NULL;

    g_array_append_val (rows, row);
    if (last && g_strcmp0 (last->title, answer->section) == 0)
      last->n_rows++;
    else
      g_array_append_val (sections, ((MadoPaperSection) { answer->section, NULL, 1 }));
  }
  for (guint i = 0, at = 0; i < sections->len; i++) {
    MadoPaperSection *section = &g_array_index (sections, MadoPaperSection, i);

    section->rows = &g_array_index (rows, MadoPaperRow, at);
    at += section->n_rows;
  }
}

/* @fees holds what the cases borrow. */
static GArray *
list_cases (const MadoReceipt *receipt, const char *language, GPtrArray *fees)
{
  GArray *cases = g_array_new (FALSE, FALSE, sizeof (MadoPaperCase));

  for (guint i = 0; i < receipt->cases->len; i++) {
    const MadoCase *filed = receipt->cases->pdata[i];
    char *fee = filed->fee > 0 ? mado_yen_format_word (filed->fee, language) : NULL;
    const MadoPaperCase one = { filed->number, mado_json_text (filed->title, language),
                                mado_case_state_get_words (filed->state),
                                mado_json_text (filed->next_step, language), filed->due_date, fee };

    g_ptr_array_add (fees, fee);
    g_array_append_val (cases, one);
  }
  return cases;
}

static GBytes *
render_record (MadoService *service, const MadoCaseDocument *document, JsonNode *city, GError **error)
{
  MadoCase *filing = document->filing;
  const char *language = filing->language;
  g_autoptr(GPtrArray) answers = mado_documents_describe (service, filing, language, error);
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (MadoPaperRow));
  g_autoptr(GArray) sections = g_array_new (FALSE, FALSE, sizeof (MadoPaperSection));
  g_autoptr(GPtrArray) fees = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GArray) cases = NULL;
  MadoPaperRecord record = { .language = language, .city = city, .number = document->receipt->number,
                             .submitted_at = filing->submitted_at, .identified = filing->identified_by != NULL };

  if (!answers)
    return NULL;
  mado_language_speak (mado_language_find (language));
  cases = list_cases (document->receipt, language, fees);
  record.cases = (MadoPaperCase *) cases->data;
  record.n_cases = cases->len;
  fill_sections (answers, language, rows, sections);
  record.sections = (MadoPaperSection *) sections->data;
  record.n_sections = sections->len;
  return mado_paper_record (&record, error);
}

/* The city's official form: in Japanese, whatever was spoken */

static GBytes *
render_form (MadoService *service, const MadoCase *filing, GError **error)
{
  g_autoptr(JsonNode) people = list_people (mado_counter_get_store (service->counter), filing);
  const MadoAnswerContext context = { .people = people, .today = mado_date_today (), .language = "ja" };
  const MadoOverlayFilling filling = { get_form (service, filing, error), filing->answers, &context, filing->number,
                                       filing->submitted_at };

  if (!filling.form)
    return NULL;
  return mado_overlay_print (mado_catalogue_get_overlay (mado_counter_get_catalogue (service->counter), filling.form),
                             &filling, error);
}

/* Results */

static MadoPaperPerson
person_of (const MadoCertificatePerson *from)
{
  return (MadoPaperPerson) {
    from->full_name, from->kana, from->date_of_birth, from->sex, from->relationship, from->resident_since,
    from->address_since, from->reported_on, from->previous_address, from->registered_domicile, from->domicile_head,
    from->nationality, from->residence_status, from->residence_expires,
  };
}

static GBytes *
render_certificate (JsonNode *facts, JsonNode *city, GError **error)
{
  g_autoptr(MadoCertificate) says = mado_record_from_json (MADO_TYPE_CERTIFICATE, facts, MADO_JSON_PRIVATE, error);
  g_autoptr(GArray) people = g_array_new (FALSE, FALSE, sizeof (MadoPaperPerson));
  MadoPaperCertificate paper;

  if (!says)
    return NULL;
  for (guint i = 0; i < says->people->len; i++)
    g_array_append_val (people, ((MadoPaperPerson[]) { person_of (says->people->pdata[i]) })[0]);
  paper = (MadoPaperCertificate) {
    city, says->number, says->issued_on, says->address, says->householder, says->whole_household,
    says->with_relationship, says->with_domicile, (MadoPaperPerson *) people->data, people->len, says->copies,
  };
  return mado_paper_certificate (&paper, error);
}

static GBytes *
render_decision (JsonNode *facts, const MadoCase *filing, JsonNode *city, GError **error)
{
  g_autoptr(MadoDecision) says = mado_record_from_json (MADO_TYPE_DECISION, facts, MADO_JSON_PRIVATE, error);
  MadoPaperDecision paper;

  if (!says)
    return NULL;
  paper = (MadoPaperDecision) {
    .language = says->language, .city = city, .number = says->number,
    .procedure = mado_json_text (says->procedure, says->language), .filed_on = says->filed_on,
    .decided_on = says->decided_on, .recipient = says->recipient, .recipient_address = says->recipient_address,
    .granted = says->granted, .message = says->message, .legal_basis = says->legal_basis,
    .next_step = filing ? mado_json_text (filing->next_step, says->language) : NULL,
  };
  return mado_paper_decision (&paper, error);
}

GBytes *
mado_documents_render (MadoService *service, const MadoCaseDocument *document, GError **error)
{
  g_autoptr(JsonNode) city = mado_counter_describe_city (service->counter);

  if (g_str_equal (document->layout, MADO_LAYOUT_RECORD))
    return render_record (service, document, city, error);
  if (g_str_equal (document->layout, MADO_LAYOUT_FORM))
    return render_form (service, document->filing, error);
  if (g_str_equal (document->layout, MADO_LAYOUT_CERTIFICATE))
    return render_certificate (document->facts, city, error);
  if (g_str_equal (document->layout, MADO_LAYOUT_DECISION))
    return render_decision (document->facts, document->filing, city, error);
  g_set_error (error, MADO_ERROR, MADO_ERROR_INTERNAL, "No paper has the layout %s", document->layout);
  return NULL;
}

/* Receipts */

/* The newest that holds; else the newest of all. */
static const MadoPaymentReceipt *
choose_receipt (GPtrArray *receipts, GError **error)
{
  for (guint i = receipts->len; i > 0; i--) {
    const MadoPaymentReceipt *receipt = receipts->pdata[i - 1];

    if (!receipt->void_at)
      return receipt;
  }
  if (receipts->len)
    return receipts->pdata[receipts->len - 1];
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("Nothing has been paid for this yet."));
  return NULL;
}

static const char *
say_method (MadoProvider provider)
{
  static const char *const words[] = {
    [MADO_PROVIDER_COUNTER] = N_("Cash, at the counter"), [MADO_PROVIDER_QR_WALLET] = N_("QR code payment"),
    [MADO_PROVIDER_TERMINAL] = N_("Card or electronic money"), [MADO_PROVIDER_SLIP] = N_("Payment slip"),
    [MADO_PROVIDER_BANK_TRANSFER] = N_("Bank transfer"),
  };

  return _(words[provider]);
}

static GBytes *
render_receipt (MadoService *service, const MadoCharge *charge, const MadoPaymentReceipt *receipt,
                MadoProvider provider, const char *language, GError **error)
{
  g_autoptr(JsonNode) city = mado_counter_describe_city (service->counter);
  g_autoptr(GArray) lines = g_array_new (FALSE, FALSE, sizeof (MadoPaperLine));
  const char *words = mado_json_text (charge->words, language);
  MadoPaperReceipt paper;

  for (guint i = 0; i < charge->lines->len; i++) {
    const MadoChargeLine *line = charge->lines->pdata[i];
    const MadoPaperLine one = { line->text ? mado_json_text (line->text, language) : words, line->quantity,
                                line->unit };

    g_array_append_val (lines, one);
  }
  mado_language_speak (mado_language_find (language));
  paper = (MadoPaperReceipt) { language, city, receipt->number, charge->number, words, say_method (provider),
                               receipt->amount, receipt->issued_at, receipt->void_at != 0,
                               (MadoPaperLine *) lines->data, lines->len };
  return mado_paper_receipt (&paper, error);
}

GBytes *
mado_documents_render_receipt (MadoService *service, const MadoActor *actor, const char *number, const char *language,
                               GError **error)
{
  MadoStore *store = mado_counter_get_store (service->counter);
  g_autoptr(MadoCharge) charge = mado_charge_get (store, actor, number, error);
  g_autoptr(GPtrArray) receipts = charge ? mado_receipt_list (store, actor, number, error) : NULL;
  const MadoPaymentReceipt *receipt = receipts ? choose_receipt (receipts, error) : NULL;
  g_autoptr(MadoPayment) payment = receipt ? mado_payment_get (store, actor, receipt->payment, error) : NULL;

  return payment ? render_receipt (service, charge, receipt, payment->provider, language, error) : NULL;
}

GBytes *
mado_documents_render_slip (MadoService *service, const MadoActor *actor, const char *code, const char *language,
                            GError **error)
{
  MadoStore *store = mado_counter_get_store (service->counter);
  g_autoptr(MadoChargeSlip) slip = mado_slip_get (store, code, error);
  g_autoptr(MadoCharge) charge = slip ? mado_charge_get (store, actor, slip->number, error) : NULL;
  g_autoptr(JsonNode) city = mado_counter_describe_city (service->counter);
  MadoPaperSlip paper;

  if (!charge)
    return NULL;
  paper = (MadoPaperSlip) { language, city, slip->code, slip->number, mado_json_text (charge->words, language),
                            slip->amount, slip->due_date, slip->issued_at };
  return mado_paper_slip (&paper, error);
}
