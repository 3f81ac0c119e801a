/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/mado-payment.h"

G_DEFINE_ENUM_TYPE (MadoProvider, mado_provider,
  G_DEFINE_ENUM_VALUE (MADO_PROVIDER_COUNTER, "counter"),
  G_DEFINE_ENUM_VALUE (MADO_PROVIDER_QR_WALLET, "qr-wallet"),
  G_DEFINE_ENUM_VALUE (MADO_PROVIDER_TERMINAL, "terminal"),
  G_DEFINE_ENUM_VALUE (MADO_PROVIDER_SLIP, "slip"),
  G_DEFINE_ENUM_VALUE (MADO_PROVIDER_BANK_TRANSFER, "bank-transfer"))

G_DEFINE_ENUM_TYPE (MadoPaymentState, mado_payment_state,
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_STATE_CREATED, "created"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_STATE_PENDING, "pending"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_STATE_AUTHORISED, "authorised"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_STATE_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_STATE_CAPTURED, "captured"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_STATE_FAILED, "failed"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_STATE_CANCELLED, "cancelled"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_STATE_EXPIRED, "expired"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_STATE_SETTLED, "settled"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_STATE_PARTLY_REFUNDED, "partly-refunded"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_STATE_REFUNDED, "refunded"))

G_DEFINE_ENUM_TYPE (MadoPaymentEvent, mado_payment_event,
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_EVENT_OPEN, "open"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_EVENT_AUTHORISE, "authorise"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_EVENT_CAPTURE, "capture"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_EVENT_FAIL, "fail"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_EVENT_CANCEL, "cancel"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_EVENT_EXPIRE, "expire"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_EVENT_ABANDON, "abandon"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_EVENT_LOSE, "lose"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_EVENT_SETTLE, "settle"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_EVENT_REFUND, "refund"))

G_DEFINE_FLAGS_TYPE (MadoPaymentGuard, mado_payment_guard,
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_GUARD_BY_HAND, "by-hand"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_GUARD_REMOTE, "remote"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_GUARD_UNSETTLED, "unsettled"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_GUARD_IN_PART, "in-part"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_GUARD_IN_FULL, "in-full"),
  G_DEFINE_ENUM_VALUE (MADO_PAYMENT_GUARD_UNTOUCHED, "untouched"))

