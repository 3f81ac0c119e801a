/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "mado-metrics.h"

G_BEGIN_DECLS

/*
 * One connection, as the stream libsoup speaks on. It holds small writes together until the thread has done its round
 * (a head and its body leave in one piece), says how long the other side may take, and can answer beside libsoup.
 */
typedef struct _MadoLineThread MadoLineThread;

/* The lines of one thread. */
struct _MadoLineThread {
  GMainContext *context;
  MadoMetrics  *metrics;
  GQueue        lines;       /* MadoLine, in their link */
  GQueue        unsent;      /* MadoLine, in their unsent_link: something waits to leave */
  GSource      *sender;
};

void mado_line_thread_init  (MadoLineThread *self, GMainContext *context, MadoMetrics *metrics);
void mado_line_thread_clear (MadoLineThread *self);
/* Cuts the lines that take too long; @all: and those nobody is busy with. */
void mado_line_thread_sweep (MadoLineThread *self, gboolean all);

#define MADO_TYPE_LINE (mado_line_get_type ())
G_DECLARE_FINAL_TYPE (MadoLine, mado_line, MADO, LINE, GIOStream)

/* @peer: internet address of the other side; libsoup shows no more than that of whom it serves, so it leads here */
MadoLine   *mado_line_new      (MadoLineThread *thread, GSocket *socket, GIOStream *base, GSocketAddress *peer);
MadoLine   *mado_line_of       (SoupServerMessage *message);

const char *mado_line_get_peer (MadoLine *self);
/* @ms: 0: it may take its time */
void        mado_line_expect   (MadoLine *self, guint ms);
/* A request was read and waits for its answer: not to be cut now. */
void        mado_line_set_busy (MadoLine *self, gboolean busy);
/* Between two requests. */
void        mado_line_set_idle (MadoLine *self, gboolean idle);
void        mado_line_send     (MadoLine *self);
void        mado_line_cut      (MadoLine *self);
/* Answers at once and listens no more: to libsoup the other side has gone. What still comes is thrown away for
 * @linger_ms, so that the answer is not lost to a reset (RFC 9112, 9.6). */
void        mado_line_dismiss  (MadoLine *self, const char *answer, gsize n, guint linger_ms);

G_END_DECLS
