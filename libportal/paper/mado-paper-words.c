/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paper/mado-paper-words.h"

#include <string.h>
#include "core/mado-clock.h"
#include "core/mado-date.h"
#include "core/mado-era.h"
#include "core/mado-json.h"
#include "core/mado-language.h"

static const struct {
  const char *ja, *en;
  const char *easy;   /* (nullable): easy Japanese; what the law words is said as it words it */
} words[N_PAPER_WORDS] = {
  [PAPER_RECORD_TITLE] = { "申請の控え", "Record of your application", "申しこんだ 紙（控え）" },
  [PAPER_RECORD_LEAD] = { "申請を受け付けました。この控えは、なくさずにお持ちください。",
                          "We have received your application. Please keep this record.",
                          "申しこみを うけとりました。この 紙を なくさないで ください。" },
  [PAPER_YOUR_NUMBER] = { "受付番号", "Your number" },
  [PAPER_FILED_AT] = { "受付日時", "Received", "申しこんだ 日" },
  [PAPER_NOT_IDENTIFIED] = { "ご本人の確認がまだです。この控えと、マイナンバーカードなどの本人確認書類を窓口にお持ちください。",
                             "Your identity has not been confirmed yet. Please bring this record and proof of "
                             "identity, such as your My Number Card, to the counter.",
                             "まだ カードを 見て いません。この 紙と マイナンバーカード などを、窓口に 持って 来て ください。" },
  [PAPER_QR_RECORD] = { "この番号のようすを見る", "See how it stands", "今の ようすを 見る" },
  [PAPER_WHAT_NEXT] = { "これからのこと", "What happens next", "これからの こと" },
  [PAPER_STATE] = { "いまのようす", "How it stands", "今の ようす" },
  [PAPER_SEEN_UNTIL] = { "このページは、$1まで見られます。ほかの人に見せないようにしてください。",
                         "You can see this page until $1. Please keep its address to yourself.",
                         "この ページは $1まで 見る ことが できます。ほかの 人に 見せないで ください。" },
  [PAPER_NEXT_STEP] = { "次にすること・起こること", "Next", "次に する こと" },
  [PAPER_BY_WHEN] = { "いつまで", "By" },
  [PAPER_FEE] = { "手数料", "Fee", "お金" },
  [PAPER_FREE] = { "なし", "None", "いりません" },
  [PAPER_ASK] = { "お問い合わせ", "Questions?", "聞きたい とき" },
  [PAPER_PHONE] = { "電話 $1", "Phone $1" },
  [PAPER_HOURS] = { "受付 $1", "Open $1", "時間 $1" },
  [PAPER_YOUR_ANSWERS] = { "申請の内容", "What you told us", "あなたの 答え" },
  [PAPER_KEEP] = { "受付番号 $1", "Number $1" },
  [PAPER_RECIPIENT] = { "$1 様", "$1" },
  [PAPER_LETTER_NUMBER] = { "受付番号 $1", "Number $1" },
  [PAPER_DECISION_TITLE] = { "$1について（決定通知書）", "Decision on your application: $1" },
  [PAPER_DECIDED] = { "$1に申請のあった「$2」について、次のとおり決定したので通知します。",
                      "On your application of $1 for “$2” we have decided as follows." },
  [PAPER_DECISION] = { "決定", "Decision" },
  [PAPER_GRANTED] = { "申請のとおり認めます。", "Your application is granted." },
  [PAPER_REFUSED] = { "申請を認めることができません。", "Your application is refused." },
  [PAPER_REASON] = { "理由", "Reasons" },
  [PAPER_MESSAGE] = { "お知らせ", "Note" },
  [PAPER_LEGAL_BASIS] = { "根拠", "Legal basis" },
  [PAPER_APPEAL] = { "この決定に不服があるとき（教示）", "If you do not agree with this decision" },
  [PAPER_APPEAL_REVIEW] = {
    "1　この決定に不服がある場合は、この決定があったことを知った日の翌日から起算して3か月以内に、$1長に対して審査請求を"
    "することができます（この決定があったことを知った日の翌日から起算して3か月以内であっても、この決定の日の翌日から起算して"
    "1年を経過すると、審査請求をすることができなくなります。）。",
    "1. You may ask the mayor of $1 for a review within three months, counted from the day after the day on which you "
    "learned of this decision. One year after the day following the decision this is no longer possible, even within "
    "the three months." },
  [PAPER_APPEAL_COURT] = {
    "2　この決定については、この決定があったことを知った日の翌日から起算して6か月以内に、$1を被告として（訴訟において$1を代表"
    "する者は$1長となります。）、決定の取消しの訴えを提起することができます（この決定があったことを知った日の翌日から起算して"
    "6か月以内であっても、この決定の日の翌日から起算して1年を経過すると、決定の取消しの訴えを提起することができなくなります。）。"
    "ただし、上記1の審査請求をした場合は、その裁決があったことを知った日の翌日から起算して6か月以内に、提起することができます。",
    "2. You may bring an action for revocation against $1 (represented by its mayor) within six months, counted from "
    "the day after the day on which you learned of this decision, and not later than one year from the day after the "
    "decision. If you have asked for a review, the six months are counted from the day after you learned of its "
    "outcome." },
  [PAPER_RETURN_TITLE] = { "申請の内容についてのおたずね", "A question about your application", "申しこみに ついて 聞きたい こと" },
  [PAPER_RETURN_LEAD] = { "「$1」の申請をありがとうございます。手続きを進めるために、次のことを教えてください。",
                          "Thank you for your application for “$1”. To go on, we need to know the following.",
                          "「$1」の 申しこみを うけとりました。次の ことを 教えて ください。" },
  [PAPER_QUESTION] = { "おたずねすること", "Our question", "質問" },
  [PAPER_ABOUT] = { "いまの申請の内容", "What you told us", "今の 答え" },
  [PAPER_HOW_TO_ANSWER] = { "答えかた", "How to answer", "答え方" },
  [PAPER_ANSWER_KIOSK] = { "市の窓口端末で、受付番号 $1 とマイナンバーカードを使って、直すことができます。",
                           "At a kiosk of the city, enter the number $1 and use your My Number Card to correct it.",
                           "市の 機械で 直せます。番号 $1 と マイナンバーカードを 使います。" },
  [PAPER_ANSWER_COUNTER] = { "この紙を$1にお持ちいただくか、お電話ください（$2）。",
                             "Or bring this letter to $1, or call $2.",
                             "この 紙を $1に 持って 来て ください。電話でも いいです（$2）。" },
  [PAPER_ANSWER_BY] = { "$1までにお答えください。", "Please answer by $1.", "$1までに 答えて ください。" },
  [PAPER_NO_ANSWER] = { "お答えがあるまで、手続きは止まっています。", "Until you answer, we cannot go on.", "答えるまで、手続きは できません。" },
  [PAPER_GUIDE_TITLE] = { "ご案内書", "Your guide", "案内の 紙（案内書）" },
  [PAPER_GUIDE_LEAD] = { "「$1」のことで、ほかの窓口などでしていただく手続きです。すんだら□にしるしをつけてください。",
                         "What you do at other counters for “$1”. Tick each box when it is done.",
                         "「$1」の 手続きです。ほかの 所で します。終わったら □に しるしを 書いて ください。" },
  [PAPER_COUNTER] = { "$1　$2番窓口", "$1, counter $2", "$1　$2番の 窓口" },
  [PAPER_ASK_HOURS] = { "電話・受付時間は確認中。総合案内で聞いてください。",
                        "Telephone and hours are being confirmed; please ask at the information desk.",
                        "電話と 時間は、総合案内で 聞いて ください。" },
  [PAPER_ASK_WHERE] = { "総合案内で聞いてください", "Please ask at the information desk", "総合案内で 聞いて ください" },
  [PAPER_WHAT_TO_DO] = { "手続き", "What to do" },
  [PAPER_BRING] = { "お持ちになるもの", "What to bring", "持って いく もの" },
  [PAPER_THE_WAY] = { "窓口までの行きかた", "How to get there", "行き方" },
  [PAPER_YOU_ARE_HERE] = { "いまここ", "You are here", "今 ここ" },
  [PAPER_LIFT] = { "EV", "Lift" },
  [PAPER_RECEIPT_TITLE] = { "領収証書", "Receipt" },
  [PAPER_RECEIPT_NUMBER] = { "領収番号 $1", "Receipt No. $1" },
  [PAPER_RECEIVED] = { "上記の金額を領収しました。", "We have received the amount above." },
  [PAPER_FOR] = { "内訳", "For" },
  [PAPER_PAID_ON] = { "領収日", "Received on" },
  [PAPER_PAID_BY] = { "支払方法", "Paid by" },
  [PAPER_CHARGE_NUMBER] = { "請求番号", "Number of the charge" },
  [PAPER_ISSUER] = { "領収者", "Received by" },
  [PAPER_NO_STAMP] = { "市が作成した文書のため、印紙税はかかりません（印紙税法第5条第2号）。",
                       "As a document of a city, this bears no stamp duty (Stamp Tax Act, Article 5 (ii))." },
  [PAPER_VOID] = { "この領収は取り消されました。", "This receipt has been cancelled.", "この 紙は もう 使えません。" },
  [PAPER_SLIP_TITLE] = { "納付書（コンビニエンスストア用）", "Payment slip, for convenience stores",
                         "コンビニで 払う 紙（納付書）" },
  [PAPER_SLIP_UNTIL] = { "取扱期限", "Shops take it until", "いつまで" },
  [PAPER_SLIP_NO_DAY] = { "なし", "No last day", "決まって いません" },
  [PAPER_SLIP_HOW] = { "コンビニエンスストアのレジで、このバーコードを見せて、現金で払ってください。",
                       "Show this bar code at the till of a convenience store, and pay in cash.",
                       "コンビニで この バーコードを 見せて、現金で 払って ください。" },
  [PAPER_SLIP_ONCE] = { "この納付書で払えるのは1回です。ほかの方法で払ったあとは、使わないでください。",
                        "It can be paid once. Please do not use it after you have paid in another way.",
                        "1回だけ 払えます。ほかの 方法で 払ったら、使わないで ください。" },
  [PAPER_QR_RECEIPT] = { "この領収を確かめるための番号", "To look this receipt up" },
};

