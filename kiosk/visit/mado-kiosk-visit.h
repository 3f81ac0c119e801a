/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "visit/mado-life-plan.h"
#include "visit/mado-sheet.h"
#include "visit/mado-till.h"
#include "visit/mado-visit-line.h"

/*
 * One person at the kiosk, from the choice of a procedure to the paper in hand: what they chose, who they are, what
 * they answered and where they stand. It has no widgets; pages show it and tell it what was touched. Everything
 * personal at this kiosk hangs on this object and goes with it.
 *
 * Properties: `stage` and `number` notify when they change.
 */
typedef enum {
  MADO_KIOSK_OPEN,        /* nothing chosen, or looking for an earlier case */
  MADO_KIOSK_ANSWERING,
  MADO_KIOSK_SENDING,
  MADO_KIOSK_FILED,
  MADO_KIOSK_KEPT,        /* 「お預かりしました」: sealed here, sent when the line is back */
  MADO_KIOSK_ENDED,
} MadoKioskStage;

#define MADO_TYPE_KIOSK_VISIT (mado_kiosk_visit_get_type ())
G_DECLARE_FINAL_TYPE (MadoKioskVisit, mado_kiosk_visit, MADO, KIOSK_VISIT, GObject)

MadoKioskVisit *mado_kiosk_visit_new            (MadoStation *station, const char *language);
/* (transfer none): the one visit there is at a station in the life of a program. */
MadoKioskVisit *mado_kiosk_visit_get_for        (MadoStation *station, const char *language);
MadoStation    *mado_kiosk_visit_get_station    (MadoKioskVisit *self);
MadoKioskStage  mado_kiosk_visit_get_stage      (MadoKioskVisit *self);
const char     *mado_kiosk_visit_get_language   (MadoKioskVisit *self);
void            mado_kiosk_visit_set_language   (MadoKioskVisit *self, const char *language);
const char     *mado_kiosk_visit_get_number     (MadoKioskVisit *self);   /* (nullable) */
char           *mado_kiosk_visit_dup_ticket     (MadoKioskVisit *self);

/* What to do here. The number is reserved in the background; not for what is told of here and done elsewhere. */
gboolean        mado_kiosk_visit_choose         (MadoKioskVisit *self, const char *procedure, GError **error);
/* (nullable): as the service published it, see #MadoProcedure; the first of several. */
JsonNode       *mado_kiosk_visit_get_procedure  (MadoKioskVisit *self);
/* (element-type JsonNode): all that this visit files. */
GPtrArray      *mado_kiosk_visit_get_chosen     (MadoKioskVisit *self);
/* (nullable): what the visit is about, for the header of its pages. */
const char     *mado_kiosk_visit_get_title      (MadoKioskVisit *self);
/* Whether all of it may be prepared without a card. */
gboolean        mado_kiosk_visit_may_prefile    (MadoKioskVisit *self);

/* What happened in somebody's life: the questions are its interview, until the plan is followed. */
gboolean        mado_kiosk_visit_begin_event    (MadoKioskVisit *self, const char *event, GError **error);
MadoLifePlan   *mado_kiosk_visit_get_plan       (MadoKioskVisit *self);   /* (nullable) */
gboolean        mado_kiosk_visit_is_interviewing (MadoKioskVisit *self);
/* All that is left on the plan and done here becomes the questions of this visit; FALSE without an error if nothing
 * is. What was answered already counts, also when the plan is followed anew. */
gboolean        mado_kiosk_visit_follow_plan    (MadoKioskVisit *self, GError **error);
/* Back to the interview, at its last question. */
void            mado_kiosk_visit_return_to_interview (MadoKioskVisit *self);

/* (nullable): the field of life that is looked at, as procedures name it. */
const char     *mado_kiosk_visit_get_category   (MadoKioskVisit *self);
void            mado_kiosk_visit_set_category   (MadoKioskVisit *self, const char *category);

