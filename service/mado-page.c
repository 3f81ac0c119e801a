/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-page.h"

#include "core/mado-json.h"
#include "core/mado-language.h"
#include "core/mado-yen.h"
#include "paper/mado-paper-words.h"

#define HTML "text/html; charset=utf-8"

/* The colours of the counter; larger and darker follow the reader's own settings. */
static const char style[] =
  ":root{color-scheme:light dark;--ground:#f7f5f0;--card:#fff;--ink:#16222e;--ink2:#44525e;--line:#6b7a86;"
  "--sea:#0b4468}"
  "@media(prefers-color-scheme:dark){:root{--ground:#0e1820;--card:#18252f;--ink:#f4f2ec;--ink2:#bfcad2;--line:#8798a4;"
  "--sea:#9ccbe8}}"
  "body{margin:0 auto;max-width:40rem;padding:1.5rem;background:var(--ground);color:var(--ink);"
  "font:1.125rem/1.6 'Noto Sans JP','Hiragino Sans',sans-serif;overflow-wrap:anywhere}"
  "header{border-bottom:4px solid var(--sea);padding-bottom:.5rem}"
  "h1{font-size:1.5rem;line-height:1.3;margin:1.5rem 0 .5rem}"
  "h2{font-size:1.25rem;line-height:1.35;margin:0}.number{font-size:2rem;font-weight:700;margin:0;color:var(--sea)}"
  "section{background:var(--card);border:2px solid var(--line);border-radius:16px;padding:1.25rem;margin:1.25rem 0}"
  "dl{margin:.75rem 0 0}dt{color:var(--ink2)}dd{margin:0 0 .75rem}dd strong{font-size:1.25rem}p{margin:.25rem 0}";

static gpointer
make_policy (gpointer data)
{
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *text = NULL;
  guint8 digest[32];
  gsize n = sizeof digest;

  g_checksum_update (sum, (const guchar *) style, sizeof style - 1);
  g_checksum_get_digest (sum, digest, &n);
  text = g_base64_encode (digest, n);
  return g_strdup_printf ("default-src 'none'; style-src 'sha256-%s'; frame-ancestors 'none'", text);
}

static void
append (GString *out, const char *before, const char *text, const char *after)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (g_string_append (g_string_append (out, before), escaped), after);
}

static void
append_pair (GString *out, MadoPaperWord word, const char *language, const char *text)
{
  if (text == NULL)
    return;
  append (out, "<dt>", mado_paper_word (word, language), "</dt>");
  append (out, "<dd>", text, "</dd>");
}

static GString *
begin (MadoAnswer *answer, JsonNode *city, const char *title, const char *language)
{
  static GOnce policy = G_ONCE_INIT;
  const MadoLanguage *known = mado_language_find (language);
  GString *out = mado_answer_begin (answer, HTML);

  answer->policy = g_once (&policy, make_policy, NULL);
  append (out, "<!doctype html><html lang=\"", known != NULL ? known->tag : "ja", "\"><head><meta charset=\"utf-8\">"
          "<meta name=\"viewport\" content=\"width=device-width\"><meta name=\"robots\" content=\"noindex\"><title>");
  append (out, "", title, "</title><style>");
  g_string_append (out, style);
  append (out, "</style></head><body><header>", mado_paper_city (city, "name", language), " ");
  append (out, "", mado_paper_city (city, "office", language), "</header><main>");
  append (out, "<h1>", title, "</h1>");
  return out;
}

static void
end (GString *out, JsonNode *city, const char *language)
{
  g_autofree char *phone = mado_paper_say (PAPER_PHONE, language, mado_paper_city (city, "phone", language), NULL);
  g_autofree char *hours = mado_paper_say (PAPER_HOURS, language, mado_paper_city (city, "hours", language), NULL);

  append (out, "</main><footer><p><strong>", mado_paper_word (PAPER_ASK, language), "</strong></p>");
  append (out, "<p>", phone, "</p>");
  append (out, "<p>", hours, "</p></footer></body></html>");
}

static void
append_case (GString *out, const MadoCase *filed, const char *language)
{
  g_autofree char *due = filed->due_date != NULL ? mado_paper_date (filed->due_date, language) : NULL;
  g_autofree char *fee = filed->fee > 0 ? mado_yen_format_word (filed->fee, language) : NULL;
  const char *title = mado_json_text (filed->title, language);

  append (out, "<section><h2>", title != NULL ? title : filed->procedure, "</h2>");
  append (out, "<dl><dt>", mado_paper_word (PAPER_STATE, language), "</dt>");
  append (out, "<dd><strong>", mado_case_state_get_words (filed->state), "</strong></dd>");
  append_pair (out, PAPER_YOUR_NUMBER, language, filed->number);
  append_pair (out, PAPER_WHAT_NEXT, language, mado_json_text (filed->next_step, language));
  append_pair (out, PAPER_BY_WHEN, language, due);
  append_pair (out, PAPER_FEE, language, fee);
  g_string_append (out, "</dl></section>");
}

gboolean
mado_page_write_receipt (MadoAnswer *answer, MadoService *service, const MadoLink *link, const MadoReceipt *receipt)
{
  const char *language = link->language;
  g_autoptr(JsonNode) city = mado_counter_describe_city (service->counter);
  g_autofree char *filed = mado_paper_time (receipt->submitted_at, language);
  g_autofree char *last = mado_paper_time (link->expires_at, language);
  g_autofree char *until = mado_paper_say (PAPER_SEEN_UNTIL, language, last, NULL);
  GString *out = begin (answer, city, mado_paper_word (PAPER_RECORD_TITLE, language), language);

  append (out, "<p>", mado_paper_word (PAPER_YOUR_NUMBER, language), "</p>");
  append (out, "<p class=\"number\">", receipt->number, "</p>");
  append (out, "<p>", mado_paper_word (PAPER_FILED_AT, language), " ");
  append (out, "", filed, "</p>");
  for (guint i = 0; i < receipt->cases->len; i++)
    append_case (out, receipt->cases->pdata[i], language);
  append (out, "<p>", until, "</p>");
  end (out, city, language);
  return TRUE;
}

void
mado_page_write_problem (MadoAnswer *answer, MadoService *service, const GError *error, const char *language)
{
  g_autoptr(JsonNode) city = mado_counter_describe_city (service->counter);
  const char *title = mado_error_get_title (answer->error);
  GString *out = begin (answer, city, title, language);

  if (answer->status < 500)
    append (out, "<p>", error->message, "</p>");
  end (out, city, language);
}
