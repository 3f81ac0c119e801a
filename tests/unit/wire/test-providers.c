/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/mado-json.h"
#include "wire/mado-terminal.h"
#include "wire/mado-wallet.h"

static const MadoWalletKeys keys = { "APIKeyGenerated", "APIKeySecretGenerated", NULL };

/* The example of the published documentation, and what its own client for Node (2.x) signed. */
static void
test_signature (void)
{
  MadoWalletCall published = {
    "POST", (char *) "/v2/codes",
    (char *) "{\"sampleRequestBodyKey1\":\"sampleRequestBodyValue1\","
             "\"sampleRequestBodyKey2\":\"sampleRequestBodyValue2\"}"
  };
  MadoWalletCall post = {
    "POST", (char *) "/v2/codes",
    (char *) "{\"merchantPaymentId\":\"01J\",\"amount\":{\"amount\":300,\"currency\":\"JPY\"},"
             "\"codeType\":\"ORDER_QR\",\"orderDescription\":\"住民票の写し\"}"
  };
  g_auto(MadoWalletCall) ask = mado_wallet_ask ("01J");
  g_autofree char *a = mado_wallet_sign (&keys, &published, "application/json;charset=UTF-8;", "acd028", 1579843452);
  g_autofree char *b = mado_wallet_sign (&keys, &ask, MADO_WALLET_CONTENT_TYPE,
                                         "2a45f7d9-3204-4310-a78b-cdec5fee60ff", 1795266069);
  g_autofree char *c = mado_wallet_sign (&keys, &post, MADO_WALLET_CONTENT_TYPE,
                                         "87458945-a0ba-4226-8305-133cecda4e2a", 1795266069);

  g_assert_cmpstr (a, ==, "hmac OPA-Auth:APIKeyGenerated:NW1jKIMnzR7tEhMWtcJcaef+nFVBt7jjAGcVuxHhchc=:acd028:"
                          "1579843452:1j0FnY4flNp5CtIKa7x9MQ==");
  g_assert_cmpstr (b, ==, "hmac OPA-Auth:APIKeyGenerated:SXB7aGgneOLlZ/XG23lL/5G2iGSYe1f+9MJ8HI36RdM=:"
                          "2a45f7d9-3204-4310-a78b-cdec5fee60ff:1795266069:empty");
  g_assert_cmpstr (c, ==, "hmac OPA-Auth:APIKeyGenerated:ho4bcbRib91CiK8qqaY6VbCnqqp8PVJ+/IcrYM6Rt/w=:"
                          "87458945-a0ba-4226-8305-133cecda4e2a:1795266069:YP880yAqXa+SQWqHrnVsjA==");
}

static gboolean
is_accepted (const MadoWalletCall *call, const char *authorization, gint64 now)
{
  g_autoptr(GError) error = NULL;
  gboolean accepted = mado_wallet_check (&keys, call, MADO_WALLET_CONTENT_TYPE, authorization, now, &error);

  if (!accepted)
    g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED);
  return accepted;
}

static void
test_forged (void)
{
  g_auto(MadoWalletCall) call = mado_wallet_create ("01J", 300, "住民票の写し", 1000000);
  g_auto(MadoWalletCall) other = mado_wallet_create ("01J", 301, "住民票の写し", 1000000);
  g_autofree char *good = mado_wallet_sign (&keys, &call, MADO_WALLET_CONTENT_TYPE, "n", 1000000);

  g_assert_true (is_accepted (&call, good, 1000000));
  g_assert_true (is_accepted (&call, good, 1000119));
  g_assert_false (is_accepted (&call, good, 1000121));
  g_assert_false (is_accepted (&call, good, 999879));
  g_assert_false (is_accepted (&other, good, 1000000));
  g_assert_false (is_accepted (&call, NULL, 1000000));
  g_assert_false (is_accepted (&call, "hmac OPA-Auth:", 1000000));
  for (gsize i = 0; i < strlen (good); i++) {
    g_autofree char *bad = g_strdup (good);

    bad[i] ^= 1;
    g_assert_false (is_accepted (&call, bad, 1000000));
  }
}

