/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-payment.h"
#include "store/mado-act.h"

G_BEGIN_DECLS

/* Until an attempt nobody finished is given up, in µs. */
#define MADO_PAYMENT_LIFE (G_GINT64_CONSTANT (90) * 60 * G_USEC_PER_SEC)

/**
 * mado_payment_start:
 * @charge: number of the charge
 * @provider: counter, wallet or terminal
 * @device: (nullable): where
 * @language: (nullable): of the payer's screen
 *
 * One attempt to pay all that is still owed. CONFLICT while another may still bring money, and where nothing is owed.
 * The provider is called through the outbox. The result is the #MadoPayment.
 */
MADO_EXPORT MadoAct *mado_payment_start (MadoStore *store, const MadoActor *actor, const char *charge,
                                         MadoProvider provider, const char *device, const char *language,
                                         GError **error);

/**
 * mado_payment_take_cash:
 * @charge: number of the charge
 *
 * A clerk has taken all that is still owed, in cash: begun and captured in one act. The result is the #MadoPayment.
 */
MADO_EXPORT MadoAct *mado_payment_take_cash (MadoStore *store, const MadoActor *actor, const char *charge,
                                             GError **error);

/**
 * MadoPaymentNews:
 * @event: what happened
 * @key: (nullable): under which it is remembered; the same key is taken once. %NULL where a person acts
 * @yen: with capture: what came; -1: as asked for
 * @costs: with settle: what the provider kept
 * @reference: (nullable): the provider's number
 * @offer: (nullable): with open: what to show the payer
 * @reason: (nullable): a stable word
 * @brand: (nullable): with capture at a terminal: what was held to it
 *
 * What is told of a payment: by redirect, by asking, by a notice, in a report, by a person. All of it comes through
 * mado_payment_hear().
 */
typedef struct {
  MadoPaymentEvent event;
  const char      *key;
  gint64           yen;
  gint64           costs;
  const char      *reference;
  JsonNode        *offer;
  const char      *reason;
  const char      *brand;
} MadoPaymentNews;

/**
 * mado_payment_hear:
 * @id: of the payment
 *
 * The one guarded step. News that is known already changes nothing; news of a provider that contradicts what is known
 * is remembered, journalled and changes nothing else. What a person may not do is refused. The result is the
 * #MadoPayment as it stands.
 */
MADO_EXPORT MadoAct *mado_payment_hear  (MadoStore *store, const MadoActor *actor, const char *id,
                                         const MadoPaymentNews *news, GError **error);
/**
 * MadoPaymentNotice:
 * @payment: id, as we told it
 * @reference: (nullable): the provider's number
 * @yen: -1: not told
 * @key: of this notice alone: a digest, hex
 *
 * What somebody says unasked, in the name of a provider that does not sign it.
 */
typedef struct {
  const char *payment;
  const char *reference;
  gint64      yen;
  const char *key;
} MadoPaymentNotice;

/**
 * mado_payment_take_notice:
 *
 * Believes nothing of it: the provider is asked, and its answer counts. One that came before changes nothing. One that
 * does not fit a payment of that provider is NOT_FOUND, and the journal remembers it ("payment.notice-refused"). The
 * result is the #MadoPayment.
 */
MADO_EXPORT MadoAct *mado_payment_take_notice (MadoStore *store, const MadoActor *actor, MadoProvider provider,
                                               const MadoPaymentNotice *notice, GError **error);
/**
 * mado_payment_note:
 * @charge: number of the charge
 * @news: authorise or capture; its reference names the payment from now on
 *
 * Money that came without an attempt of ours: a slip, a transfer. Where the reference is known already, it is news of
 * that payment. The result is the #MadoPayment.
 */
MADO_EXPORT MadoAct *mado_payment_note  (MadoStore *store, const MadoActor *actor, const char *charge,
                                         MadoProvider provider, const MadoPaymentNews *news, GError **error);

/**
 * mado_payment_get:
 *
 * Returns: (transfer full): the payment, for who may see its charge
 */
MADO_EXPORT MadoPayment *mado_payment_get  (MadoStore *store, const MadoActor *actor, const char *id, GError **error);
/**
 * mado_payment_list:
 * @charge: number of the charge
 *
 * Returns: (transfer full) (element-type MadoPayment): all attempts, oldest first
 */
MADO_EXPORT GPtrArray   *mado_payment_list (MadoStore *store, const MadoActor *actor, const char *charge,
                                            GError **error);
/**
 * mado_receipt_list:
 * @charge: number of the charge
 *
 * Returns: (transfer full) (element-type MadoPaymentReceipt): oldest first, void ones too
 */
MADO_EXPORT GPtrArray   *mado_receipt_list (MadoStore *store, const MadoActor *actor, const char *charge,
                                            GError **error);

/* Gives up those whose time is over, up to @max: their provider is asked. How many; -1 on error. */
MADO_EXPORT gint         mado_payments_lapse (MadoStore *store, guint max, GError **error);

G_END_DECLS
