/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/mado-zengin.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "core/mado-date.h"

#define MS_DOS_END 0x1a

static gboolean
is_character (guint8 byte)
{
  return (byte >= 0x20 && byte < 0x7f) || (byte >= 0xa1 && byte <= 0xdf);
}

static gboolean
is_break (guint8 byte)
{
  return byte == '\r' || byte == '\n';
}

static gboolean
check_record (const guint8 *record, gsize left, gsize length, guint number, GError **error)
{
  for (gsize i = 0; i < length; i++)
    if (i == left || is_break (record[i]) || record[i] == MS_DOS_END) {
      g_set_error (error, MADO_ERROR, MADO_ERROR_MALFORMED,
                   _("Record %u ends after byte %u; it needs %u. The file was cut: ask for it again."), number,
                   (guint) i, (guint) length);
      return FALSE;
    } else if (!is_character (record[i])) {
      g_set_error (error, MADO_ERROR, MADO_ERROR_MALFORMED,
                   _("Record %u, byte %u is 0x%02X, which is no character of JIS X 0201. "
                     "The file has to come as the bank made it, not converted."),
                   number, (guint) i + 1, record[i]);
      return FALSE;
    }
  return TRUE;
}

GPtrArray *
mado_zengin_split (const guint8 *data, gsize n, gsize length, GError **error)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new ();
  gsize at = 0;

  if (n > MADO_ZENGIN_MAX_BYTES) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_TOO_LARGE, _("A file has at most %u bytes."),
                 MADO_ZENGIN_MAX_BYTES);
    return NULL;
  }
  while (at < n && data[at] != MS_DOS_END) {
    if (!check_record (data + at, n - at, length, records->len + 1, error))
      return NULL;
    g_ptr_array_add (records, (gpointer) (data + at));
    at += length;
    for (guint k = 0; k < 2 && at < n && is_break (data[at]); k++)
      at++;
  }
  return g_steal_pointer (&records);
}

char *
mado_zengin_dup_text (const guint8 *bytes, gsize n)
{
  GString *text = g_string_sized_new (n * 3);

  while (n > 0 && bytes[n - 1] == ' ')
    n--;
  for (gsize i = 0; i < n; i++)
    g_string_append_unichar (text, bytes[i] < 0x80 ? bytes[i] : 0xff61u + (bytes[i] - 0xa1u));
  return g_string_free (text, FALSE);
}

/* --- fields ----------------------------------------------------------------------------------------------------- */

typedef struct {
  const char *name;    /* as the standard calls it */
  guint       offset, length;
} Field;

static const Field header_kind    = { "種別コード", 1, 2 };
static const Field header_code    = { "コード区分", 3, 1 };
static const Field header_made    = { "作成日", 4, 6 };
static const Field header_from    = { "勘定日（自）", 10, 6 };
static const Field header_to      = { "勘定日（至）", 16, 6 };
static const Field header_bank    = { "銀行コード", 22, 4 };
static const Field header_branch  = { "支店コード", 41, 3 };
static const Field header_type    = { "預金種目", 59, 1 };
static const Field header_account = { "口座番号", 60, 7 };
static const Field header_name    = { "口座名", 67, 40 };

static const Field data_reference = { "照会番号", 1, 6 };
static const Field data_date      = { "勘定日", 7, 6 };
static const Field data_value     = { "起算日", 13, 6 };
static const Field data_yen       = { "金額", 19, 10 };
static const Field data_code      = { "振込依頼人コード", 39, 10 };
static const Field data_payer     = { "振込依頼人名", 49, 48 };
static const Field data_bank      = { "仕向銀行名", 97, 15 };
static const Field data_branch    = { "仕向店名", 112, 15 };
static const Field data_cancel    = { "取消区分", 127, 1 };
static const Field data_edi       = { "EDI情報", 128, 20 };

