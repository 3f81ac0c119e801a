/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "visit/mado-visit-line.h"

/*
 * What the person at the kiosk owes, and how paying one of it goes. It has no widgets: pages show its state, which
 * changes by itself, whether anybody touches anything or not. It never says that something was paid or not paid before
 * the service knows it from who holds the money.
 *
 * Property: `state` notifies when it changes.
 */
typedef enum {
  MADO_TILL_RESTING,
  MADO_TILL_OPENING,     /* the wallet makes its code, the terminal gets ready */
  MADO_TILL_WAITING,     /* the code is there, or the terminal waits for a card: the payer is at it */
  MADO_TILL_CLOSING,     /* wanted no more: nobody knows yet whether it was paid at the last moment */
  MADO_TILL_UNKNOWN,     /* the wallet is being asked: not to be paid again */
  MADO_TILL_PAID,
  MADO_TILL_FAILED,
  MADO_TILL_CANCELLED,
  MADO_TILL_EXPIRED,
} MadoTillState;

#define MADO_TYPE_TILL (mado_till_get_type ())
G_DECLARE_FINAL_TYPE (MadoTill, mado_till, MADO, TILL, GObject)

MadoTill      *mado_till_new          (MadoVisitLine *line);

/* Everything the person identified owes: (transfer full): {items}, newest first. */
void           mado_till_list_async   (MadoTill *self, GAsyncReadyCallback callback, gpointer data);
JsonNode      *mado_till_list_finish  (MadoTill *self, GAsyncResult *result, GError **error);
/* (transfer none) (nullable): of such a list, what is open and waits for that case's fee. */
JsonNode      *mado_till_find_for     (JsonNode *list, const char *case_id);

/* By the digits of a slip's bar code: then that is what is about to be paid. */
void           mado_till_find_slip_async  (MadoTill *self, const char *code, GAsyncReadyCallback callback,
                                           gpointer data);
gboolean       mado_till_find_slip_finish (MadoTill *self, GAsyncResult *result, GError **error);

/* It was found by a slip that somebody else owes: only what the slip says is known. */
gboolean       mado_till_is_for_another  (MadoTill *self);

/* Which of it is about to be paid: {number, words, amount, paid, subject …}. */
void           mado_till_choose       (MadoTill *self, JsonNode *charge);
JsonNode      *mado_till_get_charge   (MadoTill *self);   /* (nullable) */
gint64         mado_till_get_owed     (MadoTill *self);   /* yen */

/* Begins; afterwards the state goes on by itself. */
void           mado_till_pay          (MadoTill *self, const char *method, const char *language);
/*
 * Five minutes more. A wallet gives a code its own time: once that is over, and the wallet says that nobody paid by it,
 * the next code comes by itself.
 */
gboolean       mado_till_may_extend   (MadoTill *self);
void           mado_till_extend       (MadoTill *self);
/* Wanted no more; what became of it comes as a state. */
void           mado_till_cancel       (MadoTill *self);

MadoTillState  mado_till_get_state    (MadoTill *self);
/* Money may still come: not the moment to be sent away. */
gboolean       mado_till_is_busy      (MadoTill *self);
/* A card is waited for; else a code is shown. */
gboolean       mado_till_is_at_terminal (MadoTill *self);
const char    *mado_till_get_url      (MadoTill *self);   /* (nullable): what the code says */
guint          mado_till_get_left     (MadoTill *self);   /* seconds one can pay here */
guint          mado_till_get_whole    (MadoTill *self);   /* of so many in all */
/* (nullable): a stable word of the provider's for how it ended: "no-funds". */
const char    *mado_till_get_reason   (MadoTill *self);
const char    *mado_till_get_trouble  (MadoTill *self);   /* (nullable): in words, why it could not begin */
/* (nullable): once paid, the case that waited for it, as it stands now. */
JsonNode      *mado_till_get_case     (MadoTill *self);
