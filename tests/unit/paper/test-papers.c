/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "papers.h"

#include <glib/gstdio.h>
#include <string.h>

/* ---- reading back with other people's programs ---- */

static char *
run (GBytes *pdf, const char *program, const char *option, const char *last)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL, *output = NULL, *found = g_find_program_in_path (program);
  int fd, status;

  if (found == NULL) {
    g_test_skip (program);
    return NULL;
  }
  fd = g_file_open_tmp ("paper-XXXXXX.pdf", &path, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), NULL));
  const char *with[] = { found, option, path, last, NULL }, *without[] = { found, path, NULL };
  g_assert_true (g_spawn_sync (NULL, (char **) (option != NULL ? with : without), NULL, G_SPAWN_DEFAULT, NULL, NULL,
                               &output, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  g_unlink (path);

  return g_steal_pointer (&output);
}

/* The words without the spaces and breaks of the layout. */
static char *
text_of (GBytes *pdf)
{
  g_autofree char *text = run (pdf, "pdftotext", "-raw", "-");
  GString *dense = g_string_new (NULL);

  for (const char *at = text; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isspace (g_utf8_get_char (at)))
      g_string_append_unichar (dense, g_utf8_get_char (at));

  return g_string_free (dense, FALSE);
}

static void
assert_says (GBytes *pdf, const char * const *wanted)
{
  g_autofree char *text = text_of (pdf);

  for (; *text != '\0' && *wanted != NULL; wanted++)
    if (strstr (text, *wanted) == NULL)
      g_error ("“%s” is not in: %s", *wanted, text);
}

static gboolean
contains (GBytes *pdf, const char *word)
{
  gsize size, length = strlen (word);
  const char *data = g_bytes_get_data (pdf, &size);

  for (gsize i = 0; i + length <= size; i++)
    if (memcmp (data + i, word, length) == 0)
      return TRUE;

  return FALSE;
}

/* ---- tests ---- */

static void
test_record (void)
{
  g_autoptr(GBytes) ja = paper_record ("ja", "090-0000-0001"), en = paper_record ("en", "090-0000-0001");

  assert_says (ja, (const char *[]) {
    "申請の控え", "K7M4-R29", "令和8年11月20日午前11時42分", "転入届", "K7M4-R29-1", "令和8年11月27日", "300円", "0466-25-1111",
    "髙﨑𠮷郎", "マイナンバーカードから", "090-0000-0001", "葛󠄀城荘101", "渡邉花子（妻）", "1/1", NULL });
  assert_says (en, (const char *[]) {
    "Recordofyourapplication", "November20,2026,11:42", "Whathappensnext", "300yen", "髙﨑𠮷郎", NULL });
}

static void
test_certificate (void)
{
  g_autoptr(GBytes) pdf = paper_certificate ("ja", "K7M4-R29-2");

  assert_says (pdf, (const char *[]) {
    "住民票", "（世帯全員）", "タカサキヨシロウ", "髙﨑𠮷郎", "渡邉󠄂花子", "昭和62年4月9日", "平成元年1月8日", "世帯主", "妻（未届）",
    "神奈川県鎌倉市御成町18番地", "渡邉󠄂茂", "ベトナム", "令和10年3月31日", "（省略）",
    "この写しは、世帯全員の住民票の原本と相違ないことを証明する。", "令和8年11月20日", "神奈川県藤沢市長見本太郎",
    "発行番号K7M4-R29-2", "2/2", NULL });
}

/* What was not asked for is not on the paper, only that it was left out. */
static void
test_certificate_without (void)
{
  g_autoptr(JsonNode) city = json_from_string ("{\"name\": \"藤沢市\", \"mayor\": \"藤沢市長\"}", NULL);
  const MadoPaperPerson person = { .full_name = "藤沢 花", .date_of_birth = "2000-01-01", .relationship = "子",
                                   .registered_domicile = "秘密市一丁目", .domicile_head = "秘密 太郎" };
  const MadoPaperCertificate certificate = { .city = city, .number = "1", .issued_on = "2026-11-20", .address = "藤沢市",
                                             .householder = "藤沢 太郎", .people = &person, .n_people = 1 };
  g_autoptr(GBytes) pdf = mado_paper_certificate (&certificate, NULL);
  g_autofree char *text = text_of (pdf);

  g_assert_null (strstr (text, "秘密"));
  g_assert_null (strstr (text, "藤沢太郎"));
  g_assert_null (strstr (text, "世帯全員"));
  assert_says (pdf, (const char *[]) { "藤沢花", "（世帯の一部）", "（省略）", NULL });
}

static guint
count_words (const char *text, const char *words)
{
  guint n = 0;

  for (const char *at = text; (at = strstr (at, words)) != NULL; at += strlen (words))
    n++;

  return n;
}

/* Each copy is a whole original, numbered from its own first sheet. */
static void
test_certificate_copies (void)
{
  g_autoptr(JsonNode) city = json_from_string ("{\"name\": \"藤沢市\", \"mayor\": \"藤沢市長\"}", NULL);
  const MadoPaperPerson person = { .full_name = "藤沢 花", .date_of_birth = "2000-01-01" };
  const MadoPaperCertificate certificate = { .city = city, .number = "1", .issued_on = "2026-11-20", .address = "藤沢市",
                                             .people = &person, .n_people = 1, .copies = 3 };
  g_autoptr(GBytes) pdf = mado_paper_certificate (&certificate, NULL);
  g_autofree char *text = text_of (pdf);

  g_assert_cmpuint (count_words (text, "藤沢花"), ==, 3);
  g_assert_cmpuint (count_words (text, "原本と相違ない"), ==, 3);
  g_assert_cmpuint (count_words (text, "1/1"), ==, 3);
}

static void
test_decision (void)
{
  g_autoptr(GBytes) ja = paper_decision ("ja", "K7M4-R29-3"), en = paper_decision ("en", "K7M4-R29-3");

  assert_says (ja, (const char *[]) {
    "髙﨑𠮷郎様", "藤沢市長見本太郎", "令和8年11月19日に申請のあった", "申請を認めることができません。", "教示",
    "3か月以内に、藤沢市長に対して審査請求", "6か月以内に、藤沢市を被告として", NULL });
  assert_says (en, (const char *[]) { "Yourapplicationisrefused.", "withinthreemonths", "MayorofFujisawa", NULL });
}

static void
test_return (void)
{
  g_autoptr(GBytes) ja = paper_return ("ja", "K7M4-R29-4");
  g_autoptr(GBytes) en = paper_return ("en", "K7M4-R29-4");
  g_autoptr(GBytes) easy = paper_return ("ja@easy", "K7M4-R29-4");

  assert_says (ja, (const char *[]) {
    "申請の内容についてのおたずね", "建物の名前と部屋の番号を教えてください。", "令和8年12月4日までにお答えください。",
    "受付番号K7M4-R29-4", NULL });
  assert_says (easy, (const char *[]) { "申しこみについて聞きたいこと", "2026年12月4日までに答えてください。", NULL });
  assert_says (en, (const char *[]) { "PleaseanswerbyDecember4,2026.", NULL });
}

/* Where to go, on which floor, with what; and a plan of the floors one has to go to, of no other. */
static void
test_guide (void)
{
  g_autoptr(GBytes) ja = paper_guide ("ja", "K7M4-R29"), en = paper_guide ("en", "K7M4-R29");
  g_autoptr(GBytes) easy = paper_guide ("ja@easy", "K7M4-R29");
  g_autofree char *text = text_of (ja);

  assert_says (ja, (const char *[]) {
    "ご案内書", "受付番号K7M4-R29", "令和8年11月20日", "「引っ越し」のことで", "市民窓口センター", "1階3番窓口",
    "受付平日午前8時30分～午後5時電話0466-25-1111", "□印鑑登録", "引っ越した日から14日以内", "□登録する印鑑", "□運転免許証",
    "2階8番窓口", "郵送でもできます", "水道営業所", "鵠沼橘1丁目", "電話・受付時間は確認中", "窓口までの行きかた",
    "見本の間取りです", "いまここ", NULL });
  assert_says (easy, (const char *[]) { "案内の紙（案内書）", "「引っ越し」の手続きです。", "3番の窓口", "持っていくもの", NULL });
  assert_says (en, (const char *[]) {
    "Yourguide", "1stfloor,counter3", "Asampleplan", "Youarehere", NULL });
  g_assert_null (strstr (text, "3階"));
}

/* An answer longer than a sheet: every line of it, every row after it, the sheets numbered. */
static void
test_long (void)
{
  g_autoptr(GBytes) pdf = paper_long ("ja", "印");
  g_autofree char *text = text_of (pdf);
  guint rows = 0;

  if (*text == '\0')
    return;
  assert_says (pdf, (const char *[]) { "0あいうえお", "200あいうえお", "399あいうえおかきくけこ、長い答えです。", "2/10", "10/10", NULL });
  for (const char *at = text; (at = strstr (at, "項目印")) != NULL; at++)
    rows++;
  g_assert_cmpuint (rows, ==, 59);
}

/* Each line of a page has a place of its own: the tops of the words in one column only grow. */
static void
test_no_overlap (void)
{
  g_autoptr(GBytes) pdf = paper_long ("ja", "印");
  g_autofree char *boxes = run (pdf, "pdftotext", "-bbox", "-");
  g_auto(GStrv) lines = boxes != NULL ? g_strsplit (boxes, "\n", -1) : NULL;
  double last = 0;
  guint n = 0;

  for (char **line = lines; line != NULL && *line != NULL; line++) {
    const char *top = strstr (*line, "yMin=\"");
    if (strstr (*line, "<page") != NULL)
      last = 0;
    if (top == NULL || strstr (*line, "あいう") == NULL)
      continue;
    double y = g_ascii_strtod (top + strlen ("yMin=\""), NULL);
    g_assert_cmpfloat (y, >, last + 5);
    last = y;
    n++;
  }
  g_assert_true (boxes == NULL || n > 100);
}

/* So long a question keeps its heading, and what follows it. */
static void
test_long_question (void)
{
  g_autoptr(GString) question = g_string_new (NULL);
  g_autoptr(JsonNode) city = json_from_string ("{\"name\": \"藤沢市\", \"office\": \"市民窓口センター\"}", NULL);
  for (guint i = 0; i < 900; i++)
    g_string_append_printf (question, "質問の文%uです。", i);
  const MadoPaperReturn asked = { .language = "ja", .city = city, .number = "K7M4-R29-1", .procedure = "転入届",
                                  .asked_on = "2026-11-20", .recipient = "藤沢 花", .message = question->str };
  g_autoptr(GBytes) pdf = mado_paper_return (&asked, NULL);

  assert_says (pdf, (const char *[]) { "おたずねすること質問の文0です。", "質問の文450です。", "質問の文899です。", "答えかた", NULL });
}

/* What the rules of public accounts ask for: who, how much, for what, when, from whom. */
static void
test_receipt (void)
{
  g_autoptr(GBytes) ja = paper_receipt ("ja", "K7M4-R29"), en = paper_receipt ("en", "K7M4-R29");

  assert_says (ja, (const char *[]) {
    "領収証書", "領収番号mado/2026/000123", "¥600", "上記の金額を領収しました。", "住民票の写し（髙﨑𠮷郎さん）", "¥300×2",
    "令和8年11月20日午前11時42分", "QRコード決済", "藤沢市市民窓口センター", "印紙税法第5条第2号", "K7M4-R29", NULL });
  assert_says (en, (const char *[]) { "Wehavereceivedtheamountabove.", "StampTaxAct", NULL });
}

static void
test_fonts (void)
{
  static const PaperMaker makers[] = { paper_record, paper_certificate, paper_decision, paper_return, paper_guide,
                                       paper_receipt, paper_official };

  for (guint i = 0; i < G_N_ELEMENTS (makers); i++) {
    g_autoptr(GBytes) pdf = makers[i] ("ja", "K7M4-R29");
    g_autofree char *table = run (pdf, "pdffonts", NULL, NULL);
    g_auto(GStrv) lines = table != NULL ? g_strsplit (table, "\n", -1) : NULL;
    g_assert_true (lines == NULL || g_strv_length (lines) > 3);
    for (guint k = 2; lines != NULL && *lines[k] != '\0'; k++) {
      g_test_message ("%s", lines[k]);
      g_assert_nonnull (strstr (lines[k], "yes yes yes"));   /* embedded, subset, with Unicode */
      g_assert_nonnull (strstr (lines[k], "CJKjp"));
    }
    g_assert_cmpuint (g_bytes_get_size (pdf), <, 120 * 1024);
  }
}

static void
test_language (void)
{
  g_autoptr(GBytes) ja = paper_record ("ja", "x"), easy = paper_record ("ja@easy", "x"), en = paper_record ("en", "x");

  g_assert_true (contains (ja, "/Lang (ja"));
  g_assert_true (contains (easy, "/Lang (ja"));
  g_assert_true (contains (en, "/Lang (en"));
  g_assert_true (contains (en, "/StructTreeRoot"));
  g_autofree char *info = run (en, "pdfinfo", NULL, NULL);
  if (info == NULL)
    return;
  g_assert_nonnull (strstr (info, "Title:"));
  g_assert_nonnull (strstr (info, "Record of your application"));
  g_assert_nonnull (strstr (info, "A4"));
}

static void
test_same_bytes (void)
{
  static const PaperMaker makers[] = { paper_record, paper_certificate, paper_decision, paper_return, paper_long,
                                       paper_guide,
                                       paper_receipt, paper_official };

  for (guint i = 0; i < G_N_ELEMENTS (makers); i++) {
    g_autoptr(GBytes) one = makers[i] ("ja", "K7M4-R29"), other = makers[i] ("ja", "K7M4-R29");
    g_autoptr(GBytes) different = makers[i] ("ja", "K7M4-R28");
    g_assert_true (g_bytes_equal (one, other));
    g_assert_false (g_bytes_equal (one, different));
  }
}

/* (nullable): what a scanner reads on the paper; NULL where there is none */
static char *
scan_paper (GBytes *pdf, const char *resolution)
{
  g_autofree char *scanner = g_find_program_in_path ("zbarimg"), *painter = g_find_program_in_path ("pdftoppm");
  g_autofree char *folder = g_dir_make_tmp ("paper-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.pdf", NULL), *picture = g_build_filename (folder, "a.png", NULL);
  g_autofree char *stem = g_build_filename (folder, "a", NULL);
  const char *paint[] = { painter, "-r", resolution, "-png", "-singlefile", path, stem, NULL };
  const char *scan[] = { scanner, "-q", "--raw", picture, NULL };
  char *read = NULL;

  if (scanner != NULL && painter != NULL) {
    g_assert_true (g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), NULL));
    g_assert_true (g_spawn_sync (NULL, (char **) paint, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL));
    g_assert_true (g_spawn_sync (NULL, (char **) scan, NULL, 0, NULL, NULL, &read, NULL, NULL, NULL));
    g_strstrip (read);
  }
  g_unlink (path);
  g_unlink (picture);
  g_rmdir (folder);
  return read;
}

