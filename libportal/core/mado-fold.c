/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/mado-fold.h"

#define HALF_KANA_FIRST      0xff61
#define HALF_KANA_LAST       0xff9f
#define HALF_VOICED_MARK     0xff9e
#define HALF_SEMIVOICED_MARK 0xff9f
#define LONG_MARK            0x30fc   /* ー */
#define KANA_SHIFT           0x60     /* from hiragana to katakana */

/* U+FF61 … U+FF9F, in their order. */
static const gunichar full_kana[] = {
  0x3002, 0x300c, 0x300d, 0x3001, 0x30fb, 0x30f2, 0x30a1, 0x30a3, 0x30a5, 0x30a7, 0x30a9, 0x30e3, 0x30e5, 0x30e7,
  0x30c3, 0x30fc, 0x30a2, 0x30a4, 0x30a6, 0x30a8, 0x30aa, 0x30ab, 0x30ad, 0x30af, 0x30b1, 0x30b3, 0x30b5, 0x30b7,
  0x30b9, 0x30bb, 0x30bd, 0x30bf, 0x30c1, 0x30c4, 0x30c6, 0x30c8, 0x30ca, 0x30cb, 0x30cc, 0x30cd, 0x30ce, 0x30cf,
  0x30d2, 0x30d5, 0x30d8, 0x30db, 0x30de, 0x30df, 0x30e0, 0x30e1, 0x30e2, 0x30e4, 0x30e6, 0x30e8, 0x30e9, 0x30ea,
  0x30eb, 0x30ec, 0x30ed, 0x30ef, 0x30f3, 0x309b, 0x309c,
};

static gboolean
is_hiragana (gunichar c)
{
  return (c >= 0x3041 && c <= 0x3096) || c == 0x309d || c == 0x309e;
}

static gboolean
is_katakana (gunichar c)
{
  return (c >= 0x30a1 && c <= 0x30f6) || c == 0x30fd || c == 0x30fe;
}

/* All the strokes people type for a hyphen, a minus or a long mark. */
static gboolean
is_dash (gunichar c)
{
  return c == '-' || c == 0xad || (c >= 0x2010 && c <= 0x2015) || c == 0x2043 || c == 0x2212 || c == 0x2500
         || c == LONG_MARK || c == 0xfe63 || c == 0xff0d || c == 0xff70;
}

static gboolean
is_space (gunichar c)
{
  return g_unichar_isspace (c) || c == 0xa0 || c == 0x3000;
}

/* カ + ﾞ is ガ; 0 if the two do not join. */
static gunichar
join_voiced (gunichar kana, gunichar mark)
{
  gunichar joined;

  if (mark != HALF_VOICED_MARK && mark != HALF_SEMIVOICED_MARK)
    return 0;

  return g_unichar_compose (kana, mark == HALF_VOICED_MARK ? 0x3099 : 0x309a, &joined) ? joined : 0;
}

static gunichar
fold_width (gunichar c)
{
  if (c >= 0xff01 && c <= 0xff5e)
    return c - 0xff01 + '!';
  if (c >= HALF_KANA_FIRST && c <= HALF_KANA_LAST)
    return full_kana[c - HALF_KANA_FIRST];
  if (c == 0x3000 || c == 0xa0)
    return ' ';

  return c == 0xffe5 ? 0xa5 : c;
}

/**
 * mado_fold_line:
 * @text: (nullable): a name or any line of text
 *
 * Returns: (transfer full): without control characters, runs of spaces made one and none at the ends
 */
char *
mado_fold_line (const char *text)
{
  GString *out = g_string_new (NULL);
  const char *space = NULL;

  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (is_space (c)) {
      space = space != NULL ? space : p;
    } else if (!g_unichar_iscntrl (c)) {
      if (space != NULL && out->len > 0)
        g_string_append_unichar (out, g_utf8_get_char (space) == 0x3000 ? 0x3000 : ' ');
      space = NULL;
      g_string_append_unichar (out, c);
    }
  }

  return g_string_free (out, FALSE);
}

/**
 * mado_fold_width:
 * @text: (nullable): any text
 *
 * Returns: (transfer full): letters, digits and signs half width, kana full width and composed
 */
char *
mado_fold_width (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = fold_width (g_utf8_get_char (p));
    gunichar joined = join_voiced (c, g_utf8_get_char (g_utf8_next_char (p)));

    if (joined != 0)
      p = g_utf8_next_char (p);
    g_string_append_unichar (out, joined != 0 ? joined : c);
  }

  return g_string_free (out, FALSE);
}

/**
 * mado_fold_code:
 * @text: (nullable): a number as typed
 *
 * Returns: (transfer full): half width, upper case, without spaces and hyphens
 */
