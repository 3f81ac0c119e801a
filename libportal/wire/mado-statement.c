/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/mado-statement.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-date.h"
#include "wire/mado-csv.h"
#include "wire/mado-slip-report.h"
#include "wire/mado-zengin.h"

#define MAX_REFERENCE 100

/* --- a statement in the making ---------------------------------------------------------------------------------- */

static MadoStatement *
statement_new (void)
{
  MadoStatement *self = g_new0 (MadoStatement, 1);

  self->lines = g_array_new (FALSE, TRUE, sizeof (MadoStatementLine));
  self->texts = g_string_chunk_new (64 * 1024);
  self->first_day = self->last_day = self->paid_out = MADO_DATE_NONE;
  return self;
}

void
mado_statement_free (MadoStatement *self)
{
  g_array_unref (self->lines);
  g_string_chunk_free (self->texts);
  g_free (self);
}

static const char *
keep (MadoStatement *self, const char *text)
{
  return text && *text ? g_string_chunk_insert (self->texts, text) : NULL;
}

/* The same thing said on the same day of payout is the same line; said again within a file, it is another. */
static const char *
make_key (MadoStatement *self, const MadoStatementLine *line, const char *provider, GHashTable *seen)
{
  static const char news[] = "pfcr";
  g_autofree char *key = NULL;
  char day[11] = "";
  guint times;

  if (line->paid_out != MADO_DATE_NONE)
    mado_date_fill (line->paid_out, day);
  key = g_strdup_printf ("%s/%s/%c/%s", provider, line->reference, news[line->news], day);
  times = GPOINTER_TO_UINT (g_hash_table_lookup (seen, key)) + 1;
  if (times > 1) {
    g_autofree char *more = g_strdup_printf ("%s/%u", key, times);

    g_hash_table_insert (seen, (gpointer) keep (self, key), GUINT_TO_POINTER (times));
    return keep (self, more);
  }
  g_hash_table_insert (seen, (gpointer) keep (self, key), GUINT_TO_POINTER (times));
  return g_string_chunk_insert_const (self->texts, key);
}

/* Sums, days and keys follow from the lines. */
static void
finish (MadoStatement *self, const MadoMapping *mapping)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->lines->len; i++) {
    MadoStatementLine *line = &g_array_index (self->lines, MadoStatementLine, i);
    int sign = line->news == MADO_STATEMENT_PAID ? 1 : line->news == MADO_STATEMENT_REFUNDED ? -1 : 0;

    self->yen += sign * line->yen;
    self->costs += sign ? line->costs : 0;
    if (line->day != MADO_DATE_NONE) {
      self->first_day = self->first_day == MADO_DATE_NONE ? line->day : MIN (self->first_day, line->day);
      self->last_day = MAX (self->last_day, line->day);
    }
    self->paid_out = MAX (self->paid_out, line->paid_out);
    line->key = make_key (self, line, mapping->provider, seen);
  }
}

/* --- tables ----------------------------------------------------------------------------------------------------- */

enum { PAYMENT, REFERENCE, YEN, COSTS, DAY, PAID_OUT, NEWS, PAYER, NOTE, OFFICE, N_VALUES };

static const MadoCsvValue values[N_VALUES] = {
  { "payment", FALSE }, { "reference", TRUE }, { "yen", TRUE }, { "costs", FALSE }, { "day", TRUE },
  { "paidOut", FALSE }, { "news", FALSE }, { "payer", FALSE }, { "note", FALSE }, { "office", FALSE },
};

static gboolean
read_news (const MadoCsv *csv, const char *text, MadoStatementNews *news, MadoReader *reader)
{
  static const char *const names[] = { "paid", "promised", "cancelled", "refunded" };
  const char *name = text ? mado_mapping_translate (csv->mapping, "news", text) : names[MADO_STATEMENT_PAID];

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (name, names[i]) == 0) {
      *news = (MadoStatementNews) i;
      return TRUE;
    }
  mado_reader_violate (reader, csv->titles[NEWS], "unknown",
                       _("The mapping does not say what this word means. Add it to the city's books.json."));
  return FALSE;
}

static gboolean
read_money (const MadoCsv *csv, char *const text[], MadoStatementLine *line, MadoReader *reader)
{
  if (!mado_csv_yen (csv, YEN, text[YEN], &line->yen, reader)
      || (text[COSTS] && *text[COSTS] && !mado_csv_yen (csv, COSTS, text[COSTS], &line->costs, reader)))
    return FALSE;
  if (line->yen < 0 && line->news == MADO_STATEMENT_PAID)
    line->news = MADO_STATEMENT_REFUNDED;
  line->yen = ABS (line->yen);
  line->costs = line->news == MADO_STATEMENT_PAID ? ABS (line->costs) : 0;
  if (!text[COSTS] && line->news == MADO_STATEMENT_PAID)
    line->costs = mado_mapping_costs (csv->mapping, line->yen);
  if (line->yen > 0 && line->costs <= line->yen)
    return TRUE;
  mado_reader_violate (reader, csv->titles[line->yen ? COSTS : YEN], "range",
                       line->yen ? _("A provider keeps no more than was paid.") : _("At least one yen is needed."));
  return FALSE;
}

