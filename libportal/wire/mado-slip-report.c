/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/mado-slip-report.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "core/mado-date.h"
#include "core/mado-reader.h"
#include "wire/mado-csv.h"

enum { KIND, DATE, TIME, CODE, USER_1, USER_2, STAMP, YEN, CHAIN, CHAIN_NAME, SHOP, TRANSFER, MADE, N_COLUMNS };

static const char *const columns[N_COLUMNS] = {
  "種別", "収納日", "収納時刻", "バーコード情報", "ユーザー使用欄１", "ユーザー使用欄２", "印紙フラグ", "金額",
  "コンビニ本部コード", "コンビニ名", "コンビニ店舗コード", "振込日", "データ作成日",
};

/* --- lines and columns ------------------------------------------------------------------------------------------ */

static gboolean
split_line (char *line, char *out[N_COLUMNS], MadoReader *reader)
{
  int n = mado_csv_split (line, out, N_COLUMNS);

  if (n < 0)
    mado_reader_violate (reader, NULL, "malformed", _("A quotation mark is not closed: the line was cut."));
  else if (n != N_COLUMNS)
    mado_reader_violate (reader, NULL, "malformed",
                         _("The line has %u columns; %u are needed. It was cut, or is of another layout."),
                         (guint) n, N_COLUMNS);
  return n == N_COLUMNS;
}

/* --- values ----------------------------------------------------------------------------------------------------- */

static gboolean
is_digits (const char *text, gsize length)
{
  return strspn (text, "0123456789") == length && text[length] == '\0';
}

static int
date_of (const char *text)
{
  int number = is_digits (text, 8) ? atoi (text) : 0;

  return number ? mado_date_from_ymd (number / 10000, number / 100 % 100, number % 100) : MADO_DATE_NONE;
}

static void
read_kind (char *const column[], MadoSlipRow *row, MadoReader *reader)
{
  static const char news[] = "123";
  const char *kind = column[KIND];
  const char *found = is_digits (kind, 2) ? strchr (news, kind[1]) : NULL;

  if (!found) {
    mado_reader_violate (reader, columns[KIND], "unknown",
                         _("01 is a flash report, 02 a final one, 03 a cancelled one; there is no other."));
    return;
  }
  row->news = (MadoSlipNews) (found - news);
  strcpy (row->kind, kind);
}

static void
read_times (char *const column[], MadoSlipRow *row, MadoReader *reader)
{
  const char *time = column[TIME];
  guint minutes = is_digits (time, 4) ? (guint) atoi (time) : 9999;

  row->date = date_of (column[DATE]);
  row->transfer_date = date_of (column[TRANSFER]);
  row->minutes = minutes / 100 * 60 + minutes % 100;
  if (row->date == MADO_DATE_NONE)
    mado_reader_violate (reader, columns[DATE], "pattern", _("A day as YYYYMMDD is needed."));
  if (minutes / 100 > 23 || minutes % 100 > 59)
    mado_reader_violate (reader, columns[TIME], "pattern", _("A time as HHMM is needed."));
  if (row->news == MADO_SLIP_FINAL && row->transfer_date == MADO_DATE_NONE)
    mado_reader_violate (reader, columns[TRANSFER], "required",
                         _("A final report names the day of the transfer as YYYYMMDD."));
}

static gboolean
read_code (const char *code, MadoSlipRow *row, MadoReader *reader)
{
  if (g_str_has_prefix (code, "EAN"))
    code += strlen ("EAN");
  if (!is_digits (code, MADO_SLIP_GS1_DIGITS) || !g_str_has_prefix (code, "91")) {
    mado_reader_violate (reader, columns[CODE], "pattern", _("44 digits beginning with 91 are needed."));
    return FALSE;
  }
  if (mado_slip_gs1_check_digit (code) != code[MADO_SLIP_GS1_DIGITS - 1]) {
    mado_reader_violate (reader, columns[CODE], "check-digit", _("The check digit is %c, not %c."),
                         mado_slip_gs1_check_digit (code), code[MADO_SLIP_GS1_DIGITS - 1]);
    return FALSE;
  }
  strcpy (row->code, code);
  return TRUE;
}

