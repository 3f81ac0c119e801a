/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "visit/mado-kiosk-visit.h"
#include "visit/mado-visit-folder.h"

struct _MadoKioskVisit {
  GObject         parent;
  MadoStation    *station;
  MadoVisitLine  *line;
  MadoTill       *till;
  MadoVisitFolder *folder;      /* (nullable): made with the first print */
  GCancellable   *cancellable;  /* of prints: what is not out when the visit ends is taken back */
  char           *language;
  MadoKioskStage  stage;
  char           *category;     /* (nullable) */
  GPtrArray      *chosen;       /* of JsonNode: procedures */
  GPtrArray      *read;         /* (nullable): the same as they were read, where they were changed since */
  MadoLifePlan   *plan;         /* (nullable) */
  MadoSheet      *sheet;        /* (nullable) */
  JsonNode       *identity;     /* (nullable): the visit as identification gave it */
  gboolean        trusted;
  JsonNode       *receipt;      /* (nullable) */
  JsonNode       *link;         /* (nullable) */
  JsonNode       *kept;         /* (nullable) */
  JsonNode       *found;        /* (nullable): an earlier case */
  char           *etag;
  JsonNode       *form;         /* (nullable): of the earlier case, in the revision it was filed with */
  gboolean        correcting;
  gint64          began;        /* µs since 1970 */
  GHashTable     *attached;     /* id to GBytes: what was attached in this visit */
  MadoStep        attaching;    /* to which page of the questions, */
  char           *attaching_fact; /* (nullable): and which of its fields */
};

void      mado_kiosk_visit_set_stage      (MadoKioskVisit *self, MadoKioskStage stage);
/* The questions from now on; takes @sheet, and tells it who is there. */
void      mado_kiosk_visit_take_sheet     (MadoKioskVisit *self, MadoSheet *sheet);
/* (transfer full): [{id, revision}] of what is chosen. */
JsonNode *mado_kiosk_visit_new_procedures (MadoKioskVisit *self);
/* Each act is a task of the visit around one of the line's. */
GTask    *mado_kiosk_visit_new_task       (MadoKioskVisit *self, gpointer tag, GAsyncReadyCallback callback,
                                           gpointer data);
/* Whether the visit ended before an answer came; @error then says that, whatever it said. */
gboolean  mado_kiosk_visit_is_over        (MadoKioskVisit *self, GError **error);
/* Whether @error says that what is filed was published anew. */
gboolean  mado_kiosk_visit_is_outdated    (const GError *error);
/* Takes @task: reads what is filed again and carries the answers over. Ends with MADO_ERROR_STALE where the resident
 * is to look at them once more. */
void      mado_kiosk_visit_read_again     (MadoKioskVisit *self, GTask *task);
/* Takes @error; TRUE without one. */
void      mado_kiosk_visit_return         (GTask *task, GError *error);
