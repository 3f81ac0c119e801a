/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every cell of role × route × owner, from the table the service runs: on things that are really there, with a body
 * the route takes. Who may gets what the table says; who is somebody else is told that there is no such thing.
 */
#include "mado-test-city.h"

#include <string.h>

#include "core/mado-id.h"
#include "core/mado-seal.h"

#define CARD    "{\"cardNumber\":\"" COUNTER_CARD "\",\"pin\":\"1234\"}"
#define FILING  "{\"procedures\":[{\"id\":\"juminhyo\",\"revision\":2}],\"answers\":{answers}}"
#define STRANGERS_CARD "901420512591"
#define DAY     "2026-11-19"
/* 通知書番号,宛名ID,納税者カナ,税額,納期限,期別,税目; then T1,,,1000,2026-12-25,1,市県民税 */
#define TITLES  "{\"mapping\":\"tax-bills\",\"titles\":\"6YCa55+l5pu455Wq5Y+3LOWum+WQjUlELOe0jeeojuiAheOC" \
                "q+ODiiznqI7poY0s57SN5pyf6ZmQLOacn+WIpSznqI7nm64K\"}"
#define LINES   "{\"piece\":0,\"lines\":\"VDEsLCwxMDAwLDIwMjYtMTItMjUsMSzluILnnIzmsJHnqI4K\"}"

/* --- who asks --------------------------------------------------------------------------------------------------- */

typedef enum {
  WHOSE_MINE,      /* whose it is, or at whose kiosk it was begun */
  WHOSE_OTHERS,    /* the same role, of somebody else */
  WHOSE_NOBODYS,   /* a visit at which no card was shown */
} Whose;

static const struct { const char *name; MadoRole role; Whose whose; } askers[] = {
  { "somebody without a session", MADO_ROLE_NONE, WHOSE_OTHERS },
  { "another resident", MADO_ROLE_RESIDENT, WHOSE_OTHERS },
  { "another's visit", MADO_ROLE_VISIT, WHOSE_OTHERS },
  { "a visit without a card", MADO_ROLE_VISIT, WHOSE_NOBODYS },
  { "another kiosk", MADO_ROLE_DEVICE, WHOSE_OTHERS },
  { "its resident", MADO_ROLE_RESIDENT, WHOSE_MINE },
  { "its visit", MADO_ROLE_VISIT, WHOSE_MINE },
  { "its kiosk", MADO_ROLE_DEVICE, WHOSE_MINE },
  { "a clerk", MADO_ROLE_CLERK, WHOSE_MINE },
  { "a supervisor", MADO_ROLE_SUPERVISOR, WHOSE_MINE },
  { "an auditor", MADO_ROLE_AUDITOR, WHOSE_MINE },
  { "a notifier", MADO_ROLE_NOTIFIER, WHOSE_MINE },
};

/* --- what they ask about ---------------------------------------------------------------------------------------- */

typedef struct {
  MadoTestCity *city;
  CounterVisit visit;    /* its owner's, at kiosk-1 */
  CounterVisit other;    /* somebody else's, identified at kiosk-2 */
  CounterVisit nobodys;
  char *stranger;        /* who the other is */
  char *subject;         /* what "{…}" stands for, in the path and in the body */
  char *etag;            /* (nullable): of the subject, or of what it came from */
} World;

static CounterVisit
open_visit (MadoTestCity *city, const char *kiosk)
{
  const MadoActor device = { "device", kiosk, NULL, MADO_ROLE_DEVICE };
  g_autoptr(GError) error = NULL;
  gpointer visit = NULL;

  mado_act_run (city->test->store, mado_visit_start (city->test->store, &device, "ja", &error), &visit, &error);
  g_assert_no_error (error);
  return (CounterVisit) { visit, { "visit", ((MadoVisit *) visit)->id, NULL, MADO_ROLE_VISIT } };
}

static World
world_new (MadoTestCity *city, const char *stranger)
{
  World self = { .city = city, .visit = open_visit (city, "kiosk-1"), .other = open_visit (city, "kiosk-2"),
                 .nobodys = open_visit (city, "kiosk-2"), .stranger = g_strdup (stranger) };

  counter_identify (city->test, &self.other, STRANGERS_CARD, "1234");
  return self;
}

