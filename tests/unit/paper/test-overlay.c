/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "papers.h"

#include <stdio.h>
#include <string.h>

#include "core/mado-json.h"
#include "paper/mado-overlay.h"

#define MM        (72 / 25.4)
#define RESOLUTION "127"      /* five dots a millimetre */
#define DOTS      5

/* ---- reading back with other people's programs ---- */

/* (nullable): what poppler makes of it; NULL where there is none */
static GBytes *
read_back (GBytes *pdf, const char *const *program)
{
  g_autofree char *found = g_find_program_in_path (program[0]);
  g_autoptr(GSubprocess) process = NULL;
  GBytes *output = NULL;

  if (found == NULL) {
    g_test_skip (program[0]);
    return NULL;
  }
  process = g_subprocess_newv (program, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  g_assert_true (g_subprocess_communicate (process, pdf, NULL, &output, NULL, NULL));
  g_assert_true (g_subprocess_get_successful (process));

  return output;
}

static char *
read_words (GBytes *pdf, const char *option)
{
  const char *const program[] = { "pdftotext", option, "-", "-", NULL };
  g_autoptr(GBytes) output = read_back (pdf, program);

  return output != NULL ? g_strndup (g_bytes_get_data (output, NULL), g_bytes_get_size (output)) : NULL;
}

/* On the first sheet, or on those after it; without spaces. */
static char *
read_sheet (GBytes *pdf, gboolean first)
{
  g_autofree char *all = read_words (pdf, "-raw");
  char *end = all != NULL ? strchr (all, '\f') : NULL;
  GString *dense = g_string_new (NULL);

  if (end != NULL && first)
    *end = '\0';
  for (const char *at = end != NULL && !first ? end + 1 : all; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isspace (g_utf8_get_char (at)))
      g_string_append_unichar (dense, g_utf8_get_char (at));

  return g_string_free (dense, FALSE);
}

static double
get_member (const char *word, const char *name)
{
  const char *at = strstr (word, name);

  g_assert_nonnull (at);

  return g_ascii_strtod (at + strlen (name) + 2, NULL) / MM;
}

/* Some word with this text stands within the place, in millimetres. */
static gboolean
stands (const char *boxes, const char *text, double x, double y, double width, double height)
{
  g_autofree char *end = g_strdup_printf (">%s</word>", text);
  g_auto(GStrv) lines = g_strsplit (boxes, "\n", -1);

  for (char **line = lines; *line != NULL; line++) {
    double left, right, middle;

    if (strstr (*line, "</page>") != NULL)
      break;
    if (!g_str_has_suffix (*line, end))
      continue;
    left = get_member (*line, "xMin");
    right = get_member (*line, "xMax");
    middle = (get_member (*line, "yMin") + get_member (*line, "yMax")) / 2;
    g_test_message ("%s: %.1f to %.1f mm, %.1f mm down", text, left, right, middle);
    if (left >= x - 0.3 && right <= x + width + 0.3 && middle > y && middle < y + height)
      return TRUE;
  }

  return FALSE;
}

/* ---- ink ---- */

/* (nullable): the first sheet, a byte a dot */
static GBytes *
paint (GBytes *pdf)
{
  static const char *const program[] = { "pdftoppm", "-r", RESOLUTION, "-gray", "-f", "1", "-l", "1", "-", NULL };

  return read_back (pdf, program);
}

/* Is something dark within half a millimetre of that point? */
static gboolean
is_inked (GBytes *picture, double x, double y)
{
  gsize size;
  const char *data = g_bytes_get_data (picture, &size);
  int width, height, header;
  const guchar *dots;

  g_assert_cmpint (sscanf (data, "P5 %d %d 255%n", &width, &height, &header), ==, 2);
  dots = (const guchar *) data + header + 1;
  for (int row = (int) (y * DOTS) - 2; row <= (int) (y * DOTS) + 2; row++)
    for (int column = (int) (x * DOTS) - 2; column <= (int) (x * DOTS) + 2; column++)
      if (dots[row * width + column] < 100)
        return TRUE;

  return FALSE;
}

/* ---- the shipped forms ---- */

static void
test_places (void)
{
  g_autoptr(GBytes) pdf = paper_official ("ja", "K7M4-R29-1");
  g_autofree char *boxes = read_words (pdf, "-bbox");

  if (boxes == NULL)
    return;
  g_assert_true (stands (boxes, "住民異動届", 70, 10, 70, 12) || stands (boxes, "住", 70, 10, 70, 12));
  g_assert_true (stands (boxes, "K7M4-R29-1", 169, 8.5, 28, 6));
  g_assert_true (stands (boxes, "𠮷郎", 57, 112.5, 62, 9));
  g_assert_true (stands (boxes, "090-0000-0001", 57, 122.5, 62, 8));
  g_assert_true (stands (boxes, "葛󠄀城荘101", 42, 59, 154, 9));
  g_assert_true (stands (boxes, "5", 47 + 5.4, 52.2, 5, 5.6));          /* of 251-0037 */
  g_assert_true (stands (boxes, "7", 47 + 6 * 5.4 + 2, 52.2, 5, 5.6));
  g_assert_true (stands (boxes, "62", 144, 114.5, 11.5, 7));            /* 昭和62年 */
  g_assert_true (stands (boxes, "渡邉󠄂", 18.8, 160, 48.4, 7.6));
  g_assert_true (stands (boxes, "元", 69, 162, 9.5, 5.5) || stands (boxes, "1", 69, 162, 9.5, 5.5));
  g_assert_true (stands (boxes, "AB12345678CD", 156.6, 188, 26.8, 5.6));
}

/* A circle's left edge, and that of the choice that was not taken. */
static void
test_circles (void)
{
  g_autoptr(GBytes) pdf = paper_official ("ja", "K7M4-R29-1");
  g_autoptr(GBytes) picture = paint (pdf);

  if (picture == NULL)
    return;
  g_assert_true (is_inked (picture, 48, 36.5));          /* 転入 */
  g_assert_false (is_inked (picture, 78, 36.5));         /* 転居 */
  g_assert_true (is_inked (picture, 124, 46));           /* a new household */
  g_assert_false (is_inked (picture, 162, 46));
  g_assert_true (is_inked (picture, 113.4, 148.6));      /* the first is a man, */
  g_assert_false (is_inked (picture, 119.9, 148.6));
  g_assert_true (is_inked (picture, 119.9, 161.6));      /* the second a woman */
}

static void
set_text (JsonNode *answers, const char *fact, const char *text)
{
  json_object_set_string_member (json_node_get_object (answers), fact, text);
}

static void
assert_has (const char *text, const char *const *wanted)
{
  for (; *text != '\0' && *wanted != NULL; wanted++)
    if (strstr (text, *wanted) == NULL)
      g_error ("“%s” is not in: %s", *wanted, text);
}

/* Nothing is cut: what has no room is on a sheet of its own, whole, and the place says so. */
static void
test_no_room (void)
{
  g_autoptr(JsonNode) answers = paper_official_answers ("髙﨑 𠮷郎");
  JsonArray *members = json_object_get_array_member (json_node_get_object (answers), "household.members");
  g_autoptr(GString) building = g_string_new ("ながい");
  g_autoptr(GBytes) pdf = NULL;
  g_autofree char *front = NULL, *rest = NULL;

  for (guint i = 0; i < 90; i++)
    g_string_append (building, "建物名");
  g_string_append (building, "の末尾");
  set_text (answers, "newAddress.buildingNameEtc", building->str);
  for (guint i = 6; i <= 7; i++) {
    JsonObject *more = json_object_new ();
    g_autofree char *name = g_strdup_printf ("続柄の者その%u", i);

    json_object_set_string_member (more, "fullName", name);
    json_object_set_string_member (more, "dateOfBirth", "2019-04-30");
    json_array_add_object_element (members, more);
  }
  pdf = paper_official_print ("tennyu", answers, "K7M4-R29-1");
  front = read_sheet (pdf, TRUE);
  rest = read_sheet (pdf, FALSE);
  assert_has (front, (const char *[]) { "別紙のとおり", "ほか2（別紙のとおり）", "渡邉󠄂花子", NULL });
  g_assert_null (strstr (front, "その6"));
  g_assert_null (strstr (front, "の末尾"));
  assert_has (rest, (const char *[]) { "別紙住民異動届", "K7M4-R29-1", "新しい住所", building->str, "6人目", "続柄の者その6",
                                       "7人目", "続柄の者その7", "平成31年4月30日", NULL });
  g_assert_null (strstr (rest, "渡邉"));
  g_assert_null (strstr (rest, "御成町"));
}

/* The sheet says 令和. */
static void
test_printed_era (void)
{
  g_autoptr(JsonNode) answers = paper_official_answers ("髙﨑 𠮷郎");
  g_autoptr(GBytes) pdf = NULL;
  g_autofree char *rest = NULL;

  set_text (answers, "move.date", "2018-12-31");
  pdf = paper_official_print ("tennyu", answers, "K7M4-R29-1");
  rest = read_sheet (pdf, FALSE);
  assert_has (rest, (const char *[]) { "平成30年12月31日", NULL });
}

/* Where the city has the address, the sheet says so; those who move are one a line. */
static void
test_known_address (void)
{
  g_autoptr(JsonNode) answers = paper_official_answers ("髙﨑 𠮷郎");
  g_autoptr(GBytes) pdf = NULL;
  g_autofree char *boxes = NULL, *front = NULL;

  set_text (answers, "move.memberNames", "髙﨑 𠮷郎\n渡邉󠄂 花子");
  pdf = paper_official_print ("tenkyo", answers, "K7M4-R29-1");
  boxes = read_words (pdf, "-bbox");
  front = read_sheet (pdf, TRUE);
  assert_has (front, (const char *[]) { "住民票のとおり", NULL });
  g_assert_true (boxes == NULL || stands (boxes, "花子", 18.8, 160, 48.4, 7.6));
}

/* ---- small ones ---- */

static const char small_form[] =
  "{'id': 'small', 'revision': 1, 'title': {'ja': '小さな様式'}, 'sections': [{'id': 'one', 'title': {'ja': '一'},"
  " 'questions': [{'id': 'q', 'title': {'ja': '問'}, 'label': {'ja': '問'}, 'fields': ["
  "  {'fact': 'a.name', 'kind': 'name', 'label': {'ja': '氏名'}},"
  "  {'fact': 'a.number', 'kind': 'my-number', 'label': {'ja': '個人番号'}},"
  "  {'fact': 'a.day', 'kind': 'date', 'label': {'ja': '日'}},"
  "  {'fact': 'a.sum', 'kind': 'number', 'label': {'ja': '計算した値'}, 'required': false, 'value': 42},"
  "  {'fact': 'a.late', 'kind': 'text', 'label': {'ja': 'あとから増えた項目'}, 'max': 30},"
  "  {'fact': 'a.kind', 'kind': 'one-of', 'label': {'ja': '種別'}, 'options': ["
  "    {'id': 'x', 'label': {'ja': '甲'}}, {'id': 'y', 'label': {'ja': '乙の種別'}}]}]}]}]}";

static JsonNode *
parse (const char *text)
{
  g_autofree char *proper = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr(GError) error = NULL;
  JsonNode *node = mado_json_parse (proper, strlen (proper), &MADO_JSON_LIMITS_FILE, &error);

  g_assert_no_error (error);

  return node;
}

static const char signed_form[] =
  "{'id': 'small', 'revision': 1, 'title': {'ja': '小さな様式'}, 'sections': [{'id': 'one', 'title': {'ja': '一'},"
  " 'questions': [{'id': 'q', 'title': {'ja': '問'}, 'label': {'ja': '問'}, 'fields': ["
  "  {'fact': 'a.sign', 'kind': 'signature', 'label': {'ja': '署名'}}]}]}]}";

static MadoForm *
form_new (const char *text)
{
  g_autoptr(MadoVocabulary) words = mado_vocabulary_new (TRUE);
  g_autoptr(JsonNode) json = parse (text);
  g_autoptr(GError) error = NULL;
  MadoForm *form = mado_form_new (json, words, &error);

  g_assert_no_error (error);

  return form;
}

static MadoForm *
small_form_new (void)
{
  return form_new (small_form);
}

static GBytes *
open_empty (const char *name, gpointer data, GError **error)
{
  static const char svg[] = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 210 297'/>";

  if (g_str_equal (name, "broken.svg"))
    return g_bytes_new_static ("<svg", 4);
  if (g_str_equal (name, "empty.svg"))
    return g_bytes_new_static (svg, strlen (svg));
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "no such file");

  return NULL;
}

