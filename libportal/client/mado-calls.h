/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-call.h"

G_BEGIN_DECLS

/*
 * What can be asked of the service, one function a route (docs: /v1/openapi.json). Each returns (transfer full) a
 * call for mado_client_send(); texts are UTF-8, objects and lists JSON as the route defines them.
 */

/**
 * mado_call_health:
 *
 * Returns: (transfer full): `GET /v1/health`
 */
MADO_EXPORT MadoCall *mado_call_health (void);
/**
 * mado_call_city:
 *
 * Returns: (transfer full): `GET /v1/city`
 */
MADO_EXPORT MadoCall *mado_call_city (void);

/* Sessions: the answer has `token`, `role`, `name` and `expiresAt`. None of these is ever sent twice. */

/**
 * mado_call_log_in_password:
 * @account: of the staff member
 * @password: in clear
 * @totp: (nullable): six digits, for those who have a second factor
 *
 * Returns: (transfer full): `POST /v1/sessions` of staff
 */
MADO_EXPORT MadoCall *mado_call_log_in_password (const char *account, const char *password, const char *totp);
/**
 * mado_call_log_in_device:
 * @device: id of the device
 * @secret: of the device
 *
 * Returns: (transfer full): `POST /v1/sessions` of a kiosk or a notifier
 */
MADO_EXPORT MadoCall *mado_call_log_in_device (const char *device, const char *secret);
/**
 * mado_call_log_in_card:
 * @card_number: 12 digits
 * @pin: of the card
 *
 * Returns: (transfer full): `POST /v1/sessions` of a resident
 */
MADO_EXPORT MadoCall *mado_call_log_in_card (const char *card_number, const char *pin);
/**
 * mado_call_log_out:
 *
 * Returns: (transfer full): `DELETE /v1/sessions/current`
 */
MADO_EXPORT MadoCall *mado_call_log_out (void);

/* The catalogue. */

/**
 * mado_call_procedures:
 * @category: (nullable): only of this field of life
 * @cursor: (nullable): `next` of the page before
 *
 * Returns: (transfer full): `GET /v1/procedures`: what a list says of each
 */
MADO_EXPORT MadoCall *mado_call_procedures (const char *category, const char *cursor);
/**
 * mado_call_catalogue:
 * @cursor: (nullable): `next` of the page before
 *
 * Returns: (transfer full): `GET /v1/catalogue`: all that is told of each procedure
 */
MADO_EXPORT MadoCall *mado_call_catalogue  (const char *cursor);
/**
 * mado_call_procedure:
 * @id: of it
 *
 * Returns: (transfer full): `GET /v1/procedures/{id}`
 */
MADO_EXPORT MadoCall *mado_call_procedure (const char *id);
/**
 * mado_call_search:
 * @query: what was typed
 * @language: (nullable): texts in this language only
 * @limit: hits at most; 0 leaves it to the service
 *
 * Returns: (transfer full): `GET /v1/search`
 */
MADO_EXPORT MadoCall *mado_call_search (const char *query, const char *language, guint limit);
/**
 * mado_call_life_events:
 *
 * Returns: (transfer full): `GET /v1/life-events`
 */
MADO_EXPORT MadoCall *mado_call_life_events (void);
/**
 * mado_call_life_event:
 * @id: of it
 *
 * Returns: (transfer full): `GET /v1/life-events/{id}`
 */
MADO_EXPORT MadoCall *mado_call_life_event (const char *id);
/**
 * mado_call_questions:
 * @category: (nullable): only of this field of life
 * @cursor: (nullable): `next` of the page before
 *
 * Returns: (transfer full): `GET /v1/faq`
 */
MADO_EXPORT MadoCall *mado_call_questions (const char *category, const char *cursor);
/**
 * mado_call_question:
 * @id: of it
 *
 * Returns: (transfer full): `GET /v1/faq/{id}`
 */
MADO_EXPORT MadoCall *mado_call_question (const char *id);
/**
 * mado_call_form:
 * @id: of it
 * @revision: 0 is the one in force
 *
 * Returns: (transfer full): `GET /v1/forms/{id}`
 */
MADO_EXPORT MadoCall *mado_call_form (const char *id, guint revision);

/* Visits. */

/**
 * mado_call_open_visit:
 * @language: the resident chose, as `ja`
 *
 * Returns: (transfer full): `POST /v1/visits`
 */
