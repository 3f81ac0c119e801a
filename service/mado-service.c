/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-service.h"

#include "mado-events.h"
#include "mado-exchange.h"
#include "mado-metrics.h"
#include "payments/mado-billing.h"
#include "payments/mado-settlements.h"

#define WAITING_THREADS 8

static void
work (gpointer exchange, gpointer unused)
{
  mado_exchange_work (exchange);
}

MadoService *
mado_service_new (MadoCounter *counter, double limit_scale)
{
  MadoService *self = g_new0 (MadoService, 1);

  self->counter = g_object_ref (counter);
  self->limit_scale = limit_scale;
  self->limiter = mado_limiter_new ();
  self->metrics = mado_metrics_new ();
  self->hub = mado_event_hub_new (self);
  self->waiting = g_thread_pool_new (work, NULL, WAITING_THREADS, FALSE, NULL);
  self->burning = g_thread_pool_new (work, NULL, g_get_num_processors (), FALSE, NULL);
  return self;
}

gboolean
mado_service_open_books (MadoService *self, const char *path, GError **error)
{
  MadoStore *store = mado_counter_get_store (self->counter);

  self->treasury = mado_treasury_load (path, error);
  if (!self->treasury)
    return FALSE;
  mado_settlements_serve (store, self->treasury);
  mado_billing_serve (store);
  return TRUE;
}

void
mado_service_free (MadoService *self)
{
  g_thread_pool_free (self->waiting, FALSE, TRUE);
  g_thread_pool_free (self->burning, FALSE, TRUE);
  mado_event_hub_free (self->hub);
  mado_metrics_free (self->metrics);
  mado_limiter_free (self->limiter);
  g_object_unref (self->counter);
  g_clear_object (&self->treasury);
  g_free (self);
}