static void
test_qr (void)
{
  g_autoptr(GBytes) pdf = paper_record ("ja", "x");
  g_autofree char *read = scan_paper (pdf, "150");

  if (read == NULL)
    g_test_skip ("zbarimg and pdftoppm");
  else
    g_assert_cmpstr (read, ==, "https://counter.example/r/K7M4-R29");
}

/* Every pair of digits has its bars: five codes of 22 pairs have them all. */
static void
test_bars (void)
{
  for (guint first = 0; first < 110; first += 22) {
    g_autoptr(GString) code = g_string_new (NULL);
    g_autoptr(GBytes) pdf = NULL;
    g_autofree char *read = NULL;

    for (guint i = 0; i < 22; i++)
      g_string_append_printf (code, "%02u", (first + i) % 100);
    pdf = paper_slip ("ja", code->str);
    read = scan_paper (pdf, "300");
    if (read == NULL) {
      g_test_skip ("zbarimg and pdftoppm");
      return;
    }
    g_assert_cmpstr (read, ==, code->str);
  }
}

static void
test_slip (void)
{
  static const char code[] = "91" "912345" "0000000000000000000120" "261225" "0" "000600" "8";
  g_autoptr(GBytes) pdf = paper_slip ("ja", code), en = paper_slip ("en", code);
  g_autoptr(GBytes) easy = paper_slip ("ja@easy", code);

  assert_says (pdf, (const char *[]) {
    "納付書", "¥600", "住民票の写し（髙﨑𠮷郎さん）", "K7M4-R29", "令和8年12月25日",
    "(91)912345-0000000000000000000120", "261225-0-000600-8", NULL });
  assert_says (en, (const char *[]) { "conveniencestore", "Itcanbepaidonce.", NULL });
  assert_says (easy, (const char *[]) { "コンビニで払う紙（納付書）", "1回だけ払えます。", "¥600", NULL });
}

