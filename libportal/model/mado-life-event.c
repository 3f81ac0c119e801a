/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mado-life-event.h"

static const MadoField event_fields[] = {
  MADO_FIELD_ID (MadoLifeEvent, id, "Identifier, for addresses and files"),
  MADO_FIELD_INT (MadoLifeEvent, revision, 0, 1, 1000000, "Grows with every change"),
  MADO_FIELD_INT (MadoLifeEvent, rank, 0, 1, 1000, "Its place among the others"),
  MADO_FIELD_JSON (MadoLifeEvent, title, 0, "Name, by language"),
  MADO_FIELD_JSON (MadoLifeEvent, summary, 0, "One sentence, by language"),
  MADO_FIELD_STRING (MadoLifeEvent, icon, MADO_FIELD_OPTIONAL, 32, "Picture of its tile"),
  MADO_FIELD_STRV (MadoLifeEvent, keywords, MADO_FIELD_OPTIONAL, "What people say for it"),
  MADO_FIELD_STRING (MadoLifeEvent, form, 0, 64, "Its interview"),
  MADO_FIELD_JSON (MadoLifeEvent, procedures, 0, "[{id, when, why}]: those that may go with it"),
};
MADO_DEFINE_RECORD (MadoLifeEvent, mado_life_event, event_fields)

static const MadoField faq_fields[] = {
  MADO_FIELD_ID (MadoFaq, id, "Identifier"),
  MADO_FIELD_STRING (MadoFaq, category, 0, 64, "Where it is found"),
  MADO_FIELD_JSON (MadoFaq, question, 0, "What people ask, by language"),
  MADO_FIELD_JSON (MadoFaq, answer, 0, "What is said to them, by language"),
  MADO_FIELD_STRV (MadoFaq, keywords, MADO_FIELD_OPTIONAL, "What people say for it"),
  MADO_FIELD_STRV (MadoFaq, procedures, MADO_FIELD_OPTIONAL, "Procedures the answer is about"),
  MADO_FIELD_JSON (MadoFaq, source, MADO_FIELD_OPTIONAL, "Where it can be read"),
  MADO_FIELD_STRING (MadoFaq, verified, MADO_FIELD_OPTIONAL, 16, "Day it was compared with its source, or 確認中"),
};
MADO_DEFINE_RECORD (MadoFaq, mado_faq, faq_fields)
