/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Begun at one kiosk, finished another day at any. */
#include "mado-test-city.h"

#include <string.h>

#define PHONE "0466251111"
#define DRAFT "{\"procedures\":[{\"id\":\"juminhyo\",\"revision\":2}],\"answers\":{\"applicant.phone\":\"" PHONE "\"}}"

/* With the card shown. */
static MadoVisit *
visit_with_card (MadoTestCity *city)
{
  MadoVisit *visit = mado_test_city_visit (city);
  g_autofree char *path = g_strdup_printf ("/v1/visits/%s/identification", visit->id);
  const char *card = "{\"cardNumber\":\"" COUNTER_CARD "\",\"pin\":\"1234\"}";
  g_autoptr(MadoHeard) heard = mado_test_city_ask (city, &(MadoAsk) { "POST", path, visit->token, card });

  mado_assert_heard (heard, 200);
  return visit;
}

static MadoHeard *
keep (MadoTestCity *city, const MadoVisit *visit)
{
  g_autofree char *path = g_strdup_printf ("/v1/visits/%s/draft", visit->id);

  return mado_test_city_ask (city, &(MadoAsk) { "PUT", path, visit->token, DRAFT });
}

static void
test_another_day (MadoTestCity *city)
{
  g_autofree char *path = NULL;
  g_autoptr(MadoVisit) first = visit_with_card (city), second = NULL;
  g_autoptr(MadoHeard) kept = keep (city, first), list = NULL, one = NULL, dropped = NULL, gone = NULL;

  mado_assert_heard (kept, 200);
  g_assert_cmpstr (mado_heard_get (kept, "/number"), ==, first->number);
  g_assert_nonnull (mado_heard_get (kept, "/expiresAt"));
  g_assert_null (strstr (kept->text, PHONE));

  second = visit_with_card (city);
  list = mado_test_city_ask (city, &(MadoAsk) { "GET", "/v1/me/drafts", second->token });
  mado_assert_heard (list, 200);
  g_assert_cmpstr (mado_heard_get (list, "/items/0/number"), ==, first->number);
  g_assert_null (strstr (list->text, PHONE));
  path = g_strdup_printf ("/v1/me/drafts/%s", first->number);
  one = mado_test_city_ask (city, &(MadoAsk) { "GET", path, second->token });
  mado_assert_heard (one, 200);
  g_assert_cmpstr (mado_heard_get (one, "/procedures/0/id"), ==, "juminhyo");
  g_assert_nonnull (strstr (one->text, PHONE));
  dropped = mado_test_city_ask (city, &(MadoAsk) { "DELETE", path, second->token });
  mado_assert_heard (dropped, 204);
  gone = mado_test_city_ask (city, &(MadoAsk) { "GET", path, second->token });
  mado_assert_heard (gone, 404);
}

/* For nobody in particular nothing is kept. */
static void
test_without_card (MadoTestCity *city)
{
  g_autoptr(MadoVisit) visit = mado_test_city_visit (city);
  g_autoptr(MadoHeard) refused = keep (city, visit);

  mado_assert_heard (refused, 409);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  mado_test_city_add ("/drafts/another-day", test_another_day);
  mado_test_city_add ("/drafts/without-card", test_without_card);
  return g_test_run ();
}
