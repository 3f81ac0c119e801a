/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lists/mado-place-name.h"

#include <string.h>

#include "core/mado-fold.h"

enum { COST_WRITING = 1, COST_SECTION = 2, COST_PARTICLE = 4, COST_TOWN = MADO_PLACE_COST_TOWN,
       COST_MOST = 3 * COST_TOWN };

/* Kanji of place names, the less usual of each pair first; those of people's names are folded by core. */
static const char place_kanji[] =
  "舟船釜竈莵菟兎菟藪薮鯵鰺篭籠埜野梼檮諌諫涛濤蘆芦儘侭靱靭頚頸砺礪蝋蠟鴬鶯桝枡壷壺鉤鈎呑吞祗祇讃讚騨驒麹麴"
  "剥剝囲圍柳桺溪渓來来辨弁瓣弁辯弁餘余豫予佛仏體体黨党兩両竝並亞亜點点乘乗爭争獻献僞偽假仮傳伝價価儉倹剩剰"
  "勳勲單単嚴厳壘塁夾挟宮宫寬寛巢巣帶帯彦彥應応戀恋拂払收収敎教斷断晝昼權権歸帰殼殻淨浄淵渕潛潜澁渋濕湿灣湾"
  "燒焼爐炉盜盗礪砺祕秘禪禅穩穏竊窃籔薮繪絵纖繊聰聡聽聴肅粛膽胆莖茎萠萌藥薬處処蟲虫蠶蚕裝装證証變変貳弐贊賛"
  "踐践轉転遞逓鄰隣醫医釀醸鑛鉱錢銭鎭鎮鑄鋳隨随險険隸隷雜雑霸覇頰頬顏顔鬪闘麥麦默黙杮柿桑桒櫟檪";

static GHashTable *
load_place_kanji (void)
{
  GHashTable *map = g_hash_table_new (NULL, NULL);

  for (const char *p = place_kanji; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar from = g_utf8_get_char (p);

    p = g_utf8_next_char (p);
    g_hash_table_insert (map, GUINT_TO_POINTER (from), GUINT_TO_POINTER (g_utf8_get_char (p)));
  }

  return map;
}

