/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-route.h"

#include "model/mado-attachment.h"
#include "procedures/mado-catalogue.h"
#include "procedures/mado-drafts.h"
#include "resources/mado-resources.h"
#include "payments/mado-billing.h"
#include "payments/mado-books.h"
#include "payments/mado-settlements.h"
#include "search/mado-hit.h"
#include "store/mado-outbox.h"

#define KiB        (1024)
#define FILE_LIMIT (44 * 1024 * KiB)   /* of a provider, in base64 */
#define COPY_LIMIT (14 * 1024 * KiB)   /* of a document, in base64 */

#define OPEN      0
#define RESIDENT  MADO_ROLE_RESIDENT
#define VISIT     MADO_ROLE_VISIT
#define DEVICE    MADO_ROLE_DEVICE
#define OWNER     MADO_ROLES_OWNER
#define STAFF     MADO_ROLES_STAFF
#define AUDIT     (MADO_ROLE_SUPERVISOR | MADO_ROLE_AUDITOR)
#define NOTIFIER  MADO_ROLE_NOTIFIER
#define ANYBODY   (OWNER | DEVICE | STAFF | MADO_ROLE_AUDITOR | NOTIFIER)

#define LIGHT MADO_WEIGHT_LIGHT
#define WAITS MADO_WEIGHT_WAITS
#define HEAVY MADO_WEIGHT_HEAVY

