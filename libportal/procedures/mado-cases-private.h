/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-resident.h"
#include "model/mado-visit.h"
#include "procedures/mado-cases.h"

G_BEGIN_DECLS

/* A case as it is stored; what is sealed has been opened. */
MadoCase *mado_case_load    (MadoStore *store, const char *number, GError **error);
/* What a visit filed, as it stands now, in the order it was filed in. @resident: (nullable): leaves out what turned
 * out to be others'. */
MadoReceipt *mado_receipt_load (MadoStore *store, MadoCatalogue *catalogue, const char *visit, const char *resident,
                                const char *number, gint64 filed_at, GError **error);
/* @visit: identified, at @kiosk; @version: that it saw. What is not taken is kept. The result is a #MadoReceipt of
 * that case. */
MadoAct  *mado_case_correct_late (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *kiosk,
                                  const MadoVisit *visit, const char *number, gint64 version,
                                  const MadoCaseStep *correction, GError **error);
/* What the row does not hold: words, what the actor may do now. @catalogue: (nullable): for its title. */
void      mado_case_describe (MadoCase *self, MadoCatalogue *catalogue, const MadoActor *actor);
/* Words of next-steps.json, in that language or Japanese. */
const char *mado_case_get_words (const char *name, const char *language);
/* Those words and below them why, for a resident: each mistake on a line of its own, by the name of what was asked.
 * @forms: of what was filed */
char     *mado_case_explain (const char *name, const char *language, MadoForm *const *forms, guint n_forms,
                             const GError *why);
/* NOT_FOUND unless it is the actor's, or the actor is staff. */
gboolean  mado_case_check_access (MadoStore *store, MadoCase *self, const MadoActor *actor, GError **error);
/* Of staff, before they see anything of it; @action: "case.viewed". */
gboolean  mado_case_journal_look (MadoStore *store, const MadoActor *actor, const MadoCase *self, const char *action,
                                  GError **error);
/* Who shows that card or paper; *resident is NULL for somebody no register knows. INVALID where nothing was shown. */
gboolean  mado_case_find_holder (MadoStore *store, const MadoCase *filed, const MadoCaseStep *shown, char **resident,
                                 GError **error);
/* INVALID unless they are whom the case is of, or whom its answers name. */
gboolean  mado_case_check_holder (MadoStore *store, const MadoCase *filed, const char *resident, GError **error);
/* The same of all that was filed in that visit. */
gboolean  mado_case_check_filed  (MadoStore *store, const MadoVisit *visit, const char *resident, GError **error);
/* CONFLICT where the result would come out of the register, and they are not in it. */
gboolean  mado_case_check_register (MadoStore *store, const MadoProcedure *procedure, const char *resident,
                                    GError **error);
/* Filed without a card, and its applicant is that resident. */
gboolean  mado_case_is_claimed_by (MadoStore *store, const MadoCase *self, const char *resident_id);

/* The guards that hold now; what a request brings is for the caller to add. */
guint     mado_case_get_guards (const MadoCase *self);
/* Takes the step the table has for it: state, and a deadline on an open day. @catalogue: (nullable): where no step sets
 * one; @brought: guards that the request brings; @days: of the office, for this procedure. */
gboolean  mado_case_follow  (MadoCase *self, MadoCatalogue *catalogue, MadoCaseEvent event, MadoRole role,
                             guint brought, guint days, GError **error);

/* On the writer. @sealed: answers and sources, by mado_case_seal(). */
GBytes   *mado_case_seal    (const MadoKey *key, const MadoCase *self);
gboolean  mado_case_insert  (MadoTx *tx, const MadoCase *self, GBytes *sealed, GError **error);
/* Everything that may change; STALE unless the stored version is @version. */
gboolean  mado_case_update  (MadoTx *tx, const MadoCase *self, gint64 version, GError **error);
/* The filing before this one is kept. */
gboolean  mado_case_replace_answers (MadoTx *tx, const MadoCase *self, GBytes *sealed, GError **error);
GBytes   *mado_case_seal_message (const MadoKey *key, const MadoCase *self, const char *text);
gboolean  mado_case_add_message (MadoTx *tx, const MadoCase *self, MadoCaseEvent event, const char *author,
                                 GBytes *sealed, GError **error);
gboolean  mado_case_drop_message (MadoTx *tx, const MadoCase *self, gint64 version, GError **error);
gboolean  mado_case_put_result (MadoTx *tx, const MadoCase *self, const char *layout, GBytes *facts, GError **error);
gboolean  mado_case_drop_result (MadoTx *tx, const MadoCase *self, GError **error);
/* It may be printed anew, as if it had not been yet. */
gboolean  mado_case_allow_reprint (MadoTx *tx, const MadoCase *self, GError **error);
/* Who decides where nobody does. */
extern const MadoActor mado_actor_rule;
/* The journal's entry, and the desktop's message where a clerk has something to do. */
/* Sent back by a rule; @problem: wire name of what stood against it, for who looks into it. */
gboolean  mado_case_tell_sent_back (MadoTx *tx, const MadoCase *self, const char *problem, GError **error);
gboolean  mado_case_tell    (MadoTx *tx, const MadoActor *actor, const MadoCase *self, MadoCaseEvent event,
                             GError **error);

/* The same of a correction that came too late; @why: wire name of what stood against it. */
gboolean  mado_case_tell_late (MadoTx *tx, const MadoActor *actor, const MadoCase *self, const char *why,
                               GError **error);

/* What that step brings about elsewhere: FALSE with error. @also: (out) (nullable) */
gboolean  mado_case_draw_consequence (MadoStore *store, const MadoActor *actor, const MadoCase *after,
                                      MadoCaseEvent event, MadoAct **also, GError **error);
/* Without answers and messages. */
MadoCase *mado_case_load_row (MadoTx *tx, const char *id, GError **error);

/* What the case's key seals, by part: "case/01H…/answers". */
char     *mado_case_context (const MadoCase *self, const char *part);
MadoKey  *mado_case_get_key (MadoStore *store, const MadoCase *self, GError **error);

G_END_DECLS
