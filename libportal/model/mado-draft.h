/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-record.h"

G_BEGIN_DECLS

/* How long answers are kept for somebody who will go on another day: told when they are handed in. */
#define MADO_DRAFT_DAYS 30

/* What a resident has answered so far and will finish another day; theirs alone, sealed under a key of its own. */
#define MADO_TYPE_DRAFT (mado_draft_get_type ())
MADO_DECLARE_RECORD (MadoDraft, mado_draft)
struct _MadoDraft {
  MadoRecord parent;
  char      *number;         /* of the visit it was saved in: "K7M4-R29" */
  char      *resident_id;
  gint64     saved_at;
  gint64     expires_at;     /* forgotten then */
  JsonNode  *procedures;     /* (nullable): [{id, revision}]: revisions in force when it is read */
  JsonNode  *answers;        /* (nullable): by fact */
  GStrv      changed;        /* (nullable): facts whose question is another one than was answered */
  GStrv      gone;           /* (nullable): procedures that are no longer offered */
};

G_END_DECLS
