/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/mado-case.h"

#include "model/mado-attachment.h"

#define EXTRA   (MADO_FIELD_NO_ROW | MADO_FIELD_OPTIONAL)
#define SECRET  (MADO_FIELD_SEALED | MADO_FIELD_OPTIONAL)

static const MadoField message_fields[] = {
  MADO_FIELD_INT    (MadoCaseMessage, version, 0, 1, G_MAXINT32, "Of the case, after the step"),
  MADO_FIELD_ENUM   (MadoCaseMessage, event, mado_case_event_get_type, 0, "The step it went with"),
  MADO_FIELD_STRING (MadoCaseMessage, author, MADO_FIELD_OPTIONAL, 128, "Staff who wrote it"),
  MADO_FIELD_TIME   (MadoCaseMessage, at, 0, "When"),
  MADO_FIELD_STRING (MadoCaseMessage, text, MADO_FIELD_PRIVATE | MADO_FIELD_NO_ROW, 4000, "Words for the resident"),
};

MADO_DEFINE_RECORD (MadoCaseMessage, mado_case_message, message_fields)

static const MadoField fields[] = {
  MADO_FIELD_ID     (MadoCase, id, "Identifier (ULID)"),
  MADO_FIELD_STRING (MadoCase, number, 0, 24, "Number to read out"),
  MADO_FIELD_INT    (MadoCase, version, 0, 1, G_MAXINT32, "Counts its changes; the ETag"),
  MADO_FIELD_ENUM   (MadoCase, state, mado_case_state_get_type, 0, "Where it stands"),
  MADO_FIELD_STRING (MadoCase, visit, 0, 64, "Visit that filed it"),
  MADO_FIELD_STRING (MadoCase, procedure, 0, 64, "Procedure in the catalogue"),
  MADO_FIELD_INT    (MadoCase, revision, 0, 1, G_MAXINT32, "Revision of the procedure, frozen when it was filed"),
  MADO_FIELD_STRING (MadoCase, form, MADO_FIELD_OPTIONAL, 64, "Form that was answered"),
  MADO_FIELD_INT    (MadoCase, form_revision, MADO_FIELD_OPTIONAL, 1, G_MAXINT32,
                     "Revision of the form, frozen when it was filed"),
  MADO_FIELD_STRING (MadoCase, form_digest, MADO_FIELD_OPTIONAL, 64,
                     "SHA-256 of that revision's canonical JSON, hex"),
  MADO_FIELD_STRING (MadoCase, language, MADO_FIELD_OPTIONAL, 16, "Language it was filed in"),
  MADO_FIELD_STRING (MadoCase, office, MADO_FIELD_OPTIONAL, 64, "Office that decides"),
  MADO_FIELD_STRING (MadoCase, resident_id, MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL, 64, "Whose it is"),
  MADO_FIELD_STRING (MadoCase, identified_by, MADO_FIELD_OPTIONAL, 16, 
                     "By what the person was known: “card”, “driving-licence”; absent: nobody yet"),
  MADO_FIELD_STRING (MadoCase, assignee, MADO_FIELD_OPTIONAL, 64, "Staff who accepted it"),
  MADO_FIELD_TIME   (MadoCase, submitted_at, 0, "When it was filed"),
  MADO_FIELD_TIME   (MadoCase, updated_at, 0, "When it last changed"),
  MADO_FIELD_DATE   (MadoCase, due_date, MADO_FIELD_OPTIONAL, "By when the next step is due"),
  MADO_FIELD_INT    (MadoCase, days_left, MADO_FIELD_OPTIONAL, 0, 36500, "Of the office, while its clock stands still"),
  MADO_FIELD_YEN    (MadoCase, fee, 0, "Fee in yen"),
  MADO_FIELD_TIME   (MadoCase, paid_at, MADO_FIELD_OPTIONAL, "When the fee was paid"),
  MADO_FIELD_TIME   (MadoCase, released_at, MADO_FIELD_OPTIONAL, "When the result became available to its owner"),
  MADO_FIELD_TIME   (MadoCase, handed_at, MADO_FIELD_OPTIONAL,
                     "When its certificate was printed; it is not printed again"),
  MADO_FIELD_JSON   (MadoCase, answers, SECRET, "Answers by fact"),
  MADO_FIELD_JSON   (MadoCase, sources, EXTRA | MADO_FIELD_SEALED, "Where answers came from; what was typed is absent"),
  MADO_FIELD_JSON   (MadoCase, late_answers, EXTRA | MADO_FIELD_SEALED,
                     "Answers of a correction that came after the case had gone on"),
  MADO_FIELD_JSON   (MadoCase, charge, EXTRA,
                     "The charge for its fee: number, state, amount, what is paid of it and what goes back"),
  MADO_FIELD_JSON   (MadoCase, words, EXTRA | MADO_FIELD_PRIVATE, "Its answers in words, where they are asked for"),
  MADO_FIELD_JSON   (MadoCase, title, EXTRA, "Title of the procedure, by language"),
  MADO_FIELD_JSON   (MadoCase, next_step, EXTRA | MADO_FIELD_DETAIL, "What happens next, by language"),
  MADO_FIELD_LIST   (MadoCase, messages, mado_case_message_get_type, EXTRA | MADO_FIELD_PRIVATE, "Oldest first"),
  MADO_FIELD_LIST   (MadoCase, attachments, mado_attachment_get_type, EXTRA | MADO_FIELD_PRIVATE,
                     "Documents that came with it, oldest first: `GET /v1/attachments/{id}`"),
  MADO_FIELD_STRV   (MadoCase, events, EXTRA, "What the caller may do now"),
  MADO_FIELD_BOOL   (MadoCase, has_result, EXTRA, "A result may be fetched by the caller"),
  MADO_FIELD_BOOL   (MadoCase, has_form, EXTRA, "The city's official form can be printed"),
};

