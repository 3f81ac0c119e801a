/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "papers.h"

#include "core/mado-date.h"
#include "procedures/mado-catalogue.h"

#define FILED_AT G_GINT64_CONSTANT (1795142520000000)   /* 2026-11-20 10:42 in Japan */

static JsonNode *
city_new (void)
{
  return json_from_string (
    "{\"name\": {\"ja\": \"藤沢市\", \"en\": \"Fujisawa City\"}, \"prefecture\": {\"ja\": \"神奈川県\", \"en\": \"Kanagawa\"},"
    "\"office\": {\"ja\": \"市民窓口センター\", \"en\": \"Citizens' Service Counter\"}, \"phone\": \"0466-25-1111\","
    "\"hours\": {\"ja\": \"平日 午前8時30分～午後5時\", \"en\": \"Monday to Friday, 8:30–17:00\"},"
    "\"mayor\": {\"ja\": \"藤沢市長\", \"en\": \"Mayor of Fujisawa\"},"
    "\"mayorName\": {\"ja\": \"見本 太郎\", \"en\": \"Taro Mihon\"}, \"seal\": \"藤沢市長之印\"}", NULL);
}

static gboolean
is_japanese (const char *language)
{
  return g_str_has_prefix (language, "ja");
}

#define SAY(ja, en) (is_japanese (language) ? ja : en)

static GBytes *
checked (GBytes *pdf, GError *error)
{
  g_assert_no_error (error);
  g_assert_nonnull (pdf);

  return pdf;
}

GBytes *
paper_record (const char *language, const char *mark)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) city = city_new ();
  const MadoPaperCase cases[] = {
    { "K7M4-R29-1", SAY ("転入届", "Moving-in notification"), SAY ("申請しました", "Filed"),
      SAY ("係が内容を確認します。確認できたら、届出は終わりです。",
           "We check what you told us. When that is done, you are registered."),
      "2026-11-27", NULL },
    { "K7M4-R29-2", SAY ("住民票の写しの交付", "Copy of the residence record"),
      SAY ("認められました", "Granted"),
      SAY ("窓口で手数料を払うと、この端末か窓口で証明書を受け取れます。",
           "Pay the fee at the counter; then the certificate is printed here or there."),
      NULL, SAY ("300円", "300 yen") },
  };
  const MadoPaperRow who[] = {
    { SAY ("氏名", "Name"), "髙﨑 𠮷郎", SAY ("マイナンバーカードから", "From your My Number Card") },
    { SAY ("フリガナ", "Name in kana"), "タカサキ ヨシロウ", NULL },
    { SAY ("生年月日", "Date of birth"), SAY ("昭和62年4月9日", "April 9, 1987"), NULL },
    { SAY ("電話番号", "Phone"), mark, NULL },
  };
  const MadoPaperRow where[] = {
    { SAY ("引っ越した日", "Day you moved"), SAY ("令和8年11月10日", "November 10, 2026"), NULL },
    { SAY ("新しい住所", "New address"), "神奈川県藤沢市鵠沼海岸二丁目3番4号 葛󠄀城荘101", NULL },
    { SAY ("前の住所", "Address before"), "神奈川県鎌倉市御成町18番10号", SAY ("転出の記録から", "From the record") },
    { SAY ("いっしょに引っ越した人", "Who moved with you"), "渡邉 花子（妻）\n髙﨑 一郎（子）", NULL },
  };
  const MadoPaperSection sections[] = {
    { SAY ("あなたのこと", "About you"), who, G_N_ELEMENTS (who) },
    { SAY ("引っ越し", "Your move"), where, G_N_ELEMENTS (where) },
  };
  const MadoPaperRecord record = {
    .language = language, .city = city, .number = "K7M4-R29", .submitted_at = FILED_AT, .identified = TRUE,
    .cases = cases, .n_cases = G_N_ELEMENTS (cases), .sections = sections, .n_sections = G_N_ELEMENTS (sections),
    .url = "https://counter.example/r/K7M4-R29",
  };

  return checked (mado_paper_record (&record, &error), error);
}

GBytes *
paper_long (const char *language, const char *mark)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) city = city_new ();
  g_autoptr(GString) story = g_string_new (NULL);
  MadoPaperRow rows[60];

  for (guint i = 0; i < 400; i++)
    g_string_append_printf (story, "%uあいうえおかきくけこ、長い答えです。", i);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    rows[i] = (MadoPaperRow) { "項目", i == 30 ? story->str : mark, i % 7 == 0 ? "カードから" : NULL };
  const MadoPaperSection section = { "すべての答え", rows, G_N_ELEMENTS (rows) };
  const MadoPaperRecord record = {
    .language = language, .city = city, .number = "K7M4-R29", .submitted_at = FILED_AT,
    .sections = &section, .n_sections = 1,
  };

  return checked (mado_paper_record (&record, &error), error);
}

