/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-record.h"

G_BEGIN_DECLS

/**
 * MadoPlaceMatch:
 * @MADO_PLACE_MATCH_NONE: not even the prefecture or city could be told
 * @MADO_PLACE_MATCH_PREFECTURE: the prefecture alone
 * @MADO_PLACE_MATCH_CITY: prefecture and city; no listed town follows
 * @MADO_PLACE_MATCH_TOWN_NAME: down to a town of the lists, but it has no 丁目 of that number
 * @MADO_PLACE_MATCH_TOWN: down to a town of the published lists
 *
 * How far a line was found in the published lists.
 */
typedef enum {
  MADO_PLACE_MATCH_NONE,
  MADO_PLACE_MATCH_PREFECTURE,
  MADO_PLACE_MATCH_CITY,
  MADO_PLACE_MATCH_TOWN_NAME,
  MADO_PLACE_MATCH_TOWN,
} MadoPlaceMatch;

#define MADO_TYPE_PLACE_MATCH (mado_place_match_get_type ())
MADO_EXPORT GType mado_place_match_get_type (void);

/* A place in Japan, in the parts of GIF's core data model, named as the published lists name them. */
#define MADO_TYPE_PLACE (mado_place_get_type ())
MADO_DECLARE_RECORD (MadoPlace, mado_place)
struct _MadoPlace {
  MadoRecord     parent;
  MadoPlaceMatch match;
  char          *postal_code;            /* (nullable): "251-0024", typed or listed */
  char          *local_government_code;  /* (nullable): six digits */
  char          *prefecture;             /* (nullable): 神奈川県 */
  char          *city_and_county;        /* (nullable): 藤沢市, 中郡大磯町, 横浜市鶴見区 */
  char          *street_address;         /* (nullable): the town as listed, 鵠沼橘一丁目 */
  char          *city_block;             /* (nullable): 1-2 */
  char          *street_address_and_city_block; /* (nullable): both; in Kyoto, and without a town, what was typed */
  char          *building_name_etc;      /* (nullable): building and room; of an office's postcode, the office */
  char          *full_address;           /* (nullable): the line as typed, width and strokes folded */
};

/**
 * mado_place_split:
 * @line: (nullable): an address in Japan on one line, in any of its writings; the prefecture, county or the 大字 may be
 *   left out, a postcode may stand before it; what is longer than 400 characters is no address, and kept whole
 *
 * Splits an address into the parts of GIF's core data model. Prefecture, city and town are given as the published
 * lists write them; what is not in the lists stays as typed, with width and strokes folded (mado_fold_address()), and
 * `match` says how far the lists went. Nothing typed is lost, but counters (丁目, 番地, 号) and the strokes between parts.
 *
 * Returns: (transfer full): the parts
 */
MADO_EXPORT MadoPlace *mado_place_split           (const char *line);

/**
 * mado_postcode_look_up:
 * @code: (nullable): a postcode as typed, "2510024", "〒２５１－００２４"
 *
 * Returns: (transfer container) (element-type MadoPlace): the places it stands for, none if it is not listed; towns
 *   without their 丁目, as Japan Post lists them; an office's own code gives its street and, as building, its name
 */
MADO_EXPORT GPtrArray *mado_postcode_look_up      (const char *code);

/**
 * mado_place_dup_postal_code:
 * @self: a place
 *
 * Returns: (transfer full) (nullable): the postcode listed for its town, "251-0024"; %NULL if the town is not known, or
 *   has several codes that the 丁目 does not tell apart
 */
MADO_EXPORT char      *mado_place_dup_postal_code (MadoPlace *self);

G_END_DECLS
