/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mado-request.h"

G_BEGIN_DECLS

/*
 * Server-sent events (HTML standard, 9.2) out of the journal. The hub watches the journal's end; each subscription
 * asks the store for what its reader may see, so that nothing else is ever held for it.
 */
MadoEventHub *mado_event_hub_new  (MadoService *service);
void          mado_event_hub_free (MadoEventHub *self);

/* In the context that started it. @text: (nullable): NULL: the session is over, no more will come */
typedef void (*MadoEventsFound) (const char *text, gsize n, gpointer data);

/* @request: whose session decides what is seen; @after: position of the last event its reader has */
MadoSubscription *mado_subscription_new   (const MadoRequest *request, gint64 after);
MadoSubscription *mado_subscription_ref   (MadoSubscription *self);
void              mado_subscription_unref (MadoSubscription *self);
void              mado_subscription_start (MadoSubscription *self, MadoEventsFound found, gpointer data);
/* All that was found has been read: the rest may come. In the context that started it. */
void              mado_subscription_read  (MadoSubscription *self);
/* Nothing is found any more once this returns. In the context that started it. */
void              mado_subscription_stop  (MadoSubscription *self);

G_END_DECLS