static MadoOverlay *
overlay_new (const MadoForm *form, const char *background, const char *items, GError **error)
{
  g_autofree char *text = g_strdup_printf ("{'id': 'small', 'title': {'ja': '小さな様式'}, 'pages': [{'background': '%s',"
                                           " 'items': [%s]}]}", background, items);
  g_autoptr(JsonNode) json = parse (text);

  return mado_overlay_new (json, form, open_empty, NULL, NULL, error);
}

static GBytes *
print_form (const MadoForm *form, const char *items, const char *answers)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoOverlay) overlay = overlay_new (form, "empty.svg", items, &error);
  g_autoptr(JsonNode) json = parse (answers);
  const MadoAnswerContext context = { .today = 20777, .language = "ja" };
  const MadoOverlayFilling filling = { form, json, &context, "1", 0 };
  GBytes *pdf;

  g_assert_no_error (error);
  pdf = mado_overlay_print (overlay, &filling, &error);
  g_assert_no_error (error);

  return pdf;
}

static GBytes *
print_small (const char *items, const char *answers)
{
  g_autoptr(MadoForm) form = small_form_new ();

  return print_form (form, items, answers);
}

static GBytes *
print_signed (const char *items, const char *answers)
{
  g_autoptr(MadoForm) form = form_new (signed_form);

  return print_form (form, items, answers);
}

