/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-record.h"
#include "mado-state-table.h"

G_BEGIN_DECLS

/**
 * MadoProvider:
 * @MADO_PROVIDER_COUNTER: cash taken by a clerk, whose word is the provider's
 * @MADO_PROVIDER_QR_WALLET: a wallet's code on the screen
 * @MADO_PROVIDER_TERMINAL: a card or IC terminal at the kiosk or counter, which the device drives
 * @MADO_PROVIDER_SLIP: a slip, paid at a convenience store, known by its reports
 * @MADO_PROVIDER_BANK_TRANSFER: a transfer, known by the bank's notices
 *
 * By which way money comes.
 */
typedef enum {
  MADO_PROVIDER_COUNTER,
  MADO_PROVIDER_QR_WALLET,
  MADO_PROVIDER_TERMINAL,
  MADO_PROVIDER_SLIP,
  MADO_PROVIDER_BANK_TRANSFER,
} MadoProvider;
#define MADO_TYPE_PROVIDER (mado_provider_get_type ())
MADO_EXPORT GType mado_provider_get_type (void);

typedef enum {
  MADO_PAYMENT_STATE_CREATED,
  MADO_PAYMENT_STATE_PENDING,          /* the provider waits for the payer */
  MADO_PAYMENT_STATE_AUTHORISED,       /* promised, not yet final: a flash report, an authorised card */
  MADO_PAYMENT_STATE_UNKNOWN,          /* the provider is being asked; do not pay again */
  MADO_PAYMENT_STATE_CAPTURED,         /* paid */
  MADO_PAYMENT_STATE_FAILED,
  MADO_PAYMENT_STATE_CANCELLED,
  MADO_PAYMENT_STATE_EXPIRED,
  MADO_PAYMENT_STATE_SETTLED,          /* the provider has paid it out to the city */
  MADO_PAYMENT_STATE_PARTLY_REFUNDED,
  MADO_PAYMENT_STATE_REFUNDED,
} MadoPaymentState;
#define MADO_TYPE_PAYMENT_STATE (mado_payment_state_get_type ())
MADO_EXPORT GType mado_payment_state_get_type (void);

typedef enum {
  MADO_PAYMENT_EVENT_OPEN,        /* the provider has it and waits for the payer */
  MADO_PAYMENT_EVENT_AUTHORISE,
  MADO_PAYMENT_EVENT_CAPTURE,
  MADO_PAYMENT_EVENT_FAIL,
  MADO_PAYMENT_EVENT_CANCEL,      /* it is certain that it was cancelled */
  MADO_PAYMENT_EVENT_EXPIRE,      /* it is certain that it ran out */
  MADO_PAYMENT_EVENT_ABANDON,     /* we want it no more: the provider is told, and its answer decides */
  MADO_PAYMENT_EVENT_LOSE,        /* no answer came: the provider is asked */
  MADO_PAYMENT_EVENT_SETTLE,
  MADO_PAYMENT_EVENT_REFUND,
} MadoPaymentEvent;
#define MADO_TYPE_PAYMENT_EVENT (mado_payment_event_get_type ())
MADO_EXPORT GType mado_payment_event_get_type (void);

typedef enum {
  MADO_PAYMENT_GUARD_BY_HAND   = 1 << 0,   /* at the counter: the clerk's word is the provider's */
  MADO_PAYMENT_GUARD_REMOTE    = 1 << 1,   /* there is somebody to ask */
  MADO_PAYMENT_GUARD_UNSETTLED = 1 << 2,
  MADO_PAYMENT_GUARD_IN_PART   = 1 << 3,   /* something is left after this refund */
  MADO_PAYMENT_GUARD_IN_FULL   = 1 << 4,
  MADO_PAYMENT_GUARD_UNTOUCHED = 1 << 5,   /* nothing of it is on its way back */
} MadoPaymentGuard;
#define MADO_TYPE_PAYMENT_GUARD (mado_payment_guard_get_type ())
MADO_EXPORT GType mado_payment_guard_get_type (void);

MADO_EXPORT const MadoStateTable *mado_payment_states (void);

/* Money may still come by it: its charge is not to be paid another way meanwhile. */
MADO_EXPORT gboolean mado_payment_state_is_live (MadoPaymentState state);
/* Money came, and (but for refunds) is here. */
MADO_EXPORT gboolean mado_payment_state_is_paid (MadoPaymentState state);