MADO_EXPORT MadoCall *mado_call_open_visit (const char *language);
/**
 * mado_call_visit:
 * @id: of it
 *
 * Returns: (transfer full): `GET /v1/visits/{id}`
 */
MADO_EXPORT MadoCall *mado_call_visit (const char *id);
/**
 * mado_call_end_visit:
 * @id: of it
 *
 * Returns: (transfer full): `DELETE /v1/visits/{id}`
 */
MADO_EXPORT MadoCall *mado_call_end_visit (const char *id);
/**
 * mado_call_identify_visit:
 * @id: of it
 * @card_number: 12 digits
 * @pin: of the card
 *
 * Returns: (transfer full): `POST /v1/visits/{id}/identification`
 */
MADO_EXPORT MadoCall *mado_call_identify_visit (const char *id, const char *card_number, const char *pin);
/**
 * mado_call_save_answers:
 * @id: the visit
 * @answers: an object, fact name to value
 *
 * Returns: (transfer full): the call
 */
MADO_EXPORT MadoCall *mado_call_save_answers      (const char *id, JsonNode *answers);
/**
 * mado_call_file_visit:
 * @id: the visit
 * @procedures: a list of `{id, revision}`
 * @answers: an object, fact name to value
 * @draft: (nullable): number of the draft it was finished from
 *
 * Returns: (transfer full): the call
 */
MADO_EXPORT MadoCall *mado_call_file_visit        (const char *id, JsonNode *procedures, JsonNode *answers,
                                                   const char *draft);
/**
 * mado_call_keep_draft:
 * @visit: of somebody who was identified
 * @procedures: [{id, revision}]
 * @answers: {fact: value}
 *
 * Returns: (transfer full): `PUT /v1/visits/{id}/draft`
 */
MADO_EXPORT MadoCall *mado_call_keep_draft (const char *visit, JsonNode *procedures, JsonNode *answers);
/**
 * mado_call_attach:
 * @visit: that it belongs to
 * @content: a PDF, a JPEG or a PNG
 *
 * Returns: (transfer full): `POST /v1/visits/{id}/attachments`
 */
MADO_EXPORT MadoCall *mado_call_attach (const char *visit, GBytes *content);
/**
 * mado_call_attachment:
 * @id: of it
 *
 * Returns: (transfer full): `GET /v1/attachments/{id}`, whose answer is the file
 */
MADO_EXPORT MadoCall *mado_call_attachment (const char *id);
/**
 * mado_call_drop_attachment:
 * @id: of it
 *
 * Returns: (transfer full): `DELETE /v1/attachments/{id}`
 */
MADO_EXPORT MadoCall *mado_call_drop_attachment (const char *id);
/**
 * mado_call_drafts:
 *
 * Returns: (transfer full): `GET /v1/me/drafts`
 */
MADO_EXPORT MadoCall *mado_call_drafts (void);
/**
 * mado_call_draft:
 * @number: of it
 *
 * Returns: (transfer full): `GET /v1/me/drafts/{number}`
 */
MADO_EXPORT MadoCall *mado_call_draft (const char *number);
/**
 * mado_call_drop_draft:
 * @number: of it
 *
 * Returns: (transfer full): `DELETE /v1/me/drafts/{number}`
 */
MADO_EXPORT MadoCall *mado_call_drop_draft (const char *number);
/**
 * mado_call_deposit_filing:
 * @box: a filing sealed to the service's public key while it could not be reached
 *
 * Returns: (transfer full): the call
 */
MADO_EXPORT MadoCall *mado_call_deposit_filing    (GBytes *box);

/**
 * mado_call_cases:
 * @state: (nullable): nick of a case state
 * @procedure: (nullable): id of a procedure
 * @limit: rows of a page; 0 is the service's choice
 * @cursor: (nullable): `next` of the page before
 *
 * Returns: (transfer full): the call
 */
MADO_EXPORT MadoCall *mado_call_cases             (const char *state, const char *procedure, guint limit,
                                                   const char *cursor);
/**
 * mado_call_cases_of:
 * @visit: number of a visit, "K7M4-R29"
 *
 * Returns: (transfer full): the call for what was filed in it
 */
MADO_EXPORT MadoCall *mado_call_cases_of          (const char *visit);
/**
 * mado_call_case:
 * @number: the case
 * @words: (nullable): language in which its answers are said as well
 *
 * Returns: (transfer full): `GET /v1/cases/{number}`
 */
