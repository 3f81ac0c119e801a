/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/mado-client.h"
#include "search/mado-search.h"

/*
 * What the city offers at this kiosk: the city itself, its procedures and their forms, as the service published them.
 * It is kept in a file, so that the kiosk starts at once and works while the service is away. Nothing in it is about
 * a person. Immutable.
 */
typedef struct _MadoOffer MadoOffer;

/* (nullable): NULL without a file, or with one that is damaged. */
MadoOffer    *mado_offer_load           (const char *path);
gboolean      mado_offer_save           (MadoOffer *self, const char *path, GError **error);
/* Blocks. @known: (nullable): given back, with a reference, if the service still offers the same. */
MadoOffer    *mado_offer_fetch          (MadoClient *client, MadoOffer *known, GCancellable *cancellable,
                                         GError **error);
MadoOffer    *mado_offer_ref            (MadoOffer *self);
void          mado_offer_unref          (MadoOffer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoOffer, mado_offer_unref)

/* All of these: (transfer none). */
JsonNode     *mado_offer_get_city       (MadoOffer *self);
/* FALSE if the city has published none: then nothing can be kept for it. */
gboolean      mado_offer_get_public_key (MadoOffer *self, guint8 key[32]);
/* Those that can be done here first, then those that are told of here and done elsewhere. */
guint         mado_offer_get_n          (MadoOffer *self);
JsonNode     *mado_offer_get_nth        (MadoOffer *self, guint i);
JsonNode     *mado_offer_get_procedure  (MadoOffer *self, const char *id);   /* (nullable) */
JsonNode     *mado_offer_get_form       (MadoOffer *self, const char *id);   /* (nullable) */
/* A list of turns in a life, see #MadoLifeEvent; each one's interview is among the forms. */
JsonNode     *mado_offer_get_events     (MadoOffer *self);
JsonNode     *mado_offer_get_event      (MadoOffer *self, const char *id);   /* (nullable) */
/* By their titles, keywords and summaries alone; made when it is first asked for, on the main thread. */
MadoSearch   *mado_offer_get_search     (MadoOffer *self);
/* (nullable): an office of the city, by id. */
JsonNode     *mado_offer_get_office     (MadoOffer *self, const char *id);
/* Whether a procedure of the offer can be done at this kiosk, from the first question to the filing. */
gboolean      mado_offer_is_done_here   (JsonNode *procedure);
