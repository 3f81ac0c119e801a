/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mado-calls.h"
#include "core/mado-json.h"

/* Takes @call. */
static void
assert_call (MadoCall *call, const char *method, const char *path, const char *body)
{
  GBytes *bytes = mado_call_get_body (call);
  g_autofree char *text = bytes != NULL
    ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;

  g_assert_cmpstr (mado_call_get_method (call), ==, method);
  g_assert_cmpstr (mado_call_get_path (call), ==, path);
  g_assert_cmpstr (text, ==, body);
  g_assert_cmpint (mado_call_get_key (call) == NULL, ==, g_str_equal (method, "GET"));
  g_object_unref (call);
}

static void
test_routes (void)
{
  g_autoptr(JsonNode) list = json_from_string ("[{\"id\":\"a\"}]", NULL);
  g_autoptr(JsonNode) object = json_from_string ("{\"b\":1,\"a\":\"\\u7aaa\"}", NULL);
  g_autoptr(GBytes) box = g_bytes_new_static ("abc", 3);
  const char *channels[] = { "desktop", "mail", NULL };

  assert_call (mado_call_health (), "GET", "/v1/health", NULL);
  assert_call (mado_call_city (), "GET", "/v1/city", NULL);
  assert_call (mado_call_log_in_password ("clerk", "p\"w", NULL), "POST", "/v1/sessions",
               "{\"method\":\"password\",\"account\":\"clerk\",\"password\":\"p\\\"w\"}");
  assert_call (mado_call_log_in_password ("a", "b", "123456"), "POST", "/v1/sessions",
               "{\"method\":\"password\",\"account\":\"a\",\"password\":\"b\",\"totp\":\"123456\"}");
  assert_call (mado_call_log_in_device ("k1", "s"), "POST", "/v1/sessions",
               "{\"method\":\"device\",\"device\":\"k1\",\"secret\":\"s\"}");
  assert_call (mado_call_log_out (), "DELETE", "/v1/sessions/current", NULL);
  assert_call (mado_call_procedures (NULL, NULL), "GET", "/v1/procedures", NULL);
  assert_call (mado_call_procedures ("moving", "a&b"), "GET", "/v1/procedures?category=moving&cursor=a%26b", NULL);
  assert_call (mado_call_catalogue ("tennyu"), "GET", "/v1/catalogue?cursor=tennyu", NULL);
  assert_call (mado_call_life_events (), "GET", "/v1/life-events", NULL);
  assert_call (mado_call_procedure ("../a b"), "GET", "/v1/procedures/..%2Fa%20b", NULL);
  assert_call (mado_call_form ("f", 0), "GET", "/v1/forms/f", NULL);
  assert_call (mado_call_form ("f", 3), "GET", "/v1/forms/f?revision=3", NULL);
  assert_call (mado_call_search ("犬 a&b", "en", 3), "GET",
               "/v1/search?q=%E7%8A%AC%20a%26b&language=en&limit=3", NULL);
  assert_call (mado_call_life_event ("birth"), "GET", "/v1/life-events/birth", NULL);
  assert_call (mado_call_questions ("tax", "x y"), "GET", "/v1/faq?category=tax&cursor=x%20y", NULL);
  assert_call (mado_call_question ("move-when"), "GET", "/v1/faq/move-when", NULL);
  assert_call (mado_call_open_visit ("ja"), "POST", "/v1/visits", "{\"language\":\"ja\"}");
  assert_call (mado_call_visit ("v"), "GET", "/v1/visits/v", NULL);
  assert_call (mado_call_end_visit ("v"), "DELETE", "/v1/visits/v", NULL);
  assert_call (mado_call_save_answers ("v", object), "PUT", "/v1/visits/v/answers",
               "{\"answers\":{\"b\":1,\"a\":\"窪\"}}");
  assert_call (mado_call_keep_draft ("v", list, object), "PUT", "/v1/visits/v/draft",
               "{\"procedures\":[{\"id\":\"a\"}],\"answers\":{\"b\":1,\"a\":\"窪\"}}");
  assert_call (mado_call_drafts (), "GET", "/v1/me/drafts", NULL);
  assert_call (mado_call_draft ("K7M4-R29"), "GET", "/v1/me/drafts/K7M4-R29", NULL);
  assert_call (mado_call_drop_draft ("K7M4-R29"), "DELETE", "/v1/me/drafts/K7M4-R29", NULL);
  assert_call (mado_call_file_visit ("v", list, object, "K7M4-R29"), "POST", "/v1/visits/v/submission",
               "{\"procedures\":[{\"id\":\"a\"}],\"answers\":{\"b\":1,\"a\":\"窪\"},\"draft\":\"K7M4-R29\"}");
  assert_call (mado_call_file_visit ("v", list, object, NULL), "POST", "/v1/visits/v/submission",
               "{\"procedures\":[{\"id\":\"a\"}],\"answers\":{\"b\":1,\"a\":\"窪\"}}");
  assert_call (mado_call_deposit_filing (box), "POST", "/v1/sealed-filings", "{\"box\":\"YWJj\"}");
  assert_call (mado_call_cases (NULL, NULL, 0, NULL), "GET", "/v1/cases", NULL);
  assert_call (mado_call_cases ("returned", "p", 20, "a&b"), "GET",
               "/v1/cases?state=returned&procedure=p&limit=20&cursor=a%26b", NULL);
  assert_call (mado_call_cases_of ("K7M4-R29"), "GET", "/v1/cases?visit=K7M4-R29&limit=100", NULL);
  assert_call (mado_call_case ("K7M4-R29-1", NULL), "GET", "/v1/cases/K7M4-R29-1", NULL);
  assert_call (mado_call_transition ("n", "\"1\"", "return", "なぜ？", NULL), "POST", "/v1/cases/n/transitions",
               "{\"event\":\"return\",\"message\":\"なぜ？\"}");
  assert_call (mado_call_document ("n", "record"), "GET", "/v1/cases/n/document?kind=record", NULL);
  assert_call (mado_call_me (), "GET", "/v1/me", NULL);
  assert_call (mado_call_disclosures (), "GET", "/v1/me/disclosures", NULL);
  assert_call (mado_call_journal (7, 50), "GET", "/v1/journal?after=7&limit=50", NULL);
  assert_call (mado_call_journal_proof (9), "GET", "/v1/journal/9/proof", NULL);
  assert_call (mado_call_journal (-1, 20), "GET", "/v1/journal?after=-1&limit=20", NULL);
  assert_call (mado_call_case ("K7M4-R29-1", "ja"), "GET", "/v1/cases/K7M4-R29-1?words=ja", NULL);
  assert_call (mado_call_case_holder ("K7M4-R29-1", NULL, "passport"), "POST", "/v1/cases/K7M4-R29-1/holder",
               "{\"paper\":\"passport\"}");
  assert_call (mado_call_identify_case ("K7M4-R29-1", "\"3\"", "901420510371", NULL), "POST",
               "/v1/cases/K7M4-R29-1/transitions", "{\"event\":\"identify\",\"cardNumber\":\"901420510371\"}");
  assert_call (mado_call_staff ("check", "en"), "POST", "/v1/staff-calls", "{\"page\":\"check\",\"language\":\"en\"}");
  assert_call (mado_call_answer_staff_call ("c"), "POST", "/v1/staff-calls/c/answer", NULL);
  assert_call (mado_call_lease_outbox (channels, 10, 60), "POST", "/v1/outbox/leases",
               "{\"channels\":[\"desktop\",\"mail\"],\"max\":10,\"seconds\":60}");
  assert_call (mado_call_settle_outbox ("o", FALSE, "no peer"), "POST", "/v1/outbox/o/outcome",
               "{\"outcome\":\"failed\",\"reason\":\"no peer\"}");
  assert_call (mado_call_dead_letters (), "GET", "/v1/outbox?state=dead", NULL);
}

static void
test_keys (void)
{
  g_autoptr(MadoCall) one = mado_call_open_visit ("ja");
  g_autoptr(MadoCall) two = mado_call_open_visit ("ja");

  g_assert_cmpstr (mado_call_get_key (one), !=, mado_call_get_key (two));
  mado_call_set_key (two, "kept");
  g_assert_cmpstr (mado_call_get_key (two), ==, "kept");
}

static void
test_once (void)
{
  g_autoptr(MadoCall) card = mado_call_log_in_card ("1", "2");
  g_autoptr(MadoCall) identify = mado_call_identify_visit ("v", "1", "2");
  g_autoptr(MadoCall) other = mado_call_end_visit ("v");

  g_assert_true (mado_call_get_once (card));
  g_assert_true (mado_call_get_once (identify));
  g_assert_false (mado_call_get_once (other));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calls/routes", test_routes);
  g_test_add_func ("/calls/keys", test_keys);
  g_test_add_func ("/calls/once", test_once);
  return g_test_run ();
}
