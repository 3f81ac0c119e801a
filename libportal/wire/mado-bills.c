/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/mado-bills.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-date.h"
#include "core/mado-json.h"

#define MAX_NUMBER 64
#define MAX_YEN    G_GINT64_CONSTANT (10000000000)   /* ten thousand million: no bill of a city is larger */

enum { BILL, PAYER, PAYER_KANA, YEN, DUE, ACCOUNT, TAX, TERM, FOR, N_VALUES };

static const MadoCsvValue values[N_VALUES] = {
  { "bill", TRUE }, { "payer", FALSE }, { "payerKana", FALSE }, { "yen", TRUE }, { "due", FALSE },
  { "account", FALSE }, { "tax", FALSE }, { "term", FALSE }, { "for", FALSE },
};

gboolean
mado_bills_open (MadoCsv *csv, const MadoMapping *mapping, char *titles, GError **error)
{
  if (mapping->provider || mapping->format != MADO_FILE_FORMAT_CSV || !mapping->words) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/mapping", "unknown",
                       _("This is the mapping of a provider's file, not of a billing file."));
    return FALSE;
  }
  return mado_csv_open (csv, mapping, values, N_VALUES, titles, error);
}

/* --- a line ----------------------------------------------------------------------------------------------------- */

static gboolean
refuse (const MadoCsv *csv, guint value, const char *code, const char *message, MadoReader *reader)
{
  mado_reader_violate (reader, csv->titles[value], code, "%s", message);
  return FALSE;
}

static gboolean
check_texts (const MadoCsv *csv, char *const text[], MadoReader *reader)
{
  static const guint short_ones[] = { BILL, PAYER, ACCOUNT, TERM, TAX };

  for (guint i = 0; i < N_VALUES; i++)
    if (text[i] && strpbrk (text[i], "\t"))
      return refuse (csv, i, "pattern", _("A tab cannot stand here."), reader);
  for (guint i = 0; i < G_N_ELEMENTS (short_ones); i++)
    if (text[short_ones[i]] && strlen (text[short_ones[i]]) > MAX_NUMBER)
      return refuse (csv, short_ones[i], "too-long", _("This is too long: at most 64 bytes."), reader);
  return TRUE;
}

static gboolean
read_amount (const MadoCsv *csv, const char *text, gint64 *yen, MadoReader *reader)
{
  if (!mado_csv_yen (csv, YEN, text, yen, reader))
    return FALSE;
  return *yen > 0 && *yen <= MAX_YEN
         ? TRUE : refuse (csv, YEN, "range", _("A bill is from one yen to ten thousand million."), reader);
}

static gboolean
read_due (const MadoCsv *csv, const char *text, int *due, MadoReader *reader)
{
  *due = MADO_DATE_NONE;
  return !text || !*text || mado_csv_day (csv, DUE, text, due, reader);
}

/* The column's word, as the mapping translates it, or the mapping's own. */
static const char *
find_account (const MadoCsv *csv, char *const text[], MadoReader *reader)
{
  const char *account = NULL;

  if (text[TAX] && *text[TAX])
    account = mado_mapping_translate (csv->mapping, "tax", text[TAX]);
  else if (text[ACCOUNT] && *text[ACCOUNT])
    account = text[ACCOUNT];
  else
    account = csv->mapping->account;
  if (!account)
    refuse (csv, TAX, "unknown", _("The mapping does not say which revenue this is. Add it to books.json."), reader);
  return account;
}

static const char *
value_of (char *const text[], const char *name, gsize length)
{
  for (guint i = 0; i < N_VALUES; i++)
    if (strlen (values[i].name) == length && strncmp (values[i].name, name, length) == 0)
      return text[i] ? text[i] : "";
  return NULL;
}

/* "{tax}, term {term}" with the values of this row. */
static char *
fill_in (const char *template, char *const text[])
{
  GString *out = g_string_new (NULL);

  for (const char *at = template; *at; ) {
    const char *end = *at == '{' ? strchr (at, '}') : NULL;
    const char *value = end ? value_of (text, at + 1, (gsize) (end - at - 1)) : NULL;

    if (value)
      g_string_append (out, value);
    else
      g_string_append_c (out, *at);
    at = value ? end + 1 : at + 1;
  }
  return g_string_free (out, FALSE);
}

static void
append_words (const MadoCsv *csv, char *const text[], GString *out)
{
  JsonObjectIter iter;
  const char *language;
  JsonNode *template;
  char before = '{';

  json_object_iter_init (&iter, json_node_get_object (csv->mapping->words));
  while (json_object_iter_next (&iter, &language, &template)) {
    g_autofree char *words = fill_in (json_node_get_string (template), text);

    g_string_append_c (out, before);
    mado_json_append_string (out, language);
    g_string_append_c (out, ':');
    mado_json_append_string (out, words);
    before = ',';
  }
  g_string_append (out, before == '{' ? "{}" : "}");
}

gboolean
mado_bills_read (const MadoCsv *csv, char *line, GString *out, gint64 *yen, MadoReader *reader)
{
  char *text[N_VALUES];
  const char *account;
  int due;

  if (!mado_csv_read (csv, line, text, reader) || !check_texts (csv, text, reader)
      || !read_amount (csv, text[YEN], yen, reader) || !read_due (csv, text[DUE], &due, reader)
      || !(account = find_account (csv, text, reader)))
    return FALSE;
  g_string_append_printf (out, "%s\t%s\t%s\t%s\t%" G_GINT64_FORMAT "\t%d\t", text[BILL], text[PAYER] ? text[PAYER] : "",
                          text[PAYER_KANA] ? text[PAYER_KANA] : "", account, *yen, due);
  append_words (csv, text, out);
  g_string_append_c (out, '\n');
  return TRUE;
}

/* --- a row of text ---------------------------------------------------------------------------------------------- */

gboolean
mado_bills_parse (MadoBill *self, char *row)
{
  char *text[7];

  for (guint i = 0; i < G_N_ELEMENTS (text); i++) {
    text[i] = row;
    row = strchr (row, '\t');
    if (row)
      *row++ = '\0';
    else if (i + 1 < G_N_ELEMENTS (text))
      return FALSE;
  }
  *self = (MadoBill) {
    text[0], *text[1] ? text[1] : NULL, *text[2] ? text[2] : NULL, text[3], g_ascii_strtoll (text[4], NULL, 10),
    atoi (text[5]), text[6],
  };
  return TRUE;
}
