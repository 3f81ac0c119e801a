/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/mado-date.h"
#include "wire/mado-slip-report.h"
#include "wire/mado-zengin.h"

#define TODAY (mado_date_parse ("2026-11-21"))

/* --- a bank's notice ---------------------------------------------------------------------------------------------- */

/* Writes @text at byte @at of the last record. */
static void
put (GString *file, guint at, const char *text)
{
  memcpy (file->str + file->len - MADO_ZENGIN_NOTICE_BYTES + at, text, strlen (text));
}

static void
add_record (GString *file, char kind)
{
  g_autofree char *blank = g_strnfill (MADO_ZENGIN_NOTICE_BYTES, ' ');

  *blank = kind;
  g_string_append (file, blank);
}

static void
add_header (GString *file)
{
  add_record (file, '1');
  put (file, 1, "010" "081121" "081120" "081121" "0134");
  put (file, 41, "301");
  put (file, 59, "1" "1234567" "\xcc\xbc\xde\xbb\xdc\xbc");   /* ﾌｼﾞｻﾜｼ */
}

static void
add_credit (GString *file, const char *yen, gboolean cancelled)
{
  add_record (file, '2');
  put (file, 1, "000042" "081120" "081120");
  put (file, 19, yen);
  put (file, 29, "0000000000");
  put (file, 49, "\xc0\xb6\xbb\xde\xb7 \xd0\xd6\xba");        /* ﾀｶｻﾞｷ ﾐﾖｺ */
  put (file, 127, cancelled ? "1" : "0");
  put (file, 128, "K7M4R29");
}

static void
add_trailer (GString *file, const char *sums)
{
  add_record (file, '8');
  put (file, 1, sums);
}

static GString *
new_notice (void)
{
  GString *file = g_string_new (NULL);

  add_header (file);
  add_credit (file, "0000012300", FALSE);
  add_credit (file, "0000000500", FALSE);
  add_credit (file, "0000012300", TRUE);
  add_trailer (file, "000002" "000000012800" "000001" "000000012300");
  add_record (file, '9');
  return file;
}

static MadoZenginNotice *
read_notice (GString *file, GError **error)
{
  return mado_zengin_notice_read ((const guint8 *) file->str, file->len, TODAY, error);
}

static void
check_notice (GString *file)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoZenginNotice) notice = read_notice (file, &error);
  const MadoZenginAccount *account;
  const MadoZenginCredit *credit;

  g_assert_no_error (error);
  g_assert_cmpuint (notice->accounts->len, ==, 1);
  g_assert_cmpuint (notice->credits->len, ==, 3);
  account = &g_array_index (notice->accounts, MadoZenginAccount, 0);
  g_assert_cmpstr (account->account, ==, "1234567");
  g_assert_cmpstr (account->account_name, ==, "ﾌｼﾞｻﾜｼ");
  g_assert_cmpint (account->made, ==, mado_date_parse ("2026-11-21"));
  credit = &g_array_index (notice->credits, MadoZenginCredit, 2);
  g_assert_cmpint (credit->yen, ==, 12300);
  g_assert_cmpint (credit->date, ==, mado_date_parse ("2026-11-20"));
  g_assert_cmpstr (credit->payer, ==, "ﾀｶｻﾞｷ ﾐﾖｺ");
  g_assert_cmpstr (credit->edi, ==, "K7M4R29");
  g_assert_true (credit->cancelled);
  g_assert_cmpuint (credit->record, ==, 4);
}

static void
test_notice (void)
{
  static const char *const breaks[] = { "", "\r\n", "\n", "\r" };

  for (guint b = 0; b < G_N_ELEMENTS (breaks); b++) {
    g_autoptr(GString) whole = new_notice ();
    g_autoptr(GString) file = g_string_new (NULL);

    for (gsize at = 0; at < whole->len; at += MADO_ZENGIN_NOTICE_BYTES) {
      g_string_append_len (file, whole->str + at, MADO_ZENGIN_NOTICE_BYTES);
      g_string_append (file, breaks[b]);
    }
    check_notice (file);
    g_string_append_c (file, 0x1a);
    check_notice (file);
  }
}

static void
assert_refused (GString *file, const char *words)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (read_notice (file, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_MALFORMED);
  if (!strstr (error->message, words))
    g_error ("“%s” does not say “%s”", error->message, words);
}

