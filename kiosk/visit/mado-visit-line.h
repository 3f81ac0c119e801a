/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "visit/mado-station.h"

/*
 * One visit as the service sees it: its number, its credential, and each act on it. The line may go at any step: then
 * a filing is sealed to the service's key and kept by the station's spool, under the number reserved at the start.
 * Whatever happens, what this visit files is filed once.
 *
 * Property: `number` (nullable), notifies when it is known.
 */
#define MADO_TYPE_VISIT_LINE (mado_visit_line_get_type ())
G_DECLARE_FINAL_TYPE (MadoVisitLine, mado_visit_line, MADO, VISIT_LINE, GObject)

MadoVisitLine *mado_visit_line_new             (MadoStation *station, const char *language);
/* Of the service's sentences from now on. */
void           mado_visit_line_set_language    (MadoVisitLine *self, const char *language);
/* (nullable): "K7M4-R29". */
const char    *mado_visit_line_get_number      (MadoVisitLine *self);
/* What a filing that was kept is known by until it is sent, for people: "7QNJ-099G". */
char          *mado_visit_line_dup_ticket      (MadoVisitLine *self);

/* Reserves the number in the background; each later act does what is missing. */
void           mado_visit_line_open            (MadoVisitLine *self);

/*
 * Shows the card. The answer is the visit with `resident`, `household` and `facts`. While the service cannot be
 * reached it is UNAVAILABLE; mado_visit_line_trust() then lets card and PIN travel sealed with the filing.
 */
void           mado_visit_line_identify_async  (MadoVisitLine *self, const char *card_number, const char *pin,
                                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
JsonNode      *mado_visit_line_identify_finish (MadoVisitLine *self, GAsyncResult *result, GError **error);
void           mado_visit_line_trust           (MadoVisitLine *self, const char *card_number, const char *pin);

/*
 * Files. @procedures: [{id, revision}]; @answers: {fact: value}. The answer is the receipt {number, submittedAt,
 * cases}; or NULL without an error: it was kept here and will be sent. INVALID names answers.
 */
void           mado_visit_line_file_async      (MadoVisitLine *self, JsonNode *procedures, JsonNode *answers,
                                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
JsonNode      *mado_visit_line_file_finish     (MadoVisitLine *self, GAsyncResult *result, GError **error);

/*
 * Keeps it for another day; the service must be reached for that. The answer is {number, savedAt, expiresAt}. What is
 * filed after mado_visit_line_set_draft() is that draft, which is then forgotten.
 */
void           mado_visit_line_keep_async      (MadoVisitLine *self, JsonNode *procedures, JsonNode *answers,
                                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                                gpointer data);
JsonNode      *mado_visit_line_keep_finish     (MadoVisitLine *self, GAsyncResult *result, GError **error);
void           mado_visit_line_set_draft       (MadoVisitLine *self, const char *number);

/*
 * Corrects a returned case: its @number, and the @etag it was seen with. The answer is the case; or NULL without an
 * error: it was kept here and will be sent, once and only while the case still waits for it in that version.
 */
void           mado_visit_line_correct_async   (MadoVisitLine *self, const char *number, const char *etag,
                                                JsonNode *answers, GCancellable *cancellable,
                                                GAsyncReadyCallback callback, gpointer data);
JsonNode      *mado_visit_line_correct_finish  (MadoVisitLine *self, GAsyncResult *result, GError **error);

/* Any other call in the visit's name, once it is identified in the resident's: their cases, papers, corrections. */
void           mado_visit_line_send_async      (MadoVisitLine *self, MadoCall *call, GCancellable *cancellable,
                                                GAsyncReadyCallback callback, gpointer data);
/* A file that goes with the filing; the same finish. */
void           mado_visit_line_attach_async    (MadoVisitLine *self, GBytes *content, GCancellable *cancellable,
                                                GAsyncReadyCallback callback, gpointer data);
MadoReply     *mado_visit_line_send_finish     (MadoVisitLine *self, GAsyncResult *result, GError **error);
/* A #GAsyncReadyCallback: the answer's JSON, or the error, becomes the outcome of the #GTask @data, which it takes. */
void           mado_visit_line_return_json     (GObject *line, GAsyncResult *result, gpointer data);

/* Tells the service to forget the draft; ready within two seconds, whether it could be told or not. */
void           mado_visit_line_end_async       (MadoVisitLine *self, GAsyncReadyCallback callback, gpointer data);
