/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-sample-pages.h"

#include "mado-words.h"
#include "widgets/mado-entry.h"
#include "widgets/mado-tile.h"

#define MADO_TYPE_SAMPLE_PAGE (mado_sample_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoSamplePage, mado_sample_page, MADO, SAMPLE_PAGE, MadoPage)

struct _MadoSamplePage {
  MadoPage parent;
  void   (*say) (MadoSamplePage *self);
};

G_DEFINE_TYPE (MadoSamplePage, mado_sample_page, MADO_TYPE_PAGE)

static gboolean
is_japanese (void)
{
  return g_str_has_prefix (mado_words_get_language (), "ja");
}

static const char *
say (const char *japanese, const char *english)
{
  return is_japanese () ? japanese : english;
}

static void
mado_sample_page_locale_changed (MadoPage *page)
{
  MADO_SAMPLE_PAGE (page)->say (MADO_SAMPLE_PAGE (page));
}

static void
mado_sample_page_class_init (MadoSamplePageClass *klass)
{
  MADO_PAGE_CLASS (klass)->locale_changed = mado_sample_page_locale_changed;
}

static void
mado_sample_page_init (MadoSamplePage *self)
{
}

static MadoSamplePage *
make (void (*words) (MadoSamplePage *))
{
  MadoSamplePage *page = g_object_new (MADO_TYPE_SAMPLE_PAGE, NULL);

  page->say = words;
  words (page);

  return page;
}

static void
say_name (MadoSamplePage *self)
{
  MadoPage *page = MADO_PAGE (self);

  mado_page_set_title (page, say ("引っ越しの手続き", "Moving in"));
  mado_page_set_heading (page, say ("お子さんの お名前", "Your child’s name"));
  mado_page_set_need (page, MADO_NEED_REQUIRED);
  mado_page_set_why (page, say ("児童手当と小児医療証に、この名前を書くためです。",
                                "This name is written on the child allowance and the medical certificate."));
  mado_page_set_progress (page, 9, 14, say ("お子さんのこと", "Your child"));
  mado_page_set_primary (page, say ("つぎは 生年月日へ", "Next: date of birth"), "r");
}

MadoPage *
mado_sample_name_page (void)
{
  MadoPage *page = MADO_PAGE (make (say_name));
  GtkWidget *family = mado_entry_new ("氏", MADO_ENTRY_TEXT), *given = mado_entry_new ("名", MADO_ENTRY_TEXT);

  g_object_set (family, "note", "（名字）", "source", "あなたの氏から", NULL);
  g_object_set (given, "note", "（下の名前）", NULL);
  mado_entry_set_value (MADO_ENTRY (family), "渡邉");
  mado_composer_type (mado_entry_get_composer (MADO_ENTRY (given)), "ゆい");
  mado_page_append (page, family, "per-row", 2, NULL);
  mado_page_append (page, given, "per-row", 2, NULL);

  return page;
}

static void
say_number (MadoSamplePage *self)
{
  MadoPage *page = MADO_PAGE (self);

  mado_page_set_title (page, say ("住民票の写し", "Residence record"));
  mado_page_set_heading (page, say ("カードの 番号", "Your card’s number"));
  mado_page_set_lead (page, say ("カードに書いてある12けたの数字です。", "The 12 digits on your card."));
  mado_page_set_primary (page, say ("暗証番号へ", "Next: PIN"), "r");
}

MadoPage *
mado_sample_number_page (void)
{
  MadoPage *page = MADO_PAGE (make (say_number));
  GtkWidget *number = mado_entry_new ("番号", MADO_ENTRY_DIGITS), *pin = mado_entry_new ("暗証番号", MADO_ENTRY_DIGITS);

  g_object_set (number, "group", 4, "unknown", TRUE, NULL);
  g_object_set (pin, "masked", TRUE, NULL);
  mado_entry_set_value (MADO_ENTRY (number), "123456789");
  mado_entry_set_value (MADO_ENTRY (pin), "123");
  mado_page_append (page, number, "gap", 32, NULL);
  mado_page_append (page, pin, "gap", 24, NULL);

  return page;
}

static void
say_mistake (MadoSamplePage *self)
{
  MadoPage *page = MADO_PAGE (self);

  mado_page_set_title (page, say ("引っ越しの手続き", "Moving in"));
  mado_page_set_heading (page, say ("引っ越した日と 電話番号", "Moving day and telephone"));
  mado_page_set_progress (page, 4, 14, say ("引っ越しのこと", "The move"));
  mado_page_set_primary (page, say ("つぎは 新しい住所へ", "Next: new address"), "r");
}

MadoPage *
mado_sample_mistake_page (void)
{
  MadoPage *page = MADO_PAGE (make (say_mistake));
  GtkWidget *telephone = mado_entry_new ("電話番号", MADO_ENTRY_DIGITS);
  const char *mistake = "電話番号が 1けた足りないようです";

  g_object_set (telephone, "need", MADO_NEED_REQUIRED, "hint", "ハイフン（-）は、あってもなくてもかまいません",
                "mistake", mistake, NULL);
  mado_entry_set_value (MADO_ENTRY (telephone), "0466-00-123");
  mado_page_append (page, telephone, "gap", 32, NULL);
  mado_page_add_mistake (page, mistake, "電話番号", telephone);
  mado_page_show_mistakes (page);

  return page;
}

static void
say_tiles (MadoSamplePage *self)
{
  MadoPage *page = MADO_PAGE (self);

  mado_page_set_title (page, say ("手続き", "Procedures"));
  mado_page_set_heading (page, say ("どんなことが ありましたか", "What has happened?"));
  mado_page_set_lead (page, say ("えらぶと、あなたに必要な手続きを市がまとめてお見せします。",
                                 "Choose, and we show what you need to do."));
  mado_page_set_second (page, say ("どれか わからない", "I am not sure"), "q");
}

MadoPage *
mado_sample_tiles_page (void)
{
  static const char *const tiles[][3] = {
    { "move", "引っ越し", "転入・転出・転居" }, { "baby", "赤ちゃん", "妊娠・出産" }, { "ring", "結婚・離婚", "氏名が変わるとき" },
    { "school", "子育て・学校", "手当・保育園・入学" }, { "job", "しごと", "就職・退職・失業" },
    { "health", "病気・けが", "医療費・障がい" }, { "care", "介護・高齢", "介護保険・年金" },
    { "flower", "亡くなったとき", "ご遺族の手続き" }, { "globe", "外国から", "在留・日本語" },
    { "cert", "証明書", "住民票・印鑑・税" }, { "tax", "税金", "申告・納付・減免" }, { "bin", "くらし", "ごみ・ペット" },
  };
  MadoPage *page = MADO_PAGE (make (say_tiles));

  for (guint i = 0; i < G_N_ELEMENTS (tiles); i++) {
    GtkWidget *tile = mado_tile_new (tiles[i][0], tiles[i][1], tiles[i][2]);

    g_object_set (tile, "upright", TRUE, NULL);
    mado_page_append (page, tile, "per-row", 3, NULL);
  }

  return page;
}