/* Whatever byte is changed to another character, either nothing that counts changes or the place is named. */
static void
test_wrong_places (void)
{
  static const struct { guint at; const char *text, *words; } wrong[] = {
    { 1, "03", "Record 1, bytes 2 to 3" },
    { 3, "1", "EBCDIC" },
    { 4, "081321", "Record 1, bytes 5 to 10" },
    { 60, "12A4567", "Record 1, bytes 61 to 67" },
    { 200, "3", "Record 2, bytes 1 to 1" },
    { 219, "00000123 0", "Record 2, bytes 20 to 29" },
    { 219, "0000012301", "Record 5, bytes 8 to 19" },
    { 219, "0000000000", "an amount is needed" },
    { 719 + 8, "0", "Record 5, bytes 2 to 7" },
    { 801, "000003", "it says 3, the records make 2" },
    { 819, "000000", "Record 5, bytes 20 to 25" },
    { 1000, "2", "Record 6, bytes 1 to 1" },
    { 300, "\xff", "Record 2, byte 101 is 0xFF" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr(GString) file = new_notice ();

    memcpy (file->str + wrong[i].at, wrong[i].text, strlen (wrong[i].text));
    assert_refused (file, wrong[i].words);
  }
}

/* Cut anywhere, nothing of it is taken. */
static void
test_cut (void)
{
  g_autoptr(GString) whole = new_notice ();

  for (gsize n = 0; n < whole->len; n++) {
    g_autoptr(GError) error = NULL;

    g_assert_null (mado_zengin_notice_read ((const guint8 *) whole->str, n, TODAY, &error));
    g_assert_error (error, MADO_ERROR, MADO_ERROR_MALFORMED);
  }
}

static void
test_converted (void)
{
  g_autoptr(GString) file = new_notice ();
  g_autofree char *utf8 = g_convert (file->str, (gssize) file->len, "UTF-8", "CP932", NULL, NULL, NULL);
  g_autoptr(GString) converted = g_string_new (utf8);

  assert_refused (converted, "not converted");
  g_string_append_len (file, file->str, MADO_ZENGIN_NOTICE_BYTES);
  assert_refused (file, "nothing may follow");
}

/* 310430 is a day of Heisei, 010501 one of Reiwa. */
static void
test_eras (void)
{
  static const char *const days[][2] = { { "310430", "2019-04-30" }, { "010501", "2019-05-01" } };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    g_autoptr(GString) file = new_notice ();
    g_autoptr(MadoZenginNotice) notice = NULL;

    memcpy (file->str + 200 + 7, days[i][0], 6);
    notice = read_notice (file, NULL);
    g_assert_cmpint (g_array_index (notice->credits, MadoZenginCredit, 0).date, ==, mado_date_parse (days[i][1]));
  }
}

/* --- a report of slips -------------------------------------------------------------------------------------------- */

#define CODE  "EAN91929023252070000010123499900199999900106050,000001,A,0,10605,010,"
#define FLASH "01,20261120,1815," CODE "\"\xbe\xcc\xde\xdd\",110001,0,20261121\r\n"
#define FINAL "02,20261120,1815," CODE "X,110001,20261127,20261121\n"

static GArray *
read_slips (const char *text, GError **error)
{
  return mado_slip_report_read ((const guint8 *) text, strlen (text), error);
}

static void
test_slips (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) rows = read_slips (FLASH FINAL "\r\n", &error);
  const MadoSlipRow *row;

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 2);
  row = &g_array_index (rows, MadoSlipRow, 0);
  g_assert_cmpint (row->news, ==, MADO_SLIP_FLASH);
  g_assert_cmpint (row->yen, ==, 10605);
  g_assert_cmpuint (row->minutes, ==, 18 * 60 + 15);
  g_assert_cmpint (row->transfer_date, ==, MADO_DATE_NONE);
  row = &g_array_index (rows, MadoSlipRow, 1);
  g_assert_cmpint (row->news, ==, MADO_SLIP_FINAL);
  g_assert_cmpint (row->transfer_date, ==, mado_date_parse ("2026-11-27"));
  g_assert_cmpuint (row->line, ==, 2);
}

static void
test_wrong_slips (void)
{
  static const struct { const char *part, *instead, *pointer; } wrong[] = {
    { "02,", "04,", "/2/種別" },
    { "20261120", "20261320", "/2/収納日" },
    { "1815", "1860", "/2/収納時刻" },
    { "106050", "106051", "/2/バーコード情報" },
    { "EAN91", "EAN92", "/2/バーコード情報" },
    { ",10605,", ",10606,", "/2/金額" },
    { ",10605,", ",106.5,", "/2/金額" },
    { ",10605,", ",-10605,", "/2/金額" },
    { ",0,10605", ",1,10605", "/2/印紙フラグ" },
    { "20261127", "0", "/2/振込日" },
    { ",X,", ",\"X,", "/2" },
    { ",20261121", "", "/2" },
    { "110001", "11000X", "/2/コンビニ店舗コード" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr(GString) file = g_string_new (FINAL);
    g_autoptr(GError) error = NULL;

    g_string_replace (file, wrong[i].part, wrong[i].instead, 1);
    g_string_prepend (file, FLASH);
    g_assert_null (read_slips (file->str, &error));
    g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
    g_assert_cmpstr (mado_error_get_violation (error, 0)->pointer, ==, wrong[i].pointer);
  }
}

static void
test_slips_converted (void)
{
  g_autofree char *utf8 = g_convert (FLASH, -1, "UTF-8", "CP932", NULL, NULL, NULL);
  g_autoptr(GError) error = NULL, nul = NULL;

  g_assert_null (read_slips (utf8, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_MALFORMED);
  g_assert_null (mado_slip_report_read ((const guint8 *) FINAL "\0" FINAL, 2 * sizeof FINAL - 1, &nul));
  g_assert_error (nul, MADO_ERROR, MADO_ERROR_MALFORMED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/zengin/notice", test_notice);
  g_test_add_func ("/wire/zengin/wrong-places", test_wrong_places);
  g_test_add_func ("/wire/zengin/cut", test_cut);
  g_test_add_func ("/wire/zengin/converted", test_converted);
  g_test_add_func ("/wire/zengin/eras", test_eras);
  g_test_add_func ("/wire/slip-report/rows", test_slips);
  g_test_add_func ("/wire/slip-report/wrong", test_wrong_slips);
  g_test_add_func ("/wire/slip-report/converted", test_slips_converted);
  return g_test_run ();
}
