/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mado-request.h"
#include "mado-route.h"
#include "store/mado-idempotency.h"

G_BEGIN_DECLS

/*
 * The one path of every request, from its head to its answer: who may, how much, how often; then the handler, and
 * for a change the writer. Whoever carries it (a socket, a test) fills in the request, asks to be admitted, adds the
 * body and lets it run.
 */
typedef struct _MadoExchange MadoExchange;
typedef void (*MadoExchangeDone) (MadoExchange *exchange, gpointer data);

struct _MadoExchange {
  MadoService     *service;
  MadoRequest      request;
  MadoAnswer       answer;

  MadoAct         *act;          /* (nullable): a change, prepared */
  MadoIdempotency *once;         /* (nullable): under its key the change may have been made before */
  gint64           started_us;   /* monotonic */
  GMainContext    *context;      /* where it is answered */
  MadoExchangeDone done;
  gpointer         data;
};

MadoExchange *mado_exchange_new   (MadoService *service);
void          mado_exchange_free  (MadoExchange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoExchange, mado_exchange_free)

/* By its head alone: FALSE if it is answered already and the body need not be read. */
gboolean      mado_exchange_admit (MadoExchange *self);
/* The body turned out to be longer than the route allows. */
void          mado_exchange_refuse_body (MadoExchange *self);
/* @done: called once, in the caller's thread-default context, maybe before this returns */
void          mado_exchange_run   (MadoExchange *self, MadoExchangeDone done, gpointer data);

/* For the pools of the service. */
void          mado_exchange_work  (MadoExchange *self);

G_END_DECLS
