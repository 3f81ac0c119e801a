/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

/* What a reader of codes finds: members in the order they are met, and everything that is wrong with them. */
typedef struct {
  const char *kind;
  JsonObject *fields;
  JsonArray  *problems;
} MadoCodeReport;

void      mado_code_report_init  (MadoCodeReport *self, const char *kind);
/* @expected, @found: (nullable): so that a person can compare. */
void      mado_code_report_wrong (MadoCodeReport *self, const char *field, const char *expected, const char *found,
                                  const char *format, ...) G_GNUC_PRINTF (5, 6);
/* The finished JSON; the report is empty afterwards. */
JsonNode *mado_code_report_end   (MadoCodeReport *self);

/* Each knows one family of codes and fills the report. */
void mado_emv_qr_read   (const char *text, MadoCodeReport *report);
void mado_slip_gs1_read (const char *digits, MadoCodeReport *report);
void mado_slip_ocr_read (const char *digits, MadoCodeReport *report);
