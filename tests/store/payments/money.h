/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mado-test-people.h"
#include "payments/mado-books.h"
#include "payments/mado-charges.h"
#include "payments/mado-payments.h"
#include "payments/mado-refunds.h"
#include "payments/mado-settlements.h"

/* Money in a line or two of a test. What takes no error must succeed. */

#define MONEY_RESIDENT "01JD0000000000000000000R01"

extern const MadoActor money_clerk, money_supervisor, money_wallet, money_kiosk, money_resident, money_other;

/* Lines of one account each: "fees.a", 300, "fees.b", 200, NULL. */
GPtrArray   *money_lines    (const char *account, ...) G_GNUC_NULL_TERMINATED;
MadoCharge  *money_raise    (MadoTestStore *test, gint64 yen);
MadoCharge  *money_lessen   (MadoTestStore *test, const MadoCharge *charge, gint64 yen, GError **error);
MadoCharge  *money_charge   (MadoTestStore *test, const char *number);
MadoPayment *money_start    (MadoTestStore *test, const MadoActor *actor, const char *charge, MadoProvider provider,
                             GError **error);
/* @key: (nullable): a new one, for a provider */
MadoPayment *money_hear     (MadoTestStore *test, const MadoActor *actor, const char *payment, MadoPaymentEvent event,
                             const char *key, GError **error);
MadoPayment *money_slip     (MadoTestStore *test, const char *charge, MadoPaymentEvent event, const char *reference,
                             gint64 yen, GError **error);
MadoRefund  *money_propose  (MadoTestStore *test, const MadoActor *actor, const char *payment, gint64 yen,
                             GError **error);
MadoRefund  *money_refund   (MadoTestStore *test, const MadoActor *actor, const char *refund, MadoRefundEvent event,
                             GError **error);
#define MONEY_STATES 11
/* A wallet's payment of 300 yen that has come to stand in @state. */
MadoPayment *money_bring_to (MadoTestStore *test, MadoPaymentState state);

/* How the sample city reads files. */
MadoTreasury   *money_treasury (void);
/* Takes a file and waits until it is done. @n: -1 for text */
MadoSettlement *money_take     (MadoTestStore *test, const char *mapping, const char *file, gssize n, GError **error);
/* The job of a settlement, until it is done. */
void            money_wait     (MadoTestStore *test, const char *job);
/* A credit of a bank's notice; @payer and @note in UTF-8, as the bank writes them. */
typedef struct {
  const char *payer, *note;
  int yen;
  const char *reference;    /* six digits */
} MoneyCredit;

/* A notice of credits, as a bank makes it, of the 20th of November 2026. */
GString        *money_notice   (const MoneyCredit *credits, guint n);
/* A line as a collecting company writes it. @kind: "01" flash, "02" final, "03" cancelled */
char           *money_slip_line (const char *kind, const char *code, gint64 yen);

/* Debit less credit of an account, over all days. */
gint64       money_balance  (MadoTestStore *test, const char *account);

/* Debits are credits in every entry; and each charge, payment, refund and receipt is explained by the books. */
void         money_audit    (MadoTestStore *test);