/* Its strokes are drawn where it was asked for. */
static void
test_signature (void)
{
  static const char line[] = "M0 150L200 150L400 150L500 150L600 150L700 150L800 150L1000 150";
  g_autofree char *answers = g_strdup_printf ("{'a.sign': '%s'}", line);
  g_autoptr(GBytes) pdf = print_signed ("{'as': 'text', 'facts': ['a.sign'], 'at': [20, 20, 100, 30]}", answers);
  g_autoptr(GBytes) picture = paint (pdf);

  if (picture == NULL)
    return;
  g_assert_true (is_inked (picture, 25, 35));
  g_assert_true (is_inked (picture, 115, 35));
  g_assert_false (is_inked (picture, 70, 25));
  g_assert_false (is_inked (picture, 125, 35));
}

static guint
count_ink (GBytes *picture)
{
  gsize size;
  const guchar *data = g_bytes_get_data (picture, &size);
  guint n = 0;

  for (gsize i = 0; i < size; i++)
    n += data[i] < 60;

  return n;
}

static GBytes *
print_record (const char *signature)
{
  g_autoptr(JsonNode) city = parse ("{'name': '藤沢市', 'office': '市民課', 'phone': '0466', 'hours': '9-17'}");
  const MadoPaperRow row = { "署名", "手書きの署名", NULL, signature };
  const MadoPaperSection section = { "相続", &row, 1 };
  const MadoPaperRecord record = { .language = "ja", .city = city, .number = "K7M4-R29", .identified = TRUE,
                                   .sections = &section, .n_sections = 1 };
  g_autoptr(GError) error = NULL;
  GBytes *pdf = mado_paper_record (&record, &error);

  g_assert_no_error (error);

  return pdf;
}