static void
test_incomplete (void)
{
  g_autoptr(GError) error = NULL;
  const MadoPaperDecision without_reasons = { .language = "ja", .number = "1", .procedure = "x", .recipient = "y",
                                              .decided_on = "2026-11-20", .filed_on = "2026-11-19" };
  const MadoPaperPerson nobody = { .full_name = "" };
  const MadoPaperCertificate nameless = { .number = "1", .issued_on = "2026-11-20", .address = "藤沢市",
                                          .people = &nobody, .n_people = 1 };

  g_assert_null (mado_paper_decision (&without_reasons, &error));
  g_assert_cmpstr (mado_error_get_violation (error, 0)->pointer, ==, "/message");
  g_clear_error (&error);
  g_assert_null (mado_paper_certificate (&nameless, &error));
  g_assert_cmpstr (mado_error_get_violation (error, 0)->pointer, ==, "/people/0/full_name");
}

#if defined (__SANITIZE_ADDRESS__)
# define N_DOCUMENTS 200
#else
# define N_DOCUMENTS 600
#endif

static GBytes *
numbered (guint i)
{
  static const PaperMaker makers[] = { paper_decision, paper_return, paper_record, paper_official };
  g_autofree char *mark = g_strdup_printf ("MARK-%04u-END", i);

  return makers[i / 2 % G_N_ELEMENTS (makers)] (i % 4 < 2 ? "ja" : "en", mark);   /* either prints each */
}

