/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the filed case to the receipt, as a kiosk, a wallet and a clerk see it. */
#include "mado-test-city.h"

typedef struct {
  MadoTestCity *city;
  CounterVisit visit;
  char *token;
  char *filed;              /* number of the case */
  char *charge;             /* its number */
  char *notifier, *clerk;
} Walk;

static void
walk_clear (Walk *self)
{
  counter_visit_clear (&self->visit);
  g_free (self->token);
  g_free (self->filed);
  g_free (self->charge);
  g_free (self->notifier);
  g_free (self->clerk);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

static MadoHeard *
ask (const Walk *self, const char *method, const char *token, const char *body, const char *path, ...)
{
  va_list values;
  g_autofree char *full = NULL;

  va_start (values, path);
  full = g_strdup_vprintf (path, values);
  va_end (values);
  return mado_test_city_ask (self->city, &(MadoAsk) { method, full, token, body, .if_match = "\"1\"" });
}

static Walk
walk_begin (MadoTestCity *city)
{
  Walk self = { .city = city, .visit = counter_open (city->test) };
  g_autoptr(MadoHeard) charges = NULL;

  self.token = g_strdup (self.visit.visit->token);
  self.notifier = mado_test_city_sign_in (city, MADO_ROLE_NOTIFIER, NULL);
  self.clerk = mado_test_city_sign_in (city, MADO_ROLE_CLERK, NULL);
  counter_identify (city->test, &self.visit, COUNTER_CARD, "1234");
  self.filed = counter_file (city->test, &self.visit, "juminhyo", counter_certificate_answers);
  charges = ask (&self, "GET", self.token, NULL, "/v1/charges");
  mado_assert_heard (charges, 200);
  g_assert_cmpstr (mado_heard_get (charges, "/items/0/words/ja"), ==, "住民票の写し（髙﨑 美代子さん）");
  self.charge = g_strdup (mado_heard_get (charges, "/items/0/number"));
  return self;
}

static char *
begin (const Walk *self)
{
  g_autoptr(MadoHeard) heard = ask (self, "POST", self->token, "{\"method\":\"qr-wallet\",\"language\":\"ja\"}",
                                    "/v1/charges/%s/payments", self->charge);

  mado_assert_heard (heard, 201);
  g_assert_cmpstr (mado_heard_get (heard, "/state"), ==, "created");
  g_assert_cmpstr (mado_heard_get (heard, "/device"), ==, "kiosk-1");
  return g_strdup (mado_heard_get (heard, "/id"));
}

static void
tell (const Walk *self, const char *payment, const char *news)
{
  g_autoptr(MadoHeard) heard = ask (self, "POST", self->notifier, news, "/v1/payments/%s/news", payment);

  mado_assert_heard (heard, 200);
}

static void
assert_state (const Walk *self, const char *payment, const char *state)
{
  g_autoptr(MadoHeard) heard = ask (self, "GET", self->token, NULL, "/v1/payments/%s", payment);

  mado_assert_heard (heard, 200);
  g_assert_cmpstr (mado_heard_get (heard, "/state"), ==, state);
}

static gboolean
has_result (const Walk *self)
{
  g_autoptr(MadoHeard) heard = ask (self, "GET", self->token, NULL, "/v1/cases/%s/document?kind=result", self->filed);

  return heard->status == 200;
}

/* The code, the money, the certificate, the receipt; and what is said twice happens once. */
static void
test_qr (MadoTestCity *city)
{
  g_auto(Walk) self = walk_begin (city);
  g_autofree char *payment = begin (&self);
  g_autoptr(MadoHeard) shown = NULL, receipts = NULL, paper = NULL, again = NULL;

  tell (&self, payment, "{\"event\":\"open\",\"key\":\"a\",\"offer\":{\"url\":\"https://qr.example/1\"}}");
  shown = ask (&self, "GET", self.token, NULL, "/v1/payments/%s", payment);
  g_assert_cmpstr (mado_heard_get (shown, "/offer/url"), ==, "https://qr.example/1");
  g_assert_false (has_result (&self));
  tell (&self, payment, "{\"event\":\"capture\",\"key\":\"b\",\"yen\":600,\"reference\":\"88\"}");
  tell (&self, payment, "{\"event\":\"capture\",\"key\":\"b\",\"yen\":600,\"reference\":\"88\"}");
  assert_state (&self, payment, "captured");
  g_assert_true (has_result (&self));
  receipts = ask (&self, "GET", self.token, NULL, "/v1/charges/%s/receipts", self.charge);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (mado_json_get (receipts->json, "/items"))), ==, 1);
  paper = ask (&self, "GET", self.token, NULL, "/v1/charges/%s/receipt?language=ja", self.charge);
  mado_assert_heard (paper, 200);
  g_assert_true (g_str_has_prefix (paper->text, "%PDF"));
  again = ask (&self, "POST", self.token, "{\"method\":\"qr-wallet\"}", "/v1/charges/%s/payments", self.charge);
  mado_assert_heard (again, 409);
}