static gboolean
read_days (const MadoCsv *csv, char *const text[], MadoStatementLine *line, MadoReader *reader)
{
  line->paid_out = MADO_DATE_NONE;
  return mado_csv_day (csv, DAY, text[DAY], &line->day, reader)
         && (!text[PAID_OUT] || !*text[PAID_OUT]
             || mado_csv_day (csv, PAID_OUT, text[PAID_OUT], &line->paid_out, reader));
}

static gboolean
check_texts (const MadoCsv *csv, char *const text[], MadoReader *reader)
{
  static const guint texts[] = { PAYMENT, REFERENCE, PAYER, NOTE, OFFICE };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (text[texts[i]] && (strlen (text[texts[i]]) > MAX_REFERENCE || strpbrk (text[texts[i]], "\t"))) {
      mado_reader_violate (reader, csv->titles[texts[i]], "too-long",
                           _("At most %d bytes without tabs are taken here."), MAX_REFERENCE);
      return FALSE;
    }
  return TRUE;
}

static void
read_row (MadoStatement *self, const MadoCsv *csv, char *row, guint number, MadoReader *reader)
{
  char token[16], *text[N_VALUES];
  MadoStatementLine line = { .line = number };
  gsize outside;

  g_snprintf (token, sizeof token, "%u", number);
  outside = mado_reader_enter (reader, token);
  if (mado_csv_read (csv, row, text, reader) && check_texts (csv, text, reader)
      && read_news (csv, text[NEWS], &line.news, reader) && read_money (csv, text, &line, reader)
      && read_days (csv, text, &line, reader)) {
    line.payment = keep (self, text[PAYMENT]);
    line.reference = keep (self, text[REFERENCE]);
    line.payer = keep (self, text[PAYER]);
    line.note = keep (self, text[NOTE]);
    line.office = keep (self, text[OFFICE]);
    g_array_append_val (self->lines, line);
  }
  mado_reader_leave (reader, outside);
}

static gboolean
read_table (MadoStatement *self, const MadoMapping *mapping, const guint8 *data, gsize n, GError **error)
{
  g_autofree char *text = mado_csv_decode (data, n, mapping->encoding, error);
  MadoReader reader = MADO_READER_INIT;
  char *at = text, *row;
  guint number = 0;
  MadoCsv csv;

  row = text ? mado_csv_next_line (&at, &number) : NULL;
  if (text && !row)
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_MALFORMED, _("The file is empty."));
  if (!row || !mado_csv_open (&csv, mapping, values, N_VALUES, row, error)) {
    mado_reader_finish (&reader, NULL);
    return FALSE;
  }
  while ((row = mado_csv_next_line (&at, &number)))
    read_row (self, &csv, row, number, &reader);
  return mado_reader_finish (&reader, error);
}

/* --- slips ------------------------------------------------------------------------------------------------------ */

/* One visit to one till; flash and final report name the same. */
static char *
name_visit (const MadoSlipRow *row)
{
  char date[11];

  mado_date_fill (row->date, date);
  return g_strdup_printf ("%s/%s/%04u/%s-%s", row->code, date, row->minutes, row->chain, row->shop);
}

static gboolean
read_slips (MadoStatement *self, const MadoMapping *mapping, const guint8 *data, gsize n, GError **error)
{
  static const MadoStatementNews news[] = {
    [MADO_SLIP_FLASH] = MADO_STATEMENT_PROMISED, [MADO_SLIP_FINAL] = MADO_STATEMENT_PAID,
    [MADO_SLIP_CANCELLED] = MADO_STATEMENT_CANCELLED,
  };
  g_autoptr(GArray) rows = mado_slip_report_read (data, n, error);

  for (guint i = 0; rows && i < rows->len; i++) {
    const MadoSlipRow *row = &g_array_index (rows, MadoSlipRow, i);
    g_autofree char *visit = name_visit (row);
    MadoStatementLine line = { .line = row->line, .news = news[row->news], .yen = row->yen, .day = row->date,
                               .paid_out = row->transfer_date };

    line.costs = line.news == MADO_STATEMENT_PAID ? mado_mapping_costs (mapping, line.yen) : 0;
    line.reference = keep (self, visit);
    line.code = keep (self, row->code);
    g_array_append_val (self->lines, line);
  }
  return rows != NULL;
}

/* --- transfers -------------------------------------------------------------------------------------------------- */

static char *
name_credit (const MadoZenginAccount *account, const MadoZenginCredit *credit)
{
  char date[11] = "";

  if (credit->date != MADO_DATE_NONE)
    mado_date_fill (credit->date, date);
  return g_strdup_printf ("%s-%s-%s/%s/%s", account->bank, account->branch, account->account, date, credit->reference);
}

