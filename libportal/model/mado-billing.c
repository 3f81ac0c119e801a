/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/mado-billing.h"

#include "core/mado-json.h"

G_DEFINE_ENUM_TYPE (MadoBillingState, mado_billing_state,
  G_DEFINE_ENUM_VALUE (MADO_BILLING_STATE_READING, "reading"),
  G_DEFINE_ENUM_VALUE (MADO_BILLING_STATE_IMPORTING, "importing"),
  G_DEFINE_ENUM_VALUE (MADO_BILLING_STATE_DONE, "done"),
  G_DEFINE_ENUM_VALUE (MADO_BILLING_STATE_DISCARDED, "discarded"))

static const MadoField mistake_fields[] = {
  MADO_FIELD_INT    (MadoBillingMistake, line, 0, 1, MADO_JSON_EXACT_MAX, "Line of the file"),
  MADO_FIELD_STRING (MadoBillingMistake, column, 0, 100, "Title of the column; empty for the whole line"),
  MADO_FIELD_STRING (MadoBillingMistake, message, 0, 500, "What is wrong, and what to do"),
};

MADO_DEFINE_RECORD (MadoBillingMistake, mado_billing_mistake, mistake_fields)

static const MadoField fields[] = {
  MADO_FIELD_ID     (MadoBilling, id, "Identifier (ULID)"),
  MADO_FIELD_ENUM   (MadoBilling, state, mado_billing_state_get_type, 0, "Where it stands"),
  MADO_FIELD_STRING (MadoBilling, mapping, 0, 64, "How it is read"),
  MADO_FIELD_STRING (MadoBilling, office, 0, 64, "Whose revenue it is"),
  MADO_FIELD_STRING (MadoBilling, titles, MADO_FIELD_PRIVATE, 20000, "Its first line"),
  MADO_FIELD_INT    (MadoBilling, pieces, 0, 0, G_MAXINT32, "Pieces that came"),
  MADO_FIELD_INT    (MadoBilling, parts, MADO_FIELD_PRIVATE, 0, G_MAXINT32, "Parts of rows that are kept"),
  MADO_FIELD_INT    (MadoBilling, lines, 0, 0, MADO_JSON_EXACT_MAX, "Lines of the file so far"),
  MADO_FIELD_INT    (MadoBilling, good, 0, 0, MADO_JSON_EXACT_MAX, "Rows that can be imported"),
  MADO_FIELD_INT    (MadoBilling, bad, 0, 0, MADO_JSON_EXACT_MAX, "Rows that were left out"),
  MADO_FIELD_YEN    (MadoBilling, yen, 0, "Yen of the good rows"),
  MADO_FIELD_INT    (MadoBilling, imported, 0, 0, MADO_JSON_EXACT_MAX, "Rows that are charges by now"),
  MADO_FIELD_INT    (MadoBilling, known, 0, 0, MADO_JSON_EXACT_MAX, "Rows whose bill was imported before"),
  MADO_FIELD_STRING (MadoBilling, job, MADO_FIELD_OPTIONAL, 64, "The job that imports it"),
  MADO_FIELD_STRING (MadoBilling, opened_by, 0, 64, "By whom"),
  MADO_FIELD_TIME   (MadoBilling, opened_at, 0, "Since when"),
  MADO_FIELD_TIME   (MadoBilling, updated_at, 0, "When it last moved"),
  MADO_FIELD_LIST   (MadoBilling, mistakes, mado_billing_mistake_get_type, MADO_FIELD_NO_ROW | MADO_FIELD_OPTIONAL,
                     "Rows that were left out, the first 200"),
};

MADO_DEFINE_RECORD (MadoBilling, mado_billing, fields)