MADO_EXPORT MadoCall *mado_call_case (const char *number, const char *words);
/**
 * mado_call_transition:
 * @number: the case
 * @etag: of the case as it was seen
 * @event: nick of the event: "accept", "return", "correct" …
 * @message: (nullable): words for the resident
 * @answers: (nullable): the corrected answers
 *
 * Returns: (transfer full): the call
 */
MADO_EXPORT MadoCall *mado_call_transition        (const char *number, const char *etag, const char *event,
                                                   const char *message, JsonNode *answers);
/**
 * mado_call_identify_case:
 * @number: a prefiled case
 * @etag: of the case as it was seen
 * @card_number: (nullable): of the card that staff have looked at
 * @paper: (nullable): the kind of paper they have looked at instead
 *
 * Returns: (transfer full): `POST /v1/cases/{number}/transitions`
 */
MADO_EXPORT MadoCall *mado_call_identify_case (const char *number, const char *etag, const char *card_number,
                                               const char *paper);
/**
 * mado_call_case_holder:
 * @number: a prefiled case
 * @card_number: (nullable): of the card that is shown
 * @paper: (nullable): the kind of paper that is shown instead
 *
 * Returns: (transfer full): `POST /v1/cases/{number}/holder`
 */
MADO_EXPORT MadoCall *mado_call_case_holder (const char *number, const char *card_number, const char *paper);
/**
 * mado_call_document:
 * @number: the case
 * @kind: `record`, `form` or `result`
 *
 * Returns: (transfer full): `GET /v1/cases/{number}/document`
 */
MADO_EXPORT MadoCall *mado_call_document (const char *number, const char *kind);
/**
 * mado_call_hand_out:
 * @number: a case whose certificate has come out of the printer, whole
 *
 * Returns: (transfer full): `POST /v1/cases/{number}/handing-out`
 */
MADO_EXPORT MadoCall *mado_call_hand_out (const char *number);
/**
 * mado_call_link:
 * @number: a case
 * @language: of the page
 *
 * Returns: (transfer full): `POST /v1/cases/{number}/link`
 */
MADO_EXPORT MadoCall *mado_call_link (const char *number, const char *language);

/**
 * mado_call_me:
 *
 * Returns: (transfer full): `GET /v1/me`
 */
MADO_EXPORT MadoCall *mado_call_me (void);
/**
 * mado_call_disclosures:
 *
 * Returns: (transfer full): `GET /v1/me/disclosures`
 */
MADO_EXPORT MadoCall *mado_call_disclosures (void);
/**
 * mado_call_consents:
 *
 * Returns: (transfer full): `GET /v1/me/consents`
 */
MADO_EXPORT MadoCall *mado_call_consents (void);
/**
 * mado_call_set_consents:
 * @consents: as the answer of mado_call_consents()
 *
 * Returns: (transfer full): the call
 */
MADO_EXPORT MadoCall *mado_call_set_consents      (JsonNode *consents);

/* The journal. */

/**
 * mado_call_journal:
 * @after: position before the first entry wanted; -1 asks for the last ones
 * @limit: 0 is the service's choice
 *
 * Returns: (transfer full): `GET /v1/journal`
 */
MADO_EXPORT MadoCall *mado_call_journal (gint64 after, guint limit);
/**
 * mado_call_journal_roots:
 *
 * Returns: (transfer full): `GET /v1/journal/roots`
 */
MADO_EXPORT MadoCall *mado_call_journal_roots (void);
/**
 * mado_call_journal_proof:
 * @position: of the entry
 *
 * Returns: (transfer full): `GET /v1/journal/{position}/proof`
 */
MADO_EXPORT MadoCall *mado_call_journal_proof (gint64 position);

/**
 * mado_call_staff:
 * @page: the kiosk shows
 * @language: the resident chose, as `ja`
 *
 * Returns: (transfer full): `POST /v1/staff-calls`
 */
MADO_EXPORT MadoCall *mado_call_staff (const char *page, const char *language);
/**
 * mado_call_answer_staff_call:
 * @id: of it
 *
 * Returns: (transfer full): `POST /v1/staff-calls/{id}/answer`
 */
MADO_EXPORT MadoCall *mado_call_answer_staff_call (const char *id);

/* Charges and payments. */

