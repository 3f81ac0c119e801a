/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-fold.h"

typedef char *(*Fold) (const char *text);
typedef struct { Fold fold; const char *typed, *expected; } Case;

static const Case cases[] = {
  { mado_fold_line, "  髙﨑\t 邉𠮷\n", "髙﨑 邉𠮷" },
  { mado_fold_line, "山田　太郎", "山田　太郎" },
  { mado_fold_line, "辻󠄀\x1b[2Jさん\x7f", "辻󠄀[2Jさん" },
  { mado_fold_line, "Ｍａｒｉａ　da Silva", "Ｍａｒｉａ　da Silva" },
  { mado_fold_width, "ＡＢｃ１２３！￥", "ABc123!¥" },
  { mado_fold_width, "ｶﾞｷﾞﾊﾟｳﾞｱｰﾞ", "ガギパヴアー゛" },
  { mado_fold_width, "髙﨑㈱", "髙﨑㈱" },
  { mado_fold_name, "髙﨑　邉\U000E0102子", "高崎辺子" },
  { mado_fold_name, "高崎辺子", "高崎辺子" },
  { mado_fold_name, "ひろみ", "ひろみ" },
  { mado_fold_name, "ｸﾞｴﾝ Thị-Đào", "グエンTHỊĐÀO" },
  { mado_fold_code, " １２３４－５６７８ 9012 ", "123456789012" },
  { mado_fold_code, "k7m4‐r29−１", "K7M4R291" },
  { mado_fold_kana, "ふじさわ　はなこ", "フジサワ ハナコ" },
  { mado_fold_kana, "ﾌｼﾞｻﾜ ﾊﾅｺ", "フジサワ ハナコ" },
  { mado_fold_kana, "せんた-", "センター" },
  { mado_fold_kana, "スー・チ―", "スー・チー" },
  { mado_fold_kana, "ゔぁゝ", "ヴァヽ" },
  { mado_fold_address, "朝日町１ー１", "朝日町1-1" },
  { mado_fold_address, "鵠沼１丁目２−３‐４", "鵠沼1丁目2-3-4" },
  { mado_fold_address, "センタービル２０３", "センタービル203" },
  { mado_fold_address, "ハイツ－２０３", "ハイツ-203" },
  { mado_fold_address, "ｺｰﾎﾟ湘南", "コーポ湘南" },
  { mado_fold_phone, "０４６６（２５）１１１１", "0466251111" },
  { mado_fold_phone, "0466-25-1111", "0466251111" },
  { mado_fold_phone, "+81 466-25-1111", "0466251111" },
  { mado_fold_phone, "+81 (0)466 25 1111", "0466251111" },
  { mado_fold_phone, "+81", "0" },
  { mado_fold_phone, "＋1 212.555.0100", "+12125550100" },
  { mado_fold_phone, "なし", "なし" },
  { mado_fold_postal_code, "〒２５１ー８６０１", "251-8601" },
  { mado_fold_postal_code, "2518601", "251-8601" },
  { mado_fold_postal_code, "251", "251" },
  { mado_fold_postal_code, "25186O1", "25186O1" },
  { mado_fold_postal_code, "〒〒2518601", "〒〒2518601" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *folded = cases[i].fold (cases[i].typed);
    g_autofree char *again = cases[i].fold (folded);

    g_assert_cmpstr (folded, ==, cases[i].expected);
    g_assert_cmpstr (again, ==, folded);
  }
}

/* Each line holds spellings of one thing; no two lines share a key. */
static void
test_search (void)
{
  static const char *const same[][6] = {
    { "髙橋", "高橋", "髙󠄀橋", "高　橋", "髙槗" },
    { "渡邉", "渡邊", "渡辺", "渡 邉" },
    { "𠮷田", "吉田" },
    { "斎藤", "齋藤" },
    { "斉藤", "齊藤" },
    { "佐々木", "佐佐木" },
    { "茅ヶ崎", "茅ケ崎", "茅ｹ﨑" },
    { "やまだ たろう", "ヤマダタロウ", "ﾔﾏﾀﾞ ﾀﾛｳ", "ヤマダ　タロウ" },
    { "キャノン", "キヤノン", "きやのん" },
    { "ぬまづ", "ヌマズ" },
    { "センター", "センタ－", "ｾﾝﾀｰ", "せんたー" },
    { "João da Silva", "JOAO DA SILVA", "Joao DaSilva", "ＪＯÃＯ ｄａ ｓｉｌｖａ" },
    { "Nguyễn Thị Đào", "nguyen thi dao" },
    { "１ー２－３", "1-2-3", "1−2‐3" },
    { "123" },
    { "\u13be", "\uab8e" },      /* Cherokee, large and small */
    { "㈱湘南", "(株)湘南" },
    { "한국", "한국" },
  };
  g_autoptr(GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (same); i++) {
    char *key = mado_fold_search (same[i][0]);

    for (guint j = 1; j < 6 && same[i][j] != NULL; j++) {
      g_autofree char *other = mado_fold_search (same[i][j]);

      g_assert_cmpstr (other, ==, key);
    }
    g_assert_true (g_hash_table_add (keys, key));
  }
}