char *
mado_fold_code (const char *text)
{
  g_autofree char *folded = mado_fold_width (text);
  GString *out = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (!is_dash (c) && !is_space (c))
      g_string_append_unichar (out, g_unichar_toupper (c));
  }

  return g_string_free (out, FALSE);
}

/* A stroke is a long mark after kana, unless it was typed as a hyphen and a number follows (ハイツ-203). */
static gunichar
fold_dash (gunichar c, gunichar before, gunichar after)
{
  gboolean after_kana = is_hiragana (before) || is_katakana (before) || before == LONG_MARK;

  return after_kana && (c == LONG_MARK || !g_unichar_isdigit (after)) ? LONG_MARK : '-';
}

/* Runs over folded text, deciding on each stroke by its neighbours. */
static void
fold_dashes (const char *text, GString *out)
{
  gunichar before = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (is_dash (c))
      c = fold_dash (c, before, g_utf8_get_char (g_utf8_next_char (p)));
    g_string_append_unichar (out, c);
    before = c;
  }
}

/**
 * mado_fold_address:
 * @text: (nullable): an address as typed
 *
 * Returns: (transfer full): width folded, strokes between numbers as "-", within kana as ー
 */
char *
mado_fold_address (const char *text)
{
  g_autofree char *width = mado_fold_width (text);
  g_autofree char *line = mado_fold_line (width);
  GString *out = g_string_new (NULL);

  fold_dashes (line, out);

  return g_string_free (out, FALSE);
}

/**
 * mado_fold_kana:
 * @text: (nullable): furigana as typed
 *
 * Returns: (transfer full): in full-width katakana
 */
char *
mado_fold_kana (const char *text)
{
  g_autofree char *folded = mado_fold_address (text);
  GString *out = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    g_string_append_unichar (out, is_hiragana (c) ? c + KANA_SHIFT : c);
  }

  return g_string_free (out, FALSE);
}

/**
 * mado_fold_phone:
 * @text: (nullable): a telephone number as typed
 *
 * Returns: (transfer full): its digits, the country only if it is not Japan
 */
char *
mado_fold_phone (const char *text)
{
  g_autofree char *code = mado_fold_code (text);
  GString *out = g_string_new (NULL);

  for (const char *p = code; *p != '\0'; p++) {
    if (*p != '(' && *p != ')' && *p != '.')
      g_string_append_c (out, *p);
  }
  if (g_str_has_prefix (out->str, "+81")) {
    g_string_erase (out, 0, out->str[3] == '0' ? 3 : 2);
    out->str[0] = '0';
  }

  return g_string_free (out, FALSE);
}

/**
 * mado_fold_postal_code:
 * @text: (nullable): a postal code as typed
 *
 * Returns: (transfer full): "251-8601", or what was typed if it has not seven digits
 */
char *
mado_fold_postal_code (const char *text)
{
  g_autofree char *code = mado_fold_code (text);
  const char *digits = g_str_has_prefix (code, "〒") ? code + strlen ("〒") : code;

  if (strlen (digits) == 7 && strspn (digits, "0123456789") == 7)
    return g_strdup_printf ("%.3s-%s", digits, digits + 3);

  return g_steal_pointer (&code);
}

/* Kanji of names and the form under which they are looked for, in pairs. */
static const char name_kanji[] =
  "髙高﨑崎嵜崎碕崎𥔎崎邊辺邉辺𠮷吉齋斎齊斉濵浜濱浜德徳澤沢櫻桜國国廣広眞真惠恵嶋島嶌島冨富瀨瀬渕淵渊淵豐豊"
  "榮栄條条壽寿寳宝寶宝龍竜瀧滝彌弥禮礼靜静淸清淺浅槇槙曾曽增増藏蔵郞郎學学實実將将莊荘萬万與与兒児圓円圖図"
  "團団壯壮奧奥孃嬢對対專専峯峰嶽岳巖巌驛駅廳庁戶戸擴拡攝摂數数舊旧晉晋曉暁曻昇會会橫横檜桧歐欧步歩歷歴殘残"
  "氣気溫温滿満狹狭獨独畫画當当穗穂絲糸經経繩縄續続聲声臺台舘館藝芸螢蛍衞衛覺覚譽誉讀読賴頼輕軽邨村鄕郷釋釈"
  "鐵鉄關関陷陥隱隠雙双靑青顯顕餠餅髮髪鷄鶏鷗鴎鹽塩黃黄黑黒齒歯龜亀槗橋𣘺橋凜凛遙遥堯尭桒桑";

static GHashTable *
load_name_kanji (void)
{
  GHashTable *map = g_hash_table_new (NULL, NULL);

  for (const char *p = name_kanji; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar from = g_utf8_get_char (p);

    p = g_utf8_next_char (p);
    g_hash_table_insert (map, GUINT_TO_POINTER (from), GUINT_TO_POINTER (g_utf8_get_char (p)));
  }

  return map;
}

