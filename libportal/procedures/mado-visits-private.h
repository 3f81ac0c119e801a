/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "procedures/mado-visits.h"

G_BEGIN_DECLS

/* Retention classes of a visit's subject: what is thrown away at its end, and what was filed. */
#define MADO_KEEP_DRAFT  "draft"
#define MADO_KEEP_FILING "filing"

/* "visit/01H…": of the journal, and whose key it is. */
char      *mado_visit_dup_subject (const MadoVisit *visit);
gboolean   mado_visit_journal     (MadoTx *tx, const MadoAct *act, const MadoVisit *visit, const char *action,
                                   GError **error);
/* What every step begins with: the visit, if it is the actor's and the table has the step. */
MadoVisit *mado_visit_take_step   (MadoStore *store, const MadoActor *actor, const char *id, MadoVisitEvent event,
                                   GError **error);
/* Who was identified, and what that tells. */
gboolean   mado_visit_fill_person (MadoStore *store, MadoVisit *visit, GError **error);

gboolean   mado_check_language (const char *language, GError **error);
/* A visit nobody has started yet, under a number nobody has; @id: (nullable): made if there is none; else the visit
 * began when it was made. */
MadoVisit *mado_visit_new    (MadoStore *store, const char *id, const char *device, const char *language,
                              GError **error);
/* Its row, and the key what it files is sealed with. */
gboolean   mado_visit_insert (MadoTx *tx, const MadoVisit *visit, GError **error);
/* A prepare half's look at the row: open columns only. NOT_FOUND if it is not the actor's. */
MadoVisit *mado_visit_peek (MadoStore *store, const MadoActor *actor, const char *id, GError **error);
/* What the visit files is sealed with it. */
MadoKey   *mado_visit_get_filing_key (MadoStore *store, const MadoVisit *visit, GError **error);
/* On the writer: open becomes filed (one that is over stays so) and the draft goes; CONFLICT if it has changed, or
 * has filed, or is another person's by now. */
gboolean   mado_visit_mark_filed (MadoTx *tx, const MadoVisit *visit, GError **error);
/* A visit we never saw: it begins and ends with what it filed. */
gboolean   mado_visit_insert_filed (MadoTx *tx, const MadoVisit *visit, GError **error);
/* On the writer: what tells this filing from another. */
gboolean   mado_visit_keep_content (MadoTx *tx, const MadoVisit *visit, const char *content, GError **error);
/* The device's visit of that number or id; NULL without error if there is none. @content: (out) (optional) (nullable):
 * of what it filed */
MadoVisit *mado_visit_find_kept (MadoStore *store, const char *device, const char *number, const char *id,
                                 char **content, GError **error);
/* On the writer: a draft, with the filing it became. What is not there, or not theirs, is no mistake. */
gboolean   mado_draft_forget (MadoTx *tx, const MadoActor *actor, const char *number, const char *resident,
                              GError **error);
/* CONFLICT or FORBIDDEN, unless the table has the step. */
const MadoTransition *mado_visit_find_step (const MadoVisit *visit, MadoVisitEvent event, const MadoActor *actor,
                                            GError **error);

G_END_DECLS