/* The amount stands in the line and in its code; both have to say the same. */
static void
read_amount (char *const column[], MadoSlipRow *row, MadoReader *reader)
{
  const char *yen = column[YEN], *stamp = column[STAMP];
  gsize length = strlen (yen);
  gint64 coded;

  if (!read_code (column[CODE], row, reader))
    return;
  coded = g_ascii_strtoll (row->code + 37, NULL, 10) / 10;
  if (length == 0 || length > 9 || !is_digits (yen, length))
    mado_reader_violate (reader, columns[YEN], "amount", _("Whole yen are needed."));
  else if (g_ascii_strtoll (yen, NULL, 10) != coded)
    mado_reader_violate (reader, columns[YEN], "amount",
                         _("The line says %s yen, its bar code %" PRId64 "."), yen, coded);
  if (strlen (stamp) != 1 || *stamp != row->code[36])
    mado_reader_violate (reader, columns[STAMP], "range", _("The line and its bar code do not agree on the stamp."));
  row->yen = coded;
}

static void
read_place (char *const column[], MadoSlipRow *row, MadoReader *reader)
{
  if (is_digits (column[CHAIN], 3))
    strcpy (row->chain, column[CHAIN]);
  else
    mado_reader_violate (reader, columns[CHAIN], "pattern", _("Three digits are needed."));
  if (is_digits (column[SHOP], 6))
    strcpy (row->shop, column[SHOP]);
  else
    mado_reader_violate (reader, columns[SHOP], "pattern", _("Six digits are needed."));
}

static void
read_line (char *line, guint number, GArray *rows, MadoReader *reader)
{
  g_autofree char *token = g_strdup_printf ("%u", number);
  gsize outside = mado_reader_enter (reader, token);
  MadoSlipRow row = { .line = number };
  char *column[N_COLUMNS];

  if (split_line (line, column, reader)) {
    read_kind (column, &row, reader);
    read_times (column, &row, reader);
    read_amount (column, &row, reader);
    read_place (column, &row, reader);
    g_array_append_val (rows, row);
  }
  mado_reader_leave (reader, outside);
}

/* --- the file --------------------------------------------------------------------------------------------------- */

/* Text that was converted on its way reads as if it were right, but no longer is what was sent. */
static char *
decode (const guint8 *data, gsize n, GError **error)
{
  gboolean ascii = TRUE;
  char *text;

  for (gsize i = 0; ascii && i < n; i++)
    ascii = data[i] < 0x80;
  if (n > MADO_SLIP_REPORT_MAX_BYTES) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_TOO_LARGE, _("A report has at most %u bytes."),
                 MADO_SLIP_REPORT_MAX_BYTES);
    return NULL;
  }
  text = memchr (data, 0, n) || (!ascii && g_utf8_validate ((const char *) data, (gssize) n, NULL))
         ? NULL : g_convert ((const char *) data, (gssize) n, "UTF-8", "CP932", NULL, NULL, NULL);
  if (!text)
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_MALFORMED,
                         _("The report is not Shift_JIS, as it was sent: it was converted or damaged on its way. "
                           "Take the file as it came."));
  return text;
}

GArray *
mado_slip_report_read (const guint8 *data, gsize n, GError **error)
{
  g_autofree char *text = decode (data, n, error);
  g_autoptr(GArray) rows = g_array_new (FALSE, TRUE, sizeof (MadoSlipRow));
  MadoReader reader = MADO_READER_INIT;
  char *at = text, *line;
  guint number = 0;

  while ((line = mado_csv_next_line (&at, &number)))
    if (!(number == 1 && g_str_has_prefix (line, columns[KIND])))
      read_line (line, number, rows, &reader);
  if (!mado_reader_finish (&reader, error) || !text)
    return NULL;
  return g_steal_pointer (&rows);
}
