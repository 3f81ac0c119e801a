/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-record.h"

G_BEGIN_DECLS

/* A turn in somebody's life, as its file in forms/life-events/ says it (schema: forms/schema/life-event.json). */
#define MADO_TYPE_LIFE_EVENT (mado_life_event_get_type ())
MADO_DECLARE_RECORD (MadoLifeEvent, mado_life_event)
struct _MadoLifeEvent {
  MadoRecord parent;
  char      *id;
  gint64     revision;
  gint64     rank;           /* what brings most people first */
  JsonNode  *title;          /* language map, as are all texts */
  JsonNode  *summary;
  char      *icon;           /* (nullable): of the tile */
  GStrv      keywords;       /* what people say for it */
  char      *form;           /* its interview */
  JsonNode  *procedures;     /* [{id, when?: rule, why{}?}]: those that may go with it, in the order to do them */
};

/* A question people ask, with its answer, as forms/faq/ has it (schema: forms/schema/faq.json). */
#define MADO_TYPE_FAQ (mado_faq_get_type ())
MADO_DECLARE_RECORD (MadoFaq, mado_faq)
struct _MadoFaq {
  MadoRecord parent;
  char      *id;
  char      *category;       /* as of a procedure */
  JsonNode  *question;
  JsonNode  *answer;
  GStrv      keywords;
  GStrv      procedures;     /* (nullable): ids of those the answer is about */
  JsonNode  *source;         /* (nullable): {title, url, date} */
  char      *verified;       /* (nullable): a day, or "確認中" */
};

G_END_DECLS
