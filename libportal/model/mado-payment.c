/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/mado-payment.h"

#define OPTIONAL MADO_FIELD_OPTIONAL

static const MadoField fields[] = {
  MADO_FIELD_ID     (MadoPayment, id, "Identifier (ULID); the provider knows it by this"),
  MADO_FIELD_INT    (MadoPayment, version, 0, 1, G_MAXINT32, "Counts its changes; the ETag"),
  MADO_FIELD_ENUM   (MadoPayment, state, mado_payment_state_get_type, 0, "Where it stands"),
  MADO_FIELD_STRING (MadoPayment, charge, 0, 64, "What is paid"),
  MADO_FIELD_ENUM   (MadoPayment, provider, mado_provider_get_type, 0, "By which way"),
  MADO_FIELD_STRING (MadoPayment, office, 0, 64, "Office whose revenue it is"),
  MADO_FIELD_STRING (MadoPayment, device, OPTIONAL, 64, "Where it was begun"),
  MADO_FIELD_STRING (MadoPayment, language, OPTIONAL, 16, "Language of the payer's screen (BCP 47)"),
  MADO_FIELD_YEN    (MadoPayment, amount, 0, "Yen asked for"),
  MADO_FIELD_YEN    (MadoPayment, captured, 0, "Yen that came"),
  MADO_FIELD_YEN    (MadoPayment, refunding, 0, "Yen on their way back"),
  MADO_FIELD_YEN    (MadoPayment, refunded, 0, "Yen given back"),
  MADO_FIELD_YEN    (MadoPayment, costs, 0, "Yen the provider kept"),
  MADO_FIELD_STRING (MadoPayment, reference, OPTIONAL, 128, "The provider's own number"),
  MADO_FIELD_STRING (MadoPayment, brand, OPTIONAL, 32, "What was held to the terminal: “visa”, “suica” …"),
  MADO_FIELD_JSON   (MadoPayment, offer, OPTIONAL, "What to show the payer"),
  MADO_FIELD_STRING (MadoPayment, reason, OPTIONAL, 64, "Why it came to nothing"),
  MADO_FIELD_TIME   (MadoPayment, created_at, 0, "When it began"),
  MADO_FIELD_TIME   (MadoPayment, updated_at, 0, "When it last changed"),
  MADO_FIELD_TIME   (MadoPayment, expires_at, 0, "When it is given up"),
  MADO_FIELD_TIME   (MadoPayment, captured_at, OPTIONAL, "When the money came"),
  MADO_FIELD_TIME   (MadoPayment, settled_at, OPTIONAL, "When the provider paid it out"),
};

MADO_DEFINE_RECORD (MadoPayment, mado_payment, fields)

static const MadoField refund_fields[] = {
  MADO_FIELD_ID     (MadoRefund, id, "Identifier (ULID); the provider knows it by this"),
  MADO_FIELD_INT    (MadoRefund, version, 0, 1, G_MAXINT32, "Counts its changes; the ETag"),
  MADO_FIELD_ENUM   (MadoRefund, state, mado_refund_state_get_type, 0, "Where it stands"),
  MADO_FIELD_STRING (MadoRefund, payment, 0, 64, "By which it came"),
  MADO_FIELD_STRING (MadoRefund, charge, 0, 64, "For what it was paid"),
  MADO_FIELD_YEN    (MadoRefund, amount, 0, "Yen to give back"),
  MADO_FIELD_STRING (MadoRefund, reason, 0, 64, "Why"),
  MADO_FIELD_STRING (MadoRefund, proposed_by, 0, 64, "Who asked for it"),
  MADO_FIELD_STRING (MadoRefund, decided_by, OPTIONAL, 64, "Who agreed or declined"),
  MADO_FIELD_TIME   (MadoRefund, created_at, 0, "When it was asked for"),
  MADO_FIELD_TIME   (MadoRefund, updated_at, 0, "When it last changed"),
};

MADO_DEFINE_RECORD (MadoRefund, mado_refund, refund_fields)

static const MadoField receipt_fields[] = {
  MADO_FIELD_STRING (MadoPaymentReceipt, number, 0, 96, "Its number"),
  MADO_FIELD_STRING (MadoPaymentReceipt, office, 0, 64, "Office that gives it"),
  MADO_FIELD_INT    (MadoPaymentReceipt, year, 0, 1, 9999, "Fiscal year"),
  MADO_FIELD_INT    (MadoPaymentReceipt, serial, 0, 1, G_MAXINT32, "Count within office and year"),
  MADO_FIELD_STRING (MadoPaymentReceipt, payment, 0, 64, "Payment that came"),
  MADO_FIELD_STRING (MadoPaymentReceipt, charge, 0, 64, "What was paid"),
  MADO_FIELD_YEN    (MadoPaymentReceipt, amount, 0, "Yen received"),
  MADO_FIELD_TIME   (MadoPaymentReceipt, issued_at, 0, "When"),
  MADO_FIELD_TIME   (MadoPaymentReceipt, void_at, OPTIONAL, "When the payment was taken back"),
};

MADO_DEFINE_RECORD (MadoPaymentReceipt, mado_payment_receipt, receipt_fields)
