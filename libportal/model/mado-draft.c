/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/mado-draft.h"

static const MadoField fields[] = {
  MADO_FIELD_ID     (MadoDraft, number, "Number to ask for it by, with the card"),
  MADO_FIELD_STRING (MadoDraft, resident_id, MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL, 64, "Whose it is"),
  MADO_FIELD_TIME   (MadoDraft, saved_at, 0, "When it was handed in"),
  MADO_FIELD_TIME   (MadoDraft, expires_at, 0, "When it is forgotten"),
  MADO_FIELD_JSON   (MadoDraft, procedures, MADO_FIELD_NO_ROW | MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL,
                     "What is to be filed: [{id, revision}], as in force now"),
  MADO_FIELD_JSON   (MadoDraft, answers, MADO_FIELD_NO_ROW | MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL,
                     "Answers by fact"),
  MADO_FIELD_STRV   (MadoDraft, changed, MADO_FIELD_NO_ROW | MADO_FIELD_OPTIONAL,
                     "Facts whose question has changed since: to be looked at again"),
  MADO_FIELD_STRV   (MadoDraft, gone, MADO_FIELD_NO_ROW | MADO_FIELD_OPTIONAL,
                     "Procedures that are no longer offered here"),
};

MADO_DEFINE_RECORD (MadoDraft, mado_draft, fields)