static void
test_calls (void)
{
  g_auto(MadoWalletCall) create = mado_wallet_create ("01J", 300, "写し \"2\"", 7);
  g_auto(MadoWalletCall) refund = mado_wallet_refund ("01R", "9876", 100, "paid-twice", 7);
  g_auto(MadoWalletCall) drop = mado_wallet_drop_code ("04-a/b");
  g_autoptr(JsonNode) body = mado_json_parse (create.body, strlen (create.body), &MADO_JSON_LIMITS_BODY, NULL);
  g_autoptr(JsonNode) back = mado_json_parse (refund.body, strlen (refund.body), &MADO_JSON_LIMITS_BODY, NULL);

  g_assert_cmpstr (json_node_get_string (mado_json_get (body, "/merchantPaymentId")), ==, "01J");
  g_assert_cmpint (json_node_get_int (mado_json_get (body, "/amount/amount")), ==, 300);
  g_assert_cmpstr (json_node_get_string (mado_json_get (body, "/orderDescription")), ==, "写し \"2\"");
  g_assert_cmpstr (json_node_get_string (mado_json_get (back, "/paymentId")), ==, "9876");
  g_assert_cmpstr (refund.path, ==, "/v2/refunds");
  g_assert_cmpstr (drop.path, ==, "/v2/codes/04-a%2Fb");
  g_assert_null (drop.body);
}

static MadoWalletVerdict
judge (guint status, const char *body, MadoWalletAnswer *answer)
{
  g_autoptr(GError) error = NULL;

  mado_wallet_read_answer (status, body, strlen (body), answer, &error);
  g_assert_no_error (error);
  return answer->verdict;
}

static void
check_state (const char *status, MadoPaymentEvent event)
{
  g_autofree char *body = g_strdup_printf ("{\"resultInfo\":{\"code\":\"SUCCESS\"},\"data\":{\"status\":\"%s\","
                                           "\"merchantPaymentId\":\"01J\",\"paymentId\":\"98\","
                                           "\"amount\":{\"amount\":300,\"currency\":\"JPY\"}}}", status);
  g_auto(MadoWalletAnswer) answer = { 0 };

  g_assert_cmpint (judge (200, body, &answer), ==, MADO_WALLET_SAYS_STATE);
  g_assert_cmpint (answer.event, ==, event);
  g_assert_cmpint (answer.yen, ==, 300);
  g_assert_cmpstr (answer.reference, ==, "98");
}

static void
test_answers (void)
{
  g_auto(MadoWalletAnswer) code = { 0 }, busy = { 0 }, gone = { 0 }, no = { 0 }, lost = { 0 };

  check_state ("CREATED", MADO_PAYMENT_EVENT_OPEN);
  check_state ("COMPLETED", MADO_PAYMENT_EVENT_CAPTURE);
  check_state ("CANCELED", MADO_PAYMENT_EVENT_CANCEL);
  check_state ("EXPIRED", MADO_PAYMENT_EVENT_EXPIRE);
  check_state ("FAILED", MADO_PAYMENT_EVENT_FAIL);
  g_assert_cmpint (judge (201, "{\"resultInfo\":{\"code\":\"SUCCESS\"},\"data\":{\"codeId\":\"04-1\","
                               "\"url\":\"https://qr.example/1\",\"expiryDate\":1795266069}}", &code), ==,
                   MADO_WALLET_SAYS_DONE);
  g_assert_cmpstr (code.url, ==, "https://qr.example/1");
  g_assert_cmpint (code.expires_at, ==, G_GINT64_CONSTANT (1795266069000000));
  g_assert_cmpint (judge (500, "", &busy), ==, MADO_WALLET_SAYS_LATER);
  g_assert_cmpint (judge (0, "", &lost), ==, MADO_WALLET_SAYS_LATER);
  g_assert_cmpint (judge (404, "{\"resultInfo\":{\"code\":\"DYNAMIC_QR_PAYMENT_NOT_FOUND\"}}", &gone), ==,
                   MADO_WALLET_SAYS_NOTHING);
  g_assert_cmpint (judge (400, "{\"resultInfo\":{\"code\":\"INVALID_PARAMS\"}}", &no), ==, MADO_WALLET_SAYS_NO);
  g_assert_cmpstr (no.reason, ==, "invalid-params");
}