/* Whoever is at it may let go of it; only the wallet's answer says what became of it. */
static void
test_cancel (MadoTestCity *city)
{
  g_auto(Walk) self = walk_begin (city);
  g_autofree char *payment = begin (&self);
  g_autoptr(MadoHeard) cancelled = NULL, second = NULL;

  tell (&self, payment, "{\"event\":\"open\",\"key\":\"a\"}");
  cancelled = ask (&self, "POST", self.token, NULL, "/v1/payments/%s/cancellation", payment);
  mado_assert_heard (cancelled, 200);
  assert_state (&self, payment, "unknown");
  second = ask (&self, "POST", self.token, "{\"method\":\"qr-wallet\"}", "/v1/charges/%s/payments", self.charge);
  mado_assert_heard (second, 409);
  tell (&self, payment, "{\"event\":\"cancel\",\"key\":\"b\"}");
  assert_state (&self, payment, "cancelled");
  g_free (begin (&self));
}

static MadoHeard *
notify (const Walk *self, const char *payment, const char *state, int yen)
{
  g_autofree char *body = g_strdup_printf ("{\"notification_type\":\"Transaction\",\"merchant_id\":\"m\","
                                           "\"order_id\":\"88\",\"merchant_order_id\":\"%s\","
                                           "\"order_amount\":\"%d\",\"state\":\"%s\"}", payment, yen, state);

  return ask (self, "POST", NULL, body, "/v1/providers/qr-wallet/webhook");
}

/* A notice is a reason to ask, never an answer: forged or repeated, it changes nothing. */
static void
test_notices (MadoTestCity *city)
{
  g_auto(Walk) self = walk_begin (city);
  g_autofree char *payment = begin (&self);
  const char *asks = "SELECT count(*) AS n FROM outbox WHERE topic = 'payment.ask'";
  const char *refused = "SELECT count(*) AS n FROM journal WHERE action = 'payment.notice-refused'";
  g_autoptr(MadoHeard) true_one = notify (&self, payment, "COMPLETED", 600);
  g_autoptr(MadoHeard) same = notify (&self, payment, "COMPLETED", 600);
  g_autoptr(MadoHeard) wrong_yen = notify (&self, payment, "COMPLETED", 1);
  g_autoptr(MadoHeard) nobody = notify (&self, "01JUNKNOWN", "COMPLETED", 600);

  mado_assert_heard (true_one, 204);
  mado_assert_heard (same, 204);
  mado_assert_heard (wrong_yen, 404);
  mado_assert_heard (nobody, 404);
  assert_state (&self, payment, "created");
  g_assert_false (has_result (&self));
  g_assert_cmpint (people_count (city->test, asks), ==, 1);
  g_assert_cmpint (people_count (city->test, refused), ==, 2);
}