/**
 * mado_call_charges:
 * @state: (nullable): "open", "paid" or "cancelled"; for staff
 * @payer: (nullable): id of a resident; for staff
 * @cursor: (nullable): `next` of the page before
 *
 * Returns: (transfer full): `GET /v1/charges`
 */
MADO_EXPORT MadoCall *mado_call_charges (const char *state, const char *payer, const char *cursor);
/**
 * mado_call_charge:
 * @number: of it
 *
 * Returns: (transfer full): `GET /v1/charges/{number}`
 */
MADO_EXPORT MadoCall *mado_call_charge (const char *number);
/**
 * mado_call_raise_charge:
 * @office: whose revenue it is
 * @payer: (nullable): id of the resident who owes it
 * @words: for whom and for what, by language
 * @lines: what it is made up of
 * @due_date: (nullable): by when
 *
 * Returns: (transfer full): `POST /v1/charges`
 */
MADO_EXPORT MadoCall *mado_call_raise_charge (const char *office, const char *payer, JsonNode *words, JsonNode *lines,
                                              const char *due_date);
/**
 * mado_call_lessen_charge:
 * @number: of it
 * @etag: of the charge as it was seen
 * @lines: a list of `{account, quantity, unit, text}`: what is owed from now on; an empty one cancels
 * @reason: in words
 *
 * Returns: (transfer full): `POST /v1/charges/{number}/reduction`
 */
MADO_EXPORT MadoCall *mado_call_lessen_charge (const char *number, const char *etag, JsonNode *lines,
                                               const char *reason);
/**
 * mado_call_preview_surcharge:
 * @number: of an overdue charge
 * @on: (nullable): the day it is paid; today unless told
 *
 * Returns: (transfer full): `GET /v1/charges/{number}/surcharge`
 */
MADO_EXPORT MadoCall *mado_call_preview_surcharge (const char *number, const char *on);
/**
 * mado_call_raise_surcharge:
 * @number: of an overdue charge
 * @on: (nullable): the day it is paid; today unless told
 *
 * Returns: (transfer full): `POST /v1/charges/{number}/surcharge`
 */
MADO_EXPORT MadoCall *mado_call_raise_surcharge (const char *number, const char *on);
/**
 * mado_call_preview_instalments:
 * @number: of the charge
 * @n: instalments
 * @first_due: day of the first
 *
 * Returns: (transfer full): `GET /v1/charges/{number}/instalments`
 */
MADO_EXPORT MadoCall *mado_call_preview_instalments (const char *number, guint n, const char *first_due);
/**
 * mado_call_split_charge:
 * @number: of the charge
 * @etag: of the charge as it was seen
 * @n: instalments
 * @first_due: day of the first
 * @reason: in words
 *
 * Returns: (transfer full): `POST /v1/charges/{number}/instalments`
 */
MADO_EXPORT MadoCall *mado_call_split_charge (const char *number, const char *etag, guint n, const char *first_due,
                                              const char *reason);
/**
 * mado_call_pay:
 * @charge: number of the charge
 * @method: "qr-wallet", "terminal" or "counter"
 * @terminal: (nullable): for staff, the device whose terminal the payer stands at
 * @language: (nullable): of the payer's screen
 *
 * Returns: (transfer full): `POST /v1/charges/{number}/payments`
 */
MADO_EXPORT MadoCall *mado_call_pay (const char *charge, const char *method, const char *terminal,
                                     const char *language);
/**
 * mado_call_payments:
 * @charge: number of the charge
 *
 * Returns: (transfer full): `GET /v1/charges/{number}/payments`
 */
MADO_EXPORT MadoCall *mado_call_payments (const char *charge);
/**
 * mado_call_receipts:
 * @charge: number of the charge
 *
 * Returns: (transfer full): `GET /v1/charges/{number}/receipts`
 */
MADO_EXPORT MadoCall *mado_call_receipts (const char *charge);
/**
 * mado_call_receipt:
 * @charge: number of the charge
 * @language: (nullable): to print it in
 *
 * Returns: (transfer full): `GET /v1/charges/{number}/receipt`
 */
MADO_EXPORT MadoCall *mado_call_receipt (const char *charge, const char *language);
/**
 * mado_call_slip:
 * @code: digits of its bar code
 *
 * Returns: (transfer full): `GET /v1/slips/{code}`
 */
MADO_EXPORT MadoCall *mado_call_slip (const char *code);
/**
 * mado_call_issue_slip:
 * @charge: number of the charge
 *
 * Returns: (transfer full): `POST /v1/charges/{number}/slips`
 */