static gunichar
class_of_kanji (gunichar c)
{
  static GHashTable *map;
  gunichar whole[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gpointer to;

  if (g_once_init_enter (&map))
    g_once_init_leave (&map, load_place_kanji ());
  if (g_unichar_fully_decompose (c, TRUE, whole, G_N_ELEMENTS (whole)) == 1)
    c = whole[0];
  c = mado_fold_shrink_builtin (c);
  to = g_hash_table_lookup (map, GUINT_TO_POINTER (c));

  return to != NULL ? GPOINTER_TO_UINT (to) : c;
}

/* Hiragana, large; ヶ stands for が and か, ノ for 之. */
static gunichar
class_of_kana (gunichar c)
{
  if (c >= 0x30a1 && c <= 0x30f6)
    c -= 0x60;
  switch (c) {
  case 0x304b:   /* か */
  case 0x304c:   /* が */
  case 0x3052:   /* げ */
  case 0x3095:   /* small か */
  case 0x3096:   /* small け */
    return 0x3051;
  case 0x3063:   /* small つ */
    return 0x3064;
  case 0x3083:   /* small や, ゆ, よ */
  case 0x3085:
  case 0x3087:
    return c + 1;
  case 0x30fc:   /* ー */
    return '-';
  default:
    return c;
  }
}

static gunichar
work_out_class (gunichar c)
{
  if (c >= 0x3041 && c <= 0x30fe)
    return class_of_kana (c);
  if (c == 0x4e4b || c == 0x4e43)   /* 之, 乃 */
    return 0x306e;
  if (c == 0x7b87)   /* 箇 */
    return 0x3051;

  return class_of_kanji (c);
}

/* Worked out once for each character: a name is held against thousands of others. */
static gunichar
class_of (gunichar c, gunichar before)
{
  static guint16 known[0x10000];
  guint16 class;

  if (c < 0x80)
    return c;
  if (c == 0x3005)   /* 々 */
    return before;
  if (c >= G_N_ELEMENTS (known))
    return work_out_class (c);
  class = __atomic_load_n (&known[c], __ATOMIC_RELAXED);
  if (class == 0) {
    gunichar worked_out = work_out_class (c);

    if (worked_out >= G_N_ELEMENTS (known))
      return worked_out;
    class = (guint16) worked_out;
    __atomic_store_n (&known[c], class, __ATOMIC_RELAXED);
  }

  return class;
}

void
mado_typed_init (MadoTyped *typed, const char *line)
{
  glong length;

  typed->text = g_utf8_to_ucs4_fast (line, -1, &length);
  typed->length = (guint) length;
  typed->classes = g_new0 (gunichar, typed->length + 1);
  for (guint i = 0; i < typed->length; i++)
    typed->classes[i] = class_of (typed->text[i], i > 0 ? typed->classes[i - 1] : 0);
}

void
mado_typed_clear (MadoTyped *typed)
{
  g_clear_pointer (&typed->text, g_free);
  g_clear_pointer (&typed->classes, g_free);
}

guint
mado_typed_skip_spaces (const MadoTyped *typed, guint at)
{
  while (typed->text[at] == ' ')
    at++;

  return at;
}

gboolean
mado_typed_has (const MadoTyped *typed, guint at, const char *word)
{
  for (gunichar before = 0; *word != '\0'; word = g_utf8_next_char (word), at++) {
    before = class_of (g_utf8_get_char (word), before);
    if (at >= typed->length || typed->classes[at] != before)
      return FALSE;
  }

  return TRUE;
}

/* 0 to 9, 10, 100, 1000; -1 if it is no numeral. */
static int
kanji_value (gunichar c)
{
  static const char numerals[] = "〇一二三四五六七八九十百千";
  const char *found;
  char utf8[7] = "";
  guint n;

  if (c < 0x3007)
    return -1;
  g_unichar_to_utf8 (c, utf8);
  found = strstr (numerals, utf8);
  if (found == NULL)
    return -1;
  n = (guint) (found - numerals) / 3;

  return n < 10 ? (int) n : n == 10 ? 10 : n == 11 ? 100 : 1000;
}

/* 千二百三十四, or 一二三四. */
static guint
add_numeral (guint number, guint *pending, int value)
{
  if (value < 10) {
    *pending = MIN (*pending * 10 + (guint) value, 99999999);
    return number;
  }
  number += MAX (*pending, 1) * (guint) value;
  *pending = 0;

  return MIN (number, 99999999);
}

gboolean
mado_typed_is_digit (const MadoTyped *typed, guint at)
{
  return at < typed->length && typed->text[at] < 0x80 && g_ascii_isdigit ((char) typed->text[at]);
}

guint
mado_typed_number (const MadoTyped *typed, guint at, guint *number)
{
  guint total = 0, pending = 0;

  if (mado_typed_is_digit (typed, at)) {
    for (; mado_typed_is_digit (typed, at); at++)
      total = MIN (total * 10 + typed->text[at] - '0', 99999999);
    *number = total;
    return at;
  }
  for (; kanji_value (typed->text[at]) >= 0; at++)
    total = add_numeral (total, &pending, kanji_value (typed->text[at]));
  *number = total + pending;

  return at;
}

void
mado_kanji_number (guint number, GString *out)
{
  static const char *const digits[] = { "", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
  static const struct { guint value; const char *name; } units[] = { { 100, "百" }, { 10, "十" } };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    guint n = number / units[i].value % 10;

    if (n > 0) {
      g_string_append (out, n > 1 ? digits[n] : "");
      g_string_append (out, units[i].name);
    }
  }
  g_string_append (out, digits[number % 10]);
}

/* A number of the name in kanji is written in digits (北三条: 北3条). */
static gboolean
match_number (const char **name, const char *end, const MadoTyped *typed, guint *at)
{
  guint total = 0, pending = 0, typed_number;
  const char *p = *name;

  for (; p < end && kanji_value (g_utf8_get_char (p)) >= 0; p = g_utf8_next_char (p))
    total = add_numeral (total, &pending, kanji_value (g_utf8_get_char (p)));
  if (p == *name)
    return FALSE;
  *name = p;
  *at = mado_typed_number (typed, *at, &typed_number);

  return typed_number == total + pending;
}

static gboolean
is_section (gunichar first, gunichar second)
{
  return first == 0x5927 && second == 0x5b57;   /* 大字 */
}

/* 大字, 字 and ノ come and go: how many characters of it stand there. */
static guint
length_of_filler (gunichar first, gunichar second, guint *cost)
{
  gboolean is_particle = first == 0x306e;   /* ノ */

  if (!is_particle && first != 0x5b57 && !is_section (first, second))   /* 字 */
    return 0;
  *cost += is_particle ? COST_PARTICLE : COST_SECTION;

  return is_section (first, second) ? 2 : 1;
}

/* Whether an address may go on here with its numbers, or be at its end. */
gboolean
mado_typed_is_border (const MadoTyped *typed, guint at)
{
  gunichar c = typed->text[at];

  return at >= typed->length || c == ' ' || c == '-' || mado_typed_is_digit (typed, at) || kanji_value (c) >= 0;
}

/* What of the name may be left out where the line goes on otherwise; NULL if nothing. */
static const char *
skip_in_name (const char *name, const char *end, const MadoTyped *typed, guint at, guint matched, guint *cost)
{
  const char *next = g_utf8_next_char (name);
  gunichar c = g_utf8_get_char (name), second = next < end ? g_utf8_get_char (next) : 0;
  guint filler = length_of_filler (class_of (c, 0), second, cost);

  if (filler > 0)
    return filler == 2 ? g_utf8_next_char (next) : next;
  if (c == 0x753a && matched >= 2 && (next < end || mado_typed_is_border (typed, at))) {   /* 町 */
    *cost += COST_TOWN;
    return next;
  }
  if (c == 0x6761 && at > 0 && mado_typed_is_digit (typed, at - 1)) {   /* 条, in Hokkaido: 北16西2, 拓北6-2 */
    *cost += COST_TOWN;
    return next;
  }

  return NULL;
}

/* 番丁 and 番町 are taken for one another. */
static gboolean
is_ward (gunichar name, const MadoTyped *typed, guint at)
{
  gunichar c = typed->text[at];

  return at > 0 && typed->text[at - 1] == 0x756a   /* 番 */
         && (c == 0x753a || c == 0x4e01) && (name == 0x753a || name == 0x4e01);   /* 町, 丁 */
}

/* One step along name and line: FALSE where they part. */
typedef struct {
  const char *name, *end;
  gunichar    before;    /* class of the last character in common */
  guint       at, matched, cost;
} Walk;

static void
walk_together (Walk *walk, const MadoTyped *typed, guint here, guint cost)
{
  walk->cost += cost;
  walk->matched++;
  walk->before = typed->classes[here];
  walk->name = g_utf8_next_char (walk->name);
  walk->at = here + 1;
}

static gboolean
walk_on (Walk *walk, const MadoTyped *typed)
{
  guint here = mado_typed_skip_spaces (typed, walk->at), filler;
  gunichar c = g_utf8_get_char (walk->name), t = typed->text[here], t_next = t != 0 ? typed->text[here + 1] : 0;
  const char *next = g_utf8_next_char (walk->name);
  gboolean same_kind = is_section (c, next < walk->end ? g_utf8_get_char (next) : 0) == is_section (t, t_next);

  if (same_kind && (c == t || class_of (c, walk->before) == typed->classes[here])) {
    walk_together (walk, typed, here, c == t ? 0 : COST_WRITING);
  } else if (mado_typed_is_digit (typed, here) && kanji_value (c) >= 0) {
    walk->at = here;
    walk->matched++;
    return match_number (&walk->name, walk->end, typed, &walk->at);
  } else if (is_ward (c, typed, here)) {
    walk_together (walk, typed, here, COST_PARTICLE);
  } else if ((filler = length_of_filler (typed->classes[here], t_next, &walk->cost)) > 0) {
    walk->at = here + filler;
  } else {
    walk->name = skip_in_name (walk->name, walk->end, typed, walk->at, walk->matched, &walk->cost);
  }

  return walk->name != NULL && walk->cost <= COST_MOST;
}

guint
mado_place_name_match (MadoSlice name, const MadoTyped *typed, guint at, guint *cost)
{
  Walk walk = { .name = name.text, .end = name.text + name.length, .at = at };

  while (walk.name < walk.end)
    if (!walk_on (&walk, typed))
      return 0;
  *cost = walk.cost;

  return walk.at;
}
