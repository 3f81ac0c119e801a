/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "lists/mado-place-name.h"
#include "lists/mado-towns.h"

/* Where the parts of a line end, in characters; each begins where the one before it ended. */
typedef struct {
  guint                 postcode;     /* 〒251-0024 */
  guint                 prefecture;
  guint                 city;
  guint                 way;          /* Kyoto's streets before the town (寺町通御池上る) */
  guint                 town;
  guint                 block;        /* the rest is the building */
  MadoSlice             listed_prefecture;   /* empty if not found */
  const MadoListedCity *listed_city;  /* (nullable) */
  MadoListedTown        listed_town;  /* nameless if not found */
  guint                 chome;        /* 0: none */
  gboolean              is_unlisted;  /* the town has no such 丁目 */
  GString              *block_text;   /* "1-2" */
} MadoPlaceParts;

void mado_place_parts_init  (MadoPlaceParts *parts, const MadoTyped *typed);
void mado_place_parts_clear (MadoPlaceParts *parts);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoPlaceParts, mado_place_parts_clear)

/* "鵠沼橘一丁目" */
char *mado_listed_town_dup (const MadoListedTown *town, guint chome);
