/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/mado-record.h"

G_BEGIN_DECLS

typedef struct _MadoSubscription MadoSubscription;

/* What goes back, free of whatever carries it. */
typedef struct {
  guint             status;
  const char       *type;          /* (nullable): media type, static */
  GString          *body;          /* (nullable) */
  GBytes           *bytes;         /* (nullable): instead of @body: what is made already */
  char             *etag;          /* (nullable): with its quotes */
  char             *allow;         /* (nullable) */
  const char       *policy;        /* (nullable): Content-Security-Policy, where it shows more than nothing; static */
  guint             retry_after;   /* seconds, 0: not told */
  guint             max_age;       /* seconds anybody may keep it, 0: nobody may */
  gboolean          to_save;       /* Content-Disposition: it came from outside, and nobody opens it in passing */
  gboolean          close;         /* what was sent with the request is left unread */
  int               error;         /* a MadoError, -1 if it is none */
  MadoSubscription *events;        /* (nullable): goes on with what happens */
} MadoAnswer;

void mado_answer_init  (MadoAnswer *self);
void mado_answer_clear (MadoAnswer *self);

/* Each returns TRUE, so that a handler can end with it. */
gboolean mado_answer_node   (MadoAnswer *self, JsonNode *node);
/* @record: (nullable): NULL returns FALSE: the error is set already */
gboolean mado_answer_record (MadoAnswer *self, gpointer record);
/* @records: (nullable) (element-type MadoRecord): as above; @next: (nullable): where the next page begins */
gboolean mado_answer_list   (MadoAnswer *self, GPtrArray *records, const char *next);
/* @bytes: (transfer full) (nullable): as above */
gboolean mado_answer_bytes  (MadoAnswer *self, const char *type, GBytes *bytes);
gboolean mado_answer_none   (MadoAnswer *self);
/* An empty body, to be written by the caller. */
GString *mado_answer_begin  (MadoAnswer *self, const char *type);

void     mado_answer_set_version (MadoAnswer *self, gint64 version);
/* An ETag made from the body. */
gboolean mado_answer_set_digest  (MadoAnswer *self);
/* 304 in place of the answer if the caller has it already. */
void     mado_answer_match       (MadoAnswer *self, const char *if_none_match);
/* RFC 9457. What went wrong inside is not told, only that it did. */
void     mado_answer_problem     (MadoAnswer *self, const GError *error, const char *request_id);

/* For an Idempotency-Key: status, media type, ETag and body. */
GBytes  *mado_answer_pack   (const MadoAnswer *self);
gboolean mado_answer_unpack (MadoAnswer *self, GBytes *packed);

gconstpointer mado_answer_get_data (const MadoAnswer *self, gsize *n);

G_END_DECLS
