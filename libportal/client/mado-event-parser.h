/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "core/mado-error.h"

/*
 * The text/event-stream format of the HTML standard, section 9.2.6, fed piece by piece as it arrives. An event over
 * MADO_EVENT_MAX_BYTES is an error: nothing from outside grows without bound.
 */
#define MADO_EVENT_MAX_BYTES (1024 * 1024)

typedef struct _MadoEventParser MadoEventParser;

/* @id and @retry_ms are those in force: they stay until the stream names others. */
typedef void (*MadoEventFound) (const char *type, const char *data, gpointer user_data);

MadoEventParser *mado_event_parser_new       (MadoEventFound found, gpointer user_data);
gboolean         mado_event_parser_feed      (MadoEventParser *self, const char *bytes, gsize n, GError **error);
/* Forgets what is half read; the last id stays. For a new connection. */
void             mado_event_parser_restart   (MadoEventParser *self);
const char      *mado_event_parser_get_id    (MadoEventParser *self);   /* (nullable) */
void             mado_event_parser_set_id    (MadoEventParser *self, const char *id);
guint            mado_event_parser_get_retry (MadoEventParser *self);   /* 0: none was named */
void             mado_event_parser_free      (MadoEventParser *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoEventParser, mado_event_parser_free)
