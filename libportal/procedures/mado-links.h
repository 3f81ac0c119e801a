/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-case.h"
#include "model/mado-link.h"
#include "procedures/mado-catalogue.h"
#include "store/mado-act.h"
#include "store/mado-journal.h"

G_BEGIN_DECLS

/**
 * mado_link_make:
 * @actor: whose case it is
 * @number: of a case; the page shows all that its visit filed
 * @base: (nullable): where people reach the service: "https://counter.example.jp"; CONFLICT where they cannot
 * @language: (nullable): of the page; %NULL: the one the case was filed in
 *
 * The result is a #MadoLink with its `url`, of 256 random bits; only their hash is kept.
 */
MADO_EXPORT MadoAct     *mado_link_make   (MadoStore *store, const MadoActor *actor, const char *number,
                                           const char *base, const char *language, GError **error);
/**
 * mado_link_find:
 *
 * NOT_FOUND if there is none, or its time is over.
 *
 * Returns: (transfer full): the link
 */
MADO_EXPORT MadoLink    *mado_link_find   (MadoStore *store, const char *token, GError **error);
/**
 * mado_link_follow:
 *
 * Journalled before it is given: whoever holds the token may look, and nobody knows who that is.
 *
 * Returns: (transfer full): what the visit filed, as it stands now
 */
MADO_EXPORT MadoReceipt *mado_link_follow (MadoStore *store, MadoCatalogue *catalogue, const MadoLink *link,
                                           GError **error);
/* Deletes at most @max that are over; gives how many, -1 on error. */
MADO_EXPORT gint         mado_links_sweep (MadoStore *store, guint max, GError **error);

G_END_DECLS