GBytes *
paper_certificate (const char *language, const char *mark)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) city = city_new ();
  const MadoPaperPerson people[] = {
    { .full_name = "髙﨑 𠮷郎", .kana = "タカサキ ヨシロウ", .date_of_birth = "1987-04-09", .sex = "男",
      .relationship = "世帯主", .resident_since = "2015-04-01", .address_since = "2020-10-12",
      .reported_on = "2020-10-15", .previous_address = "神奈川県鎌倉市御成町18番10号",
      .registered_domicile = "神奈川県鎌倉市御成町18番地", .domicile_head = "髙﨑 𠮷郎" },
    { .full_name = "渡邉󠄂 花子", .kana = "ワタナベ ハナコ", .date_of_birth = "1989-01-08", .sex = "女",
      .relationship = "妻（未届）", .resident_since = "2016-06-20", .address_since = "2020-10-12",
      .reported_on = "2020-10-15", .previous_address = "神奈川県鎌倉市御成町18番10号",
      .registered_domicile = "東京都新宿区西新宿二丁目8番", .domicile_head = "渡邉󠄂 茂" },
    { .full_name = "NGUYEN THI HOA", .kana = "グエン ティ ホア", .date_of_birth = "2001-12-24", .sex = "女",
      .relationship = "同居人", .resident_since = "2024-05-01", .address_since = "2024-05-01",
      .reported_on = "2024-05-02", .nationality = "ベトナム", .residence_status = "留学",
      .residence_expires = "2028-03-31" },
  };
  const MadoPaperCertificate certificate = {
    .city = city, .number = mark, .issued_on = "2026-11-20", .address = "神奈川県藤沢市鵠沼海岸二丁目3番4号 葛󠄀城荘101",
    .householder = "髙﨑 𠮷郎", .whole_household = TRUE, .with_relationship = TRUE, .with_domicile = TRUE,
    .people = people, .n_people = G_N_ELEMENTS (people),
  };

  return checked (mado_paper_certificate (&certificate, &error), error);
}

GBytes *
paper_decision (const char *language, const char *mark)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) city = city_new ();
  const MadoPaperDecision decision = {
    .language = language, .city = city, .number = mark,
    .procedure = SAY ("住民票の写しの交付", "copy of the residence record"), .filed_on = "2026-11-19",
    .decided_on = "2026-11-20", .recipient = "髙﨑 𠮷郎", .recipient_address = "神奈川県藤沢市鵠沼海岸二丁目3番4号",
    .granted = FALSE,
    .message = SAY ("請求の理由が、住民基本台帳法第12条の3第1項に定めるものにあたることを確認できませんでした。",
                    "We could not establish that the reason you gave is one of those named in the law."),
    .legal_basis = SAY ("住民基本台帳法第12条の3第1項", "Basic Resident Registration Act, article 12-3 (1)"),
  };

  return checked (mado_paper_decision (&decision, &error), error);
}

GBytes *
paper_return (const char *language, const char *mark)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) city = city_new ();
  const MadoPaperRow fields[] = {
    { SAY ("新しい住所", "New address"), "神奈川県藤沢市鵠沼海岸二丁目3番4号", NULL },
    { SAY ("建物名・部屋番号", "Building and room"), "（空欄）", NULL },
  };
  const MadoPaperReturn asked = {
    .language = language, .city = city, .number = mark, .procedure = SAY ("転入届", "Moving-in notification"),
    .asked_on = "2026-11-20", .due_date = "2026-12-04", .recipient = "髙﨑 𠮷郎",
    .recipient_address = "神奈川県藤沢市鵠沼海岸二丁目3番4号",
    .message = SAY ("アパートにお住まいのようです。建物の名前と部屋の番号を教えてください。",
                    "You seem to live in an apartment. What are the name of the building and the number of your room?"),
    .fields = fields, .n_fields = G_N_ELEMENTS (fields), .url = "https://counter.example/r/K7M4-R29",
  };

  return checked (mado_paper_return (&asked, &error), error);
}

