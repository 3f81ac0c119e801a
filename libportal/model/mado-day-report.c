/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/mado-day-report.h"

#include "core/mado-json.h"
#include "model/mado-ledger.h"

static const MadoField step_fields[] = {
  MADO_FIELD_ID   (MadoDayStep, id, "What it is"),
  MADO_FIELD_INT  (MadoDayStep, yen, 0, -MADO_JSON_EXACT_MAX, MADO_JSON_EXACT_MAX, "Yen; below 0: takes away"),
  MADO_FIELD_BOOL (MadoDayStep, total, MADO_FIELD_OPTIONAL, "The sum up to here"),
};

MADO_DEFINE_RECORD (MadoDayStep, mado_day_step, step_fields)

static const MadoField line_fields[] = {
  MADO_FIELD_STRING (MadoDayLine, provider, 0, 32, "By which way"),
  MADO_FIELD_INT    (MadoDayLine, taken, 0, 0, MADO_JSON_EXACT_MAX, "Payments that came in"),
  MADO_FIELD_INT    (MadoDayLine, taken_yen, 0, -MADO_JSON_EXACT_MAX, MADO_JSON_EXACT_MAX, "Yen of them"),
  MADO_FIELD_INT    (MadoDayLine, settled, 0, 0, MADO_JSON_EXACT_MAX, "Payments that were paid out"),
  MADO_FIELD_INT    (MadoDayLine, settled_yen, 0, -MADO_JSON_EXACT_MAX, MADO_JSON_EXACT_MAX, "Yen of them"),
  MADO_FIELD_INT    (MadoDayLine, costs, 0, -MADO_JSON_EXACT_MAX, MADO_JSON_EXACT_MAX, "Yen the provider kept"),
  MADO_FIELD_INT    (MadoDayLine, open, 0, 0, MADO_JSON_EXACT_MAX, "Differences that wait for somebody"),
  MADO_FIELD_INT    (MadoDayLine, open_yen, 0, -MADO_JSON_EXACT_MAX, MADO_JSON_EXACT_MAX, "Yen of them"),
};

MADO_DEFINE_RECORD (MadoDayLine, mado_day_line, line_fields)

static const MadoField fields[] = {
  MADO_FIELD_STRING (MadoDayReport, office, MADO_FIELD_OPTIONAL, 64, "Whose books; absent: all"),
  MADO_FIELD_DATE   (MadoDayReport, day, 0, "Of the books"),
  MADO_FIELD_BOOL   (MadoDayReport, balanced, 0, "Debits are credits, and the bars make the bank"),
  MADO_FIELD_INT    (MadoDayReport, entries, 0, 0, MADO_JSON_EXACT_MAX, "Entries of the day"),
  MADO_FIELD_YEN    (MadoDayReport, debits, 0, "Yen on the one side"),
  MADO_FIELD_YEN    (MadoDayReport, credits, 0, "Yen on the other"),
  MADO_FIELD_TIME   (MadoDayReport, closed_at, MADO_FIELD_OPTIONAL, "When it was closed"),
  MADO_FIELD_STRING (MadoDayReport, digest, MADO_FIELD_OPTIONAL, 64, "SHA-256 of the closed day, hex"),
  MADO_FIELD_LIST   (MadoDayReport, steps, mado_day_step_get_type, 0, "From what was owed to the bank"),
  MADO_FIELD_LIST   (MadoDayReport, lines, mado_day_line_get_type, 0, "By way of payment"),
  MADO_FIELD_LIST   (MadoDayReport, totals, mado_posting_get_type, 0, "By account"),
};

MADO_DEFINE_RECORD (MadoDayReport, mado_day_report, fields)