/* Who it is. After identification, what the city knows has been filled in, with its source. */
void            mado_kiosk_visit_identify_async  (MadoKioskVisit *self, const char *card_number, const char *pin,
                                                  GAsyncReadyCallback callback, gpointer data);
gboolean        mado_kiosk_visit_identify_finish (MadoKioskVisit *self, GAsyncResult *result, GError **error);
/* The line is down: card and PIN go sealed with the filing, and are checked when it arrives. */
void            mado_kiosk_visit_trust_card      (MadoKioskVisit *self, const char *card_number, const char *pin);
gboolean        mado_kiosk_visit_is_identified   (MadoKioskVisit *self);
gboolean        mado_kiosk_visit_has_card        (MadoKioskVisit *self);   /* identified, or trusted */
const char     *mado_kiosk_visit_get_name        (MadoKioskVisit *self);   /* (nullable): as in the register */

/* (nullable): the questions, once something was chosen. */
MadoSheet      *mado_kiosk_visit_get_sheet      (MadoKioskVisit *self);

/*
 * Documents that go with a filing: files on a memory stick, or what a scanner has written since the visit began. What
 * is attached is the answer to a field; what is taken away is gone at the service as well.
 */
void            mado_kiosk_visit_find_files_async  (MadoKioskVisit *self, GAsyncReadyCallback callback, gpointer data);
/* (transfer full) (element-type MadoDocumentFile) */
GPtrArray      *mado_kiosk_visit_find_files_finish (MadoKioskVisit *self, GAsyncResult *result);
/* Of which field the next file is an answer. */
void            mado_kiosk_visit_set_attaching  (MadoKioskVisit *self, const MadoStep *step, const char *fact);
void            mado_kiosk_visit_attach_async   (MadoKioskVisit *self, const char *path, GAsyncReadyCallback callback,
                                                 gpointer data);
gboolean        mado_kiosk_visit_attach_finish  (MadoKioskVisit *self, GAsyncResult *result, GError **error);
void            mado_kiosk_visit_detach         (MadoKioskVisit *self, const MadoStep *step, const char *fact,
                                                 const char *id);
/* (nullable): as it was sent, if that was in this visit. */
GBytes         *mado_kiosk_visit_get_attached   (MadoKioskVisit *self, const char *id);

/* Answers given and not filed: what would be lost now. */
guint           mado_kiosk_visit_count_unfiled  (MadoKioskVisit *self);

/* 「つづきは あとで」: only for somebody who was identified, and not of a correction. */
gboolean        mado_kiosk_visit_may_keep       (MadoKioskVisit *self);
void            mado_kiosk_visit_keep_async     (MadoKioskVisit *self, GAsyncReadyCallback callback, gpointer data);
gboolean        mado_kiosk_visit_keep_finish    (MadoKioskVisit *self, GAsyncResult *result, GError **error);
/* (nullable): {number, savedAt, expiresAt} of what was kept in this visit. */
JsonNode       *mado_kiosk_visit_get_kept       (MadoKioskVisit *self);
/* What the person identified has yet to finish: (transfer full): {items}. */
void            mado_kiosk_visit_list_drafts_async  (MadoKioskVisit *self, GAsyncReadyCallback callback, gpointer data);
JsonNode       *mado_kiosk_visit_list_drafts_finish (MadoKioskVisit *self, GAsyncResult *result, GError **error);
/* Goes on with one of them, at the first question that lacks an answer or has changed since. */
void            mado_kiosk_visit_resume_async   (MadoKioskVisit *self, const char *number,
                                                 GAsyncReadyCallback callback, gpointer data);
gboolean        mado_kiosk_visit_resume_finish  (MadoKioskVisit *self, GAsyncResult *result, GError **error);

/* Files, or corrects the case in hand. Afterwards the stage says which way it went. What was published anew meanwhile
 * is refused with MADO_ERROR_STALE: it is read again, all answers are kept, and the place of the questions is the first
 * that is asked otherwise, or the check page. */
