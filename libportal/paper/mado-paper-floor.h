/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "paper/mado-paper-sheet.h"

G_BEGIN_DECLS

/*
 * Floor plans of the city's building, as city.json has it: {sample{}, floors: [{id, name{}, width, depth, corridor,
 * kiosk?{x, y}, lift{x, y}, counters: [{office, number, x, y, width, depth}]}]}, in metres from the upper left corner.
 */
typedef struct {
  JsonObject *floor;      /* (nullable): not in the building */
  JsonObject *counter;
} MadoPaperPlace;

/* Where an office has its counter. */
MadoPaperPlace mado_paper_find_place (JsonNode *city, const char *office);
/* The plan of @floor, the counters of @offices marked and the way there drawn; @leads_up: and on to the lift. */
void           mado_paper_add_floor  (MadoSheet *sheet, JsonNode *city, JsonObject *floor, const char *language,
                                      const char *const *offices, gboolean leads_up);
/* (transfer container) (element-type JsonObject): the floors where any of @offices is, in their order. */
GPtrArray     *mado_paper_list_floors (JsonNode *city, const char *const *offices);
/* (transfer none) (nullable): a member of one of the city's offices, as text. */
const char    *mado_paper_office     (JsonNode *city, const char *office, const char *member, const char *language);

G_END_DECLS
