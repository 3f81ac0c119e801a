/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-city.h"
#include "payments/mado-charges.h"
#include "payments/mado-payments.h"
#include "payments/mado-refunds.h"
#include "payments/mado-slips.h"
#include "procedures/mado-cases.h"
#include "procedures/mado-links.h"
#include "procedures/mado-visits.h"
#include "residents/mado-accounts.h"
#include "residents/mado-consents.h"
#include "residents/mado-residents.h"
#include "residents/mado-sessions.h"

G_BEGIN_DECLS

/* One city's counter, opened: what a program needs to serve it. Immutable once made; any thread. */
#define MADO_TYPE_COUNTER (mado_counter_get_type ())
MADO_EXPORT G_DECLARE_FINAL_TYPE (MadoCounter, mado_counter, MADO, COUNTER, GObject)

/* Yen that one person, or the rule, gives back alone; above, a supervisor has to agree. */
#define MADO_COUNTER_REFUND_ALONE 10000

MADO_EXPORT MadoCounter   *mado_counter_new           (MadoStore *store, MadoCity *city, MadoCatalogue *catalogue);
/**
 * mado_counter_get_store:
 *
 * Returns: (transfer none): its records
 */
MADO_EXPORT MadoStore     *mado_counter_get_store     (MadoCounter *self);
/**
 * mado_counter_get_city:
 *
 * Returns: (transfer none): whose it is
 */
MADO_EXPORT MadoCity      *mado_counter_get_city      (MadoCounter *self);
MADO_EXPORT JsonNode      *mado_counter_describe_city (MadoCounter *self);   /* with publicKey and today */
/**
 * mado_counter_get_catalogue:
 *
 * Returns: (transfer none): what may be asked of it
 */
MADO_EXPORT MadoCatalogue *mado_counter_get_catalogue (MadoCounter *self);
/**
 * mado_counter_get_sessions:
 *
 * Returns: (transfer none): who is signed in
 */
MADO_EXPORT MadoSessions  *mado_counter_get_sessions  (MadoCounter *self);

/* Opens a filing that was sealed to the city's public key while a kiosk was offline: see mado_offline_file(). */
MADO_EXPORT MadoAct       *mado_counter_file_sealed   (MadoCounter *self, const MadoActor *actor, GBytes *box,
                                                       GError **error);

/* Closes and deletes what is over (visits, sessions, cases nobody came for, ways back), at most @max of each; gives
 * how many, -1 on error. */
MADO_EXPORT gint           mado_counter_tidy          (MadoCounter *self, guint max, GError **error);

/**
 * mado_counter_seed:
 * @folder: of the invented people ("data/sample")
 * @report: (out) (nullable): what a person needs to try it: accounts, cards, the kiosk's credential
 *
 * Fills an empty city with its sample people; does nothing where it was done before.
 */
MADO_EXPORT gboolean       mado_counter_seed          (MadoCounter *self, const char *folder, char **report,
                                                       GError **error);

G_END_DECLS
