/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

/* A service in a thread of its own that behaves as badly as it is told, one manner a request. */
typedef enum {
  RUDE_ANSWER,     /* status and body, as told */
  RUDE_PROBLEM,    /* the same, as application/problem+json */
  RUDE_DROP,       /* hangs up without a word */
  RUDE_CUT,        /* hangs up in the middle of the body */
  RUDE_SLOW,       /* never answers */
  RUDE_TRICKLE,    /* begins to answer and never ends */
  RUDE_NOISE,      /* not even HTTP */
  RUDE_HUGE,       /* a body without end */
  RUDE_KEEP_SHUT,  /* answers, then closes the kept connection */
} RudeManner;

typedef struct {
  char   *method;
  char   *path;         /* with the query */
  char   *key;
  char   *token;
  char   *if_match;
  char   *last_id;
  char   *language;
  GBytes *body;
} RudeRequest;

typedef struct _RudeServer RudeServer;

RudeServer        *rude_server_new         (GTlsCertificate *certificate);
const char        *rude_server_get_address (RudeServer *self);
/* For the next request that has none yet; without any left, 200 and {}. */
void               rude_server_push        (RudeServer *self, RudeManner manner, guint status, const char *body);
void               rude_server_set_header  (RudeServer *self, const char *name, const char *value);
guint              rude_server_count       (RudeServer *self);
const RudeRequest *rude_server_get         (RudeServer *self, guint i);
void               rude_server_free        (RudeServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RudeServer, rude_server_free)