void            mado_kiosk_visit_file_async     (MadoKioskVisit *self, GCancellable *cancellable,
                                                 GAsyncReadyCallback callback, gpointer data);
gboolean        mado_kiosk_visit_file_finish    (MadoKioskVisit *self, GAsyncResult *result, GError **error);
/* (nullable) (element-type JsonNode): what is chosen, as it was read before it was published anew. */
GPtrArray      *mado_kiosk_visit_get_read       (MadoKioskVisit *self);
/* (nullable): {number, submittedAt, cases[]} as the service gave it. */
JsonNode       *mado_kiosk_visit_get_receipt    (MadoKioskVisit *self);

/* A way back to what was filed, for a phone: afterwards there is a link, unless the city has no such page. */
void            mado_kiosk_visit_link_async     (MadoKioskVisit *self, const char *case_number,
                                                 GAsyncReadyCallback callback, gpointer data);
gboolean        mado_kiosk_visit_link_finish    (MadoKioskVisit *self, GAsyncResult *result, GError **error);
JsonNode       *mado_kiosk_visit_get_link       (MadoKioskVisit *self);   /* (nullable): {url, expiresAt} */

/* The cases of the person identified, newest first: (transfer full): {items}. */
void            mado_kiosk_visit_list_cases_async  (MadoKioskVisit *self, GAsyncReadyCallback callback, gpointer data);
JsonNode       *mado_kiosk_visit_list_cases_finish (MadoKioskVisit *self, GAsyncResult *result, GError **error);

/* An earlier case of the person identified, or one filed without a card that is theirs by what it says. */
void            mado_kiosk_visit_find_case_async  (MadoKioskVisit *self, const char *number,
                                                   GAsyncReadyCallback callback, gpointer data);
gboolean        mado_kiosk_visit_find_case_finish (MadoKioskVisit *self, GAsyncResult *result, GError **error);
JsonNode       *mado_kiosk_visit_get_case         (MadoKioskVisit *self);   /* (nullable) */
/* A returned case is opened for correction: its answers are filled in, the place is the check page. */
gboolean        mado_kiosk_visit_begin_correction (MadoKioskVisit *self, GError **error);
gboolean        mado_kiosk_visit_is_correcting    (MadoKioskVisit *self);

/* (transfer none): what this person owes and pays. */
MadoTill       *mado_kiosk_visit_get_till       (MadoKioskVisit *self);

/* Paper of a case of this person ("record" or "result") or of a charge ("receipt"), by its number. Ready when it has
 * come out of the printer. */
void            mado_kiosk_visit_print_async    (MadoKioskVisit *self, const char *number, const char *kind,
                                                 GAsyncReadyCallback callback, gpointer data);
gboolean        mado_kiosk_visit_print_finish   (MadoKioskVisit *self, GAsyncResult *result, GError **error);

/* The guide to what is done elsewhere, by the plan; without one, to the procedure that is being read. */
gboolean        mado_kiosk_visit_has_guide          (MadoKioskVisit *self);
void            mado_kiosk_visit_print_guide_async  (MadoKioskVisit *self, GAsyncReadyCallback callback, gpointer data);
gboolean        mado_kiosk_visit_print_guide_finish (MadoKioskVisit *self, GAsyncResult *result, GError **error);

/* 「係員をよぶ」 */
void            mado_kiosk_visit_call_staff_async  (MadoKioskVisit *self, const char *page,
                                                    GAsyncReadyCallback callback, gpointer data);
gboolean        mado_kiosk_visit_call_staff_finish (MadoKioskVisit *self, GAsyncResult *result, GError **error);

/* Forgets everything; ready within two seconds. The program then starts afresh. */
void            mado_kiosk_visit_end_async      (MadoKioskVisit *self, GAsyncReadyCallback callback, gpointer data);
