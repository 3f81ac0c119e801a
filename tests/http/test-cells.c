/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every cell of role × route × owner, from the table the service runs. */
#include "mado-test-city.h"

#include <string.h>

typedef struct {
  MadoTestCity *city;
  CounterVisit  visit;         /* identified; whose case it is */
  MadoVisit    *other;         /* a stranger's */
  char         *number;        /* (nullable): of the visit's case, or of its charge */
} World;

/* A new route wants a line here: something it takes. */
static const struct { const char *route, *body; } bodies[] = {
  { "POST /v1/sessions", "{\"method\":\"card\",\"cardNumber\":\"" COUNTER_CARD "\",\"pin\":\"1234\"}" },
  { "PUT /v1/me/consents", "{\"items\":[{\"purpose\":\"notices\",\"active\":false}]}" },
  { "POST /v1/visits", "{\"language\":\"ja\"}" },
  { "POST /v1/visits/{id}/identification", "{\"cardNumber\":\"" COUNTER_CARD "\",\"pin\":\"1234\"}" },
  { "PUT /v1/visits/{id}/answers", "{\"answers\":{}}" },
  { "PUT /v1/visits/{id}/draft", "{\"procedures\":[{\"id\":\"juminhyo\",\"revision\":1}],\"answers\":{}}" },
  { "POST /v1/visits/{id}/submission", "{\"procedures\":[{\"id\":\"juminhyo\",\"revision\":1}],\"answers\":{}}" },
  { "POST /v1/sealed-filings", "{\"box\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                               "AAAAAAAAAAAA\"}" },
  { "POST /v1/cases/{number}/transitions", "{\"event\":\"withdraw\"}" },
  { "POST /v1/cases/{number}/link", "{\"language\":\"en\"}" },
  { "POST /v1/charges/{number}/reduction", "{\"lines\":[],\"reason\":\"raised by mistake\"}" },
  { "POST /v1/charges/{number}/payments", "{\"method\":\"qr-wallet\"}" },
  { "POST /v1/payments/{id}/news", "{\"event\":\"capture\",\"key\":\"1\"}" },
  { "POST /v1/payments/{id}/refunds", "{\"yen\":1,\"reason\":\"overpaid\"}" },
  { "POST /v1/refunds/{id}/steps", "{\"event\":\"finish\"}" },
  { "POST /v1/providers/qr-wallet/webhook", "{\"notification_type\":\"Transaction\","
                                            "\"merchant_order_id\":\"01\",\"state\":\"COMPLETED\"}" },
  { "POST /v1/staff-calls", "{\"page\":\"home\",\"language\":\"ja\"}" },
  { "POST /v1/outbox/leases", "{\"channels\":[\"desktop\"],\"max\":1,\"seconds\":5}" },
  { "POST /v1/outbox/{id}/outcome", "{\"outcome\":\"delivered\"}" },
  { "POST /v1/settlements/preview", "{\"mapping\":\"wallet\",\"file\":\"YQo=\"}" },
  { "POST /v1/settlements", "{\"mapping\":\"wallet\",\"file\":\"YQo=\"}" },
  { "POST /v1/differences/{id}/transitions", "{\"event\":\"decline\"}" },
  { "POST /v1/billings", "{\"mapping\":\"tax-bills\",\"titles\":\"YQo=\"}" },
  { "POST /v1/billings/{id}/pieces", "{\"piece\":0,\"lines\":\"YQo=\"}" },
  { "POST /v1/days/{day}/close", "{\"office\":\"hall\"}" },
};

static const char *
body_of (const MadoRoute *route)
{
  g_autofree char *name = g_strdup_printf ("%s %s", route->method, route->path);

  if (route->body_limit == 0)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    if (g_str_equal (bodies[i].route, name))
      return bodies[i].body;
  g_error ("%s takes a body: say one here", name);
}

static gboolean
is_owned (const MadoRoute *route)
{
  return strstr (route->path, "{number}") || strstr (route->path, "/visits/{id}");
}

static char *
fill_in (const MadoRoute *route, const World *world)
{
  const char *query = strstr (route->path, "/document") ? "?kind=record"
                      : strstr (route->path, "/search") ? "?q=x" : "";
  const char *id = strstr (route->path, "/visits/") ? world->visit.visit->id
                   : strstr (route->path, "/procedures/") || strstr (route->path, "/forms/") ? "juminhyo"
                   : strstr (route->path, "/life-events/") ? "moving"
                   : strstr (route->path, "/faq/") ? "move-when" : "01";
  GString *path = g_string_new (route->path);

  g_string_replace (path, "{id}", id, 0);
  g_string_replace (path, "{number}", world->number ? world->number : "", 0);
  g_string_replace (path, "{position}", "1", 0);
  g_string_replace (path, "{day}", "2026-11-20", 0);
  g_string_replace (path, "{code}", "91912345000000000000000000000199999900003005", 0);
  g_string_replace (path, "{token}", "no-such-token", 0);
  g_string_append (path, query);
  return g_string_free (path, FALSE);
}

