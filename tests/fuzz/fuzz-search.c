/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-json.h"
#include "search/mado-search.h"

#include "mado-fuzz.h"

static const char words[] =
  "{\"concepts\": [[\"引っ越し\", \"転居\", \"moving\", \"move house\"], [\"犬\", \"いぬ\", \"dog\"]],"
  " \"idle\": [\"したい\", \"です\", \"how\", \"to\"]}";

static const char *const questions[] = {
  "{\"id\": \"move\", \"category\": \"moving\", \"question\": {\"ja\": \"引っ越したら いつまでに 届けますか\", \"en\": \"How soon?\"},"
  " \"answer\": {\"ja\": \"14日以内です。\", \"en\": \"Within 14 days.\"}, \"keywords\": [\"引越し\", \"moving\"]}",
  "{\"id\": \"dog\", \"category\": \"living\", \"question\": {\"ja\": \"犬を飼いました\", \"en\": \"I have a dog\"},"
  " \"answer\": {\"ja\": \"登録してください。\", \"en\": \"Register it.\"}}",
};

static JsonNode *
parse (const char *text)
{
  return mado_json_parse (text, strlen (text), &MADO_JSON_LIMITS_BODY, NULL);
}

static MadoSearch *
make_search (void)
{
  g_autoptr(JsonNode) said = parse (words);
  g_autoptr(GPtrArray) none = g_ptr_array_new ();
  g_autoptr(GPtrArray) faq = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++) {
    g_autoptr(JsonNode) json = parse (questions[i]);

    g_ptr_array_add (faq, mado_record_from_json (MADO_TYPE_FAQ, json, MADO_JSON_PRIVATE, NULL));
  }
  return mado_search_new (said, none, none, faq);
}

/* Whatever is typed, the same is found each time, the best first, and what is asked is about what was found. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t length)
{
  static MadoSearch *search;
  g_autofree char *text = g_strndup (data != NULL ? (const char *) data : "", length);
  g_autofree char *query = g_utf8_make_valid (text, -1);
  g_autoptr(MadoHits) hits = NULL, again = NULL;

  if (search == NULL)
    search = make_search ();
  hits = mado_search_find (search, query, NULL, 10);
  again = mado_search_find (search, query, "en", 10);
  g_assert_cmpuint (hits->items->len, ==, again->items->len);
  g_assert_cmpuint (hits->items->len, <=, G_N_ELEMENTS (questions));
  for (guint i = 0; i < hits->items->len; i++) {
    const MadoHit *hit = g_ptr_array_index (hits->items, i), *same = g_ptr_array_index (again->items, i);

    g_assert_cmpstr (hit->id, ==, same->id);
    g_assert_true (i == 0 || hit->score <= ((MadoHit *) g_ptr_array_index (hits->items, i - 1))->score);
  }
  g_assert_true (hits->confidence == MADO_CONFIDENCE_UNCLEAR || hits->choices->len == 0);
  return 0;
}
