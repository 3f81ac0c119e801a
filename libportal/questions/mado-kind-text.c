/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "questions/mado-kind-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "core/mado-fold.h"
#include "questions/mado-name.h"

#define LINE_LENGTH 200
#define TEXT_LENGTH 4000
#define NAME_LENGTH 128
#define DIGITS      "0123456789"

char *
mado_kind_fold (JsonNode *value, MadoFold fold, MadoRefusal *refusal)
{
  const char *typed = mado_reader_get_string (value);

  if (typed != NULL)
    return fold (typed);
  mado_refuse (refusal, "type", g_strdup (_("Please answer in writing")));

  return NULL;
}

/* Nothing for mado_fold_line() to do, which most answers are: no two spaces, none at the ends, nothing unusual. */
static gboolean
is_plain_line (const char *text)
{
  const guchar *p = (const guchar *) text;
  guchar before = ' ';

  for (; *p != '\0'; before = *p++)
    if (*p < ' ' || *p == 0x7F || *p == 0xC2 || *p == 0xE2 || (*p == ' ' && before == ' ')
        || (*p == 0xE3 && p[1] == 0x80 && p[2] == 0x80) || *p == 0xE1 || *p == 0xEF)
      return FALSE;

  return before != ' ';
}

static char *
fold_line (const char *text)
{
  return is_plain_line (text) ? g_strdup (text) : mado_fold_line (text);
}

/* Between kanji and ASCII there is nothing to fold, unless it is a long mark that may stand for a hyphen. */
static char *
fold_address (const char *text)
{
  return is_plain_line (text) && strstr (text, "ー") == NULL ? g_strdup (text) : mado_fold_address (text);
}

static gboolean
is_kana (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (!(c >= 0x30A1 && c <= 0x30FE) && c != ' ')
      return FALSE;
  }

  return TRUE;
}

static char *
fold_kana (const char *text)
{
  return is_plain_line (text) && is_kana (text) ? g_strdup (text) : mado_fold_kana (text);
}

/* Within the field's characters, or the kind's where the field says nothing. */
static JsonNode *
keep_text (const MadoFormField *field, JsonNode *value, const char *folded, gint64 most, MadoRefusal *refusal)
{
  gint64 max = field->has_max ? MIN (field->max, most) : most;
  glong length = g_utf8_strlen (folded, -1);

  if (length == 0 && field->required)
    return mado_refuse (refusal, "required", g_strdup (_("Please answer this question")));
  if (mado_name_has_invisible (folded))
    return mado_refuse (refusal, "invisible", g_strdup (_("There is a sign in it that cannot be seen, as copying may"
                                                          " bring along: please type it anew")));
  if (length > max)
    return mado_refuse (refusal, "too-long",
                        g_strdup_printf (_("Please shorten it to %" PRId64 " characters"), max));
  if (field->has_min && length < field->min)
    return mado_refuse (refusal, "too-short",
                        g_strdup_printf (_("Please write at least %" PRId64 " characters"), field->min));

  return mado_kind_keep (value, folded);
}

MADO_KIND_CHECK (text)
{
  g_autofree char *line = mado_kind_fold (value, fold_line, refusal);

  return line != NULL ? keep_text (field, value, line, LINE_LENGTH, refusal) : NULL;
}

/* Lines stay lines; other control characters go. */
static char *
fold_lines (const char *text)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_autofree char *line = mado_fold_line (lines[i]);

    g_string_append (out, i == 0 ? "" : "\n");
    g_string_append (out, line);
  }

  return g_strstrip (g_string_free (g_steal_pointer (&out), FALSE));
}

MADO_KIND_CHECK (long_text)
{
  g_autofree char *lines = mado_kind_fold (value, fold_lines, refusal);

  return lines != NULL ? keep_text (field, value, lines, TEXT_LENGTH, refusal) : NULL;
}

/* Names are kept exactly as given; any character may be a name's, and one word is enough. */
MADO_KIND_CHECK (name)
{
  g_autofree char *line = mado_kind_fold (value, fold_line, refusal);

  return line != NULL ? keep_text (field, value, line, NAME_LENGTH, refusal) : NULL;
}

MADO_KIND_CHECK (kana)
{
  g_autofree char *kana = mado_kind_fold (value, fold_kana, refusal);

  if (kana == NULL)
    return NULL;
  if (!is_kana (kana))
    return mado_refuse (refusal, "kana", g_strdup (_("Please write how it is read, in hiragana or katakana")));

  return keep_text (field, value, kana, NAME_LENGTH, refusal);
}

MADO_KIND_CHECK (address)
{
  g_autofree char *address = mado_kind_fold (value, fold_address, refusal);

  return address != NULL ? keep_text (field, value, address, LINE_LENGTH, refusal) : NULL;
}