/* Two counters of the building, on two floors, and an office elsewhere. */
GBytes *
paper_guide (const char *language, const char *mark)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) city = json_from_string (
    "{\"name\": {\"ja\": \"藤沢市\", \"en\": \"Fujisawa City\"}, \"offices\": ["
    "{\"id\": \"seal\", \"name\": {\"ja\": \"市民窓口センター\", \"en\": \"Citizens' Service Counter\"},"
    " \"phone\": \"0466-25-1111\", \"hours\": {\"ja\": \"平日 午前8時30分～午後5時\", \"en\": \"Weekdays\"}},"
    "{\"id\": \"nursery\", \"name\": {\"ja\": \"保育課\", \"en\": \"Nurseries\"}},"
    "{\"id\": \"water\", \"name\": {\"ja\": \"水道営業所\", \"en\": \"Waterworks\"}, \"address\": \"鵠沼橘1丁目\"}],"
    "\"building\": {\"sample\": {\"ja\": \"見本の間取りです\", \"en\": \"A sample plan\"}, \"floors\": ["
    "{\"id\": \"1f\", \"name\": {\"ja\": \"1階\", \"en\": \"1st floor\"}, "
    " \"width\": 60, \"depth\": 24, \"corridor\": 12,"
    " \"kiosk\": {\"x\": 30, \"y\": 20}, \"lift\": {\"x\": 56, \"y\": 12}, \"counters\": ["
    " {\"office\": \"seal\", \"number\": \"3\", \"x\": 2, \"y\": 1, \"width\": 16, \"depth\": 7}]},"
    "{\"id\": \"2f\", \"name\": {\"ja\": \"2階\", \"en\": \"2nd floor\"}, "
    " \"width\": 60, \"depth\": 24, \"corridor\": 12,"
    " \"lift\": {\"x\": 56, \"y\": 12}, \"counters\": ["
    " {\"office\": \"nursery\", \"number\": \"8\", \"x\": 20, \"y\": 16, \"width\": 16, \"depth\": 7}]},"
    "{\"id\": \"3f\", \"name\": {\"ja\": \"3階\", \"en\": \"3rd floor\"}, "
    " \"width\": 60, \"depth\": 24, \"counters\": []}]}}",
    NULL);
  const char *const things[] = { SAY ("登録する印鑑", "The seal"), SAY ("運転免許証", "A driving licence"), NULL };
  const MadoPaperErrand seal = { SAY ("印鑑登録", "Seal registration"), SAY ("引っ越した日から14日以内", "In 14 days"), NULL,
                                 things };
  const MadoPaperErrand nursery = { SAY ("保育所の申し込み", "Nursery"), NULL, SAY ("郵送でもできます", "Also by post"),
                                    NULL };
  const MadoPaperErrand water = { SAY ("水道の使用開始", "Water supply"), NULL, NULL, NULL };
  const MadoPaperStop stops[] = { { "seal", &seal, 1 }, { "nursery", &nursery, 1 }, { "water", &water, 1 } };
  const MadoPaperGuide guide = { .language = language, .city = city, .title = SAY ("引っ越し", "Moving house"),
                                 .made_at = FILED_AT, .number = mark, .stops = stops,
                                 .n_stops = G_N_ELEMENTS (stops) };

  return checked (mado_paper_guide (&guide, &error), error);
}

GBytes *
paper_slip (const char *language, const char *code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) city = city_new ();
  const MadoPaperSlip slip = {
    .language = language, .city = city, .code = code, .charge = "K7M4-R29", .amount = 600, .due_date = "2026-12-25",
    .words = SAY ("住民票の写し（髙﨑 𠮷郎さん）", "Copy of the residence record, for 髙﨑 𠮷郎"), .issued_at = FILED_AT,
  };

  return checked (mado_paper_slip (&slip, &error), error);
}

GBytes *
paper_receipt (const char *language, const char *mark)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) city = city_new ();
  const MadoPaperLine lines[] = { { SAY ("住民票の写し", "Copy of the residence record"), 2, 300 } };
  const MadoPaperReceipt receipt = {
    .language = language, .city = city, .number = "mado/2026/000123", .charge = mark,
    .words = SAY ("住民票の写し（髙﨑 𠮷郎さん）", "Copy of the residence record, for 髙﨑 𠮷郎"),
    .method = SAY ("QRコード決済", "QR code payment"), .amount = 600, .paid_at = FILED_AT, .lines = lines, .n_lines = 1,
  };

  return checked (mado_paper_receipt (&receipt, &error), error);
}

