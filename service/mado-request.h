/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/mado-id.h"
#include "core/mado-json.h"
#include "mado-answer.h"
#include "mado-service.h"

G_BEGIN_DECLS

#define MADO_REQUEST_MAX_PARAMS 2

typedef struct _MadoRoute   MadoRoute;
typedef struct _MadoRequest MadoRequest;

/*
 * One request as a handler sees it, free of whatever carried it here. The texts at the top are borrowed from the
 * carrier for as long as the request lives.
 */
struct _MadoRequest {
  const char *method;
  const char *path;             /* still escaped */
  const char *query;            /* (nullable): still escaped */
  const char *authorization;    /* (nullable) */
  const char *key;              /* (nullable): Idempotency-Key */
  const char *if_match;         /* (nullable) */
  const char *if_none_match;    /* (nullable) */
  const char *last_event_id;    /* (nullable) */
  const char *accept_language;  /* (nullable) */
  const char *content_type;     /* (nullable): without its parameters */
  const char *content_encoding; /* (nullable) */
  const char *peer;             /* address it came from: for limits only, never logged */
  gint64      content_length;   /* 0: no body; -1: not told beforehand */
  GBytes     *body;             /* (nullable) */

  /* Found out on the way. */
  char             id[MADO_ULID_LENGTH + 1];   /* to speak of it */
  const MadoRoute *route;
  char            *params[MADO_REQUEST_MAX_PARAMS];   /* as the route's template names them, unescaped */
  JsonNode        *input;       /* (nullable): the body, or the query as an object */
  MadoSession     *session;     /* (nullable) */
  MadoActor        actor;
  MadoService     *service;
};

void mado_request_clear (MadoRequest *self);

/* Fills @out from the input by the route's spec; every mistake is a violation. */
gboolean mado_request_read (MadoRequest *self, gpointer out, GError **error);
/* The version that If-Match names: PRECONDITION without one, STALE if it is none of ours. */
gboolean mado_request_get_version (MadoRequest *self, gint64 *version, GError **error);
/* The credential of "Bearer …", (nullable). */
const char *mado_request_get_token (const MadoRequest *self);

static inline MadoStore *
mado_request_get_store (const MadoRequest *self)
{
  return mado_counter_get_store (self->service->counter);
}

static inline MadoCatalogue *
mado_request_get_catalogue (const MadoRequest *self)
{
  return mado_counter_get_catalogue (self->service->counter);
}

/* The query as an object: numbers and booleans where @spec wants them, text otherwise. */
JsonNode *mado_query_parse (const char *query, const MadoJsonSpec *spec, GError **error);

G_END_DECLS
