/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mado-slip.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "wire/mado-code-report.h"

/* 91 | company 6 | reference 21 | reissue 1 | due YYMMDD | stamp 1 | yen 6 | check 1 */
enum { COMPANY = 2, REFERENCE = 8, REISSUE = 29, DUE = 30, STAMP = 36, YEN = 37, CHECK = 43 };

char
mado_slip_gs1_check_digit (const char *digits43)
{
  guint sum = 0;

  for (guint i = 0; i < 43; i++)
    sum += (guint) (digits43[42 - i] - '0') * (i % 2 == 0 ? 3 : 1);
  return (char) ('0' + (10 - sum % 10) % 10);
}

/* Weights run down from 9 to 2 over the even places and up from 3 to 9 (then 2) over the odd ones. */
void
mado_slip_ocr_check_digits (const char *body, char out[3])
{
  guint cd1 = 0, cd2 = 0;

  for (guint i = 0; body[i] != '\0'; i++) {
    guint digit = (guint) (body[i] - '0'), pair = i / 2 % 8;

    cd2 += digit * (i % 2 == 0 ? 9 - pair : 1);
    cd1 += digit * (i % 2 == 1 ? (pair == 7 ? 2 : 3 + pair) : 1);
  }
  cd2 %= 10;
  cd1 = (2 * cd2 + cd1) % 11 % 10;
  out[0] = (char) ('0' + cd1);
  out[1] = (char) ('0' + cd2);
  out[2] = '\0';
}

static void
refuse (GError **error, const char *member, const char *message)
{
  g_autofree char *pointer = g_strdup_printf ("/%s", member);

  mado_set_error_at (error, MADO_ERROR_INVALID, pointer, "range", "%s", message);
}

static gboolean
is_digits (const char *text)
{
  return strspn (text, "0123456789") == strlen (text);
}

static gboolean
due_digits (const char *due, char out[7], GError **error)
{
  guint year, month, day;

  if (*due == '\0')
    strcpy (out, "999999");
  else if (sscanf (due, "%4u-%2u-%2u", &year, &month, &day) == 3 && year >= 2000 && year < 2100
           && g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    g_snprintf (out, 7, "%02u%02u%02u", year % 100, month, day);
  else {
    refuse (error, "due", _("Give the due date as YYYY-MM-DD between 2000 and 2099"));
    return FALSE;
  }
  return TRUE;
}

char *
mado_slip_write (const MadoSlip *slip, GError **error)
{
  g_autofree char *code = NULL;
  char due[7];

  if (strlen (slip->company) != 6 || !is_digits (slip->company))
    refuse (error, "company", _("The company has six digits"));
  else if (*slip->reference == '\0' || strlen (slip->reference) > 21 || !is_digits (slip->reference))
    refuse (error, "reference", _("The reference has 1 to 21 digits"));
  else if (slip->reissue > 9)
    refuse (error, "reissue", _("A slip is reissued nine times at most"));
  else if (slip->yen < 1 || slip->yen > MADO_SLIP_MAX_YEN)
    refuse (error, "yen", _("A slip with a bar code takes 1 to 300,000 yen; print one without"));
  else if (due_digits (slip->due, due, error)) {
    code = g_strdup_printf ("91%s%0*d%s%u%s%d%06" G_GINT64_FORMAT, slip->company,
                            (int) (21 - strlen (slip->reference)), 0, slip->reference, slip->reissue, due,
                            slip->stamp ? 1 : 0, slip->yen);
    /* "%0*d" writes one 0 where no filling is due. */
    if (strlen (slip->reference) == 21)
      memmove (code + 8, code + 9, strlen (code + 9) + 1);
    return g_strdup_printf ("%s%c", code, mado_slip_gs1_check_digit (code));
  }
  return NULL;
}

static void
take (JsonObject *fields, const char *name, const char *digits, guint from, guint length)
{
  g_autofree char *part = g_strndup (digits + from, length);

  json_object_set_string_member (fields, name, part);
}

static void
read_due (const char *digits, MadoCodeReport *report)
{
  guint year, month, day;
  g_autofree char *part = g_strndup (digits + DUE, 6);
  g_autofree char *date = NULL;

  if (g_str_equal (part, "999999")) {
    json_object_set_null_member (report->fields, "due");
    return;
  }
  sscanf (part, "%2u%2u%2u", &year, &month, &day);
  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) (2000 + year)))
    mado_code_report_wrong (report, "due", "YYMMDD", part, _("The due date is no day of the calendar"));
  date = g_strdup_printf ("20%02u-%02u-%02u", year, month, day);
  json_object_set_string_member (report->fields, "due", date);
}

void
mado_slip_gs1_read (const char *digits, MadoCodeReport *report)
{
  gint64 yen = g_ascii_strtoll (digits + YEN, NULL, 10) / 10;
  char expected[2] = { mado_slip_gs1_check_digit (digits), '\0' };

  report->kind = "slip-gs1-128";
  take (report->fields, "company", digits, COMPANY, 6);
  take (report->fields, "reference", digits, REFERENCE, 21);
  json_object_set_int_member (report->fields, "reissue", digits[REISSUE] - '0');
  read_due (digits, report);
  json_object_set_boolean_member (report->fields, "stamp", digits[STAMP] == '1');
  json_object_set_int_member (report->fields, "amount", yen);
  json_object_set_string_member (report->fields, "checkDigit", digits + CHECK);

  if (digits[STAMP] > '1')
    mado_code_report_wrong (report, "stamp", "0", NULL, _("The stamp flag is 0 or 1"));
  if (yen > MADO_SLIP_MAX_YEN) {
    g_autofree char *found = g_strdup_printf ("%" G_GINT64_FORMAT, yen);
    mado_code_report_wrong (report, "amount", "300000", found, _("A slip above ¥300,000 bears no bar code"));
  }
  if (digits[CHECK] != expected[0])
    mado_code_report_wrong (report, "checkDigit", expected, digits + CHECK,
                            _("The check digit does not fit: a digit was misread"));
}

void
mado_slip_ocr_read (const char *digits, MadoCodeReport *report)
{
  char expected[3];
  g_autofree char *found = g_strndup (digits, 2);

  report->kind = "slip-ocr";
  mado_slip_ocr_check_digits (digits + 2, expected);
  json_object_set_string_member (report->fields, "checkDigits", found);
  json_object_set_string_member (report->fields, "body", digits + 2);
  if (!g_str_equal (expected, found))
    mado_code_report_wrong (report, "checkDigits", expected, found,
                            _("The check digits do not fit: a digit was misread"));
}
