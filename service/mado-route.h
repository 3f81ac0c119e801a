/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/mado-json.h"
#include "mado-request.h"

G_BEGIN_DECLS

/*
 * One row says all there is to know of a way in: who may, what it takes and gives. Routing, authorisation, limits,
 * the OpenAPI document and the tests of every cell are made from the table.
 */
typedef enum {
  MADO_WEIGHT_LIGHT,   /* done where it arrived: some microseconds, an indexed read */
  MADO_WEIGHT_WAITS,   /* waits for the store */
  MADO_WEIGHT_HEAVY,   /* burns a core or memory: a password, a page of PDF */
} MadoWeight;

typedef enum {
  MADO_ROUTE_PLAIN    = 0,
  MADO_ROUTE_KEYLESS  = 1 << 0,   /* a change that wants no Idempotency-Key */
  MADO_ROUTE_IF_MATCH = 1 << 1,   /* changes only what the caller has seen */
  MADO_ROUTE_SECRET   = 1 << 2,   /* tries a PIN or password: a tighter limit */
  MADO_ROUTE_REBINDS  = 1 << 3,   /* ends the credential it came with, or binds it to somebody */
} MadoRouteFlags;

/* What comes back where it went well. */
typedef enum {
  MADO_GIVES_NOTHING,
  MADO_GIVES_RECORD,
  MADO_GIVES_LIST,      /* {"items": […], "next": "…"} */
  MADO_GIVES_JSON,      /* of the row's shape */
  MADO_GIVES_PDF,
  MADO_GIVES_FILE,      /* of whatever media type it is */
  MADO_GIVES_EVENTS,
  MADO_GIVES_TEXT,
  MADO_GIVES_PAGE,      /* HTML, problems too: for people, without a program between */
} MadoGives;

/* Writes nothing; fills @answer or sets @error. */
typedef gboolean (*MadoReadHandler)    (MadoRequest *request, MadoAnswer *answer, GError **error);
/* The preparing half of a change: any thread, writes nothing. (transfer full) (nullable) */
typedef MadoAct *(*MadoPrepareHandler) (MadoRequest *request, GError **error);
/* What to answer once the act is applied; on the writer, so it must be short. */
typedef void     (*MadoFinishHandler)  (MadoRequest *request, MadoAct *act, MadoAnswer *answer);

struct _MadoRoute {
  const char         *method;
  const char         *path;         /* "/v1/visits/{id}/answers" */
  guint               roles;        /* MadoRole bits; 0: everybody, even without a credential */
  MadoWeight          weight;
  MadoRouteFlags      flags;
  gsize               body_limit;   /* bytes; 0: it takes no body */
  const MadoJsonSpec *spec;         /* (nullable): of the body, or of the query where there is no body */
  guint               status;
  MadoGives           gives;
  GType             (*type) (void); /* (nullable): of the record, or of those in the list */
  const MadoJsonSpec *shape;        /* (nullable): of other JSON; NULL: any object */
  MadoReadHandler     read;         /* one of these two */
  MadoPrepareHandler  prepare;
  MadoFinishHandler   finish;       /* (nullable): the act's result as it is */
  const char         *summary;
};

/* (transfer none): ended by a row without method */
const MadoRoute *mado_routes_get (void);

static inline gboolean
mado_route_writes (const MadoRoute *self)
{
  return self->prepare != NULL;
}

/**
 * mado_routes_find:
 * @method: "GET"; HEAD finds GET
 * @path: still escaped
 * @params: (out): what stands for the braces, to be freed
 * @allow: (out) (nullable): where only the method is wrong: what would do
 *
 * Returns: (nullable): the row; NOT_FOUND or METHOD otherwise
 */
const MadoRoute *mado_routes_find (const char *method, const char *path, char *params[MADO_REQUEST_MAX_PARAMS],
                                   char **allow, GError **error);

G_END_DECLS
