/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-resident.h"
#include "store/mado-act.h"
#include "store/mado-journal.h"

G_BEGIN_DECLS

/* Whose data the actor may see and act on as their own. (transfer none) (nullable) */
MADO_EXPORT const char *mado_actor_get_resident (const MadoActor *actor);

/* FORBIDDEN unless the actor has one of @roles. */
MADO_EXPORT gboolean    mado_actor_require (const MadoActor *actor, guint roles, GError **error);

/**
 * mado_resident_get:
 *
 * The register. Reading others' data is journalled by who shows it (a case, an identification).
 *
 * Returns: (transfer full): the resident
 */
MADO_EXPORT MadoResident  *mado_resident_get  (MadoStore *store, const char *id, GError **error);
/**
 * mado_resident_find_code:
 * @name: an id, or the residence record code, as other offices name somebody
 * @id: (out) (transfer full) (nullable): whom the register knows by it
 */
MADO_EXPORT gboolean       mado_resident_find_code (MadoTx *tx, const char *name, char **id, GError **error);
/* The same beside a transaction: INVALID for somebody whom the register does not know. (transfer full) */
MADO_EXPORT char          *mado_resident_get_id (MadoStore *store, const char *name, GError **error);
/**
 * mado_household_get_of:
 *
 * With its members; NULL without error for somebody who has none (yet).
 *
 * Returns: (transfer full) (nullable): with its members; %NULL without error for somebody who has none (yet)
 */
MADO_EXPORT MadoHousehold *mado_household_get_of (MadoStore *store, const char *resident_id, GError **error);

/* Is this the person of that birthday and name? Widths, spaces and the forms of kanji fold: 高崎 is 髙﨑; and so it is
 * in kana, where the register has them. */
MADO_EXPORT gboolean       mado_resident_is   (const MadoResident *self, const char *full_name,
                                               const char *date_of_birth);

/**
 * mado_resident_facts:
 * @household: (nullable): theirs
 *
 * Returns: (transfer full): {fact: {value, source}} for prefilling; source "register", or "card" for somebody who is
 *   not in this city's register
 */
MADO_EXPORT JsonNode *mado_resident_facts (MadoResident *resident, MadoHousehold *household);
/**
 * mado_resident_load:
 * @resident: (out): who it is
 * @household: (out) (nullable): theirs, if they have one here
 *
 * Both at once, with one look into the store.
 */
MADO_EXPORT gboolean       mado_resident_load (MadoStore *store, const char *id, MadoResident **resident,
                                               MadoHousehold **household, GError **error);

/**
 * mado_resident_find:
 *
 * Returns: (transfer full) (nullable): the one of that name and birthday, somebody in the register before others;
 *   NULL without error if there is none
 */
MADO_EXPORT MadoResident  *mado_resident_find  (MadoStore *store, const char *full_name, const char *date_of_birth,
                                                GError **error);
/**
 * mado_resident_find_registered:
 *
 * Returns: (transfer full) (nullable): who is in the register by that name (as people write it: 高 finds 髙) and
 *   birthday; NULL without error if there is nobody, CONFLICT if there are several
 */
MADO_EXPORT MadoResident  *mado_resident_find_registered (MadoStore *store, const char *full_name,
                                                          const char *date_of_birth, GError **error);
/**
 * mado_household_find:
 *
 * The household of a head of that name (as people write it) at that address.
 *
 * Returns: (transfer full) (nullable): %NULL without error if there is none, or more than one
 */
MADO_EXPORT MadoHousehold *mado_household_find (MadoStore *store, const char *head_name, const MadoAddress *address,
                                                GError **error);

/* On the writer: writes a household and all its members (ids are made where they have none), key and seal each. */
MADO_EXPORT gboolean mado_household_write (MadoTx *tx, const MadoActor *actor, MadoHousehold *household,
                                           GError **error);
/**
 * mado_household_add:
 * @newcomers: (element-type MadoResident): join it; the others stay as they are
 */
MADO_EXPORT gboolean mado_household_add   (MadoTx *tx, const MadoActor *actor, MadoHousehold *household,
                                           GPtrArray *newcomers, GError **error);
MADO_EXPORT gboolean mado_resident_write  (MadoTx *tx, const MadoActor *actor, MadoResident *resident, GError **error);

/* Cards. Numbers: 12 digits, the last a check digit (Luhn); full width, spaces and hyphens fold. */
MADO_EXPORT char    *mado_card_number_parse (const char *typed, GError **error);
MADO_EXPORT gboolean mado_card_issue  (MadoTx *tx, const MadoActor *actor, const char *resident_id,
                                       const char *number, const char *pin_hash, GError **error);
/* Whose card it is, for staff who see it and its holder before them. */
MADO_EXPORT char    *mado_card_find_resident (MadoStore *store, const char *number, GError **error);
/* Supervisors unlock, the resident standing before them. */
MADO_EXPORT MadoAct *mado_card_unlock (MadoStore *store, const MadoActor *actor, const char *number, GError **error);

typedef struct _MadoCardTry MadoCardTry;
/**
 * mado_card_try_new: (skip)
 *
 * A PIN tried, in two halves, for whoever identifies by it.
 */
MADO_EXPORT MadoCardTry *mado_card_try_new (MadoStore *store, const char *number, const char *pin, GError **error);
/* Whose card it is, if the PIN was right; it counts only once applied. (nullable) */
MADO_EXPORT const char  *mado_card_try_get_resident (const MadoCardTry *self);
/* Counts; @outcome is COMMIT where the refusal must be remembered. */
MADO_EXPORT gboolean     mado_card_try_apply (MadoCardTry *self, MadoTx *tx, const MadoActor *actor,
                                              MadoOutcome *outcome, GError **error);
MADO_EXPORT void         mado_card_try_free (MadoCardTry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoCardTry, mado_card_try_free)

G_END_DECLS