MADO_KIND_CHECK (postcode)
{
  g_autofree char *code = mado_kind_fold (value, mado_fold_postal_code, refusal);

  if (code == NULL)
    return NULL;
  if (strlen (code) != 8 || strspn (code, DIGITS) != 3 || code[3] != '-' || strspn (code + 4, DIGITS) != 4)
    return mado_refuse (refusal, "postcode", g_strdup (_("A postcode has seven digits, for example 251-8601")));

  return mado_kind_keep (value, code);
}

MADO_KIND_CHECK (phone)
{
  g_autofree char *phone = mado_kind_fold (value, mado_fold_phone, refusal);
  gboolean abroad;
  const char *digits;
  gsize n;

  if (phone == NULL)
    return NULL;
  abroad = *phone == '+';
  digits = phone + abroad;
  n = strspn (digits, DIGITS);
  /* At home 10 figures, or 11 of a mobile; elsewhere as E.164 has them. */
  if (digits[n] != '\0' || (abroad ? n < 8 || n > 15 : *digits != '0' || n < 10 || n > 11))
    return mado_refuse (refusal, "phone", g_strdup (_("Please give the whole number with its area code")));

  return mado_kind_keep (value, phone);
}

static gboolean
is_mail (const char *text)
{
  const char *at = strrchr (text, '@');

  return at != NULL && at != text && strchr (at, '.') != NULL && at[strlen (at) - 1] != '.'
         && strpbrk (text, " \t\r\n,;<>\"") == NULL && strlen (text) <= 254;
}

MADO_KIND_CHECK (mail)
{
  g_autofree char *mail = mado_kind_fold (value, mado_fold_width, refusal);

  if (mail == NULL)
    return NULL;
  g_strstrip (mail);
  if (!is_mail (mail))
    return mado_refuse (refusal, "mail", g_strdup (_("A mail address looks like name@example.jp")));

  return mado_kind_keep (value, mail);
}

/* Weights 6,5,4,3,2,7,6,5,4,3,2 over eleven digits; the check digit is 0 if the rest is 0 or 1, else 11 − rest. */
static gboolean
is_my_number (const char *digits)
{
  static const guint weights[] = { 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2 };
  guint sum = 0;

  if (strlen (digits) != 12 || strspn (digits, DIGITS) != 12)
    return FALSE;
  for (guint i = 0; i < 11; i++)
    sum += weights[i] * (guint) (digits[i] - '0');

  return (guint) (digits[11] - '0') == (sum % 11 <= 1 ? 0 : 11 - sum % 11);
}

/* The check digit comes first: 9 − (Σ from the right × 1,2,1,2 …) mod 9. */
static gboolean
is_corporate_number (const char *digits)
{
  guint sum = 0;

  if (strlen (digits) != 13 || strspn (digits, DIGITS) != 13)
    return FALSE;
  for (guint i = 1; i < 13; i++)
    sum += (guint) (digits[i] - '0') * ((13 - i) % 2 == 1 ? 1 : 2);

  return (guint) (digits[0] - '0') == 9 - sum % 9;
}

MADO_KIND_CHECK (my_number)
{
  g_autofree char *digits = mado_kind_fold (value, mado_fold_code, refusal);

  if (digits == NULL)
    return NULL;
  if (!is_my_number (digits))
    return mado_refuse (refusal, "check-digit",
                        g_strdup (_("This is no My Number: please compare its 12 digits with the card")));

  return mado_kind_keep (value, digits);
}

MADO_KIND_CHECK (corporate_number)
{
  g_autofree char *digits = mado_kind_fold (value, mado_fold_code, refusal);

  if (digits == NULL)
    return NULL;
  if (!is_corporate_number (digits))
    return mado_refuse (refusal, "check-digit",
                        g_strdup (_("This is no corporate number: please compare its 13 digits")));

  return mado_kind_keep (value, digits);
}

MADO_KIND_DISPLAY (text)
{
  return g_strdup (mado_reader_get_string (value));
}

/* 090-1234-5678, as everybody writes it. Where an area code ends cannot be told from the figures. */
MADO_KIND_DISPLAY (phone)
{
  const char *phone = mado_reader_get_string (value);

  if (phone == NULL || strlen (phone) != 11 || strspn (phone, DIGITS) != 11 || phone[0] != '0' || phone[2] != '0'
      || g_str_has_prefix (phone, "0800"))   /* free of charge, and parted otherwise */
    return g_strdup (phone);

  return g_strdup_printf ("%.3s-%.4s-%s", phone, phone + 3, phone + 7);
}

/* Most of it stays hidden, on the screen and on paper. */
MADO_KIND_DISPLAY (secret)
{
  const char *text = mado_reader_get_string (value);
  gsize length = text != NULL ? strlen (text) : 0;

  return g_strdup_printf ("●●●●%s", length > 3 ? text + length - 3 : "");
}