/* The record shows what was drawn, and says in words what it is. */
static void
test_signed_record (void)
{
  g_autoptr(GBytes) plain = print_record (NULL), drawn = print_record ("M0 10L900 290L100 290L950 10");
  g_autoptr(GBytes) before = paint (plain), after = paint (drawn);
  g_autofree char *words = read_sheet (drawn, TRUE);

  assert_has (words, (const char *[]) { "手書きの署名", NULL });
  if (before != NULL && after != NULL)
    g_assert_cmpuint (count_ink (after), >, count_ink (before) + 200);
}

/* A character with what belongs to it takes one box; from the right where that is asked for. */
static void
test_boxes (void)
{
  g_autoptr(GBytes) pdf = print_small (
    "{'as': 'boxes', 'facts': ['a.name'], 'at': [10, 10, 6, 6], 'count': 6, 'pitch': 8, 'align': 'right'},"
    "{'as': 'boxes', 'facts': ['a.number'], 'at': [10, 30, 6, 6], 'count': 12, 'pitch': 8, 'gapAfter': 4, 'gap': 3}",
    "{'a.name': '葛󠄀が 𠮷郎', 'a.number': '123456789018'}");
  g_autofree char *boxes = read_words (pdf, "-bbox");

  if (boxes == NULL)
    return;
  g_assert_true (stands (boxes, "葛󠄀", 10 + 2 * 8, 10, 6, 6));
  g_assert_true (stands (boxes, "郎", 10 + 5 * 8, 10, 6, 6));
  g_assert_true (stands (boxes, "4", 10 + 3 * 8, 30, 6, 6));
  g_assert_true (stands (boxes, "5", 10 + 4 * 8 + 3, 30, 6, 6));
}

