/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-clock.h"
#include "core/mado-date.h"
#include "visit/mado-phrase.h"

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_dates (void)
{
  gint64 noon = mado_clock_parse_time ("2026-11-20T01:42:00.000Z");

  assert_text (mado_phrase_day (mado_date_parse ("2026-12-04"), "ja"), "12月4日（金）");
  assert_text (mado_phrase_day (mado_date_parse ("2026-12-04"), "en"), "Fri, December 4");
  assert_text (mado_phrase_moment (noon, "ja"), "11月20日（金）10時42分");
  assert_text (mado_phrase_moment (noon, "en"), "Fri, November 20, 10:42");
  assert_text (mado_phrase_moment (mado_clock_parse_time ("2026-11-20T15:05:00Z"), "ja"), "11月21日（土）0時05分");
  assert_text (mado_phrase_number ("K7M4-R29-1"), "K7M4 - R29 - 1");
}

static void
test_facts (void)
{
  g_autoptr(JsonNode) node = json_from_string ("{\"fee\":{\"yen\":300,\"text\":{\"ja\":\"1通300円\","
                                               "\"en\":\"¥300 each\"}},"
                                               "\"deadline\":{\"verified\":\"確認中\",\"text\":{\"ja\":\"x\"}}}", NULL);
  g_autofree char *unverified = mado_phrase_fact (node, "/deadline", "ja");

  assert_text (mado_phrase_fact (node, "/fee", "en"), "¥300 each");
  assert_text (mado_phrase_fact (node, "/absent", "en"), NULL);
  g_assert_cmpstr (unverified, !=, "x");
  g_assert_nonnull (unverified);
}

static void
test_next (void)
{
  g_autofree char *due = mado_date_format (mado_date_today () + 7);
  g_autofree char *text = g_strdup_printf ("{\"state\":\"submitted\",\"dueDate\":\"%s\","
                                           "\"nextStep\":{\"ja\":\"確認します\"}}", due);
  g_autoptr(JsonNode) filed = json_from_string (text, NULL);
  g_autoptr(JsonNode) granted = json_from_string ("{\"state\":\"granted\",\"nextStep\":{\"ja\":\"印刷できます\"}}", NULL);
  g_autoptr(JsonNode) procedure = json_from_string (
    "{\"nextSteps\":[{\"when\":{\"ja\":\"このあとすぐ\"},\"days\":0,\"text\":{\"ja\":\"よばれます\"}},"
    "{\"days\":14,\"text\":{\"ja\":\"届きます\"}}]}", NULL);
  g_autoptr(GPtrArray) three = mado_phrase_next (filed, procedure, "ja");
  g_autoptr(GPtrArray) one = mado_phrase_next (granted, procedure, "ja");

  g_assert_cmpuint (three->len, ==, 3);
  g_assert_cmpstr (((MadoNext *) g_ptr_array_index (three, 0))->when, ==, "このあとすぐ");
  g_assert_cmpstr (((MadoNext *) g_ptr_array_index (three, 1))->what, ==, "確認します");
  g_assert_cmpstr (((MadoNext *) g_ptr_array_index (three, 2))->what, ==, "届きます");
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpstr (((MadoNext *) g_ptr_array_index (one, 0))->what, ==, "印刷できます");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phrase/dates", test_dates);
  g_test_add_func ("/phrase/facts", test_facts);
  g_test_add_func ("/phrase/next", test_next);
  return g_test_run ();
}