static void
world_clear (World *self)
{
  counter_visit_clear (&self->visit);
  counter_visit_clear (&self->other);
  counter_visit_clear (&self->nobodys);
  g_free (self->stranger);
  g_free (self->subject);
  g_free (self->etag);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static void
name_subject (World *self, const char *subject)
{
  g_assert_nonnull (subject);
  g_free (self->subject);
  self->subject = g_strdup (subject);
}

/* Somebody's session, as an account that stays the same. */
static char *
token_of (const World *self, MadoRole role, Whose whose)
{
  const CounterVisit *visit = whose == WHOSE_MINE ? &self->visit
                              : whose == WHOSE_OTHERS ? &self->other : &self->nobodys;

  if (role == MADO_ROLE_NONE)
    return NULL;
  if (role == MADO_ROLE_VISIT)
    return g_strdup (visit->visit->token);
  if (role == MADO_ROLE_RESIDENT)
    return mado_test_city_sign_in (self->city, role, whose == WHOSE_MINE ? self->city->resident : self->stranger);
  if (role == MADO_ROLE_DEVICE)
    return mado_test_city_sign_in (self->city, role, whose == WHOSE_MINE ? "kiosk-1" : "kiosk-2");
  return mado_test_city_sign_in (self->city, role, mado_enum_nick (MADO_TYPE_ROLE, role));
}

/* What a maker needs done on the way, over HTTP as anybody would: it has to succeed. */
static MadoHeard *
need (const World *self, MadoRole role, const char *method, const char *path, const char *body)
{
  g_autofree char *token = token_of (self, role, WHOSE_MINE);
  MadoHeard *heard = mado_test_city_ask (self->city, &(MadoAsk) { method, path, token, body,
                                                                  .if_match = self->etag });

  if (heard->status >= 300)
    g_error ("%s %s: %u: %s", method, path, heard->status, heard->text);
  return heard;
}

/* The same about the subject, which gives way to what @pointer of the answer says. */
static void
go_on (World *self, MadoRole role, const char *method, const char *format, const char *body, const char *pointer)
{
  g_auto(GStrv) parts = g_strsplit (format, "{}", 2);
  g_autofree char *path = g_strjoinv (self->subject, parts);
  g_autoptr(MadoHeard) heard = need (self, role, method, path, body);

  name_subject (self, mado_heard_get (heard, pointer));
  if (heard->etag) {
    g_free (self->etag);
    self->etag = g_strdup (heard->etag);
  }
}

/* --- makers: the subject, in the state the route wants it in ---------------------------------------------------- */

static void
make_visit (World *self)
{
  name_subject (self, self->visit.visit->id);
}

static void
make_person (World *self)
{
  counter_identify (self->city->test, &self->visit, COUNTER_CARD, "1234");
  make_visit (self);
}

static void
make_draft (World *self)
{
  const char *draft = "{\"procedures\":[{\"id\":\"juminhyo\",\"revision\":2}],\"answers\":{}}";

  make_person (self);
  go_on (self, MADO_ROLE_VISIT, "PUT", "/v1/visits/{}/draft", draft, "/number");
}

/* Granted by rule, and its fee is due: whose it is may still withdraw it, and so may staff for them. */
static void
make_case (World *self)
{
  g_autofree char *number = NULL;

  make_person (self);
  number = counter_file (self->city->test, &self->visit, "juminhyo", counter_certificate_answers);
  name_subject (self, number);
  go_on (self, MADO_ROLE_CLERK, "GET", "/v1/cases/{}", NULL, "/number");
}

/* Its certificate may be printed now, by whose it is. */
static void
make_paid_case (World *self)
{
  make_case (self);
  counter_walk (self->city->test, &counter_clerk, self->subject, "paid");
}

/* In the owner's name, and no card has been shown yet. */
static void
make_move (World *self)
{
  g_autoptr(GString) answers = g_string_new (counter_move_in_answers);
  g_autofree char *number = NULL;

  g_string_replace (answers, "佐々木 悠斗\",\"applicant.dateOfBirth\":\"1990-05-24",
                    "髙﨑 美代子\",\"applicant.dateOfBirth\":\"1941-03-02", 1);
  number = counter_file (self->city->test, &self->visit, "tennyu", answers->str);
  name_subject (self, number);
}

static void
make_prefiled (World *self)
{
  g_autofree char *number = counter_file (self->city->test, &self->visit, "juminhyo", counter_certificate_answers);

  name_subject (self, number);
}

/* Attached, and not filed yet. */
static void
make_attachment (World *self)
{
  make_visit (self);
  go_on (self, MADO_ROLE_VISIT, "POST", "/v1/visits/{}/attachments", "{\"content\":\"" COUNTER_PICTURE "\"}", "/id");
}

/* With a case, so that staff may look at it. */
static void
make_filed_attachment (World *self)
{
  g_autofree char *id = NULL, *answers = NULL, *number = NULL;

  make_person (self);
  id = counter_attach (self->city->test, &self->visit);
  answers = g_strdup_printf ("{\"applicant.phone\":\"0466251111\",\"insurance.joinReason\":\"left-job\","
                             "\"insurance.changedOn\":\"2026-11-01\",\"insurance.people\":\"髙﨑 美代子\","
                             "\"card.hasMyNumberCard\":true,\"insurance.lossProof\":[\"%s\"]}", id);
  number = counter_file (self->city->test, &self->visit, "kokuho-kanyu", answers);
  name_subject (self, id);
}

static void
make_link (World *self)
{
  g_autofree char *url = NULL;

  make_case (self);
  go_on (self, MADO_ROLE_VISIT, "POST", "/v1/cases/{}/link", "{}", "/url");
  url = g_strdup (self->subject);
  name_subject (self, strrchr (url, '/') + 1);
}

static void
make_charge (World *self)
{
  make_case (self);
  go_on (self, MADO_ROLE_VISIT, "GET", "/v1/charges", NULL, "/items/0/number");
  go_on (self, MADO_ROLE_VISIT, "GET", "/v1/charges/{}", NULL, "/number");
}

static void
make_overdue (World *self)
{
  make_charge (self);
  mado_test_store_tamper (self->city->test,
                          "UPDATE charges SET due_date = '2025-06-30', amount = 100000, subject = NULL");
}

/* Cash: the charge stays the subject. */
static void
make_paid_charge (World *self)
{
  g_autofree char *path = NULL;
  g_autoptr(MadoHeard) paid = NULL;

  make_charge (self);
  path = g_strdup_printf ("/v1/charges/%s/payments", self->subject);
  paid = need (self, MADO_ROLE_CLERK, "POST", path, "{\"method\":\"counter\"}");
  go_on (self, MADO_ROLE_VISIT, "GET", "/v1/charges/{}", NULL, "/number");
}

static void
make_slip (World *self)
{
  make_charge (self);
  go_on (self, MADO_ROLE_VISIT, "POST", "/v1/charges/{}/slips", NULL, "/code");
}

/* Begun by who holds the slip; code and payment stand in the path. */
static void
make_slip_payment (World *self)
{
  g_autofree char *code = NULL, *id = NULL, *both = NULL;

  make_slip (self);
  code = g_strdup (self->subject);
  go_on (self, MADO_ROLE_VISIT, "POST", "/v1/slips/{}/payments", "{\"method\":\"qr-wallet\"}", "/id");
  id = g_strdup (self->subject);
  both = g_strdup_printf ("%s/payments/%s", code, id);
  name_subject (self, both);
}

static void
make_payment (World *self)
{
  make_charge (self);
  go_on (self, MADO_ROLE_VISIT, "POST", "/v1/charges/{}/payments", "{\"method\":\"qr-wallet\"}", "/id");
}

static void
make_terminal_payment (World *self)
{
  make_charge (self);
  go_on (self, MADO_ROLE_VISIT, "POST", "/v1/charges/{}/payments", "{\"method\":\"terminal\"}", "/id");
}

/* Paid; then it turned out that less was owed. */
static void
make_overpaid (World *self)
{
  const char *half = "{\"lines\":[{\"account\":\"fees.juminhyo\",\"quantity\":1,\"unit\":300}],"
                     "\"reason\":\"one copy\"}";
  g_autofree char *charge = NULL, *path = NULL;
  g_autoptr(MadoHeard) lessened = NULL;

  make_paid_charge (self);
  charge = g_strdup (self->subject);
  path = g_strdup_printf ("/v1/charges/%s/reduction", charge);
  lessened = need (self, MADO_ROLE_CLERK, "POST", path, half);
  go_on (self, MADO_ROLE_CLERK, "GET", "/v1/charges/{}/payments", NULL, "/items/0/id");
}

/* Asked for by the reduction: the money is in the drawer, and nobody has handed it over yet. */
static void
make_refund (World *self)
{
  make_overpaid (self);
  go_on (self, MADO_ROLE_CLERK, "GET", "/v1/payments/{}/refunds", NULL, "/items/0/id");
}

/* It came to nothing: what is too much may be given back by another try. */
static void
make_failed_refund (World *self)
{
  g_autofree char *payment = NULL, *path = NULL;
  g_autoptr(MadoHeard) failed = NULL;

  make_overpaid (self);
  payment = g_strdup (self->subject);
  go_on (self, MADO_ROLE_CLERK, "GET", "/v1/payments/{}/refunds", NULL, "/items/0/id");
  path = g_strdup_printf ("/v1/refunds/%s/steps", self->subject);
  failed = need (self, MADO_ROLE_CLERK, "POST", path, "{\"event\":\"fail\"}");
  name_subject (self, payment);
}

static void
make_staff_call (World *self)
{
  go_on (self, MADO_ROLE_DEVICE, "POST", "/v1/staff-calls", "{\"page\":\"home\",\"language\":\"ja\"}", "/id");
}

/* An entry that is in the tree already. */
static void
make_position (World *self)
{
  gint64 until = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;

  for (gboolean ready = FALSE; !ready; g_usleep (20000)) {
    g_autoptr(MadoHeard) roots = need (self, MADO_ROLE_AUDITOR, "GET", "/v1/journal/roots", NULL);

    ready = mado_heard_get (roots, "/items/0/root") != NULL;
    g_assert_true (ready || g_get_monotonic_time () < until);
  }
  name_subject (self, "1");
}

static void
make_leased (World *self)
{
  const char *lease = "{\"channels\":[\"desktop\"],\"max\":1,\"seconds\":600}";

  make_staff_call (self);
  go_on (self, MADO_ROLE_NOTIFIER, "POST", "/v1/outbox/leases", lease, "/items/0/id");
}

static void
make_given_up (World *self)
{
  make_leased (self);
  mado_test_store_tamper (self->city->test, "UPDATE outbox SET state = 'dead'");
}

/* --- the treasurer's */

/* A wallet's file with one line that is nobody's; it becomes the subject, for the body. */
static void
make_file (World *self)
{
  g_autofree char *id = mado_ulid_new (), *file = NULL;
  g_autofree char *text = g_strdup_printf ("取引番号,取引ステータス,取引日時,取引金額,加盟店決済ID\n"
                                           "%s,取引完了,2026/11/19 10:00:00,500,X%s\n", id, id);

  file = g_base64_encode ((const guchar *) text, strlen (text));
  name_subject (self, file);
}

static void
make_settlement (World *self)
{
  g_autofree char *body = NULL;

  make_file (self);
  body = g_strdup_printf ("{\"mapping\":\"wallet\",\"file\":\"%s\"}", self->subject);
  go_on (self, MADO_ROLE_CLERK, "POST", "/v1/settlements", body, "/id");
}

static void
make_difference (World *self)
{
  g_autofree char *path = NULL;
  gint64 until = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;

  g_free (self->etag);
  self->etag = g_strdup ("\"1\"");
  make_settlement (self);
  path = g_strdup_printf ("/v1/settlements/%s", self->subject);
  for (gboolean ready = FALSE; !ready; g_usleep (20000)) {
    g_autoptr(MadoHeard) settlement = need (self, MADO_ROLE_CLERK, "GET", path, NULL);

    ready = mado_heard_get (settlement, "/differences/0/id") != NULL;
    if (ready)
      name_subject (self, mado_heard_get (settlement, "/differences/0/id"));
    g_assert_true (ready || g_get_monotonic_time () < until);
  }
}

static void
make_billing (World *self)
{
  go_on (self, MADO_ROLE_CLERK, "POST", "/v1/billings", TITLES, "/id");
}

static void
make_filled_billing (World *self)
{
  make_billing (self);
  go_on (self, MADO_ROLE_CLERK, "POST", "/v1/billings/{}/pieces", LINES, "/id");
}

/* A filing sealed by a kiosk whose line was down. */
static void
make_box (World *self)
{
  g_autoptr(MadoKey) secret = mado_store_get_city_key (self->city->test->store, "sealed-filings");
  g_autofree char *id = mado_ulid_new (), *box = NULL;
  g_autofree char *text = g_strdup_printf ("{\"visitNumber\":null,\"reservedId\":\"%s\",\"procedures\":"
                                           "[{\"id\":\"juminhyo\",\"revision\":2}],\"answers\":%s}", id,
                                           counter_certificate_answers);
  g_autoptr(GBytes) sealed = NULL;
  guint8 public_key[32];

  mado_box_public_key (secret, public_key);
  sealed = mado_box_seal (public_key, text, strlen (text));
  box = g_base64_encode (g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
  name_subject (self, box);
}

/* --- the routes -------------------------------------------------------------------------------------------------- */

typedef enum {
  OF_ANYBODY,   /* every role of the row alike */
  OF_OWNER,     /* of residents, visits and kiosks only one's own: others are told it is not there */
  OF_ASKER,     /* about who asks, so there has to be somebody */
} Of;

/* A new route wants a line here; one that gives several things, a line for each. */
static const struct {
  const char *route;
  Of          of;
  void      (*make) (World *world);   /* (nullable): sets the subject */
  const char *body;                   /* (nullable): {subject} and {answers} are put in */
  const char *subject;                /* (nullable): instead of a maker */
  const char *query;
} entries[] = {
  { "GET /v1/health" },
  { "GET /v1/city" },
  { "GET /v1/openapi.json" },
  { "GET /v1/metrics" },
  { "GET /v1/procedures" },
  { "GET /v1/catalogue" },
  { "GET /v1/procedures/{id}", .subject = "juminhyo" },
  { "GET /v1/forms/{id}", .subject = "juminhyo" },
  { "GET /v1/search", .query = "?q=%E5%BC%95%E8%B6%8A" },
  { "GET /v1/life-events" },
  { "GET /v1/life-events/{id}", .subject = "moving" },
  { "GET /v1/faq" },
  { "GET /v1/faq/{id}", .subject = "move-when" },

  { "POST /v1/sessions", .body = "{\"method\":\"card\",\"cardNumber\":\"" COUNTER_CARD "\",\"pin\":\"1234\"}" },
  { "DELETE /v1/sessions/current" },
  { "GET /v1/me" },
  { "GET /v1/me/disclosures", OF_ASKER, make_person },
  { "GET /v1/me/consents" },   /* of nobody in particular: what one might consent to */
  { "PUT /v1/me/consents", OF_ASKER, make_person, "{\"items\":[{\"purpose\":\"notices\",\"active\":false}]}" },
  { "GET /v1/me/drafts" },
  { "GET /v1/me/drafts/{number}", OF_OWNER, make_draft },
  { "DELETE /v1/me/drafts/{number}", OF_OWNER, make_draft },

  { "POST /v1/visits", .body = "{\"language\":\"ja\"}" },
  { "GET /v1/visits/{id}", OF_OWNER, make_visit },
  { "DELETE /v1/visits/{id}", OF_OWNER, make_visit },
  { "POST /v1/visits/{id}/identification", OF_OWNER, make_visit, CARD },
  { "PUT /v1/visits/{id}/answers", OF_OWNER, make_visit, "{\"answers\":{answers}}" },
  { "POST /v1/visits/{id}/submission", OF_OWNER, make_visit, FILING },
  { "PUT /v1/visits/{id}/draft", OF_OWNER, make_person, FILING },
  { "POST /v1/visits/{id}/attachments", OF_OWNER, make_visit, "{\"content\":\"" COUNTER_PICTURE "\"}" },
  { "GET /v1/attachments/{id}", OF_OWNER, make_filed_attachment },
  { "DELETE /v1/attachments/{id}", OF_OWNER, make_attachment },
  { "POST /v1/sealed-filings", OF_ANYBODY, make_box, "{\"box\":\"{subject}\"}" },

  { "GET /v1/cases" },
  { "GET /v1/cases/{number}", OF_OWNER, make_case },
  { "POST /v1/cases/{number}/transitions", OF_OWNER, make_case, "{\"event\":\"withdraw\"}" },
  { "POST /v1/cases/{number}/holder", OF_OWNER, make_prefiled, "{\"cardNumber\":\"" COUNTER_CARD "\"}" },
  { "GET /v1/cases/{number}/document", OF_OWNER, make_case, .query = "?kind=record" },
  { "GET /v1/cases/{number}/document", OF_OWNER, make_move, .query = "?kind=form" },
  { "GET /v1/cases/{number}/document", OF_OWNER, make_paid_case, .query = "?kind=result" },
  { "POST /v1/cases/{number}/handing-out", OF_OWNER, make_paid_case },
  { "POST /v1/cases/{number}/link", OF_OWNER, make_case, "{\"language\":\"en\"}" },
  { "GET /r/{token}", OF_ANYBODY, make_link },

  { "GET /v1/charges" },
  { "POST /v1/charges", .body = "{\"office\":\"environment\",\"words\":{\"ja\":\"粗大ごみ\"},"
    "\"lines\":[{\"account\":\"fees.garbage\",\"quantity\":1,\"unit\":500}]}" },
  { "GET /v1/charges/{number}", OF_OWNER, make_charge },
  { "POST /v1/charges/{number}/reduction", OF_OWNER, make_charge, "{\"lines\":[],\"reason\":\"raised by mistake\"}" },
  { "GET /v1/charges/{number}/payments", OF_OWNER, make_charge },
  { "POST /v1/charges/{number}/payments", OF_OWNER, make_charge, "{\"method\":\"qr-wallet\"}" },
  { "GET /v1/charges/{number}/receipts", OF_OWNER, make_paid_charge },
  { "GET /v1/charges/{number}/receipt", OF_OWNER, make_paid_charge },
  { "POST /v1/charges/{number}/slips", OF_OWNER, make_charge },
  { "GET /v1/charges/{number}/surcharge", OF_OWNER, make_overdue },
  { "POST /v1/charges/{number}/surcharge", OF_OWNER, make_overdue, "{}" },
  { "GET /v1/charges/{number}/instalments", OF_OWNER, make_overdue, .query = "?n=2&firstDue=2026-12-25" },
  { "POST /v1/charges/{number}/instalments", OF_OWNER, make_overdue,
    "{\"n\":2,\"firstDue\":\"2026-12-25\",\"reason\":\"as asked\"}" },
  { "GET /v1/slips/{code}", OF_ANYBODY, make_slip },      /* whoever holds it may pay it, and hears what it says */
  { "GET /v1/slips/{code}/paper", OF_OWNER, make_slip },
  { "POST /v1/slips/{code}/payments", OF_ANYBODY, make_slip, "{\"method\":\"qr-wallet\"}" },
  { "GET /v1/slips/{code}/payments/{id}", OF_ANYBODY, make_slip_payment },
  { "POST /v1/slips/{code}/payments/{id}/cancellation", OF_ANYBODY, make_slip_payment },
  { "GET /v1/payments/{id}", OF_OWNER, make_payment },
  { "POST /v1/payments/{id}/cancellation", OF_OWNER, make_payment },
  { "POST /v1/payments/{id}/news", OF_OWNER, make_terminal_payment,
    "{\"event\":\"capture\",\"key\":\"{subject}\",\"yen\":600}" },
  { "GET /v1/payments/{id}/refunds", OF_OWNER, make_overpaid },
  { "POST /v1/payments/{id}/refunds", OF_OWNER, make_failed_refund, "{\"yen\":300,\"reason\":\"overpaid\"}" },
  { "POST /v1/refunds/{id}/steps", OF_OWNER, make_refund, "{\"event\":\"finish\"}" },
  { "POST /v1/providers/qr-wallet/webhook", OF_ANYBODY, make_payment,
    "{\"notification_type\":\"Transaction\",\"merchant_order_id\":\"{subject}\",\"state\":\"COMPLETED\"}" },

  { "POST /v1/staff-calls", .body = "{\"page\":\"home\",\"language\":\"ja\"}" },
  { "POST /v1/staff-calls/{id}/answer", OF_ANYBODY, make_staff_call },

  { "GET /v1/journal" },
  { "GET /v1/journal/roots" },
  { "GET /v1/journal/verification" },
  { "GET /v1/journal/{position}/proof", OF_ANYBODY, make_position },
  { "GET /v1/events" },
  { "POST /v1/outbox/leases", .body = "{\"channels\":[\"desktop\"],\"max\":1,\"seconds\":5}" },
  { "POST /v1/outbox/{id}/outcome", OF_ANYBODY, make_leased, "{\"outcome\":\"delivered\"}" },
  { "POST /v1/outbox/{id}/revival", OF_ANYBODY, make_given_up },
  { "GET /v1/outbox" },

  { "POST /v1/settlements/preview", OF_ANYBODY, make_file, "{\"mapping\":\"wallet\",\"file\":\"{subject}\"}" },
  { "POST /v1/settlements", OF_ANYBODY, make_file, "{\"mapping\":\"wallet\",\"file\":\"{subject}\"}" },
  { "GET /v1/settlements" },
  { "GET /v1/settlements/{id}", OF_ANYBODY, make_settlement },
  { "GET /v1/differences" },
  { "POST /v1/differences/{id}/transitions", OF_ANYBODY, make_difference,
    "{\"event\":\"propose\",\"remedy\":\"write-off\",\"reason\":\"nobody's\"}" },
  { "POST /v1/billings", .body = TITLES },
  { "POST /v1/billings/{id}/pieces", OF_ANYBODY, make_billing, LINES },
  { "GET /v1/billings/{id}", OF_ANYBODY, make_billing },
  { "POST /v1/billings/{id}/import", OF_ANYBODY, make_filled_billing },
  { "DELETE /v1/billings/{id}", OF_ANYBODY, make_billing },
  { "GET /v1/days/{day}", .subject = DAY },
  { "GET /v1/days/{day}/paper", .subject = DAY },
  { "GET /v1/days/{day}/table", .subject = DAY },
  { "POST /v1/days/{day}/close", .subject = DAY, .body = "{\"office\":\"hall\"}" },
};

/* The first after @from; G_N_ELEMENTS (entries) at the end. A route without any does not get here. */
static guint
find_entry (const MadoRoute *route, guint from)
{
  g_autofree char *name = g_strdup_printf ("%s %s", route->method, route->path);

  for (guint i = from; i < G_N_ELEMENTS (entries); i++)
    if (g_str_equal (entries[i].route, name))
      return i;
  if (from > 0)
    return G_N_ELEMENTS (entries);
  g_error ("%s has no line in entries[]: say there whose it is, who makes what its path names, and a body it takes",
           name);
}

/* --- a cell ------------------------------------------------------------------------------------------------------ */

/* What the table promises: the route's own status for who may. */
static guint
promised (const MadoRoute *route, Of of, MadoRole role, Whose whose)
{
  if (route->roles == 0)
    return route->status;
  if (role == MADO_ROLE_NONE)
    return 401;
  if (!(route->roles & role))
    return 403;
  if (of == OF_OWNER && whose != WHOSE_MINE)
    return 404;
  return of == OF_ASKER && whose == WHOSE_NOBODYS ? 403 : route->status;
}

static char *
fill_in (const World *world, const char *template)
{
  GString *text = g_string_new (template);

  g_string_replace (text, "{subject}", world->subject ? world->subject : "", 0);
  g_string_replace (text, "{answers}", counter_certificate_answers, 0);
  return g_string_free (text, FALSE);
}

static char *
path_of (const World *world, const MadoRoute *route, const char *query)
{
  const char *open = strchr (route->path, '{'), *close = open ? strrchr (open, '}') : NULL;
  g_autofree char *head = open ? g_strndup (route->path, open - route->path) : NULL;

  if (!query)
    query = "";
  return open ? g_strconcat (head, world->subject, close + 1, query, NULL) : g_strconcat (route->path, query, NULL);
}

static void
check_cell (const World *world, const MadoRoute *route, guint entry, guint asker)
{
  guint wanted = promised (route, entries[entry].of, askers[asker].role, askers[asker].whose);
  g_autofree char *path = path_of (world, route, entries[entry].query);
  g_autofree char *body = entries[entry].body ? fill_in (world, entries[entry].body) : NULL;
  g_autofree char *token = token_of (world, askers[asker].role, askers[asker].whose);
  g_autoptr(MadoHeard) heard = mado_test_city_ask (world->city, &(MadoAsk) { route->method, path, token, body,
                                                                             .if_match = world->etag });

  if (heard->status != wanted)
    g_error ("%s %s for %s: %u, not %u: %s", route->method, route->path, askers[asker].name, heard->status, wanted,
             heard->text);
}

static void
make (World *world, guint entry)
{
  if (entries[entry].make)
    entries[entry].make (world);
  else if (entries[entry].subject)
    name_subject (world, entries[entry].subject);
}

/* All who may not ask about the same thing first: it has to be unharmed for the first who may. */
static void
check_route (MadoTestCity *city, const char *stranger, const MadoRoute *route, guint entry)
{
  g_auto(World) shared = world_new (city, stranger);
  gboolean fresh = TRUE;

  make (&shared, entry);
  for (guint i = 0; i < G_N_ELEMENTS (askers); i++)
    if (promised (route, entries[entry].of, askers[i].role, askers[i].whose) >= 400)
      check_cell (&shared, route, entry, i);
  for (guint i = 0; i < G_N_ELEMENTS (askers); i++) {
    g_auto(World) own = { NULL };

    if (promised (route, entries[entry].of, askers[i].role, askers[i].whose) >= 400)
      continue;
    if (!fresh && mado_route_writes (route)) {
      own = world_new (city, stranger);
      make (&own, entry);
    }
    check_cell (own.city ? &own : &shared, route, entry, i);
    fresh = FALSE;
  }
}

static void
test_cells (MadoTestCity *city)
{
  g_autofree char *stranger = people_add_outsider (city->test, "佐々木 悠斗", "1990-05-24", STRANGERS_CARD, "1234");

  g_object_set (mado_counter_get_city (city->counter), "public-url", "https://counter.example.jp", NULL);
  for (const MadoRoute *route = mado_routes_get (); route->method; route++)
    for (guint i = find_entry (route, 0); i < G_N_ELEMENTS (entries); i = find_entry (route, i + 1))
      check_route (city, stranger, route, i);
}

/* The table itself: one handler a row, a spec where there is a body, no row twice; and no entry without its row. */
static void
test_table (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = 0;

  for (const MadoRoute *route = mado_routes_get (); route->method; route++) {
    g_assert_true (g_hash_table_add (seen, g_strdup_printf ("%s %s", route->method, route->path)));
    g_assert_true (!route->read != !route->prepare);
    g_assert_true (!route->prepare == g_str_equal (route->method, "GET"));
    g_assert_true (route->body_limit == 0 || route->spec);
    for (guint i = find_entry (route, 0); i < G_N_ELEMENTS (entries); i = find_entry (route, i + 1), n++)
      g_assert_true ((route->body_limit > 0) == (entries[i].body != NULL));
    g_assert_true (route->status >= 200 && route->status < 300 && route->summary);
    g_assert_true (!route->type == (route->gives != MADO_GIVES_RECORD && route->gives != MADO_GIVES_LIST
                                    && route->gives != MADO_GIVES_EVENTS));
  }
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    if (!g_hash_table_contains (seen, entries[i].route))
      g_error ("entries[] has %s, which is no route", entries[i].route);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (entries));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cells/table", test_table);
  mado_test_city_add ("/cells/all", test_cells);
  return g_test_run ();
}