/* What came with a later revision, an option nobody drew, too many characters: all on the sheet of its own. */
static void
test_without_place (void)
{
  g_autoptr(GBytes) pdf = print_small (
    "{'as': 'boxes', 'facts': ['a.name'], 'at': [10, 10, 6, 6], 'count': 3, 'pitch': 8},"
    "{'as': 'circle', 'facts': ['a.kind'], 'places': {'x': [10, 20, 5, 5]}},"
    "{'as': 'text', 'facts': ['a.day'], 'at': [10, 40, 60, 8]}",
    "{'a.name': '長い名前の人', 'a.kind': 'y', 'a.late': '増えた答え', 'a.sum': 42, 'a.day': '2026-11-20'}");
  g_autofree char *front = read_sheet (pdf, TRUE), *rest = read_sheet (pdf, FALSE);

  assert_has (front, (const char *[]) { "別紙のとおり", "令和8年11月20日", NULL });
  assert_has (rest, (const char *[]) { "氏名長い名前の人", "あとから増えた項目増えた答え", "種別乙の種別", NULL });
  g_assert_null (strstr (rest, "令和8年"));
  g_assert_null (strstr (rest, "計算した値"));
}

static void
assert_found (const GError *error, const char *pointer, const char *code)
{
  for (guint i = 0; i < mado_error_get_n_violations (error); i++) {
    const MadoViolation *violation = mado_error_get_violation (error, i);

    if (g_str_equal (violation->pointer, pointer) && g_str_equal (violation->code, code))
      return;
  }
  g_error ("%s (%s) was not found: %s", pointer, code, error != NULL ? error->message : "nothing");
}

static void
test_mistakes (void)
{
  static const struct { const char *background, *item, *pointer, *code; } mistakes[] = {
    { "sheet.pdf", "", "/pages/0/background", "svg" },
    { "empty.svg", "{'as': 'text', 'facts': ['a.shoe'], 'at': [1, 1, 9, 9]}", "/pages/0/items/0/facts/0",
      "unknown-fact" },
    { "empty.svg", "{'as': 'text', 'text': 'x', 'at': [205, 1, 9, 9]}", "/pages/0/items/0/at", "outside" },
    { "empty.svg", "{'as': 'text', 'text': 'x', 'at': [-1, 1, 9, 9]}", "/pages/0/items/0/at", "outside" },
    { "empty.svg", "{'as': 'text', 'text': 'x', 'at': [1, 1, 9]}", "/pages/0/items/0/at", "place" },
    { "empty.svg", "{'as': 'text', 'text': 'x', 'at': [1, 1, 0, 5]}", "/pages/0/items/0/at", "place" },
    { "empty.svg", "{'as': 'text', 'at': [1, 1, 9, 9]}", "/pages/0/items/0", "required" },
    { "empty.svg", "{'as': 'smoke', 'at': [1, 1, 9, 9]}", "/pages/0/items/0/as", "option" },
    { "empty.svg", "{'as': 'boxes', 'facts': ['a.name'], 'at': [1, 1, 5, 5], 'count': 60, 'pitch': 5}",
      "/pages/0/items/0/at", "outside" },
    { "empty.svg", "{'as': 'boxes', 'facts': ['a.name'], 'at': [1, 1, 5, 5], 'pitch': 5}", "/pages/0/items/0/count",
      "required" },
    { "empty.svg", "{'as': 'circle', 'facts': ['a.kind'], 'places': {'z': [1, 1, 5, 5]}}",
      "/pages/0/items/0/places/z", "option" },
    { "empty.svg", "{'as': 'circle', 'facts': ['a.name'], 'places': {'x': [1, 1, 5, 5]}}", "/pages/0/items/0/facts",
      "kind" },
    { "empty.svg", "{'as': 'date', 'facts': ['a.name'], 'places': {'year': [1, 1, 5, 5]}}", "/pages/0/items/0/facts",
      "kind" },
    { "empty.svg", "{'as': 'date', 'facts': ['a.day'], 'places': {'week': [1, 1, 5, 5]}}",
      "/pages/0/items/0/places/week", "option" },
    { "empty.svg", "{'as': 'rows', 'group': 'a.people', 'count': 2, 'pitch': 9, 'more': [1, 1, 9, 9], 'items': []}",
      "/pages/0/items/0/group", "unknown-fact" },
  };
  g_autoptr(MadoForm) form = small_form_new ();

  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(MadoOverlay) overlay = overlay_new (form, mistakes[i].background, mistakes[i].item, &error);

    g_assert_null (overlay);
    assert_found (error, mistakes[i].pointer, mistakes[i].code);
  }
}