/* One attempt to pay one charge. */
#define MADO_TYPE_PAYMENT (mado_payment_get_type ())
MADO_DECLARE_RECORD (MadoPayment, mado_payment)
struct _MadoPayment {
  MadoRecord       parent;
  char            *id;             /* also what the provider knows it by */
  gint64           version;
  MadoPaymentState state;
  char            *charge;         /* id */
  MadoProvider     provider;
  char            *office;
  char            *device;         /* (nullable): where it was begun */
  char            *language;       /* (nullable) */
  gint64           amount;         /* yen asked for */
  gint64           captured;       /* yen that came */
  gint64           refunding;      /* yen on their way back */
  gint64           refunded;       /* yen given back */
  gint64           costs;          /* yen the provider kept, once settled */
  char            *reference;      /* (nullable): the provider's own number */
  char            *brand;          /* (nullable): what was held to the terminal: "suica" */
  JsonNode        *offer;          /* (nullable): what to show the payer: {url, code …}, while pending */
  char            *reason;         /* (nullable): why it failed or was given up: a stable word */
  gint64           created_at;
  gint64           updated_at;
  gint64           expires_at;
  gint64           captured_at;
  gint64           settled_at;
};

/* --- refunds -------------------------------------------------------------------------------------------------- */

typedef enum {
  MADO_REFUND_STATE_PROPOSED,    /* waits for a second person */
  MADO_REFUND_STATE_ASKED,       /* the provider has been told */
  MADO_REFUND_STATE_DONE,
  MADO_REFUND_STATE_FAILED,
  MADO_REFUND_STATE_DECLINED,
} MadoRefundState;
#define MADO_TYPE_REFUND_STATE (mado_refund_state_get_type ())
MADO_EXPORT GType mado_refund_state_get_type (void);

typedef enum {
  MADO_REFUND_EVENT_APPROVE,
  MADO_REFUND_EVENT_DECLINE,
  MADO_REFUND_EVENT_FINISH,
  MADO_REFUND_EVENT_FAIL,
} MadoRefundEvent;
#define MADO_TYPE_REFUND_EVENT (mado_refund_event_get_type ())
MADO_EXPORT GType mado_refund_event_get_type (void);

typedef enum {
  MADO_REFUND_GUARD_SECOND_PERSON = 1 << 0,   /* not the one who proposed it */
  MADO_REFUND_GUARD_SMALL         = 1 << 1,   /* not above the limit for one person */
  MADO_REFUND_GUARD_BY_HAND       = 1 << 2,
} MadoRefundGuard;
#define MADO_TYPE_REFUND_GUARD (mado_refund_guard_get_type ())
MADO_EXPORT GType mado_refund_guard_get_type (void);

MADO_EXPORT const MadoStateTable *mado_refund_states (void);

/* What was paid too much for a charge, on its way back by the way it came. */
#define MADO_TYPE_REFUND (mado_refund_get_type ())
MADO_DECLARE_RECORD (MadoRefund, mado_refund)
struct _MadoRefund {
  MadoRecord      parent;
  char           *id;
  gint64          version;
  MadoRefundState state;
  char           *payment;       /* id */
  char           *charge;        /* id */
  gint64          amount;        /* yen */
  char           *reason;        /* a word of the city's list: "withdrawn", "paid-twice", "reduced" … */
  char           *proposed_by;
  char           *decided_by;    /* (nullable) */
  gint64          created_at;
  gint64          updated_at;
};

/* --- receipts ------------------------------------------------------------------------------------------------- */

/* Says that money came. One for each captured payment; numbers run by office and fiscal year without gaps. */
#define MADO_TYPE_PAYMENT_RECEIPT (mado_payment_receipt_get_type ())
MADO_DECLARE_RECORD (MadoPaymentReceipt, mado_payment_receipt)
struct _MadoPaymentReceipt {
  MadoRecord parent;
  char      *number;       /* "hongo/2026/000123" */
  char      *office;
  gint64     year;         /* fiscal */
  gint64     serial;
  char      *payment;      /* id */
  char      *charge;       /* id */
  gint64     amount;       /* yen */
  gint64     issued_at;
  gint64     void_at;      /* when the payment was taken back; 0: it holds */
};

G_END_DECLS