static void
test_wrong_answers (void)
{
  static const char *const bodies[] = {
    "", "[]", "{}", "{\"resultInfo\":{\"code\":1}}",
    "{\"resultInfo\":{\"code\":\"SUCCESS\"},\"data\":{\"status\":\"NEW\"}}",
    "{\"resultInfo\":{\"code\":\"SUCCESS\"},\"data\":{\"status\":1}}",
    "{\"resultInfo\":{\"code\":\"SUCCESS\"},\"data\":{\"amount\":{\"amount\":3,\"currency\":\"USD\"}}}",
    "{\"resultInfo\":{\"code\":\"SUCCESS\"},\"data\":{\"amount\":{\"amount\":-3,\"currency\":\"JPY\"}}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr(GError) error = NULL;
    g_auto(MadoWalletAnswer) answer = { 0 };

    g_assert_false (mado_wallet_read_answer (200, bodies[i], strlen (bodies[i]), &answer, &error));
    g_assert_error (error, MADO_ERROR, MADO_ERROR_MALFORMED);
  }
}

static void
test_notice (void)
{
  const char *text = "{\"notification_type\":\"Transaction\",\"merchant_id\":\"1\",\"order_id\":\"98\","
                     "\"merchant_order_id\":\"01J\",\"order_amount\":\"300\",\"state\":\"COMPLETED\","
                     "\"paid_at\":\"2026-11-21T10:00:00Z\"}";
  g_auto(MadoWalletAnswer) answer = { 0 }, other = { 0 };
  g_autoptr(GError) error = NULL;

  g_assert_true (mado_wallet_read_notice (text, strlen (text), &answer, &error));
  g_assert_cmpint (answer.event, ==, MADO_PAYMENT_EVENT_CAPTURE);
  g_assert_cmpint (answer.yen, ==, 300);
  g_assert_cmpstr (answer.payment, ==, "01J");
  text = "{\"notification_type\":\"Settlement\"}";
  g_assert_false (mado_wallet_read_notice (text, strlen (text), &other, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_MALFORMED);
}

/* --- the terminal ------------------------------------------------------------------------------------------------- */

static void
test_terminal_says (void)
{
  const char *paid = "{\"v\":1,\"id\":\"01J\",\"is\":\"paid\",\"yen\":300,\"brand\":\"suica\",\"reference\":\"8812\","
                     "\"new\":{}}";
  g_autofree char *pay = mado_terminal_pay ("01J", 300, "ja"), *refund = mado_terminal_refund ("01J", "01K", 100);
  MadoTerminalReport report;
  MadoPaymentEvent event;

  g_assert_cmpstr (pay, ==, "{\"v\":1,\"do\":\"pay\",\"id\":\"01J\",\"yen\":300,\"language\":\"ja\"}\n");
  g_assert_cmpstr (refund, ==, "{\"v\":1,\"do\":\"refund\",\"id\":\"01J\",\"refund\":\"01K\",\"yen\":100}\n");
  g_assert_true (mado_terminal_read (paid, strlen (paid), &report, NULL));
  g_assert_cmpstr (report.id, ==, "01J");
  g_assert_cmpint (report.yen, ==, 300);
  g_assert_true (mado_terminal_get_event (&report, &event));
  g_assert_cmpint (event, ==, MADO_PAYMENT_EVENT_CAPTURE);
  report.is = MADO_TERMINAL_READING;
  g_assert_false (mado_terminal_get_event (&report, &event));
}

static void
test_terminal_wrong (void)
{
  static const char *const lines[] = {
    "[]", "{\"v\":2,\"id\":\"a\",\"is\":\"paid\",\"yen\":1}", "{\"v\":1,\"is\":\"cancelled\"}",
    "{\"v\":1,\"id\":\"a\",\"is\":\"eaten\"}", "{\"v\":1,\"id\":\"a\",\"is\":\"paid\"}",
    "{\"v\":1,\"id\":\"a\",\"is\":\"paid\",\"yen\":-5}", "{\"v\":1,\"id\":\"a\",\"is\":\"paid\",\"yen\":1.5}",
    "{\"v\":1,\"id\":\"01234567890123456789012345678901234567890123456789012345678901234\",\"is\":\"cancelled\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autoptr(GError) error = NULL;
    MadoTerminalReport report;

    g_assert_false (mado_terminal_read (lines[i], strlen (lines[i]), &report, &error));
    g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/wallet/signature", test_signature);
  g_test_add_func ("/wire/wallet/forged", test_forged);
  g_test_add_func ("/wire/wallet/calls", test_calls);
  g_test_add_func ("/wire/wallet/answers", test_answers);
  g_test_add_func ("/wire/wallet/wrong-answers", test_wrong_answers);
  g_test_add_func ("/wire/wallet/notice", test_notice);
  g_test_add_func ("/wire/terminal/says", test_terminal_says);
  g_test_add_func ("/wire/terminal/wrong", test_terminal_wrong);
  return g_test_run ();
}