static const Field trailer_count        = { "振込合計件数", 1, 6 };
static const Field trailer_yen          = { "振込合計金額", 7, 12 };
static const Field trailer_cancel_count = { "取消合計件数", 19, 6 };
static const Field trailer_cancel_yen   = { "取消合計金額", 25, 12 };

typedef struct {
  const guint8     *bytes;
  guint             number;
  int               today;
  MadoZenginNotice *notice;
  GError           *error;     /* of the first mistake; nothing is read after it */
} Record;

G_GNUC_PRINTF (3, 4) static void
refuse (Record *self, const Field *field, const char *format, ...)
{
  g_autofree char *why = NULL;
  va_list arguments;

  if (self->error)
    return;
  va_start (arguments, format);
  why = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  self->error = g_error_new (MADO_ERROR, MADO_ERROR_MALFORMED, _("Record %u, bytes %u to %u (%s): %s"), self->number,
                             field->offset + 1, field->offset + field->length, field->name, why);
}

static gint64
read_number (Record *self, const Field *field)
{
  gint64 number = 0;

  for (guint i = 0; i < field->length; i++) {
    guint8 byte = self->bytes[field->offset + i];

    if (!g_ascii_isdigit (byte)) {
      refuse (self, field, _("digits are needed here"));
      return 0;
    }
    number = number * 10 + (byte - '0');
  }
  return number;
}

static void
read_digits (Record *self, const Field *field, char *out)
{
  read_number (self, field);
  memcpy (out, self->bytes + field->offset, field->length);
  out[field->length] = '\0';
}

static char *
read_text (Record *self, const Field *field)
{
  return mado_zengin_dup_text (self->bytes + field->offset, field->length);
}

/* Two digits of a year in an era. Reiwa began in 2019, Heisei in 1989. */
static int
read_date (Record *self, const Field *field)
{
  static const int bases[] = { 2018, 1988 };
  gint64 number = read_number (self, field);

  if (number == 0)
    return MADO_DATE_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (bases); i++) {
    int days = mado_date_from_ymd (bases[i] + (int) (number / 10000), (int) (number / 100 % 100),
                                   (int) (number % 100));

    if (days != MADO_DATE_NONE && days <= self->today + 366)
      return days;
  }
  refuse (self, field, _("this is no day of the calendar (year of the era, month, day)"));
  return MADO_DATE_NONE;
}

/* --- records ---------------------------------------------------------------------------------------------------- */

static void
read_header (Record *self)
{
  MadoZenginAccount account = { .first = self->notice->credits->len };

  if (read_number (self, &header_kind) != 1)
    refuse (self, &header_kind, _("01 is needed: a notice of credits"));
  if (self->bytes[header_code.offset] == '1')
    refuse (self, &header_code, _("the file says it is EBCDIC; ask the bank for JIS"));
  account.made = read_date (self, &header_made);
  account.from = read_date (self, &header_from);
  account.to = read_date (self, &header_to);
  read_digits (self, &header_bank, account.bank);
  read_digits (self, &header_branch, account.branch);
  account.account_type = (guint) read_number (self, &header_type);
  read_digits (self, &header_account, account.account);
  account.account_name = read_text (self, &header_name);
  g_array_append_val (self->notice->accounts, account);
}

static void
read_data (Record *self)
{
  MadoZenginAccount *account = &g_array_index (self->notice->accounts, MadoZenginAccount,
                                               self->notice->accounts->len - 1);
  MadoZenginCredit credit = { .record = self->number };

  read_digits (self, &data_reference, credit.reference);
  credit.date = read_date (self, &data_date);
  credit.value_date = read_date (self, &data_value);
  credit.yen = read_number (self, &data_yen);
  if (credit.yen == 0)
    refuse (self, &data_yen, _("an amount is needed"));
  credit.payer_code = read_text (self, &data_code);
  credit.payer = read_text (self, &data_payer);
  credit.bank = read_text (self, &data_bank);
  credit.branch = read_text (self, &data_branch);
  credit.cancelled = self->bytes[data_cancel.offset] == '1';
  credit.edi = read_text (self, &data_edi);
  g_array_append_val (self->notice->credits, credit);
  account->n++;
}

