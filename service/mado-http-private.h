/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "mado-http.h"

G_BEGIN_DECLS

/* How long a line may take for each part, in seconds. */
#define MADO_HTTP_HEAD_SECONDS   10   /* handshake, request line and headers */
#define MADO_HTTP_BODY_SECONDS   20
#define MADO_HTTP_ANSWER_SECONDS 30   /* to take what it asked for */
#define MADO_HTTP_IDLE_SECONDS   75   /* between two requests */

typedef struct {
  MadoService     *service;
  GTlsCertificate *certificate;    /* (nullable) */
  gboolean         behind_proxy;
  GThread         *thread;
  GMainContext    *context;
  GMainLoop       *loop;
  SoupServer      *server;
  GSocket         *placeholder[2];
  GQueue           lines;          /* MadoLine, in its link */
  gint             alive_s;        /* monotonic seconds: when it last turned */
  gboolean         draining;
} MadoHttpThread;

/* One connection. */
typedef struct {
  MadoHttpThread *thread;
  GSocket        *socket;
  char           *peer;
  gint64          deadline;        /* monotonic; 0: it may take its time */
  gboolean        busy;            /* a request was read and waits for its answer */
  GList           link;
} MadoLine;

MadoHttpThread *mado_http_thread_new    (MadoService *service, GTlsCertificate *certificate, gboolean behind_proxy);
/* @socket: (transfer full): just accepted; any thread */
void            mado_http_thread_accept (MadoHttpThread *self, GSocket *socket);
void            mado_http_thread_drain  (MadoHttpThread *self);
/* Waits for it, until @deadline (monotonic). */
void            mado_http_thread_free   (MadoHttpThread *self, gint64 deadline);

MadoLine       *mado_line_of            (SoupServerMessage *message);
/* @seconds: 0: it may take its time */
void            mado_line_expect        (MadoLine *self, guint seconds);
void            mado_line_cut           (MadoLine *self);

/* Requests of @thread's server go through an exchange. */
void            mado_http_messages_serve (MadoHttpThread *thread);

/* Answers on a connection whose request is not read to its end, and closes it. @stream, @answer: (transfer full) */
void            mado_http_refuse        (GIOStream *stream, GSocket *socket, GString *answer);

G_END_DECLS