/* Where the route is about charges: what the case owes, the newest of all. */
static void
turn_to_charge (World *self)
{
  const MadoChargeQuery all = { NULL };
  g_autoptr(GPtrArray) charges = mado_charge_list (self->city->test->store, &self->visit.actor, &all, NULL, NULL);

  g_assert_cmpuint (charges->len, >, 0);
  g_free (self->number);
  self->number = g_strdup (((MadoCharge *) charges->pdata[0])->number);
}

static void
world_init (World *self, MadoTestCity *city, const MadoRoute *route)
{
  *self = (World) { .city = city, .visit = counter_open (city->test), .other = mado_test_city_visit (city) };
  if (strstr (route->path, "{number}") || strstr (route->path, "/me"))
    counter_identify (city->test, &self->visit, COUNTER_CARD, "1234");
  if (strstr (route->path, "{number}"))
    self->number = counter_file (city->test, &self->visit, "juminhyo", counter_certificate_answers);
  if (strstr (route->path, "/charges/{number}"))
    turn_to_charge (self);
}

static void
world_clear (World *self)
{
  counter_visit_clear (&self->visit);
  g_object_unref (self->other);
  g_free (self->number);
}

static char *
credential (const World *world, MadoRole role, gboolean owner)
{
  if (role == MADO_ROLE_NONE)
    return NULL;
  if (role == MADO_ROLE_VISIT)
    return g_strdup (owner ? world->visit.visit->token : world->other->token);
  if (role == MADO_ROLE_RESIDENT)
    return mado_test_city_sign_in (world->city, role, owner ? world->city->resident : "01STRANGER");
  return mado_test_city_sign_in (world->city, role, role == MADO_ROLE_DEVICE ? "kiosk-1" : NULL);
}

/* What the table promises for a cell; 0: whatever the handler says, but not that one may not. */
static guint
promised (const MadoRoute *route, MadoRole role, gboolean owner)
{
  if (route->roles == 0)
    return 0;
  if (role == MADO_ROLE_NONE)
    return 401;
  if (!(route->roles & role))
    return 403;
  return is_owned (route) && role & MADO_ROLES_OWNER && !owner ? 404 : 0;
}

/* Nobody is identified at the stranger's visit: what is about "me" may be refused there. */
static gboolean
is_about_nobody (const MadoRoute *route, MadoRole role, gboolean owner)
{
  return role == MADO_ROLE_VISIT && !owner && g_str_has_prefix (route->path, "/v1/me/");
}

static gboolean
keeps_promise (const MadoRoute *route, MadoRole role, gboolean owner, guint status)
{
  guint wanted = promised (route, role, owner);

  if (wanted)
    return status == wanted;
  return status < 500 && status != 401 && (status != 403 || is_about_nobody (route, role, owner));
}

static void
check_cell (MadoTestCity *city, const MadoRoute *route, MadoRole role, gboolean owner)
{
  World world;
  g_autofree char *path = NULL, *token = NULL;
  g_autoptr(MadoHeard) heard = NULL;

  world_init (&world, city, route);
  path = fill_in (route, &world);
  token = credential (&world, role, owner);
  heard = mado_test_city_ask (city, &(MadoAsk) { route->method, path, token, body_of (route), .if_match = "\"1\"" });
  if (!keeps_promise (route, role, owner, heard->status))
    g_error ("%s %s as %s%s: %u, not %u: %s", route->method, route->path, mado_enum_nick (MADO_TYPE_ROLE, role),
             owner ? "" : " (a stranger)", heard->status, promised (route, role, owner), heard->text);
  world_clear (&world);
}

static void
test_cells (MadoTestCity *city)
{
  static const MadoRole roles[] = {
    MADO_ROLE_NONE, MADO_ROLE_RESIDENT, MADO_ROLE_VISIT, MADO_ROLE_DEVICE, MADO_ROLE_CLERK, MADO_ROLE_SUPERVISOR,
    MADO_ROLE_AUDITOR, MADO_ROLE_NOTIFIER,
  };

  for (const MadoRoute *route = mado_routes_get (); route->method; route++)
    for (guint i = 0; i < G_N_ELEMENTS (roles); i++) {
      check_cell (city, route, roles[i], TRUE);
      if (roles[i] & MADO_ROLES_OWNER)
        check_cell (city, route, roles[i], FALSE);
    }
}

/* The table itself: one handler a row, a spec where there is a body, no row twice. */
static void
test_table (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const MadoRoute *route = mado_routes_get (); route->method; route++) {
    g_assert_true (g_hash_table_add (seen, g_strdup_printf ("%s %s", route->method, route->path)));
    g_assert_true (!route->read != !route->prepare);
    g_assert_true (!route->prepare == g_str_equal (route->method, "GET"));
    g_assert_true (route->body_limit == 0 || route->spec);
    g_assert_true (route->status >= 200 && route->status < 300 && route->summary);
    g_assert_true (!route->type == (route->gives != MADO_GIVES_RECORD && route->gives != MADO_GIVES_LIST
                                    && route->gives != MADO_GIVES_EVENTS));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cells/table", test_table);
  mado_test_city_add ("/cells/all", test_cells);
  return g_test_run ();
}