typedef struct {
  GBytes **documents;
  guint    first;
} Half;

static gpointer
make_every_other (gpointer data)
{
  Half *half = data;

  for (guint i = half->first; i < N_DOCUMENTS; i += 2)
    half->documents[i] = numbered (i);

  return NULL;
}

/* Two printing at once: each paper holds its own mark, and is what it is when printed alone. */
static void
test_threads (void)
{
  g_autofree GBytes **documents = g_new0 (GBytes *, N_DOCUMENTS);
  Half halves[] = { { documents, 0 }, { documents, 1 } };
  GThread *threads[2];

  for (guint i = 0; i < 2; i++)
    threads[i] = g_thread_new ("printer", make_every_other, &halves[i]);
  for (guint i = 0; i < 2; i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < N_DOCUMENTS; i++) {
    if (i % 9 == 0) {
      g_autoptr(GBytes) alone = numbered (i);
      g_assert_true (g_bytes_equal (documents[i], alone));
    }
    if (i % 50 == 7) {
      g_autofree char *mark = g_strdup_printf ("MARK-%04u-END", i), *text = text_of (documents[i]);
      for (const char *at = text; (at = strstr (at, "MARK-")) != NULL; at++)
        g_assert_true (g_str_has_prefix (at, mark));
      assert_says (documents[i], (const char *[]) { mark, NULL });
    }
  }
  for (guint i = 0; i < N_DOCUMENTS; i++)
    g_bytes_unref (documents[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/record", test_record);
  g_test_add_func ("/paper/certificate", test_certificate);
  g_test_add_func ("/paper/certificate-without", test_certificate_without);
  g_test_add_func ("/paper/certificate-copies", test_certificate_copies);
  g_test_add_func ("/paper/decision", test_decision);
  g_test_add_func ("/paper/return", test_return);
  g_test_add_func ("/paper/guide", test_guide);
  g_test_add_func ("/paper/receipt", test_receipt);
  g_test_add_func ("/paper/slip", test_slip);
  g_test_add_func ("/paper/bars", test_bars);
  g_test_add_func ("/paper/long", test_long);
  g_test_add_func ("/paper/no-overlap", test_no_overlap);
  g_test_add_func ("/paper/long-question", test_long_question);
  g_test_add_func ("/paper/fonts", test_fonts);
  g_test_add_func ("/paper/language", test_language);
  g_test_add_func ("/paper/same-bytes", test_same_bytes);
  g_test_add_func ("/paper/qr", test_qr);
  g_test_add_func ("/paper/incomplete", test_incomplete);
  g_test_add_func ("/paper/threads", test_threads);
  return g_test_run ();
}