MADO_EXPORT MadoCall *mado_call_issue_slip (const char *charge);
/**
 * mado_call_slip_paper:
 * @code: digits of its bar code
 * @language: (nullable): to print it in
 *
 * Returns: (transfer full): `GET /v1/slips/{code}/paper`
 */
MADO_EXPORT MadoCall *mado_call_slip_paper (const char *code, const char *language);
/**
 * mado_call_pay_slip:
 * @code: digits of its bar code
 * @method: "qr-wallet" or "terminal"
 * @language: (nullable): of the payer's screen
 *
 * Returns: (transfer full): `POST /v1/slips/{code}/payments`
 */
MADO_EXPORT MadoCall *mado_call_pay_slip (const char *code, const char *method, const char *language);
/**
 * mado_call_slip_payment:
 * @code: digits of its bar code
 * @id: of the payment
 *
 * Returns: (transfer full): `GET /v1/slips/{code}/payments/{id}`
 */
MADO_EXPORT MadoCall *mado_call_slip_payment (const char *code, const char *id);
/**
 * mado_call_cancel_slip_payment:
 * @code: digits of its bar code
 * @id: of the payment
 *
 * Returns: (transfer full): `POST /v1/slips/{code}/payments/{id}/cancellation`
 */
MADO_EXPORT MadoCall *mado_call_cancel_slip_payment (const char *code, const char *id);
/**
 * mado_call_payment:
 * @id: of it
 *
 * Returns: (transfer full): `GET /v1/payments/{id}`
 */
MADO_EXPORT MadoCall *mado_call_payment (const char *id);
/**
 * mado_call_cancel_payment:
 * @id: of it
 *
 * Returns: (transfer full): `POST /v1/payments/{id}/cancellation`
 */
MADO_EXPORT MadoCall *mado_call_cancel_payment (const char *id);
/**
 * mado_call_payment_news:
 * @id: of the payment
 * @event: nick of what happened: "open", "capture" …
 * @key: under which it is remembered: the same is taken once
 * @yen: what came; -1: not told
 * @reference: (nullable): the provider's number
 * @offer: (nullable): what to show the payer
 * @reason: (nullable): a stable word
 * @brand: (nullable): what was held to the terminal
 *
 * Returns: (transfer full): `POST /v1/payments/{id}/news`
 */
MADO_EXPORT MadoCall *mado_call_payment_news (const char *id, const char *event, const char *key, gint64 yen,
                                              const char *reference, JsonNode *offer, const char *reason,
                                              const char *brand);
/**
 * mado_call_refund:
 * @payment: id of the payment
 * @yen: to give back
 * @reason: a word of the city's list
 *
 * Returns: (transfer full): `POST /v1/payments/{id}/refunds`
 */
MADO_EXPORT MadoCall *mado_call_refund (const char *payment, gint64 yen, const char *reason);
/**
 * mado_call_refunds:
 * @payment: id of the payment
 *
 * Returns: (transfer full): `GET /v1/payments/{id}/refunds`
 */
MADO_EXPORT MadoCall *mado_call_refunds (const char *payment);
/**
 * mado_call_step_refund:
 * @id: of the refund
 * @event: "approve", "decline", "finish" or "fail"
 *
 * Returns: (transfer full): `POST /v1/refunds/{id}/steps`
 */
MADO_EXPORT MadoCall *mado_call_step_refund (const char *id, const char *event);

/**
 * mado_call_lease_outbox:
 * @channels: (array zero-terminated=1): what this notifier can deliver
 * @max: at most so many
 * @seconds: until others may have what was not settled
 *
 * Returns: (transfer full): the call
 */
MADO_EXPORT MadoCall *mado_call_lease_outbox      (const char *const *channels, guint max, guint seconds);
/**
 * mado_call_settle_outbox:
 * @id: of the leased item
 * @delivered: whether it went out
 * @reason: (nullable): why not, without personal data
 *
 * Returns: (transfer full): the call
 */
MADO_EXPORT MadoCall *mado_call_settle_outbox     (const char *id, gboolean delivered, const char *reason);
/**
 * mado_call_dead_letters:
 *
 * Returns: (transfer full): `GET /v1/outbox?state=dead`
 */
MADO_EXPORT MadoCall *mado_call_dead_letters (void);

G_END_DECLS