static gpointer
load_catalogue (gpointer data)
{
  g_autoptr(GError) error = NULL;
  MadoCatalogue *catalogue = mado_catalogue_load (MADO_TEST_FORMS, &error);

  g_assert_no_error (error);

  return catalogue;
}

static JsonNode *
family_new (const char *name)
{
  JsonNode *members = json_from_string (
    "[{\"fullName\": \"\", \"fullNameKana\": \"タカサキ ヨシロウ\", \"dateOfBirth\": \"1987-04-09\", \"sex\": \"male\","
    "  \"relationship\": \"head\", \"nationality\": \"JPN\", \"domicile\": \"神奈川県鎌倉市御成町18番地\","
    "  \"domicileHead\": \"髙﨑 𠮷郎\", \"myNumberCard\": true},"
    " {\"fullName\": \"渡邉󠄂 花子\", \"fullNameKana\": \"ワタナベ ハナコ\", \"dateOfBirth\": \"1989-01-08\", \"sex\": \"female\","
    "  \"relationship\": \"spouse\", \"nationality\": \"JPN\", \"domicile\": \"東京都新宿区西新宿二丁目8番\","
    "  \"domicileHead\": \"渡邉󠄂 茂\", \"myNumberCard\": false},"
    " {\"fullName\": \"髙﨑 一郎\", \"dateOfBirth\": \"2023-06-30\", \"sex\": \"male\", \"relationship\": \"child\","
    "  \"nationality\": \"JPN\", \"myNumberCard\": false},"
    " {\"fullName\": \"NGUYEN THI HOA\", \"dateOfBirth\": \"2001-12-24\", \"sex\": \"other\","
    "  \"relationship\": \"cohabitant\", \"nationality\": \"VNM\", \"residenceCard\": \"AB12345678CD\","
    "  \"myNumberCard\": true},"
    " {\"fullName\": \"髙﨑 ウメ\", \"dateOfBirth\": \"1926-12-24\", \"sex\": \"female\", \"relationship\": \"parent\","
    "  \"nationality\": \"JPN\", \"myNumberCard\": false}]", NULL);

  json_object_set_string_member (json_array_get_object_element (json_node_get_array (members), 0), "fullName", name);

  return members;
}

JsonNode *
paper_official_answers (const char *name)
{
  JsonNode *answers = json_from_string (
    "{\"applicant.fullName\": \"髙﨑 𠮷郎\", \"applicant.fullNameKana\": \"タカサキ ヨシロウ\","
    " \"applicant.dateOfBirth\": \"1987-04-09\", \"applicant.phone\": \"090-0000-0001\", \"move.date\": \"2026-11-10\","
    " \"newAddress.postalCode\": \"251-0037\", \"newAddress.prefecture\": \"神奈川県\","
    " \"newAddress.cityAndCounty\": \"藤沢市\", \"newAddress.streetAddress\": \"鵠沼海岸二丁目\","
    " \"newAddress.cityBlock\": \"3番4号\", \"newAddress.buildingNameEtc\": \"葛󠄀城荘101\", \"move.from\": \"japan\","
    " \"previousAddress.postalCode\": \"248-0012\", \"previousAddress.prefecture\": \"神奈川県\","
    " \"previousAddress.cityAndCounty\": \"鎌倉市\", \"previousAddress.streetAddress\": \"御成町\","
    " \"previousAddress.cityBlock\": \"18番10号\", \"move.outReported\": true, \"move.joins\": \"new\","
    " \"move.includesApplicant\": true}", NULL);

  json_object_set_member (json_node_get_object (answers), "household.members", family_new (name));

  return answers;
}

GBytes *
paper_official_print (const char *form, JsonNode *answers, const char *mark)
{
  static GOnce once = G_ONCE_INIT;
  g_autoptr(GError) error = NULL;
  MadoCatalogue *catalogue = g_once (&once, load_catalogue, NULL);
  const MadoAnswerContext context = { .today = mado_date_parse ("2026-11-20"), .language = "ja" };
  const MadoForm *asked = mado_catalogue_get_form (catalogue, form, 0);
  const MadoOverlayFilling filling = { asked, answers, &context, mark, FILED_AT };

  return checked (mado_overlay_print (mado_catalogue_get_overlay (catalogue, asked), &filling, &error), error);
}

GBytes *
paper_official (const char *language, const char *mark)
{
  g_autoptr(JsonNode) answers = paper_official_answers ("髙﨑 𠮷郎");

  return paper_official_print ("tennyu", answers, mark);
}