static gunichar
only_fish (gunichar c)
{
  return c == 0x9b5a ? 0x9c39 : c;   /* 魚 → 鰹 */
}

static void
test_shrink_hook (void)
{
  g_autofree char *hooked = NULL, *builtin = NULL;

  mado_fold_set_shrink (only_fish);
  hooked = mado_fold_search ("髙魚");
  mado_fold_set_shrink (NULL);
  builtin = mado_fold_search ("髙魚");
  g_assert_cmpstr (hooked, ==, "髙鰹");
  g_assert_cmpstr (builtin, ==, "高魚");
}

static void
append_random (GString *out)
{
  static const struct { gunichar first, last; } ranges[] = {
    { 0x1, 0x7f }, { 0xa0, 0x24f }, { 0x1ea0, 0x1eff }, { 0x2010, 0x2015 }, { 0x2000, 0x200f }, { 0x3000, 0x303f },
    { 0x3041, 0x30ff }, { 0x32d0, 0x33ff }, { 0x4e00, 0x9fff }, { 0xac00, 0xd7a3 }, { 0xf900, 0xfaff },
    { 0xfe00, 0xfe0f }, { 0xff01, 0xffef }, { 0x1f600, 0x1f64f }, { 0x20000, 0x2a6df }, { 0xe0100, 0xe01ef },
  };
  guint i = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (ranges));

  g_string_append_unichar (out, (gunichar) g_test_rand_int_range ((int) ranges[i].first, (int) ranges[i].last + 1));
}

/* Whatever is typed: valid UTF-8 comes out, and folding what is folded changes nothing. */
static void
test_idempotent (void)
{
  static const Fold folds[] = {
    mado_fold_line, mado_fold_width, mado_fold_code, mado_fold_kana, mado_fold_address, mado_fold_phone,
    mado_fold_postal_code, mado_fold_search,
  };

  for (guint round = 0; round < 20000; round++) {
    g_autoptr(GString) text = g_string_new (NULL);
    Fold fold = folds[round % G_N_ELEMENTS (folds)];
    g_autofree char *once = NULL, *twice = NULL;

    for (int n = g_test_rand_int_range (0, 12); n > 0; n--)
      append_random (text);
    once = fold (text->str);
    twice = fold (once);
    g_assert_true (g_utf8_validate (once, -1, NULL));
    g_assert_cmpstr (once, ==, twice);
  }
}

/* What is printable ASCII has the same key in full width; every hiragana the same as its katakana. */
static void
test_width_and_kana (void)
{
  for (gunichar c = '!'; c <= '~'; c++) {
    char half[7] = { 0 }, full[7] = { 0 };
    g_autofree char *a = NULL, *b = NULL;

    g_unichar_to_utf8 (c, half);
    g_unichar_to_utf8 (c + 0xfee0, full);
    a = mado_fold_search (half);
    b = mado_fold_search (full);
    g_assert_cmpstr (a, ==, b);
  }
  for (gunichar c = 0x3041; c <= 0x3096; c++) {
    char hiragana[7] = { 0 }, katakana[7] = { 0 };
    g_autofree char *a = NULL, *b = NULL;

    g_unichar_to_utf8 (c, hiragana);
    g_unichar_to_utf8 (c + 0x60, katakana);
    a = mado_fold_search (hiragana);
    b = mado_fold_search (katakana);
    g_assert_cmpstr (a, ==, b);
  }
}

static void
test_null (void)
{
  g_autofree char *key = mado_fold_search (NULL), *line = mado_fold_line (NULL), *phone = mado_fold_phone (NULL);

  g_assert_cmpstr (key, ==, "");
  g_assert_cmpstr (line, ==, "");
  g_assert_cmpstr (phone, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/fold/cases", test_cases);
  g_test_add_func ("/core/fold/search", test_search);
  g_test_add_func ("/core/fold/shrink-hook", test_shrink_hook);
  g_test_add_func ("/core/fold/idempotent", test_idempotent);
  g_test_add_func ("/core/fold/width-and-kana", test_width_and_kana);
  g_test_add_func ("/core/fold/null", test_null);

  return g_test_run ();
}
