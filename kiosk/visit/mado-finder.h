/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "visit/mado-offer.h"

/* Finds procedures by what a person types: kana, kanji, other languages, with a slip or two. */

/* (transfer full) (element-type JsonNode): the best first; all procedures for an empty @query. */
GPtrArray *mado_finder_search (MadoOffer *offer, const char *query);
/* (transfer full) (element-type JsonNode): those many people come for. */
GPtrArray *mado_finder_list_often (MadoOffer *offer);
/* (transfer full) (element-type JsonNode): @done_here: those that can be done at this kiosk, or those that cannot. */
GPtrArray *mado_finder_list   (MadoOffer *offer, const char *category, gboolean done_here);