const char *
mado_paper_word (MadoPaperWord word, const char *language)
{
  if (g_str_equal (language, "ja@easy") && words[word].easy != NULL)
    return words[word].easy;

  return g_str_has_prefix (language, "ja") ? words[word].ja : words[word].en;
}

char *
mado_paper_say (MadoPaperWord word, const char *language, const char *first, const char *second)
{
  GString *text = g_string_new (NULL);

  for (const char *at = mado_paper_word (word, language); *at != '\0'; at++)
    if (*at != '$')
      g_string_append_c (text, *at);
    else
      g_string_append (text, *++at == '1' ? first : second);

  return g_string_free (text, FALSE);
}

const char *
mado_paper_city (JsonNode *city, const char *member, const char *language)
{
  JsonNode *value = city != NULL && JSON_NODE_HOLDS_OBJECT (city)
                    ? json_object_get_member (json_node_get_object (city), member) : NULL;
  const char *text = NULL;

  if (value != NULL && JSON_NODE_HOLDS_OBJECT (value))
    text = mado_json_text (value, language);
  else if (value != NULL && json_node_get_value_type (value) == G_TYPE_STRING)
    text = json_node_get_string (value);

  return text != NULL ? text : "";
}

char *
mado_paper_date (const char *iso, const char *language)
{
  int days = mado_date_parse (iso);

  if (days == MADO_DATE_NONE)
    return g_strdup (iso != NULL ? iso : "");
  if (g_str_equal (language, "ja"))
    return mado_era_format (days, MADO_ERA_KANJI);

  return mado_language_format_date (days, language);
}

char *
mado_paper_time (gint64 time_us, const char *language)
{
  g_autofree char *iso = mado_clock_format_date (time_us);
  g_autofree char *date = mado_paper_date (iso, language);
  gint64 minutes = (time_us / G_TIME_SPAN_MINUTE + 9 * 60) % (24 * 60);   /* in Japan */
  int hour = (int) (minutes / 60), minute = (int) (minutes % 60);

  if (g_str_has_prefix (language, "ja"))
    return g_strdup_printf ("%s %s%d時%02d分", date, hour < 12 ? "午前" : "午後", hour % 12, minute);

  return g_strdup_printf ("%s, %d:%02d", date, hour, minute);
}

gboolean
mado_paper_require (const char *value, const char *pointer, GError **error)
{
  if (value != NULL && *value != '\0' && g_utf8_validate (value, -1, NULL))
    return TRUE;
  mado_set_error_at (error, MADO_ERROR_INVALID, pointer, "required", "The paper cannot be made without this");

  return FALSE;
}
