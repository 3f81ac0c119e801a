/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include "../model/mado-city.h"
#include "../model/mado-life-event.h"
#include "../model/mado-procedure.h"
#include "../paper/mado-overlay.h"
#include "../questions/mado-answers.h"
#include "../search/mado-search.h"

G_BEGIN_DECLS

/* One mistake in the catalogue's files. */
typedef struct {
  char *file;        /* below the catalogue's folder */
  char *pointer;     /* RFC 6901 */
  char *code;
  char *message;
} MadoFinding;
MADO_EXPORT void mado_finding_free (MadoFinding *finding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoFinding, mado_finding_free)

/**
 * MadoCatalogue:
 *
 * The city's procedures and their forms, as loaded from a folder (docs/extend-procedure.md): `vocabulary.json`,
 * `words.json`, `procedures/`, `forms/`, `life-events/` and `faq/`. Immutable: any number of threads read it; a new
 * one replaces it whole. Once it is published (mado_catalogue_publish()) every earlier revision is readable too, since
 * cases keep the one they were filed with.
 */
#define MADO_TYPE_CATALOGUE (mado_catalogue_get_type ())
MADO_EXPORT G_DECLARE_FINAL_TYPE (MadoCatalogue, mado_catalogue, MADO, CATALOGUE, GObject)

/**
 * mado_catalogue_load:
 * @folder: the catalogue's folder
 * @error: return location: `MADO_ERROR_INVALID`, the first finding in its message, each of them a violation
 *   ("/procedures/moving/tennyu.json/fee/rule")
 *
 * Returns: (transfer full): the catalogue
 */
MADO_EXPORT MadoCatalogue  *mado_catalogue_load (const char *folder, GError **error);
/**
 * mado_catalogue_settle:
 * @self: a catalogue nobody else reads yet
 * @city: the city it is for
 * @error: return location: `MADO_ERROR_INVALID`, as when it is loaded
 *
 * From then on it knows on which days that city is closed.
 *
 * Returns: whether each office a procedure names is one of the city's
 */
MADO_EXPORT gboolean        mado_catalogue_settle (MadoCatalogue *self, const MadoCity *city, GError **error);
/**
 * mado_catalogue_get_open_day:
 * @self: (nullable): without one, no city's own days are known
 * @day: a day number
 *
 * Where a period of days ends: its last day, or the next open one if that is a Saturday, a Sunday, a national holiday
 * or one of the city's days around New Year (地方自治法第4条の2第4項, 民法第142条).
 *
 * Returns: the day number
 */
MADO_EXPORT int             mado_catalogue_get_open_day (MadoCatalogue *self, int day);
/**
 * mado_catalogue_lint:
 * @folder: the catalogue's folder
 * @city: (nullable): the city it is for, whose offices it may name
 *
 * What loading checks, and what may not be published although it would load: silence about a source, a language
 * that lacks a text, rules that always or never hold or go round in circles, questions nobody can reach, a fee
 * that can be negative.
 *
 * Returns: (transfer full) (element-type MadoFinding): every mistake; empty if it may be published
 */
MADO_EXPORT GPtrArray      *mado_catalogue_lint (const char *folder, const MadoCity *city);

/**
 * mado_catalogue_get_procedures:
 *
 * Returns: (transfer none) (element-type MadoProcedure): those in force, by id
 */
MADO_EXPORT GPtrArray      *mado_catalogue_get_procedures (MadoCatalogue *self);
/**
 * mado_catalogue_get_briefs:
 *
 * Made when they are first asked for.
 *
 * Returns: (transfer none) (element-type MadoProcedureBrief): of those in force, by id
 */
MADO_EXPORT GPtrArray      *mado_catalogue_get_briefs     (MadoCatalogue *self);
/**
 * mado_catalogue_get_procedure:
 * @revision: 0 is the one in force
 *
 * Returns: (transfer none) (nullable): the procedure
 */
MADO_EXPORT MadoProcedure  *mado_catalogue_get_procedure  (MadoCatalogue *self, const char *id, gint64 revision);
/**
 * mado_catalogue_get_form:
 * @revision: 0 is the one in force
 *
 * Returns: (transfer none) (nullable): the form
 */