static void
add_credits (MadoStatement *self, const MadoZenginNotice *notice, const MadoZenginAccount *account)
{
  for (guint i = 0; i < account->n; i++) {
    const MadoZenginCredit *credit = &g_array_index (notice->credits, MadoZenginCredit, account->first + i);
    g_autofree char *name = name_credit (account, credit);
    g_autofree char *note = g_strjoin (" ", credit->edi, credit->payer_code, NULL);
    MadoStatementLine line = { .line = credit->record, .yen = credit->yen, .day = credit->date,
                               .paid_out = credit->date };

    line.news = credit->cancelled ? MADO_STATEMENT_REFUNDED : MADO_STATEMENT_PAID;
    line.reference = keep (self, name);
    line.payer = keep (self, credit->payer);
    line.note = keep (self, g_strstrip (note));
    g_array_append_val (self->lines, line);
  }
}

static gboolean
read_credits (MadoStatement *self, const guint8 *data, gsize n, int today, GError **error)
{
  g_autoptr(MadoZenginNotice) notice = mado_zengin_notice_read (data, n, today, error);

  for (guint i = 0; notice && i < notice->accounts->len; i++)
    add_credits (self, notice, &g_array_index (notice->accounts, MadoZenginAccount, i));
  return notice != NULL;
}

/* --- the file --------------------------------------------------------------------------------------------------- */

static gboolean
read_by_format (MadoStatement *self, const MadoMapping *mapping, const guint8 *data, gsize n, int today,
                GError **error)
{
  switch (mapping->format) {
  case MADO_FILE_FORMAT_SLIP_REPORT:
    return read_slips (self, mapping, data, n, error);
  case MADO_FILE_FORMAT_BANK_CREDITS:
    return read_credits (self, data, n, today, error);
  case MADO_FILE_FORMAT_CSV:
  default:
    return read_table (self, mapping, data, n, error);
  }
}

MadoStatement *
mado_statement_read (const MadoMapping *mapping, const guint8 *data, gsize n, int today, GError **error)
{
  g_autoptr(MadoStatement) self = statement_new ();

  if (!mapping->provider) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/mapping", "unknown",
                       _("This is the mapping of a billing file, which settles nothing."));
    return NULL;
  }
  if (n > MADO_STATEMENT_MAX_BYTES) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_TOO_LARGE, _("A file has at most %u bytes."), MADO_STATEMENT_MAX_BYTES);
    return NULL;
  }
  if (!read_by_format (self, mapping, data, n, today, error))
    return NULL;
  finish (self, mapping);
  return g_steal_pointer (&self);
}

/* --- a row of text ---------------------------------------------------------------------------------------------- */

enum { ROW_LINE, ROW_NEWS, ROW_KEY, ROW_PAYMENT, ROW_REFERENCE, ROW_CODE, ROW_PAYER, ROW_NOTE, ROW_OFFICE,
       ROW_YEN, ROW_COSTS, ROW_DAY, ROW_PAID_OUT, N_ROW };

void
mado_statement_line_append (const MadoStatementLine *line, GString *out)
{
  const char *const texts[] = { line->key, line->payment, line->reference, line->code, line->payer, line->note,
                                line->office };
  const gint64 numbers[] = { line->yen, line->costs, line->day, line->paid_out };

  g_string_append_printf (out, "%u\t%d", line->line, line->news);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_string_append_printf (out, "\t%s", texts[i] ? texts[i] : "");
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_string_append_printf (out, "\t%" G_GINT64_FORMAT, numbers[i]);
  g_string_append_c (out, '\n');
}

static const char *
or_null (const char *text)
{
  return *text ? text : NULL;
}

gboolean
mado_statement_line_parse (MadoStatementLine *line, char *row)
{
  char *text[N_ROW];

  for (guint i = 0; i < N_ROW; i++) {
    text[i] = row;
    row = row ? strchr (row, '\t') : NULL;
    if (row)
      *row++ = '\0';
    else if (i + 1 < N_ROW)
      return FALSE;
  }
  *line = (MadoStatementLine) {
    (guint) atoi (text[ROW_LINE]), (MadoStatementNews) atoi (text[ROW_NEWS]), text[ROW_KEY],
    or_null (text[ROW_PAYMENT]), text[ROW_REFERENCE], or_null (text[ROW_CODE]), or_null (text[ROW_PAYER]),
    or_null (text[ROW_NOTE]), or_null (text[ROW_OFFICE]), g_ascii_strtoll (text[ROW_YEN], NULL, 10),
    g_ascii_strtoll (text[ROW_COSTS], NULL, 10),
    atoi (text[ROW_DAY]), atoi (text[ROW_PAID_OUT]),
  };
  return TRUE;
}
