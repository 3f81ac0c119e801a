/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "lists/mado-list.h"

/* A city, ward, town or village, and where its towns are in the list. */
typedef struct {
  MadoSlice code;         /* six digits */
  MadoSlice prefecture;
  MadoSlice name;         /* with county or municipality: 中郡大磯町, 横浜市鶴見区 */
  MadoSlice heads;        /* the first three digits of its postcodes, parted by spaces */
  MadoSlice towns;
} MadoListedCity;

/* @chome: "1-4", "0,2-3" (0: the name alone is listed too), "*" any, "" none. */
typedef struct {
  MadoSlice name;
  MadoSlice chome;
  MadoSlice postcodes;    /* "2510024", "0640820:20-28" of these 丁目, "…:*" of a part, "~…" borrowed from the whole */
} MadoListedTown;

const MadoListedCity *mado_towns_get_cities (guint *n_cities);
const MadoListedCity *mado_towns_find_city  (MadoSlice code);   /* (nullable) */

/* Takes the next town off @rest; the first may be nameless: what has no town of its own. */
gboolean              mado_towns_next       (MadoSlice *rest, MadoListedTown *town);
gboolean              mado_ranges_have      (MadoSlice ranges, guint number);
