/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "core/mado-error.h"
#include "model/mado-payment.h"

G_BEGIN_DECLS

/*
 * The wallet's protocol: PayPay Open Payment API, dynamic QR codes. What is said and how it is signed, without a
 * network: the notifier sends a MadoWalletCall and hands the answer back.
 */

/* Who we are there. */
typedef struct {
  const char *api_key, *api_secret;
  const char *merchant;              /* (nullable): X-ASSUME-MERCHANT */
} MadoWalletKeys;

/* One request, to be signed when it is sent, since the signature holds the time. */
typedef struct {
  const char *method;
  char       *path;
  char       *body;                  /* (nullable): JSON */
} MadoWalletCall;

void mado_wallet_call_clear (MadoWalletCall *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoWalletCall, mado_wallet_call_clear)

#define MADO_WALLET_CONTENT_TYPE "application/json"
#define MADO_WALLET_MAX_AGE      120   /* seconds a signature is good for */

/* @now: seconds since 1970, UTC */
MadoWalletCall mado_wallet_create     (const char *payment, gint64 yen, const char *description, gint64 now);
MadoWalletCall mado_wallet_ask        (const char *payment);
MadoWalletCall mado_wallet_drop_code  (const char *code);       /* nobody can pay by it any more */
MadoWalletCall mado_wallet_cancel     (const char *payment);    /* also gives back what was paid today */
MadoWalletCall mado_wallet_refund     (const char *refund, const char *reference, gint64 yen, const char *reason,
                                       gint64 now);
MadoWalletCall mado_wallet_ask_refund (const char *refund);

/**
 * mado_wallet_sign:
 * @call: what is sent; its path without a query
 * @content_type: (nullable): of the body
 * @nonce: up to 64 characters, never used twice
 * @epoch: seconds since 1970
 *
 * Returns: (transfer full): the Authorization header, "hmac OPA-Auth:KEY:MAC:NONCE:EPOCH:DIGEST"
 */
char    *mado_wallet_sign  (const MadoWalletKeys *keys, const MadoWalletCall *call, const char *content_type,
                            const char *nonce, gint64 epoch);
/* The other side: UNAUTHENTICATED where it was not made with @keys for this call, or not just now. */
gboolean mado_wallet_check (const MadoWalletKeys *keys, const MadoWalletCall *call, const char *content_type,
                            const char *authorization, gint64 now, GError **error);

typedef enum {
  MADO_WALLET_SAYS_STATE,     /* @event is how it stands */
  MADO_WALLET_SAYS_DONE,      /* what was asked for was done: a code made or dropped, a refund made */
  MADO_WALLET_SAYS_NO,        /* refused for good, with @reason */
  MADO_WALLET_SAYS_NOTHING,   /* it does not know this payment */
  MADO_WALLET_SAYS_LATER,     /* busy, or failed on its side: nothing is known; ask again */
} MadoWalletVerdict;

typedef struct {
  MadoWalletVerdict verdict;
  MadoPaymentEvent  event;
  char             *payment;      /* (nullable): ours */
  char             *reference;    /* (nullable): theirs */
  char             *code;         /* (nullable): id of the code */
  char             *url;          /* (nullable): what the code says */
  gint64            yen;          /* -1: not told */
  gint64            expires_at;   /* µs UTC; 0: not told */
  char             *reason;       /* (nullable): a stable word */
} MadoWalletAnswer;

void mado_wallet_answer_clear (MadoWalletAnswer *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoWalletAnswer, mado_wallet_answer_clear)

/* @status: of HTTP, 0: no answer came. MALFORMED for what is no answer of the protocol. */
gboolean mado_wallet_read_answer (guint status, const char *body, gsize length, MadoWalletAnswer *answer,
                                  GError **error);
/*
 * What they tell us unasked, about a transaction. The protocol does not sign it: take it from the wallet's addresses
 * only, and believe no more of it than asking confirms.
 */
gboolean mado_wallet_read_notice (const char *body, gsize length, MadoWalletAnswer *answer, GError **error);

G_END_DECLS
