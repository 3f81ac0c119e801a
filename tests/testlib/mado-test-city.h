/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mado-exchange.h"
#include "mado-http.h"
#include "mado-test-counter.h"

G_BEGIN_DECLS

/* A counter over a store made for one test, with the city's catalogue and a household, and the service over it. */
typedef struct {
  MadoTestStore *test;
  MadoCounter   *counter;
  MadoService   *service;
  MadoHttp      *http;        /* (nullable): mado_test_city_listen() */
  char          *resident;    /* head of the household, with the card COUNTER_CARD */
} MadoTestCity;

typedef void (*MadoTestCityFunc) (MadoTestCity *city);

/* Adds "/PATH/sqlite" and "/PATH/postgresql". */
void mado_test_city_add    (const char *path, MadoTestCityFunc func);
/* Over a store of one's own, without people: for what does not run as a test. @limit_scale: 0: no limits */
void mado_test_city_init   (MadoTestCity *city, MadoTestStore *test, double limit_scale);
void mado_test_city_clear  (MadoTestCity *city);
void mado_test_city_listen (MadoTestCity *city, const MadoHttpOptions *options);

/* A credential of that role, without signing in. @account: (nullable) */
char *mado_test_city_sign_in (MadoTestCity *city, MadoRole role, const char *account);
/* A visit just begun. */
MadoVisit *mado_test_city_visit (MadoTestCity *city);

typedef struct {
  const char *method;
  const char *path;           /* with query */
  const char *token;          /* (nullable) */
  const char *body;           /* (nullable) */
  const char *key;            /* (nullable): a new one; "": none */
  const char *if_match;       /* (nullable) */
  const char *if_none_match;  /* (nullable) */
  const char *last_event_id;  /* (nullable) */
  const char *type;           /* (nullable): application/json */
  const char *peer;           /* (nullable): 127.0.0.1 */
  const char *language;       /* (nullable): Accept-Language */
} MadoAsk;

typedef struct {
  guint     status;
  char     *type;             /* (nullable) */
  char     *etag;             /* (nullable) */
  gboolean  to_save;
  char     *allow;            /* (nullable) */
  guint     retry_after;
  char     *text;             /* ended by NUL */
  gsize     length;
  JsonNode *json;             /* (nullable) */
} MadoHeard;

/* Through the whole path of a request, without a socket. */
MadoHeard  *mado_test_city_ask    (MadoTestCity *city, const MadoAsk *ask);
void        mado_heard_free       (MadoHeard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoHeard, mado_heard_free)
/* The text at a JSON Pointer, NULL if there is none. */
const char *mado_heard_get        (const MadoHeard *self, const char *pointer);
/* The problem's wire name, without its URN; NULL if it is none. */
const char *mado_heard_problem    (const MadoHeard *self);

#define mado_assert_heard(heard, wanted) G_STMT_START { \
  if ((heard)->status != (wanted)) \
    g_error ("%s:%d: %u instead of %u: %s", __FILE__, __LINE__, (heard)->status, (guint) (wanted), (heard)->text); \
  } G_STMT_END

G_END_DECLS
