/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../model/mado-life-event.h"
#include "../model/mado-procedure.h"
#include "mado-hit.h"

G_BEGIN_DECLS

/**
 * MadoSearch:
 *
 * Finds procedures, life events and FAQ by what a person types: kanji, kana alone, rōmaji, other languages, everyday
 * words, with a slip or two. Kanji are looked for as they are written and as they are heard, words of an alphabet
 * without their endings and with a letter wrong, and meanings by the words of `forms/words.json`. In memory, without
 * a network; the same input finds the same. Immutable: any number of threads search it without a lock.
 */
#define MADO_TYPE_SEARCH (mado_search_get_type ())
MADO_EXPORT G_DECLARE_FINAL_TYPE (MadoSearch, mado_search, MADO, SEARCH, GObject)

/* Characters of a query that are looked at. */
#define MADO_SEARCH_MAX_QUERY 100
/* Hits that are given at most. */
#define MADO_SEARCH_MAX_HITS 50

/**
 * mado_search_new:
 * @words: (nullable): what people say for the same thing, as `forms/words.json` has it
 * @procedures: (element-type MadoProcedure): kept
 * @events: (element-type MadoLifeEvent): kept
 * @questions: (element-type MadoFaq): kept
 *
 * Returns: (transfer full): a search over them
 */
MADO_EXPORT MadoSearch *mado_search_new  (JsonNode *words, GPtrArray *procedures, GPtrArray *events,
                                          GPtrArray *questions);
/**
 * mado_search_find:
 * @query: what was typed, UTF-8; of a long one the beginning is looked at
 * @language: (nullable): texts of the hits in this language only
 * @limit: hits at most, up to %MADO_SEARCH_MAX_HITS
 *
 * Returns: (transfer full): what was found and how sure that is; where it is unclear, what to ask
 */
MADO_EXPORT MadoHits   *mado_search_find (MadoSearch *self, const char *query, const char *language, guint limit);

G_END_DECLS
