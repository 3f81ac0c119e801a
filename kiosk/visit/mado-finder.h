/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <search/mado-search.h>
#include "visit/mado-station.h"

/*
 * Finds what a person types, with the service, which knows everyday words and the answers to questions; and by the
 * offer alone while it is away, or slow.
 */
void       mado_finder_ask_async  (MadoStation *station, const char *query, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data);
/* (transfer full): NULL only where it was cancelled */
MadoHits  *mado_finder_ask_finish (GAsyncResult *result, GError **error);

/* (transfer full) (element-type JsonNode): those many people come for. */
GPtrArray *mado_finder_list_often (MadoOffer *offer);
/* (transfer full) (element-type JsonNode): @done_here: those that can be done at this kiosk, or those that cannot. */
GPtrArray *mado_finder_list       (MadoOffer *offer, const char *category, gboolean done_here);