MADO_EXPORT MadoForm       *mado_catalogue_get_form       (MadoCatalogue *self, const char *id, gint64 revision);
/**
 * mado_catalogue_has_overlay:
 * @form: (nullable): id of a form
 *
 * Returns: whether its answers can be printed onto the city's official form
 */
MADO_EXPORT gboolean        mado_catalogue_has_overlay    (MadoCatalogue *self, const char *form);
/**
 * mado_catalogue_get_overlay:
 * @form: in the revision the answers were given to
 *
 * Returns: (transfer none) (nullable): how they are printed onto the city's official form: as was published with that
 *   revision, or, where nothing was, as it is now
 */
MADO_EXPORT MadoOverlay    *mado_catalogue_get_overlay    (MadoCatalogue *self, const MadoForm *form);
/**
 * mado_catalogue_get_life_events:
 *
 * Returns: (transfer none) (element-type MadoLifeEvent): all of them, by rank
 */
MADO_EXPORT GPtrArray      *mado_catalogue_get_life_events (MadoCatalogue *self);
/**
 * mado_catalogue_get_questions:
 *
 * Returns: (transfer none) (element-type MadoFaq): what people ask, with its answers, by category
 */
MADO_EXPORT GPtrArray      *mado_catalogue_get_questions  (MadoCatalogue *self);
/**
 * mado_catalogue_get_life_event:
 *
 * Returns: (transfer none) (nullable): the life event
 */
MADO_EXPORT MadoLifeEvent  *mado_catalogue_get_life_event (MadoCatalogue *self, const char *id);
/**
 * mado_catalogue_get_question:
 *
 * Returns: (transfer none) (nullable): a question people ask
 */
MADO_EXPORT MadoFaq        *mado_catalogue_get_question   (MadoCatalogue *self, const char *id);
/**
 * mado_catalogue_get_search:
 *
 * Made when it is first asked for, which takes a moment.
 *
 * Returns: (transfer none): finds procedures, life events and questions by what people type
 */
MADO_EXPORT MadoSearch     *mado_catalogue_get_search     (MadoCatalogue *self);
/**
 * mado_catalogue_list_for_event:
 * @event: id of a life event; one that is not known has no procedures
 * @answers: checked answers, as far as they are known
 * @facts: (nullable): facts nobody is asked
 *
 * Returns: (transfer container) (element-type MadoProcedure): those whose rule holds, in the order to do them
 */
MADO_EXPORT GPtrArray      *mado_catalogue_list_for_event (MadoCatalogue *self, const char *event, JsonNode *answers,
                                                           JsonNode *facts);
/**
 * mado_catalogue_count:
 *
 * What a city reports: `procedures`, `filed` (have a form and can be filed with us) and `online`, together and
 * `byHow`, `byOffice`, `byCategory` and `byLifeEvent`; `facts` of law and money and how many of them are 確認中;
 * `unsound`, the ids of procedures of which nothing is verified; `faq`.
 *
 * Returns: (transfer full): a JSON object
 */
MADO_EXPORT JsonNode       *mado_catalogue_count          (MadoCatalogue *self);
/**
 * mado_catalogue_get_vocabulary:
 *
 * Returns: (transfer none): the facts all forms share
 */
MADO_EXPORT MadoVocabulary *mado_catalogue_get_vocabulary (MadoCatalogue *self);
/**
 * mado_catalogue_get_languages:
 *
 * Returns: (transfer none) (array zero-terminated=1): the languages in which every text is complete
 */
MADO_EXPORT const char *const *mado_catalogue_get_languages (MadoCatalogue *self);

/**
 * mado_catalogue_decide:
 * @procedure: one of the catalogue
 * @answers: checked answers
 * @facts: (nullable): facts nobody is asked: "visit.identified", "visit.ownHousehold"
 *
 * Returns: whether its rule grants it at once; %FALSE where a clerk decides
 */
MADO_EXPORT gboolean        mado_catalogue_decide  (MadoCatalogue *self, MadoProcedure *procedure, JsonNode *answers,
                                                    JsonNode *facts);
/* What it costs with these answers, in yen. */
MADO_EXPORT gint64          mado_catalogue_get_fee (MadoCatalogue *self, MadoProcedure *procedure, JsonNode *answers);

G_END_DECLS