static void
check_sum (Record *self, const Field *field, gint64 found)
{
  gint64 said = read_number (self, field);

  if (said != found)
    refuse (self, field, _("it says %" PRId64 ", the records make %" PRId64), said, found);
}

static void
read_trailer (Record *self)
{
  const MadoZenginAccount *account = &g_array_index (self->notice->accounts, MadoZenginAccount,
                                                     self->notice->accounts->len - 1);
  gint64 count[2] = { 0, 0 }, yen[2] = { 0, 0 };

  for (guint i = 0; i < account->n; i++) {
    const MadoZenginCredit *credit = &g_array_index (self->notice->credits, MadoZenginCredit, account->first + i);

    count[credit->cancelled]++;
    yen[credit->cancelled] += credit->yen;
  }
  check_sum (self, &trailer_count, count[FALSE]);
  check_sum (self, &trailer_yen, yen[FALSE]);
  check_sum (self, &trailer_cancel_count, count[TRUE]);
  check_sum (self, &trailer_cancel_yen, yen[TRUE]);
}

/* A header, its data, its trailer; perhaps another such; the end. */
static const struct {
  char   from, kind;
  void (*read) (Record *self);
} order[] = {
  { '0', '1', read_header },
  { '1', '2', read_data },
  { '2', '2', read_data },
  { '1', '8', read_trailer },
  { '2', '8', read_trailer },
  { '8', '1', read_header },
  { '8', '9', NULL },
};

static gboolean
read_record (Record *self, char *last, GError **error)
{
  static const Field kind = { "データ区分", 0, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (order[i].from == *last && order[i].kind == (char) self->bytes[0]) {
      *last = order[i].kind;
      if (order[i].read)
        order[i].read (self);
      if (self->error)
        g_propagate_error (error, g_steal_pointer (&self->error));
      return *error == NULL;
    }
  refuse (self, &kind, "%s", *last == '9' ? _("nothing may follow the end record")
                                          : _("such a record cannot stand here (1 header, 2 data, 8 trailer, 9 end)"));
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

static void
account_clear (gpointer data)
{
  g_free (((MadoZenginAccount *) data)->account_name);
}

static void
credit_clear (gpointer data)
{
  MadoZenginCredit *self = data;

  g_free (self->payer_code);
  g_free (self->payer);
  g_free (self->bank);
  g_free (self->branch);
  g_free (self->edi);
}

static MadoZenginNotice *
notice_new (void)
{
  MadoZenginNotice *self = g_new0 (MadoZenginNotice, 1);

  self->accounts = g_array_new (FALSE, TRUE, sizeof (MadoZenginAccount));
  self->credits = g_array_new (FALSE, TRUE, sizeof (MadoZenginCredit));
  g_array_set_clear_func (self->accounts, account_clear);
  g_array_set_clear_func (self->credits, credit_clear);
  return self;
}

void
mado_zengin_notice_free (MadoZenginNotice *self)
{
  g_array_unref (self->accounts);
  g_array_unref (self->credits);
  g_free (self);
}

MadoZenginNotice *
mado_zengin_notice_read (const guint8 *data, gsize n, int today, GError **error)
{
  g_autoptr(GPtrArray) records = mado_zengin_split (data, n, MADO_ZENGIN_NOTICE_BYTES, error);
  g_autoptr(MadoZenginNotice) notice = notice_new ();
  g_autoptr(GError) failure = NULL;
  char last = '0';

  for (guint i = 0; records && i < records->len; i++) {
    Record record = { records->pdata[i], i + 1, today, notice, NULL };

    if (!read_record (&record, &last, &failure)) {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  }
  if (records && last != '9')
    g_set_error (error, MADO_ERROR, MADO_ERROR_MALFORMED,
                 _("After record %u the end record (9) is missing. The file was cut: ask for it again."),
                 records->len);
  return records && last == '9' ? g_steal_pointer (&notice) : NULL;
}
