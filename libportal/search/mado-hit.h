/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-record.h"

G_BEGIN_DECLS

typedef enum {
  MADO_HIT_PROCEDURE,
  MADO_HIT_LIFE_EVENT,
  MADO_HIT_FAQ,
} MadoHitKind;
#define MADO_TYPE_HIT_KIND (mado_hit_kind_get_type ())
MADO_EXPORT GType mado_hit_kind_get_type (void);

/* How sure a search is of what it found. */
typedef enum {
  MADO_CONFIDENCE_CLEAR,     /* the first is what was meant */
  MADO_CONFIDENCE_UNCLEAR,   /* several may be: ask which */
  MADO_CONFIDENCE_NONE,      /* nothing that could be meant: a person helps */
} MadoConfidence;
#define MADO_TYPE_CONFIDENCE (mado_confidence_get_type ())
MADO_EXPORT GType mado_confidence_get_type (void);

/* One thing a search found. */
#define MADO_TYPE_HIT (mado_hit_get_type ())
MADO_DECLARE_RECORD (MadoHit, mado_hit)
struct _MadoHit {
  MadoRecord  parent;
  MadoHitKind kind;
  char       *id;
  char       *category;      /* (nullable): a life event has none */
  JsonNode   *title;         /* language map: of a FAQ its question */
  JsonNode   *summary;       /* language map: of a FAQ its answer */
  char       *icon;          /* (nullable) */
  GStrv       procedures;    /* (nullable): those the answer of a FAQ is about */
  char       *why;           /* (nullable): the catalogue's words that come nearest to what was typed */
  gint64      score;         /* of 1000 */
};

/* One answer to "which do you mean?": those of the hits that it leaves. */
#define MADO_TYPE_HIT_CHOICE (mado_hit_choice_get_type ())
MADO_DECLARE_RECORD (MadoHitChoice, mado_hit_choice)
struct _MadoHitChoice {
  MadoRecord parent;
  char      *category;       /* (nullable): a field of life, or … */
  JsonNode  *title;          /* (nullable): … the words of one hit */
  GStrv      hits;           /* "kind:id" */
};

/* What a search answers. */
#define MADO_TYPE_HITS (mado_hits_get_type ())
MADO_DECLARE_RECORD (MadoHits, mado_hits)
struct _MadoHits {
  MadoRecord     parent;
  MadoConfidence confidence;
  GPtrArray     *items;      /* of MadoHit, the best first */
  GPtrArray     *choices;    /* of MadoHitChoice: two to four where it is unclear, else none */
};

G_END_DECLS