MADO_DEFINE_RECORD (MadoCase, mado_case, fields)

static const MadoField holder_fields[] = {
  MADO_FIELD_BOOL   (MadoCaseHolder, known, 0, "The city knows them"),
  MADO_FIELD_BOOL   (MadoCaseHolder, named, 0, "They are whom the case names"),
  MADO_FIELD_STRING (MadoCaseHolder, full_name, MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL, 128, "Name"),
  MADO_FIELD_DATE   (MadoCaseHolder, date_of_birth, MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL, "Birthday"),
  MADO_FIELD_STRING (MadoCaseHolder, address, MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL, 500, "Address in the register"),
};

MADO_DEFINE_RECORD (MadoCaseHolder, mado_case_holder, holder_fields)

static const MadoField receipt_fields[] = {
  MADO_FIELD_STRING (MadoReceipt, number, 0, 16, "Number of the visit, to read out"),
  MADO_FIELD_TIME   (MadoReceipt, submitted_at, 0, "When"),
  MADO_FIELD_LIST   (MadoReceipt, cases, mado_case_get_type, 0, "What was filed"),
};

MADO_DEFINE_RECORD (MadoReceipt, mado_receipt, receipt_fields)

static const MadoField document_fields[] = {
  MADO_FIELD_STRING (MadoCaseDocument, kind, 0, 16, "“record”, “form” or “result”"),
  MADO_FIELD_STRING (MadoCaseDocument, layout, 0, 32, "What it is printed as"),
  MADO_FIELD_TIME   (MadoCaseDocument, made_at, 0, "When its facts were frozen"),
  MADO_FIELD_JSON   (MadoCaseDocument, facts, EXTRA | MADO_FIELD_PRIVATE, "What it says"),
  MADO_FIELD_RECORD (MadoCaseDocument, filing, mado_case_get_type, EXTRA | MADO_FIELD_PRIVATE, "The case"),
  MADO_FIELD_RECORD (MadoCaseDocument, receipt, mado_receipt_get_type, EXTRA | MADO_FIELD_PRIVATE,
                     "All that its visit filed"),
};

MADO_DEFINE_RECORD (MadoCaseDocument, mado_case_document, document_fields)

static const MadoField call_fields[] = {
  MADO_FIELD_ID     (MadoStaffCall, id, "Identifier (ULID)"),
  MADO_FIELD_STRING (MadoStaffCall, device, 0, 64, "Where somebody waits"),
  MADO_FIELD_STRING (MadoStaffCall, page, 0, 64, "Page they stand at"),
  MADO_FIELD_STRING (MadoStaffCall, language, 0, 16, "Language they read"),
  MADO_FIELD_TIME   (MadoStaffCall, called_at, 0, "When"),
  MADO_FIELD_TIME   (MadoStaffCall, answered_at, MADO_FIELD_OPTIONAL, "When somebody went"),
  MADO_FIELD_STRING (MadoStaffCall, answered_by, MADO_FIELD_OPTIONAL, 64, "Who went"),
};

MADO_DEFINE_RECORD (MadoStaffCall, mado_staff_call, call_fields)
