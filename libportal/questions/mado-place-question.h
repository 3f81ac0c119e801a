/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-form.h"

G_BEGIN_DECLS

/*
 * A question that asks for an address in parts: its fields are named as in GIF ("newAddress.postalCode",
 * "newAddress.prefecture" …; in a group, "postalCode").
 */

/**
 * mado_question_complete_place:
 * @question: a question
 * @answers: the object its answers are in
 * @sources: fact to source; what is filled in has the source "postcode"
 * @fact: the fact that was just answered
 *
 * Fills in what a postcode tells: prefecture, city and town, each only if all the places of the code agree. What was
 * answered otherwise stays; what another postcode had filled in follows the new one.
 *
 * Returns: %TRUE if an answer changed
 */
MADO_EXPORT gboolean mado_question_complete_place (const MadoFormQuestion *question, JsonObject *answers,
                                                   JsonObject *sources, const char *fact);

/**
 * mado_question_has_unlisted_place:
 * @question: a question
 * @answers: the object its answers are in
 *
 * Whether it asks for an address and what was answered is in none of the published lists. Such an address is kept as
 * typed, for the lists are never complete; somebody should look at it.
 *
 * Returns: %TRUE for an answered address without a listed town; %FALSE where too little is known to tell
 */
MADO_EXPORT gboolean mado_question_has_unlisted_place (const MadoFormQuestion *question, JsonObject *answers);

/**
 * mado_place_is_building:
 * @fact: a fact
 *
 * Returns: whether it is the part of an address that is set apart from the others: building and room
 */
MADO_EXPORT gboolean mado_place_is_building (const char *fact);

/**
 * mado_place_is_begun:
 * @answers: (nullable): the object the answers are in
 * @fact: a fact
 *
 * An address is one thing: of whoever answered a part of it, the other parts are not to be taken from somewhere else.
 *
 * Returns: whether @fact is a part of an address of which another part is answered
 */
MADO_EXPORT gboolean mado_place_is_begun (JsonObject *answers, const char *fact);

G_END_DECLS