#define ROW(f, e, t, who, guard) \
  { MADO_PAYMENT_STATE_##f, MADO_PAYMENT_EVENT_##e, MADO_PAYMENT_STATE_##t, who, guard, MADO_CLOCK_KEEP, 0 }
#define IS(g)    MADO_PAYMENT_GUARD_##g
#define PROVIDER (MADO_ROLE_NOTIFIER | MADO_ROLE_SYSTEM)                     /* what it told, read by us */
#define STAFF    MADO_ROLES_STAFF
#define PEOPLE   (MADO_ROLES_OWNER | MADO_ROLES_STAFF | MADO_ROLE_SYSTEM)   /* the system: time is up */

/*
 * Only who holds the money says that it came. We never decide that an attempt came to nothing: we abandon it, ask,
 * and take the answer; and money that comes all the same is taken up (the rows from failed, cancelled and expired).
 */
static const MadoTransition rows[] = {
  ROW (CREATED,         OPEN,      PENDING,         PROVIDER,          0),
  ROW (CREATED,         AUTHORISE, AUTHORISED,      PROVIDER,          0),
  ROW (CREATED,         CAPTURE,   CAPTURED,        PROVIDER,          0),
  ROW (CREATED,         CAPTURE,   CAPTURED,        STAFF,             IS (BY_HAND)),
  ROW (CREATED,         FAIL,      FAILED,          PROVIDER,          0),
  ROW (CREATED,         CANCEL,    CANCELLED,       PROVIDER,          0),
  ROW (CREATED,         CANCEL,    CANCELLED,       MADO_ROLES_OWNER | STAFF, IS (BY_HAND)),
  ROW (CREATED,         EXPIRE,    EXPIRED,         PROVIDER,          0),
  ROW (CREATED,         ABANDON,   UNKNOWN,         PEOPLE,            IS (REMOTE)),
  ROW (CREATED,         LOSE,      UNKNOWN,         PROVIDER,          0),

  ROW (PENDING,         AUTHORISE, AUTHORISED,      PROVIDER,          0),
  ROW (PENDING,         CAPTURE,   CAPTURED,        PROVIDER,          0),
  ROW (PENDING,         FAIL,      FAILED,          PROVIDER,          0),
  ROW (PENDING,         CANCEL,    CANCELLED,       PROVIDER,          0),
  ROW (PENDING,         EXPIRE,    EXPIRED,         PROVIDER,          0),
  ROW (PENDING,         ABANDON,   UNKNOWN,         PEOPLE,            IS (REMOTE)),
  ROW (PENDING,         LOSE,      UNKNOWN,         PROVIDER,          0),

  ROW (AUTHORISED,      CAPTURE,   CAPTURED,        PROVIDER,          0),
  ROW (AUTHORISED,      FAIL,      FAILED,          PROVIDER,          0),
  ROW (AUTHORISED,      CANCEL,    CANCELLED,       PROVIDER,          0),
  ROW (AUTHORISED,      EXPIRE,    EXPIRED,         PROVIDER,          0),
  ROW (AUTHORISED,      ABANDON,   UNKNOWN,         PEOPLE,            IS (REMOTE)),
  ROW (AUTHORISED,      LOSE,      UNKNOWN,         PROVIDER,          0),

  ROW (UNKNOWN,         OPEN,      PENDING,         PROVIDER,          0),
  ROW (UNKNOWN,         AUTHORISE, AUTHORISED,      PROVIDER,          0),
  ROW (UNKNOWN,         CAPTURE,   CAPTURED,        PROVIDER,          0),
  ROW (UNKNOWN,         FAIL,      FAILED,          PROVIDER,          0),
  ROW (UNKNOWN,         CANCEL,    CANCELLED,       PROVIDER,          0),
  ROW (UNKNOWN,         EXPIRE,    EXPIRED,         PROVIDER,          0),
  ROW (UNKNOWN,         LOSE,      UNKNOWN,         PROVIDER,          0),

  ROW (FAILED,          CAPTURE,   CAPTURED,        PROVIDER,          0),
  ROW (CANCELLED,       CAPTURE,   CAPTURED,        PROVIDER,          0),
  ROW (EXPIRED,         CAPTURE,   CAPTURED,        PROVIDER,          0),

  ROW (CAPTURED,        CANCEL,    CANCELLED,       PROVIDER,          IS (UNSETTLED) | IS (UNTOUCHED)),
  ROW (CAPTURED,        CANCEL,    CANCELLED,       MADO_ROLE_SUPERVISOR,
       IS (BY_HAND) | IS (UNSETTLED) | IS (UNTOUCHED)),
  ROW (CAPTURED,        SETTLE,    SETTLED,         PROVIDER,          IS (UNSETTLED)),
  ROW (CAPTURED,        REFUND,    PARTLY_REFUNDED, MADO_ROLE_SYSTEM,  IS (IN_PART)),
  ROW (CAPTURED,        REFUND,    REFUNDED,        MADO_ROLE_SYSTEM,  IS (IN_FULL)),

  ROW (SETTLED,         REFUND,    PARTLY_REFUNDED, MADO_ROLE_SYSTEM,  IS (IN_PART)),
  ROW (SETTLED,         REFUND,    REFUNDED,        MADO_ROLE_SYSTEM,  IS (IN_FULL)),

  ROW (PARTLY_REFUNDED, SETTLE,    PARTLY_REFUNDED, PROVIDER,          IS (UNSETTLED)),
  ROW (PARTLY_REFUNDED, REFUND,    PARTLY_REFUNDED, MADO_ROLE_SYSTEM,  IS (IN_PART)),
  ROW (PARTLY_REFUNDED, REFUND,    REFUNDED,        MADO_ROLE_SYSTEM,  IS (IN_FULL)),
  ROW (REFUNDED,        SETTLE,    REFUNDED,        PROVIDER,          IS (UNSETTLED)),
};

static const MadoStateTable table = {
  "payment", mado_payment_state_get_type, mado_payment_event_get_type, mado_payment_guard_get_type,
  rows, G_N_ELEMENTS (rows), 0,
};

const MadoStateTable *
mado_payment_states (void)
{
  return &table;
}

gboolean
mado_payment_state_is_live (MadoPaymentState state)
{
  return state == MADO_PAYMENT_STATE_CREATED || state == MADO_PAYMENT_STATE_PENDING
         || state == MADO_PAYMENT_STATE_AUTHORISED || state == MADO_PAYMENT_STATE_UNKNOWN;
}

gboolean
mado_payment_state_is_paid (MadoPaymentState state)
{
  return state == MADO_PAYMENT_STATE_CAPTURED || state == MADO_PAYMENT_STATE_SETTLED
         || state == MADO_PAYMENT_STATE_PARTLY_REFUNDED || state == MADO_PAYMENT_STATE_REFUNDED;
}

/* --- refunds -------------------------------------------------------------------------------------------------- */

G_DEFINE_ENUM_TYPE (MadoRefundState, mado_refund_state,
  G_DEFINE_ENUM_VALUE (MADO_REFUND_STATE_PROPOSED, "proposed"),
  G_DEFINE_ENUM_VALUE (MADO_REFUND_STATE_ASKED, "asked"),
  G_DEFINE_ENUM_VALUE (MADO_REFUND_STATE_DONE, "done"),
  G_DEFINE_ENUM_VALUE (MADO_REFUND_STATE_FAILED, "failed"),
  G_DEFINE_ENUM_VALUE (MADO_REFUND_STATE_DECLINED, "declined"))

G_DEFINE_ENUM_TYPE (MadoRefundEvent, mado_refund_event,
  G_DEFINE_ENUM_VALUE (MADO_REFUND_EVENT_APPROVE, "approve"),
  G_DEFINE_ENUM_VALUE (MADO_REFUND_EVENT_DECLINE, "decline"),
  G_DEFINE_ENUM_VALUE (MADO_REFUND_EVENT_FINISH, "finish"),
  G_DEFINE_ENUM_VALUE (MADO_REFUND_EVENT_FAIL, "fail"))

G_DEFINE_FLAGS_TYPE (MadoRefundGuard, mado_refund_guard,
  G_DEFINE_ENUM_VALUE (MADO_REFUND_GUARD_SECOND_PERSON, "second-person"),
  G_DEFINE_ENUM_VALUE (MADO_REFUND_GUARD_SMALL, "small"),
  G_DEFINE_ENUM_VALUE (MADO_REFUND_GUARD_BY_HAND, "by-hand"))

#define REFUND_ROW(f, e, t, who, guard) \
  { MADO_REFUND_STATE_##f, MADO_REFUND_EVENT_##e, MADO_REFUND_STATE_##t, who, guard, MADO_CLOCK_KEEP, 0 }

static const MadoTransition refund_rows[] = {
  REFUND_ROW (PROPOSED, APPROVE, ASKED,    STAFF | MADO_ROLE_SYSTEM, MADO_REFUND_GUARD_SMALL),
  REFUND_ROW (PROPOSED, APPROVE, ASKED,    MADO_ROLE_SUPERVISOR,     MADO_REFUND_GUARD_SECOND_PERSON),
  REFUND_ROW (PROPOSED, DECLINE, DECLINED, STAFF,                    0),
  REFUND_ROW (ASKED,    FINISH,  DONE,     PROVIDER,                 0),
  REFUND_ROW (ASKED,    FINISH,  DONE,     STAFF,                    MADO_REFUND_GUARD_BY_HAND),
  REFUND_ROW (ASKED,    FAIL,    FAILED,   PROVIDER,                 0),
  REFUND_ROW (ASKED,    FAIL,    FAILED,   STAFF,                    MADO_REFUND_GUARD_BY_HAND),
};

static const MadoStateTable refund_table = {
  "refund", mado_refund_state_get_type, mado_refund_event_get_type, mado_refund_guard_get_type,
  refund_rows, G_N_ELEMENTS (refund_rows), 0,
};

const MadoStateTable *
mado_refund_states (void)
{
  return &refund_table;
}
