/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-case.h"
#include "procedures/mado-catalogue.h"
#include "store/mado-act.h"
#include "store/mado-journal.h"

G_BEGIN_DECLS

/**
 * mado_visit_submit:
 * @actor: the visit
 * @visit_id: the visit
 * @filing: {procedures: [{id, revision}], answers: {fact: value}}
 *
 * Files every procedure in one act. The result is a #MadoReceipt. INVALID names each answer by its JSON Pointer;
 * EXISTS if the visit has filed that procedure already; CONFLICT if a revision is no longer accepted.
 */
MADO_EXPORT MadoAct *mado_visit_submit (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *actor,
                                        const char *visit_id, JsonNode *filing, GError **error);

/**
 * mado_offline_file:
 * @actor: the kiosk
 * @public_key: what the box was sealed to
 * @secret_key: its secret half
 * @box: the sealed filing {visitNumber|null, reservedId, identification?: {cardNumber, pin}, language?,
 *   procedures, answers}, or the correction of a returned case {visitNumber, reservedId, correction: {number, version},
 *   answers}
 *
 * Filed once by its reserved id, however often it is sent. What cannot be accepted as it is becomes a returned case
 * with the reason in words; a correction is taken while its case waits for it in that version, and only journalled
 * afterwards. The result is a #MadoReceipt. CRYPTO if the box is not for us.
 */
MADO_EXPORT MadoAct *mado_offline_file (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *actor,
                                        const guint8 public_key[32], const MadoKey *secret_key,
                                        GBytes *box, GError **error);

/* A page of a list: each field may be left NULL or 0. */
typedef struct {
  const char *state;       /* nick */
  const char *procedure;
  const char *visit;       /* of that visit only; for a visit, its own */
  const char *cursor;      /* of the page before */
  guint       limit;       /* 1–200, 50 unless told */
  const char *number;      /* "K7M4-R29": of the visit they were filed in */
} MadoCaseQuery;

/**
 * mado_case_list:
 * @next: (out) (optional) (nullable): the cursor of the next page, %NULL at the end
 *
 * Staff see all, residents and visits their own. Newest first; nothing personal in it.
 *
 * Returns: (transfer full) (element-type MadoCase)
 */
MADO_EXPORT GPtrArray *mado_case_list (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *actor,
                                       const MadoCaseQuery *query, char **next, GError **error);

/**
 * mado_case_get:
 *
 * With answers, messages and the events the actor may send; a look by staff is journalled before it is given.
 * Somebody else's case is NOT_FOUND.
 *
 * Returns: (transfer full): the case
 */
MADO_EXPORT MadoCase *mado_case_get (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *actor,
                                     const char *number, GError **error);

/* What a step brings with it. */
typedef struct {
  MadoCaseEvent event;
  const char   *message;      /* (nullable) */
  JsonNode     *answers;      /* (nullable): the whole set again */
  const char   *card_number;  /* (nullable): read by staff who identify somebody */
  const char   *paper;        /* (nullable): the kind of paper they looked at instead: see mado_identity_is_paper() */
} MadoCaseStep;

/**
 * mado_case_look_up_holder:
 * @shown: what is shown at the counter: card_number or paper
 *
 * For staff, before they identify somebody; the look is journalled. The result is a #MadoCaseHolder.
 */
MADO_EXPORT MadoAct *mado_case_look_up_holder (MadoStore *store, const MadoActor *actor, const char *number,
                                               const MadoCaseStep *shown, GError **error);

/**
 * mado_case_transition:
 * @version: the version the caller saw (If-Match)
 *
 * The result is the #MadoCase. STALE if it has changed since; otherwise as mado_state_table_find().
 */
MADO_EXPORT MadoAct *mado_case_transition (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *actor,
                                           const char *number, gint64 version, const MadoCaseStep *step,
                                           GError **error);

/*
 * What a step of a case brings about in another domain, as an act that is applied with the step, in one transaction:
 * a fee that is owed from now on. @after: the case as it will be, with its answers. NULL without error: nothing.
 */
typedef MadoAct *(*MadoCaseConsequence) (MadoStore *store, const MadoActor *actor, const MadoCase *after,
                                         MadoCaseEvent event, GError **error);
/**
 * mado_cases_set_consequence: (skip)
 * @consequence: (nullable): of every step from now on; set by whoever composes the domains
 */
MADO_EXPORT void     mado_cases_set_consequence (MadoStore *store, MadoCaseConsequence consequence);

/* The fee of a case has been paid: marks it, and releases the result that waits for it. Where nothing was owed, or the
 * case is over, nothing changes. */
MADO_EXPORT gboolean mado_case_settle_fee       (MadoTx *tx, const MadoActor *actor, const char *id, GError **error);

/**
 * mado_case_get_document:
 * @kind: "record" (what was filed), "form" (the same on the city's official form) or "result" (what was decided, once
 *   it is released)
 *
 * Somebody else's case is NOT_FOUND. A certificate is CONFLICT once it was handed out, or fetched time and again.
 *
 * Returns: (transfer full): what the paper is rendered from
 */
MADO_EXPORT MadoCaseDocument *mado_case_get_document (MadoStore *store, MadoCatalogue *catalogue,
                                                      const MadoActor *actor, const char *number,
                                                      const char *kind, GError **error);

/**
 * mado_case_hand_out:
 *
 * Its certificate came out of the printer, and lies in the hands of whose it is: nobody prints it again unless staff
 * allow it (MADO_CASE_EVENT_REPRINT). Other results may be printed as often as one likes. The result is the #MadoCase.
 */
MADO_EXPORT MadoAct *mado_case_hand_out     (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *actor,
                                             const char *number, GError **error);

/* Closes at most @max prefiled cases nobody came to identify in time; gives how many, -1 on error. */
MADO_EXPORT gint     mado_cases_lapse       (MadoStore *store, MadoCatalogue *catalogue, guint max, GError **error);

/* The result is the #MadoStaffCall. */
MADO_EXPORT MadoAct *mado_staff_call_make    (MadoStore *store, const MadoActor *actor, const char *page,
                                             const char *language, GError **error);
MADO_EXPORT MadoAct *mado_staff_call_answer (MadoStore *store, const MadoActor *actor, const char *id, GError **error);

G_END_DECLS
