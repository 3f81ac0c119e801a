/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mado-http.h"
#include "mado-line.h"

G_BEGIN_DECLS

typedef struct {
  MadoLineThread   lines;
  MadoService     *service;
  GTlsCertificate *certificate;    /* (nullable) */
  gboolean         behind_proxy;
  MadoHttpPatience patience;
  GThread         *thread;
  GMainContext    *context;
  GMainLoop       *loop;
  SoupServer      *server;
  GSocket         *placeholder[2];
  gint             alive_s;        /* monotonic seconds: when it last turned */
  gboolean         draining;
  GQueue           streams;        /* of who listens to events */
} MadoHttpThread;

MadoHttpThread *mado_http_thread_new    (MadoService *service, const MadoHttpOptions *options);
/* @socket: (transfer full): just accepted; any thread */
void            mado_http_thread_accept (MadoHttpThread *self, GSocket *socket);
void            mado_http_thread_drain  (MadoHttpThread *self);
/* Waits for it, until @deadline (monotonic). */
void            mado_http_thread_free   (MadoHttpThread *self, gint64 deadline);

/* Requests of @thread's server go through an exchange. */
void            mado_http_messages_serve           (MadoHttpThread *thread);
/* Everybody who listens to events hears that no more will come. */
void            mado_http_messages_complete_events (MadoHttpThread *thread);

G_END_DECLS
