/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include "core/mado-error.h"
#include "model/mado-payment.h"

G_BEGIN_DECLS

/*
 * A card and IC terminal at the kiosk or counter. Over a serial line or a socket both sides send lines of JSON (UTF-8,
 * at most 1,024 bytes, ended by LF); members that are not known are passed over.
 *
 *   counter → terminal   {"v":1,"do":"pay","id":"01J…","yen":300,"language":"ja"}
 *                        {"v":1,"do":"ask","id":"01J…"}       how does it stand?
 *                        {"v":1,"do":"cancel","id":"01J…"}    let go of it, if nothing was taken
 *                        {"v":1,"do":"refund","id":"01J…","refund":"01K…","yen":300}
 *   terminal → counter   {"v":1,"id":"01J…","is":"waiting"}   for a card
 *                        {"v":1,"id":"01J…","is":"reading"}   do not take the card away
 *                        {"v":1,"id":"01J…","is":"paid","yen":300,"brand":"suica","reference":"8812"}
 *                        {"v":1,"id":"01J…","is":"refused","reason":"no-funds"}
 *                        {"v":1,"id":"01J…","is":"cancelled"}
 *                        {"v":1,"id":"01J…","is":"unknown"}   a card left too early: ask the network
 *                        {"v":1,"id":"01J…","is":"none"}      never heard of it
 *                        {"v":1,"id":"01K…","is":"refunded","yen":300,"reference":"8813"}
 *
 * An id is paid once, however often "pay" is said. Whoever hears nothing for 30 s asks; "paid" is said again to who
 * asks, for 40 days.
 */
#define MADO_TERMINAL_MAX_LINE 1024

char *mado_terminal_pay    (const char *payment, gint64 yen, const char *language);
char *mado_terminal_ask    (const char *id);
char *mado_terminal_cancel (const char *payment);
char *mado_terminal_refund (const char *payment, const char *refund, gint64 yen);

typedef enum {
  MADO_TERMINAL_WAITING, MADO_TERMINAL_READING, MADO_TERMINAL_PAID, MADO_TERMINAL_REFUSED, MADO_TERMINAL_CANCELLED,
  MADO_TERMINAL_UNKNOWN, MADO_TERMINAL_NONE, MADO_TERMINAL_REFUNDED,
} MadoTerminalState;

typedef struct {
  char              id[65];
  MadoTerminalState is;
  gint64            yen;             /* -1: not told */
  char              brand[33], reference[65], reason[65];   /* "": not told */
} MadoTerminalReport;

/* One line, without its LF. MALFORMED or INVALID for what is no report. */
gboolean mado_terminal_read (const char *line, gsize length, MadoTerminalReport *report, GError **error);

/* What it says of a payment. FALSE: nothing yet, the payer is at it. */
gboolean mado_terminal_get_event (const MadoTerminalReport *report, MadoPaymentEvent *event);

G_END_DECLS
