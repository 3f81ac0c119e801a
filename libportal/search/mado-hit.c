/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "search/mado-hit.h"

G_DEFINE_ENUM_TYPE (MadoHitKind, mado_hit_kind,
  G_DEFINE_ENUM_VALUE (MADO_HIT_PROCEDURE, "procedure"),
  G_DEFINE_ENUM_VALUE (MADO_HIT_LIFE_EVENT, "life-event"),
  G_DEFINE_ENUM_VALUE (MADO_HIT_FAQ, "faq"))

G_DEFINE_ENUM_TYPE (MadoConfidence, mado_confidence,
  G_DEFINE_ENUM_VALUE (MADO_CONFIDENCE_CLEAR, "clear"),
  G_DEFINE_ENUM_VALUE (MADO_CONFIDENCE_UNCLEAR, "unclear"),
  G_DEFINE_ENUM_VALUE (MADO_CONFIDENCE_NONE, "none"))

static const MadoField hit_fields[] = {
  MADO_FIELD_ENUM (MadoHit, kind, mado_hit_kind_get_type, 0, "What was found"),
  MADO_FIELD_ID (MadoHit, id, "Of the procedure, life event or FAQ"),
  MADO_FIELD_STRING (MadoHit, category, MADO_FIELD_OPTIONAL, 64, "Where it is found"),
  MADO_FIELD_JSON (MadoHit, title, 0, "Name, or the question, by language"),
  MADO_FIELD_JSON (MadoHit, summary, 0, "One sentence, or the answer, by language"),
  MADO_FIELD_STRING (MadoHit, icon, MADO_FIELD_OPTIONAL, 32, "Picture of its tile"),
  MADO_FIELD_STRV (MadoHit, procedures, MADO_FIELD_OPTIONAL, "Procedures the answer is about"),
  MADO_FIELD_STRING (MadoHit, why, MADO_FIELD_OPTIONAL, 2000, "The words nearest to what was typed"),
  MADO_FIELD_INT (MadoHit, score, 0, 0, 1000, "How near, of 1000"),
};
MADO_DEFINE_RECORD (MadoHit, mado_hit, hit_fields)

static const MadoField choice_fields[] = {
  MADO_FIELD_STRING (MadoHitChoice, category, MADO_FIELD_OPTIONAL, 64, "A field of life, or …"),
  MADO_FIELD_JSON (MadoHitChoice, title, MADO_FIELD_OPTIONAL, "… the words of one hit, by language"),
  MADO_FIELD_STRV (MadoHitChoice, hits, 0, "“kind:id” of those it leaves"),
};
MADO_DEFINE_RECORD (MadoHitChoice, mado_hit_choice, choice_fields)

static const MadoField hits_fields[] = {
  MADO_FIELD_ENUM (MadoHits, confidence, mado_confidence_get_type, 0, "How sure this is"),
  MADO_FIELD_LIST (MadoHits, items, mado_hit_get_type, 0, "The best first"),
  MADO_FIELD_LIST (MadoHits, choices, mado_hit_choice_get_type, 0, "What to ask where it is unclear"),
};
MADO_DEFINE_RECORD (MadoHits, mado_hits, hits_fields)