/**
 * mado_fold_shrink_builtin:
 * @c: a character
 *
 * Returns: the form under which a kanji of names is looked for, or @c itself
 */
gunichar
mado_fold_shrink_builtin (gunichar c)
{
  static GHashTable *map;
  gpointer to;

  if (g_once_init_enter (&map))
    g_once_init_leave (&map, load_name_kanji ());
  to = g_hash_table_lookup (map, GUINT_TO_POINTER (c));

  return to != NULL ? GPOINTER_TO_UINT (to) : c;
}

static MadoShrink shrink = mado_fold_shrink_builtin;

void
mado_fold_set_shrink (MadoShrink replacement)
{
  shrink = replacement != NULL ? replacement : mado_fold_shrink_builtin;
}

/* Nothing to be seen: spaces, variation selectors, joiners, the marks of direction. */
static gboolean
is_invisible (gunichar c)
{
  return is_space (c) || g_unichar_iscntrl (c) || (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef)
         || (c >= 0x200b && c <= 0x200f) || c == 0xfeff || c == 0xad;
}

/* Accents and voicing marks that have found nothing to join. */
static gboolean
is_loose_mark (gunichar c)
{
  return (c >= 0x300 && c <= 0x36f) || c == 0x3099 || c == 0x309a;
}

static gunichar
fold_kana_key (gunichar c)
{
  static const char pairs[] = "ぁあぃいぅうぇえぉおっつゃやゅゆょよゎわゕかゖけぢじづずゐいゑえ";

  if (is_katakana (c))
    c -= KANA_SHIFT;
  for (const char *p = pairs; *p != '\0' && is_hiragana (c); p += 6) {
    if (g_utf8_get_char (p) == c)
      return g_utf8_get_char (p + 3);
  }

  return c;
}

/* The letter without its accents; a few strokes belong to letters that do not come apart. */
static gunichar
fold_latin_key (gunichar c)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

  g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts));
  switch (parts[0]) {
  case 0x111:   /* đ */
    return 'd';
  case 0xf8:    /* ø */
    return 'o';
  case 0x142:   /* ł */
    return 'l';
  case 0x131:   /* ı */
    return 'i';
  default:
    return parts[0];
  }
}

static gunichar
fold_key (gunichar c)
{
  if (c < 0x80)
    return c;
  if (c < 0x250 || (c >= 0x1e00 && c < 0x1f00))
    return fold_latin_key (c);
  if (c >= 0x3041 && c <= 0x30fe)
    return fold_kana_key (c);

  return shrink (c);
}

gunichar
mado_fold_search_char (gunichar c)
{
  return fold_key (c);
}

/*
 * NFKC without case and without what is not seen, which may have kept two characters from joining. GLib's case folding
 * makes small Cherokee large and large small: everything is made small after it.
 */
static char *
normalize_key (const char *text)
{
  g_autofree char *width = mado_fold_width (text);
  g_autofree char *normal = g_utf8_normalize (width, -1, G_NORMALIZE_NFKC);
  g_autofree char *lower = g_utf8_casefold (normal, -1);
  g_autoptr(GString) seen = g_string_new (NULL);

  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_unichar_tolower (g_utf8_get_char (p));

    if (!is_invisible (c))
      g_string_append_unichar (seen, c);
  }

  return g_utf8_normalize (seen->str, -1, G_NORMALIZE_NFKC);
}

/**
 * mado_fold_search:
 * @text: (nullable): what is to be found, or looked for
 *
 * Returns: (transfer full): its key, never to be shown
 */
char *
mado_fold_search (const char *text)
{
  g_autofree char *normal = normalize_key (text);
  g_autoptr(GString) key = g_string_new (NULL);
  GString *out = g_string_new (NULL);
  gunichar before = 0;

  for (const char *p = normal; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (is_loose_mark (c))
      continue;
    before = c == 0x3005 && before != 0 ? before : fold_key (c);   /* 々 */
    g_string_append_unichar (key, before);
  }
  fold_dashes (key->str, out);

  return g_string_free (out, FALSE);
}

/**
 * mado_fold_name:
 * @text: (nullable): a name as written by anybody
 *
 * Returns: (transfer full): what is the same however its kanji are written, never to be shown
 */
char *
mado_fold_name (const char *text)
{
  g_autofree char *code = mado_fold_code (text);
  GString *out = g_string_new (NULL);

  for (const char *p = code; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (!is_invisible (c))
      g_string_append_unichar (out, shrink (c));
  }

  return g_string_free (out, FALSE);
}
