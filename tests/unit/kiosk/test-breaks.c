/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <pango/pangocairo.h>
#include "mado-breaks.h"

static void
assert_phrases (const char *parted)
{
  g_auto(GStrv) phrases = g_strsplit (parted, "|", -1);
  g_autofree char *text = g_strjoinv ("", phrases);
  const char *at = text;

  for (guint i = 0; phrases[i] != NULL; i++) {
    g_autofree char *found = g_strndup (at, (gsize) (mado_breaks_next (at) - at));

    g_assert_cmpstr (found, ==, phrases[i]);
    at = mado_breaks_next (at);
  }
  g_assert_cmpstr (at, ==, "");
}

static void
test_phrases (void)
{
  assert_phrases ("きょうは、|どのご用ですか");
  assert_phrases ("あなたの |生年月日");
  assert_phrases ("引っ越し・|子ども・|年金の|届け出、|証明書");
  assert_phrases ("申請のつづき・|結果");
  assert_phrases ("亡くなった|とき");
  assert_phrases ("わからない|ときは");
  assert_phrases ("結果が|出るまで|お待ちください。");
  assert_phrases ("証明書に|名前をのせる|人を|決める|ためです。");
  assert_phrases ("出す先から|「世帯全員」と|言われていなければ、|「自分だけ」でたりる|ことが|あります。");
  assert_phrases ("提出先によって、|いる|証明書がちがう|ことが|ある|ためです。");
  assert_phrases ("受け取りと|問い合わせ");
  assert_phrases ("終わる|（消します）");
  assert_phrases ("手数料は |1通ごとにかかります");
  assert_phrases ("番地を、|もう一度|確かめてください。");
  assert_phrases ("もう一度、|番号を|入れてください。");
  assert_phrases ("もう少しで|終わります");
  assert_phrases ("マイナンバー|カードの|番号");
}

static void
test_english (void)
{
  assert_phrases ("Your |applications");
  assert_phrases ("Answer |a |question, |print |the |result");
}

static gboolean
merge_into (PangoAttribute *attribute, gpointer list)
{
  pango_attr_list_change (list, pango_attribute_copy (attribute));

  return FALSE;
}

static int
count_lines (const char *text, int ems, guint longest, char **second)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoLayout *layout = pango_layout_new (context);
  PangoAttrList *keep = mado_breaks_keep (text, longest);
  PangoFontDescription *font = pango_font_description_from_string ("Noto Sans CJK JP 20px");
  PangoAttrList *merged = pango_attr_list_new ();
  PangoLayoutLine *line;
  int n;

  pango_attr_list_filter (keep, merge_into, merged);   /* as GtkLabel does */

  pango_layout_set_font_description (layout, font);
  pango_layout_set_attributes (layout, merged);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_width (layout, ems * 20 * PANGO_SCALE + PANGO_SCALE);
  line = pango_layout_get_line_readonly (layout, 1);
  *second = line != NULL ? g_strndup (text + line->start_index, (gsize) line->length) : NULL;

  n = pango_layout_get_line_count (layout);
  g_object_unref (layout);
  g_object_unref (context);
  pango_attr_list_unref (keep);
  pango_attr_list_unref (merged);
  pango_font_description_free (font);

  return n;
}

/* Lines end between phrases; one longer than a line is cut all the same. */
static void
test_lines (void)
{
  g_autofree char *kept = NULL, *cut = NULL, *small = NULL, *card = NULL;

  g_assert_cmpint (count_lines ("きょうは、どのご用ですか", 8, 9, &kept), ==, 2);
  g_assert_cmpstr (kept, ==, "どのご用ですか");
  g_assert_cmpint (count_lines ("国民健康保険料減免申請", 6, 9, &cut), ==, 2);
  g_assert_cmpstr (cut, ==, "料減免申請");
  g_assert_cmpint (count_lines ("亡くなっている", 4, MADO_BREAKS_LONG, &small), ==, 2);
  g_assert_cmpint (count_lines ("マイナンバーカード", 7, MADO_BREAKS_LONG, &card), ==, 2);
  g_assert_cmpstr (card, ==, "カード");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/breaks/phrases", test_phrases);
  g_test_add_func ("/breaks/english", test_english);
  g_test_add_func ("/breaks/lines", test_lines);

  return g_test_run ();
}