/* Cash, then less is owed after all: a clerk gives it back. */
static void
test_cash_and_back (MadoTestCity *city)
{
  g_auto(Walk) self = walk_begin (city);
  g_autoptr(MadoHeard) paid = ask (&self, "POST", self.clerk, "{\"method\":\"counter\"}", "/v1/charges/%s/payments",
                                   self.charge);
  g_autoptr(MadoHeard) charge = NULL, lessened = NULL, refunds = NULL, done = NULL;
  g_autofree char *reduction = g_strdup_printf ("/v1/charges/%s/reduction", self.charge);
  const char *half = "{\"lines\":[{\"account\":\"fees.juminhyo\",\"quantity\":1,\"unit\":300}],"
                     "\"reason\":\"one copy\"}";

  mado_assert_heard (paid, 201);
  g_assert_cmpstr (mado_heard_get (paid, "/state"), ==, "captured");
  g_assert_true (has_result (&self));
  charge = ask (&self, "GET", self.clerk, NULL, "/v1/charges/%s", self.charge);
  g_assert_cmpstr (charge->etag, ==, "\"2\"");
  lessened = mado_test_city_ask (city, &(MadoAsk) { "POST", reduction, self.clerk, half, .if_match = charge->etag });
  mado_assert_heard (lessened, 200);
  refunds = ask (&self, "GET", self.clerk, NULL, "/v1/payments/%s/refunds", mado_heard_get (paid, "/id"));
  g_assert_cmpstr (mado_heard_get (refunds, "/items/0/state"), ==, "asked");
  done = ask (&self, "POST", self.clerk, "{\"event\":\"finish\"}", "/v1/refunds/%s/steps",
              mado_heard_get (refunds, "/items/0/id"));
  mado_assert_heard (done, 200);
  g_assert_cmpstr (mado_heard_get (done, "/state"), ==, "done");
}

/* A slip leads to what it is for; a digit misread does not. A stranger hears what is printed on it, and no more. */
static void
test_slip (MadoTestCity *city)
{
  g_auto(Walk) self = walk_begin (city);
  g_autoptr(MadoHeard) slip = ask (&self, "POST", self.token, NULL, "/v1/charges/%s/slips", self.charge);
  g_autofree char *stranger = mado_test_city_sign_in (city, MADO_ROLE_RESIDENT, "01STRANGER");
  g_autofree char *misread = NULL;
  g_autoptr(MadoHeard) found = NULL, wrong = NULL, hidden = NULL;

  mado_assert_heard (slip, 201);
  misread = g_strdup (mado_heard_get (slip, "/code"));
  found = ask (&self, "GET", self.token, NULL, "/v1/slips/%s", misread);
  hidden = ask (&self, "GET", stranger, NULL, "/v1/slips/%s", misread);
  misread[20] = misread[20] == '9' ? '0' : (char) (misread[20] + 1);
  wrong = ask (&self, "GET", self.token, NULL, "/v1/slips/%s", misread);
  mado_assert_heard (found, 200);
  g_assert_cmpstr (mado_heard_get (found, "/number"), ==, self.charge);
  mado_assert_heard (hidden, 200);
  g_assert_cmpstr (mado_heard_get (hidden, "/words/en"), ==, "Payment of a slip");
  g_assert_nonnull (mado_heard_get (found, "/payer"));
  g_assert_null (mado_heard_get (hidden, "/payer"));
  g_assert_null (mado_heard_get (hidden, "/visit"));
  g_assert_null (mado_heard_get (hidden, "/subject"));
  g_assert_null (mado_heard_get (hidden, "/lines/0/account"));
  g_assert_cmpstr (mado_heard_get (wrong, "/violations/0/code"), ==, "check-digit");
}

