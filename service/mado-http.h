/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "mado-service.h"

G_BEGIN_DECLS

/*
 * HTTP/1.1 by libsoup, on a few threads with a main context each. One listening socket, whose connections are dealt
 * out in turn.
 */
typedef struct _MadoHttp MadoHttp;

/* How long a line may take for each part, in milliseconds. */
typedef struct {
  guint head;      /* handshake, request line and headers */
  guint body;
  guint answer;    /* to take what it asked for */
  guint idle;      /* between two requests */
} MadoHttpPatience;

#define MADO_HTTP_PATIENCE ((MadoHttpPatience) { 10000, 20000, 30000, 75000 })

typedef struct {
  const char      *address;        /* "127.0.0.1:8700", "[::1]:0" */
  GTlsCertificate *certificate;    /* (nullable) */
  guint            threads;        /* 0: as many as suit the machine */
  gboolean         behind_proxy;   /* whom a request comes from is said by X-Forwarded-For */
  MadoHttpPatience patience;
} MadoHttpOptions;

MadoHttp   *mado_http_new          (MadoService *service, const MadoHttpOptions *options, GError **error);
/* "http://127.0.0.1:8700", with the port it really got. */
const char *mado_http_get_address  (MadoHttp *self);
/* Has every thread turned within the last @seconds? */
gboolean    mado_http_is_alive     (MadoHttp *self, guint seconds);
/* Accepts nothing more, finishes what it has begun, for at most @seconds; then frees. */
void        mado_http_stop         (MadoHttp *self, guint seconds);

/* "ADDRESS:PORT"; INVALID if it is none. */
GInetSocketAddress *mado_http_parse_address (const char *text, GError **error);

G_END_DECLS
