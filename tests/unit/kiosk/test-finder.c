/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <unistd.h>
#include "visit/mado-finder.h"

#define OFFER \
  "{\"city\":{\"offices\":[{\"id\":\"hygiene\",\"name\":{\"ja\":\"生活衛生課\"}}]},\"forms\":{}," \
  "\"events\":{\"items\":[{\"id\":\"turn\",\"title\":{\"ja\":\"おひっこし\"},\"summary\":{}}]},\"list\":[]," \
  "\"procedures\":[" \
  "{\"id\":\"residence-record\",\"form\":\"record\",\"often\":true,\"category\":\"certificate\"," \
  "\"title\":{\"ja\":\"住民票の写し\"," \
  "\"en\":\"Copy of the residence record\"},\"summary\":{\"ja\":\"住所を証明します\"}," \
  "\"keywords\":[\"じゅうみんひょう\",\"住民票\",\"certificate of residence\"]}," \
  "{\"id\":\"move-in\",\"form\":\"move-in\",\"category\":\"moving\",\"title\":{\"ja\":\"転入届\",\"en\":\"Moving in\"}," \
  "\"summary\":{\"ja\":\"ほかの市から引っ越してきたとき\"},\"keywords\":[\"ひっこし\",\"引っ越し\",\"てんにゅう\"]}," \
  "{\"id\":\"dog\",\"category\":\"living\",\"title\":{\"ja\":\"犬の登録\"},\"who\":{},\"office\":\"hygiene\"," \
  "\"keywords\":[\"いぬ\"]}]}"

static MadoOffer *
new_offer (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "mado-finder-XXXXXX", NULL);
  MadoOffer *offer;

  close (g_mkstemp (path));
  g_assert_true (g_file_set_contents (path, OFFER, -1, NULL));
  offer = mado_offer_load (path);
  g_unlink (path);
  g_assert_nonnull (offer);
  return offer;
}

/* What the offer alone finds, while the service is away. */
static void
test_search (void)
{
  g_autoptr(MadoOffer) offer = new_offer ();
  const struct { const char *query, *first; } cases[] = {
    { "じゅうみんひょう", "residence-record" }, { "ジュウミンヒョウ", "residence-record" },
    { "住民票", "residence-record" }, { "じゅみんひょう", "residence-record" }, { "certifcate", "residence-record" },
    { "ひっこし", "move-in" }, { "引っ越した", "move-in" }, { "ヒッコシ", "move-in" }, { "moving", "move-in" },
    { "いぬ", "dog" }, { "ｔｅｎｎｙｕ", "move-in" }, { "おひっこし", "turn" }, { "パスポート", NULL }, { "あ", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr(MadoHits) hits = mado_search_find (mado_offer_get_search (offer), cases[i].query, NULL, 5);
    const MadoHit *first = hits->items->len > 0 ? g_ptr_array_index (hits->items, 0) : NULL;

    g_test_message ("%s", cases[i].query);
    g_assert_cmpstr (first != NULL ? first->id : NULL, ==, cases[i].first);
  }
}

static void
test_list (void)
{
  g_autoptr(MadoOffer) offer = new_offer ();
  g_autoptr(GPtrArray) moving = mado_finder_list (offer, "moving", TRUE);
  g_autoptr(GPtrArray) living = mado_finder_list (offer, "living", TRUE);
  g_autoptr(GPtrArray) told = mado_finder_list (offer, "living", FALSE);
  g_autoptr(GPtrArray) often = mado_finder_list_often (offer);

  g_assert_cmpuint (often->len, ==, 1);
  g_assert_cmpuint (moving->len, ==, 1);
  /* What has no form is told of and found, and never among what can be done here. */
  g_assert_cmpuint (living->len, ==, 0);
  g_assert_cmpuint (told->len, ==, 1);
  g_assert_false (mado_offer_is_done_here (g_ptr_array_index (told, 0)));
  g_assert_nonnull (mado_offer_get_office (offer, "hygiene"));
  g_assert_null (mado_offer_get_office (offer, "nowhere"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/finder/search", test_search);
  g_test_add_func ("/finder/list", test_list);
  return g_test_run ();
}