/* Filed by a visit nobody was identified at; staff saw a passport, so there is a charge that no resident owes. */
static Walk
walk_begin_unidentified (MadoTestCity *city)
{
  Walk self = { .city = city, .visit = counter_open (city->test) };
  g_autoptr(MadoHeard) charges = NULL;

  self.token = g_strdup (self.visit.visit->token);
  self.clerk = mado_test_city_sign_in (city, MADO_ROLE_CLERK, NULL);
  self.filed = counter_file (city->test, &self.visit, "koseki-shomei",
                             "{\"applicant.fullName\":\"沼津 太郎\",\"applicant.dateOfBirth\":\"1970-01-02\","
                             "\"currentAddress.streetAddress\":\"大手町\",\"currentAddress.cityBlock\":\"1\","
                             "\"domicile.address\":\"藤沢市朝日町1\",\"domicile.head\":\"沼津 花子\","
                             "\"domicile.relation\":\"self\",\"domicile.extent\":\"all\",\"certificate.copies\":1}");
  counter_walk (city->test, &counter_clerk, self.filed, "identify");
  charges = ask (&self, "GET", self.clerk, NULL, "/v1/charges");
  mado_assert_heard (charges, 200);
  g_assert_null (mado_heard_get (charges, "/items/0/payer"));
  self.charge = g_strdup (mado_heard_get (charges, "/items/0/number"));
  return self;
}

/* It is its visit's and nobody else's, and staff who look are journalled. */
static void
test_strangers (MadoTestCity *city)
{
  g_auto(Walk) self = walk_begin_unidentified (city);
  g_autofree char *payment = begin (&self), *resident = mado_test_city_sign_in (city, MADO_ROLE_RESIDENT, NULL);
  g_auto(CounterVisit) other = counter_open (city->test);
  const char *const strangers[] = { other.visit->token, resident };
  const char *looks = "SELECT COUNT(*) AS n FROM journal WHERE action IN ('charge.viewed', 'payments.viewed')";
  g_autoptr(MadoHeard) own = ask (&self, "GET", self.token, NULL, "/v1/charges/%s", self.charge);
  g_autoptr(MadoHeard) clerks = NULL, attempts = NULL;

  mado_assert_heard (own, 200);
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++) {
    const char *one = strangers[i], *pay = "{\"method\":\"qr-wallet\"}";
    g_autoptr(MadoHeard) charge = ask (&self, "GET", one, NULL, "/v1/charges/%s", self.charge);
    g_autoptr(MadoHeard) list = ask (&self, "GET", one, NULL, "/v1/charges/%s/payments", self.charge);
    g_autoptr(MadoHeard) receipts = ask (&self, "GET", one, NULL, "/v1/charges/%s/receipts", self.charge);
    g_autoptr(MadoHeard) paid = ask (&self, "POST", one, pay, "/v1/charges/%s/payments", self.charge);
    g_autoptr(MadoHeard) shown = ask (&self, "GET", one, NULL, "/v1/payments/%s", payment);
    g_autoptr(MadoHeard) cancelled = ask (&self, "POST", one, NULL, "/v1/payments/%s/cancellation", payment);

    mado_assert_heard (charge, 404);
    mado_assert_heard (list, 404);
    mado_assert_heard (receipts, 404);
    mado_assert_heard (paid, 404);
    mado_assert_heard (shown, 404);
    mado_assert_heard (cancelled, 404);
  }
  assert_state (&self, payment, "created");
  g_assert_cmpint (people_count (city->test, looks), ==, 0);
  clerks = ask (&self, "GET", self.clerk, NULL, "/v1/charges/%s", self.charge);
  attempts = ask (&self, "GET", self.clerk, NULL, "/v1/charges/%s/payments", self.charge);
  mado_assert_heard (clerks, 200);
  mado_assert_heard (attempts, 200);
  g_assert_cmpint (people_count (city->test, looks), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_city_add ("/charges/qr", test_qr);
  mado_test_city_add ("/charges/cancel", test_cancel);
  mado_test_city_add ("/charges/notices", test_notices);
  mado_test_city_add ("/charges/cash-and-back", test_cash_and_back);
  mado_test_city_add ("/charges/slip", test_slip);
  mado_test_city_add ("/charges/strangers", test_strangers);
  return g_test_run ();
}