/* method, path, roles, weight, flags, body limit, input, status, gives, type or shape; handler, summary */
static const MadoRoute routes[] = {
  /* The service */
  { "GET", "/v1/health", OPEN, WAITS, 0, 0, NULL, 200, MADO_GIVES_JSON, NULL, mado_health_shape,
    .read = mado_health_show, .summary = "Whether the service and its store are well" },
  { "GET", "/v1/city", OPEN, LIGHT, 0, 0, NULL, 200, MADO_GIVES_RECORD, mado_city_get_type,
    .read = mado_city_show, .summary = "The city, its offices, and the key offline filings are sealed to" },
  { "GET", "/v1/openapi.json", OPEN, LIGHT, 0, 0, NULL, 200, MADO_GIVES_JSON, NULL,
    .read = mado_openapi_show, .summary = "This document" },
  { "GET", "/v1/metrics", OPEN, LIGHT, 0, 0, NULL, 200, MADO_GIVES_TEXT, NULL,
    .read = mado_metrics_show, .summary = "Counters for Prometheus" },

  /* The catalogue */
  { "GET", "/v1/procedures", OPEN, LIGHT, 0, 0, mado_procedures_list_spec, 200, MADO_GIVES_LIST,
    mado_procedure_brief_get_type, .read = mado_procedures_list, .summary = "What one may ask of the city, in short" },
  { "GET", "/v1/catalogue", OPEN, LIGHT, 0, 0, mado_catalogue_list_spec, 200, MADO_GIVES_LIST, mado_procedure_get_type,
    .read = mado_catalogue_list, .summary = "The same with all that is told of each, for who keeps a copy" },
  { "GET", "/v1/procedures/{id}", OPEN, LIGHT, 0, 0, NULL, 200, MADO_GIVES_RECORD, mado_procedure_get_type,
    .read = mado_procedures_show, .summary = "One procedure: who may, what to bring, cost, deadline, legal ground" },
  { "GET", "/v1/forms/{id}", OPEN, LIGHT, 0, 0, mado_forms_show_spec, 200, MADO_GIVES_JSON, NULL,
    .read = mado_forms_show, .summary = "The questions of a form; a revision never changes" },
  { "GET", "/v1/search", OPEN, LIGHT, 0, 0, mado_search_spec, 200, MADO_GIVES_RECORD, mado_hits_get_type,
    .read = mado_search_show, .summary = "Procedures, life events and FAQ by what a person types" },
  { "GET", "/v1/life-events", OPEN, LIGHT, 0, 0, NULL, 200, MADO_GIVES_LIST, mado_life_event_get_type,
    .read = mado_life_events_list, .summary = "Turns in somebody's life, with the procedures that may go with them" },
  { "GET", "/v1/life-events/{id}", OPEN, LIGHT, 0, 0, NULL, 200, MADO_GIVES_RECORD, mado_life_event_get_type,
    .read = mado_life_events_show, .summary = "One life event: its interview, and the rule and why of each procedure" },
  { "GET", "/v1/faq", OPEN, LIGHT, 0, 0, mado_faq_list_spec, 200, MADO_GIVES_LIST, mado_faq_get_type,
    .read = mado_faq_list, .summary = "What people ask, with its answers" },
  { "GET", "/v1/faq/{id}", OPEN, LIGHT, 0, 0, NULL, 200, MADO_GIVES_RECORD, mado_faq_get_type,
    .read = mado_faq_show, .summary = "One question with its answer" },

  /* Sessions */
  { "POST", "/v1/sessions", OPEN, HEAVY, MADO_ROUTE_KEYLESS | MADO_ROUTE_SECRET, 4 * KiB, mado_sessions_open_spec,
    201, MADO_GIVES_RECORD, mado_session_get_type,
    .prepare = mado_sessions_open, .summary = "Sign in as staff, device or resident" },
  { "DELETE", "/v1/sessions/current", ANYBODY, LIGHT, MADO_ROUTE_REBINDS, 0, NULL, 204, MADO_GIVES_NOTHING, NULL,
    .prepare = mado_sessions_close, .summary = "Sign out" },
  { "GET", "/v1/me", ANYBODY, WAITS, 0, 0, NULL, 200, MADO_GIVES_RECORD, mado_session_get_type,
    .read = mado_me_show, .summary = "Who is signed in" },
  { "GET", "/v1/me/disclosures", OWNER, WAITS, 0, 0, mado_me_disclosures_spec, 200, MADO_GIVES_LIST,
    mado_disclosure_get_type, .read = mado_me_disclosures, .summary = "Who else saw or changed my data" },
  { "GET", "/v1/me/consents", OWNER, WAITS, 0, 0, NULL, 200, MADO_GIVES_LIST, mado_consent_get_type,
    .read = mado_me_consents, .summary = "What I have consented to" },
  { "PUT", "/v1/me/consents", OWNER, WAITS, 0, 16 * KiB, mado_me_put_consents_spec, 204, MADO_GIVES_NOTHING, NULL,
    .prepare = mado_me_put_consents, .summary = "Give or withdraw consents" },

  { "GET", "/v1/me/drafts", OWNER, WAITS, 0, 0, NULL, 200, MADO_GIVES_LIST, mado_draft_get_type,
    .read = mado_me_drafts, .summary = "What I have yet to finish" },
  { "GET", "/v1/me/drafts/{number}", OWNER, WAITS, 0, 0, NULL, 200, MADO_GIVES_RECORD, mado_draft_get_type,
    .read = mado_me_show_draft, .summary = "To go on with it, by the forms in force now" },
  { "DELETE", "/v1/me/drafts/{number}", OWNER, LIGHT, 0, 0, NULL, 204, MADO_GIVES_NOTHING, NULL,
    .prepare = mado_me_drop_draft, .summary = "Forget it" },

  /* Visits */
  { "POST", "/v1/visits", DEVICE, LIGHT, 0, 1 * KiB, mado_visits_start_spec, 201, MADO_GIVES_RECORD,
    mado_visit_get_type, .prepare = mado_visits_start, .summary = "Somebody begins at a kiosk; reserves their number" },
  { "GET", "/v1/visits/{id}", VISIT, LIGHT, 0, 0, NULL, 200, MADO_GIVES_RECORD, mado_visit_get_type,
    .read = mado_visits_show, .summary = "The visit with its draft" },
  { "DELETE", "/v1/visits/{id}", VISIT | DEVICE, LIGHT, MADO_ROUTE_REBINDS, 0, NULL, 204, MADO_GIVES_NOTHING, NULL,
    .prepare = mado_visits_end, .summary = "The visit is over: its draft is forgotten" },
  { "POST", "/v1/visits/{id}/identification", VISIT, HEAVY, MADO_ROUTE_SECRET | MADO_ROUTE_REBINDS, 1 * KiB,
    mado_visits_identify_spec, 200, MADO_GIVES_RECORD, mado_visit_get_type,
    .prepare = mado_visits_identify, .summary = "Who it is, by card and PIN; gives what the city knows already" },
  { "PUT", "/v1/visits/{id}/answers", VISIT, LIGHT, 0, 256 * KiB, mado_visits_save_spec, 200, MADO_GIVES_RECORD,
    mado_visit_get_type, .prepare = mado_visits_save, .summary = "Keep the draft" },
  { "POST", "/v1/visits/{id}/submission", VISIT, LIGHT, 0, 256 * KiB, mado_visits_submit_spec, 201,
    MADO_GIVES_RECORD, mado_receipt_get_type,
    .prepare = mado_visits_submit, .summary = "File all of it" },
  { "PUT", "/v1/visits/{id}/draft", VISIT, LIGHT, 0, 256 * KiB, mado_visits_put_by_spec, 200, MADO_GIVES_RECORD,
    mado_draft_get_type, .prepare = mado_visits_put_by, .summary = "Keep it for another day, for who was identified" },
  { "POST", "/v1/visits/{id}/attachments", VISIT, HEAVY, 0, COPY_LIMIT, mado_attachments_add_spec, 201,
    MADO_GIVES_RECORD, mado_attachment_get_type,
    .prepare = mado_attachments_add, .summary = "Attach a copy of a document; answers name it by its id" },
  { "GET", "/v1/attachments/{id}", OWNER | STAFF, HEAVY, 0, 0, NULL, 200, MADO_GIVES_FILE, NULL,
    .read = mado_attachments_show, .summary = "What was attached: for whose it is, and for staff once it is filed" },
  { "DELETE", "/v1/attachments/{id}", VISIT, WAITS, 0, 0, NULL, 204, MADO_GIVES_NOTHING, NULL,
    .prepare = mado_attachments_drop, .summary = "Take it away again" },
  { "POST", "/v1/sealed-filings", DEVICE, HEAVY, 0, 512 * KiB, mado_filings_deposit_spec, 202, MADO_GIVES_JSON, NULL,
    mado_filings_deposited_shape, .prepare = mado_filings_deposit, .finish = mado_filings_deposited,
    .summary = "File what was sealed while the service could not be reached" },

  /* Cases */
  { "GET", "/v1/cases", OWNER | STAFF, LIGHT, 0, 0, mado_cases_list_spec, 200, MADO_GIVES_LIST, mado_case_get_type,
    .read = mado_cases_list, .summary = "Cases, newest first: staff see all, others their own" },
  { "GET", "/v1/cases/{number}", OWNER | STAFF, WAITS, 0, 0, mado_cases_show_spec, 200, MADO_GIVES_RECORD,
    mado_case_get_type,
    .read = mado_cases_show, .summary = "One case with answers, messages, and the steps the caller may take" },
  { "POST", "/v1/cases/{number}/transitions", OWNER | STAFF, WAITS, MADO_ROUTE_IF_MATCH, 256 * KiB,
    mado_cases_step_spec, 200, MADO_GIVES_RECORD, mado_case_get_type,
    .prepare = mado_cases_step, .finish = mado_cases_stepped, .summary = "Take a step of the state table" },
  { "POST", "/v1/cases/{number}/holder", STAFF, WAITS, MADO_ROUTE_KEYLESS, 1 * KiB, mado_cases_holder_spec, 200,
    MADO_GIVES_RECORD, mado_case_holder_get_type, .prepare = mado_cases_holder,
    .summary = "Whose card or paper it is, as the city knows them, before `identify`; the look is journalled" },
  { "GET", "/v1/cases/{number}/document", OWNER | STAFF, HEAVY, 0, 0, mado_cases_document_spec, 200, MADO_GIVES_PDF,
    NULL, .read = mado_cases_document, .summary = "What was filed, or what was decided, as paper; a certificate once" },
  { "POST", "/v1/cases/{number}/handing-out", OWNER, WAITS, 0, 0, NULL, 200, MADO_GIVES_RECORD, mado_case_get_type,
    .prepare = mado_cases_hand_out, .summary = "The printer has given its certificate out whole" },

  { "POST", "/v1/cases/{number}/link", OWNER, WAITS, 0, 1 * KiB, mado_links_make_spec, 201, MADO_GIVES_RECORD,
    mado_link_get_type, .prepare = mado_links_make, .summary = "A way back to all its visit filed, for a phone" },
  { "GET", "/r/{token}", OPEN, WAITS, MADO_ROUTE_SECRET, 0, NULL, 200, MADO_GIVES_PAGE, NULL,
    .read = mado_links_follow, .summary = "For whoever holds the link: what was filed and how it stands" },

  /* Charges and payments */
  { "GET", "/v1/charges", OWNER | STAFF, WAITS, 0, 0, mado_charges_list_spec, 200, MADO_GIVES_LIST,
    mado_charge_get_type, .read = mado_charges_list, .summary = "What is owed, newest first: staff see all, without "
    "words unless a payer is named; others their own" },
  { "GET", "/v1/charges/{number}", OWNER | STAFF, WAITS, 0, 0, NULL, 200, MADO_GIVES_RECORD, mado_charge_get_type,
    .read = mado_charges_show, .summary = "One charge: for whom, for what, its lines and changes" },
  { "POST", "/v1/charges", STAFF, WAITS, 0, 32 * KiB, mado_charges_raise_spec, 201, MADO_GIVES_RECORD,
    mado_charge_get_type, .prepare = mado_charges_raise,
    .summary = "Somebody owes a fee for which no form is filed: bulky garbage, a hall" },
  { "POST", "/v1/charges/{number}/reduction", STAFF, WAITS, MADO_ROUTE_IF_MATCH, 16 * KiB, mado_charges_lessen_spec,
    200, MADO_GIVES_RECORD, mado_charge_get_type, .prepare = mado_charges_lessen, .finish = mado_charges_lessened,
    .summary = "Less is owed, or nothing any more; what was paid too much goes back" },
  { "GET", "/v1/charges/{number}/surcharge", STAFF, WAITS, 0, 0, mado_arrears_surcharge_spec, 200, MADO_GIVES_JSON,
    NULL, mado_arrears_surcharge_shape, .read = mado_arrears_preview_surcharge,
    .summary = "What surcharge would be raised for it, by the rates in the city's books" },
  { "POST", "/v1/charges/{number}/surcharge", STAFF, WAITS, 0, 1 * KiB, mado_arrears_surcharge_spec, 201,
    MADO_GIVES_RECORD, mado_charge_get_type, .prepare = mado_arrears_raise_surcharge,
    .summary = "Raise the surcharge as a charge of its own, once" },
  { "GET", "/v1/charges/{number}/instalments", STAFF, WAITS, 0, 0, mado_arrears_plan_spec, 200, MADO_GIVES_JSON,
    NULL, mado_arrears_plan_shape, .read = mado_arrears_preview_split, .summary = "What it would be in instalments" },
  { "POST", "/v1/charges/{number}/instalments", STAFF, WAITS, MADO_ROUTE_IF_MATCH, 4 * KiB, mado_arrears_split_spec,
    200, MADO_GIVES_RECORD, mado_charge_get_type, .prepare = mado_arrears_split,
    .finish = mado_charges_lessened,
    .summary = "In instalments: it becomes the first, the others are raised beside it" },
  { "GET", "/v1/charges/{number}/payments", OWNER | STAFF, WAITS, 0, 0, NULL, 200, MADO_GIVES_LIST,
    mado_payment_get_type, .read = mado_charges_payments, .summary = "All attempts to pay it" },
  { "POST", "/v1/charges/{number}/payments", OWNER | STAFF, WAITS, 0, 1 * KiB, mado_charges_pay_spec, 201,
    MADO_GIVES_RECORD, mado_payment_get_type,
    .prepare = mado_charges_pay, .summary = "Begin to pay all that is owed; one attempt at a time" },
  { "GET", "/v1/charges/{number}/receipts", OWNER | STAFF, WAITS, 0, 0, NULL, 200, MADO_GIVES_LIST,
    mado_payment_receipt_get_type, .read = mado_charges_receipts, .summary = "That money came for it" },
  { "GET", "/v1/charges/{number}/receipt", OWNER | STAFF, HEAVY, 0, 0, mado_charges_receipt_spec, 200, MADO_GIVES_PDF,
    NULL, .read = mado_charges_receipt, .summary = "The receipt, as paper" },
  { "POST", "/v1/charges/{number}/slips", OWNER | STAFF, WAITS, 0, 0, NULL, 201, MADO_GIVES_RECORD,
    mado_charge_slip_get_type, .prepare = mado_slips_issue, .summary = "A slip to pay it with at a convenience store" },
  { "GET", "/v1/slips/{code}", OWNER | STAFF, WAITS, 0, 0, NULL, 200, MADO_GIVES_RECORD, mado_charge_get_type,
    .read = mado_slips_show, .summary = "What a slip is for, by the digits of its bar code; to who does not owe it, "
    "only what the slip itself says" },
  { "GET", "/v1/slips/{code}/paper", OWNER | STAFF, HEAVY, 0, 0, mado_charges_receipt_spec, 200, MADO_GIVES_PDF,
    NULL, .read = mado_slips_paper, .summary = "The slip with its bar code, as paper" },
  { "POST", "/v1/slips/{code}/payments", OWNER, WAITS, 0, 1 * KiB, mado_slips_pay_spec, 201, MADO_GIVES_RECORD,
    mado_payment_get_type, .prepare = mado_slips_pay, .summary = "Begin to pay what a slip is for, whoever owes it" },
  { "GET", "/v1/slips/{code}/payments/{id}", OWNER, WAITS, 0, 0, NULL, 200, MADO_GIVES_RECORD, mado_payment_get_type,
    .read = mado_slips_payment, .summary = "How an attempt to pay it stands, for who holds the slip" },
  { "POST", "/v1/slips/{code}/payments/{id}/cancellation", OWNER, WAITS, 0, 0, NULL, 200, MADO_GIVES_RECORD,
    mado_payment_get_type, .prepare = mado_slips_cancel,
    .summary = "Wanted no more by who holds the slip; its provider's answer decides" },
  { "GET", "/v1/payments/{id}", OWNER | STAFF, WAITS, 0, 0, NULL, 200, MADO_GIVES_RECORD, mado_payment_get_type,
    .read = mado_payments_show, .summary = "How an attempt stands, and what to show the payer" },
  { "POST", "/v1/payments/{id}/cancellation", OWNER | STAFF, WAITS, 0, 0, NULL, 200, MADO_GIVES_RECORD,
    mado_payment_get_type, .prepare = mado_payments_cancel,
    .summary = "Wanted no more; its provider's answer decides what became of it" },
  { "POST", "/v1/payments/{id}/news", NOTIFIER, LIGHT, 0, 8 * KiB, mado_payments_hear_spec, 200,
    MADO_GIVES_RECORD, mado_payment_get_type,
    .prepare = mado_payments_hear, .summary = "What its provider says of it" },
  { "GET", "/v1/payments/{id}/refunds", OWNER | STAFF, WAITS, 0, 0, NULL, 200, MADO_GIVES_LIST, mado_refund_get_type,
    .read = mado_refunds_list, .summary = "What of it goes back" },
  { "POST", "/v1/payments/{id}/refunds", STAFF, LIGHT, 0, 1 * KiB, mado_refunds_propose_spec, 201, MADO_GIVES_RECORD,
    mado_refund_get_type, .prepare = mado_refunds_propose,
    .summary = "Give back what was paid too much; above a limit a supervisor has to agree" },
  { "POST", "/v1/refunds/{id}/steps", STAFF | NOTIFIER, LIGHT, 0, 1 * KiB, mado_refunds_step_spec, 200,
    MADO_GIVES_RECORD, mado_refund_get_type,
    .prepare = mado_refunds_step, .summary = "Decide it, or say how it ended" },
  { "POST", "/v1/providers/qr-wallet/webhook", OPEN, LIGHT, MADO_ROUTE_KEYLESS, 8 * KiB, mado_wallet_notice_spec, 204,
    MADO_GIVES_NOTHING, NULL, .prepare = mado_wallet_notice,
    .summary = "The wallet says that something happened; it is asked, and its answer counts" },

  /* Calls for staff */
  { "POST", "/v1/staff-calls", DEVICE | VISIT, LIGHT, 0, 1 * KiB, mado_staff_calls_make_spec, 201, MADO_GIVES_RECORD,
    mado_staff_call_get_type, .prepare = mado_staff_calls_make, .summary = "Somebody at a kiosk wants a person" },
  { "POST", "/v1/staff-calls/{id}/answer", STAFF, LIGHT, 0, 0, NULL, 200, MADO_GIVES_RECORD,
    mado_staff_call_get_type, .prepare = mado_staff_calls_answer, .summary = "A person is on the way" },

  /* Journal and outbox */
  { "GET", "/v1/journal", AUDIT, WAITS, 0, 0, mado_journal_list_spec, 200, MADO_GIVES_LIST,
    mado_journal_entry_get_type, .read = mado_journal_list, .summary = "What happened, in order" },
  { "GET", "/v1/journal/roots", AUDIT, WAITS, 0, 0, mado_journal_roots_spec, 200, MADO_GIVES_LIST,
    mado_journal_root_get_type, .read = mado_journal_roots, .summary = "Signed roots of its tree, newest first" },
  { "GET", "/v1/journal/verification", AUDIT, HEAVY, 0, 0, NULL, 200, MADO_GIVES_JSON, NULL,
    mado_journal_verification_shape,
    .read = mado_journal_verification, .summary = "Whether every digest and root agrees, computed anew" },
  { "GET", "/v1/journal/{position}/proof", AUDIT, WAITS, 0, 0, NULL, 200, MADO_GIVES_RECORD,
    mado_journal_proof_get_type, .read = mado_journal_proof, .summary = "That an entry is in the tree (RFC 9162)" },
  { "GET", "/v1/events", OWNER | STAFF, LIGHT, 0, 0, NULL, 200, MADO_GIVES_EVENTS, mado_journal_entry_get_type,
    .read = mado_events_follow, .summary = "What happens, as it happens; goes on after Last-Event-ID" },
  { "POST", "/v1/outbox/leases", NOTIFIER, LIGHT, 0, 4 * KiB, mado_outbox_lease_spec, 200, MADO_GIVES_RECORD,
    mado_outbox_lease_get_type, .prepare = mado_outbox_lease, .summary = "Take what is due, to deliver it" },
  { "POST", "/v1/outbox/{id}/outcome", NOTIFIER, LIGHT, 0, 4 * KiB, mado_outbox_outcome_spec, 200, MADO_GIVES_RECORD,
    mado_outbox_item_get_type, .prepare = mado_outbox_outcome, .summary = "What became of it" },
  { "POST", "/v1/outbox/{id}/revival", MADO_ROLE_SUPERVISOR, LIGHT, 0, 0, NULL, 200, MADO_GIVES_RECORD,
    mado_outbox_item_get_type, .prepare = mado_outbox_revival, .summary = "Try again what was given up" },
  { "GET", "/v1/outbox", STAFF | NOTIFIER, WAITS, 0, 0, mado_outbox_show_spec, 200, MADO_GIVES_LIST,
    mado_outbox_item_get_type, .read = mado_outbox_show, .summary = "What goes out, without its content" },

  /* The treasurer */
  { "POST", "/v1/settlements/preview", STAFF, HEAVY, 0, FILE_LIMIT, mado_settlements_file_spec, 200,
    MADO_GIVES_RECORD, mado_settlement_get_type,
    .prepare = mado_settlements_preview, .summary = "What taking a provider's file would come to" },
  { "POST", "/v1/settlements", STAFF, HEAVY, 0, FILE_LIMIT, mado_settlements_file_spec, 201, MADO_GIVES_RECORD,
    mado_settlement_get_type,
    .prepare = mado_settlements_take, .summary = "Take it; the same file again changes nothing" },
  { "GET", "/v1/settlements", STAFF | MADO_ROLE_AUDITOR, WAITS, 0, 0, mado_settlements_list_spec, 200,
    MADO_GIVES_LIST, mado_settlement_get_type, .read = mado_settlements_list, .summary = "Files taken, newest first" },
  { "GET", "/v1/settlements/{id}", STAFF | MADO_ROLE_AUDITOR, WAITS, 0, 0, NULL, 200, MADO_GIVES_RECORD,
    mado_settlement_get_type, .read = mado_settlements_show, .summary = "One file with what does not agree" },
  { "GET", "/v1/differences", STAFF | MADO_ROLE_AUDITOR, WAITS, 0, 0, mado_settlements_list_spec, 200,
    MADO_GIVES_LIST, mado_difference_get_type,
    .read = mado_differences_list, .summary = "What does not agree and waits for somebody" },
  { "POST", "/v1/differences/{id}/transitions", STAFF, WAITS, MADO_ROUTE_IF_MATCH, 8 * KiB,
    mado_differences_step_spec, 200, MADO_GIVES_RECORD, mado_difference_get_type,
    .prepare = mado_differences_step, .finish = mado_differences_stepped,
    .summary = "Propose a remedy; approve or decline what another proposed" },
  { "POST", "/v1/billings", STAFF, WAITS, 0, 128 * KiB, mado_billings_open_spec, 201, MADO_GIVES_RECORD,
    mado_billing_get_type, .prepare = mado_billings_open, .summary = "Begin a billing file by its line of titles" },
  { "POST", "/v1/billings/{id}/pieces", STAFF, HEAVY, 0, 1500 * KiB, mado_billings_add_spec, 200, MADO_GIVES_RECORD,
    mado_billing_get_type, .prepare = mado_billings_add, .summary = "More lines of it" },
  { "GET", "/v1/billings/{id}", STAFF, WAITS, 0, 0, NULL, 200, MADO_GIVES_RECORD, mado_billing_get_type,
    .read = mado_billings_show, .summary = "What is good in it, what was left out and why, how far its import is" },
  { "POST", "/v1/billings/{id}/import", MADO_ROLE_SUPERVISOR, WAITS, 0, 0, NULL, 200, MADO_GIVES_RECORD,
    mado_billing_get_type, .prepare = mado_billings_import, .summary = "Raise its charges" },
  { "DELETE", "/v1/billings/{id}", STAFF, WAITS, 0, 0, NULL, 200, MADO_GIVES_RECORD, mado_billing_get_type,
    .prepare = mado_billings_discard, .summary = "Forget it" },
  { "GET", "/v1/days/{day}", STAFF | MADO_ROLE_AUDITOR, WAITS, 0, 0, mado_days_show_spec, 200, MADO_GIVES_RECORD,
    mado_day_report_get_type, .read = mado_days_show, .summary = "A day of the books" },
  { "GET", "/v1/days/{day}/paper", STAFF | MADO_ROLE_AUDITOR, HEAVY, 0, 0, mado_days_show_spec, 200, MADO_GIVES_PDF,
    NULL, .read = mado_days_paper, .summary = "The same as paper, with its picture" },
  { "GET", "/v1/days/{day}/table", STAFF | MADO_ROLE_AUDITOR, WAITS, 0, 0, mado_days_show_spec, 200, MADO_GIVES_TEXT,
    NULL, .read = mado_days_table, .summary = "The same as CSV" },
  { "POST", "/v1/days/{day}/close", MADO_ROLE_SUPERVISOR, WAITS, 0, 1 * KiB, mado_days_close_spec, 200,
    MADO_GIVES_RECORD, mado_ledger_day_get_type,
    .prepare = mado_days_close, .summary = "Close and seal the books of a day" },
  { NULL }
};

const MadoRoute *
mado_routes_get (void)
{
  return routes;
}