static void
test_lint (void)
{
  g_autoptr(MadoForm) form = small_form_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoOverlay) overlay = overlay_new (
    form, "empty.svg",
    "{'as': 'text', 'facts': ['a.name'], 'at': [10, 10, 60, 8]},"
    "{'as': 'text', 'facts': ['a.day'], 'at': [40, 12, 60, 8]},"
    "{'as': 'boxes', 'facts': ['a.number'], 'at': [10, 30, 5, 5], 'count': 11, 'pitch': 5},"
    "{'as': 'circle', 'facts': ['a.kind'], 'places': {'x': [10, 50, 5, 5]}}", &error);

  g_assert_no_error (error);
  g_assert_false (mado_overlay_lint (overlay, form, &error));
  assert_found (error, "/pages/0/items/1", "overlap");
  assert_found (error, "/pages/0/items/2/count", "too-few");
  assert_found (error, "/pages/0/items/3/places", "unplaced");
  assert_found (error, "/leaveOut", "unplaced");
  g_assert_cmpuint (mado_error_get_n_violations (error), ==, 4);
}

/* Nobody opens a sheet before it is printed; a missing one is found by lint, and told to who prints. */
static void
test_sheets (void)
{
  g_autoptr(MadoForm) form = small_form_new ();

  for (guint i = 0; i < 2; i++) {
    g_autoptr(GError) error = NULL, lint_error = NULL, print_error = NULL;
    g_autoptr(MadoOverlay) overlay = overlay_new (form, i == 0 ? "gone.svg" : "broken.svg", "", &error);
    g_autoptr(GBytes) pdf = NULL;

    g_assert_no_error (error);
    g_assert_false (mado_overlay_lint (overlay, form, &lint_error));
    assert_found (lint_error, "/pages/0/background", "background");
    pdf = mado_overlay_proof (overlay, form, &print_error);
    g_assert_null (pdf);
    g_assert_nonnull (print_error);
  }
}

static void
test_proof (void)
{
  g_autoptr(MadoForm) form = small_form_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoOverlay) overlay = overlay_new (
    form, "empty.svg", "{'as': 'text', 'facts': ['a.name'], 'at': [10, 10, 60, 8]}", &error);
  g_autoptr(GBytes) pdf = overlay != NULL ? mado_overlay_proof (overlay, form, &error) : NULL;
  g_autofree char *front = NULL;

  g_assert_no_error (error);
  front = read_sheet (pdf, TRUE);
  assert_has (front, (const char *[]) { "a.name", "見本見本", "290", NULL });
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/overlay/places", test_places);
  g_test_add_func ("/overlay/circles", test_circles);
  g_test_add_func ("/overlay/no-room", test_no_room);
  g_test_add_func ("/overlay/printed-era", test_printed_era);
  g_test_add_func ("/overlay/known-address", test_known_address);
  g_test_add_func ("/overlay/boxes", test_boxes);
  g_test_add_func ("/overlay/signature", test_signature);
  g_test_add_func ("/overlay/signed-record", test_signed_record);
  g_test_add_func ("/overlay/without-place", test_without_place);
  g_test_add_func ("/overlay/mistakes", test_mistakes);
  g_test_add_func ("/overlay/sheets", test_sheets);
  g_test_add_func ("/overlay/lint", test_lint);
  g_test_add_func ("/overlay/proof", test_proof);
  return g_test_run ();
}
