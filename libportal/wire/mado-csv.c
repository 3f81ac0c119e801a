/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/mado-csv.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "core/mado-date.h"
#include "core/mado-era.h"
#include "core/mado-yen.h"

/* --- encoding --------------------------------------------------------------------------------------------------- */

static guint
count_lines (const guint8 *data, gsize n)
{
  guint lines = 1;

  for (gsize i = 0; i < n; i++)
    lines += data[i] == '\n';
  return lines;
}

static char *
refuse_at (const guint8 *data, gsize at, GError **error)
{
  g_set_error (error, MADO_ERROR, MADO_ERROR_MALFORMED,
               _("Line %u is neither UTF-8 nor Shift_JIS: the file was cut, damaged or converted on its way. "
                 "Take it as it was sent."), count_lines (data, at));
  return NULL;
}

char *
mado_csv_decode (const guint8 *data, gsize n, const char *encoding, GError **error)
{
  gboolean marked = n >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0;
  const guint8 *nul = n ? memchr (data, 0, n) : NULL;
  gsize as_utf8 = 0, as_sjis = 0;
  const char *end;
  char *text;

  if (nul)
    return refuse_at (data, (gsize) (nul - data), error);
  if (marked)
    return mado_csv_decode (data + 3, n - 3, "utf-8", error);
  if (g_strcmp0 (encoding, "shift-jis") != 0) {
    if (g_utf8_validate ((const char *) data, (gssize) n, &end))
      return g_strndup ((const char *) data, n);
    as_utf8 = (gsize) (end - (const char *) data);
    if (encoding)
      return refuse_at (data, as_utf8, error);
  }
  text = g_convert ((const char *) data, (gssize) n, "UTF-8", "CP932", &as_sjis, NULL, NULL);
  return text ? text : refuse_at (data, MAX (as_utf8, as_sjis), error);
}

/* --- lines and columns ------------------------------------------------------------------------------------------ */

char *
mado_csv_next_line (char **at, guint *number)
{
  while (*at && **at) {
    char *line = *at;
    gsize length = strcspn (line, "\r\n");

    *at = line[length] ? line + length + 1 + (line[length] == '\r' && line[length + 1] == '\n') : NULL;
    line[length] = '\0';
    (*number)++;
    if (length)
      return line;
  }
  return NULL;
}

/* Where the record ends that begins here: at a line's end outside of quotes. (nullable): the quote stays open */
static char *
find_end (char *record)
{
  gboolean quoted = FALSE;

  for (char *at = record; *at; at++)
    if (*at == '"')
      quoted = !quoted;
    else if (!quoted && (*at == '\r' || *at == '\n'))
      return at;
  return quoted ? NULL : record + strlen (record);
}

char *
mado_csv_next_record (char **at, guint *number)
{
  while (*at && **at) {
    char *record = *at, *end = find_end (record);

    if (!end)
      return mado_csv_next_line (at, number);
    *at = *end ? end + 1 + (end[0] == '\r' && end[1] == '\n') : NULL;
    *end = '\0';
    (*number)++;
    if (end > record)
      return record;
  }
  return NULL;
}

void
mado_csv_append_column (GString *out, const char *text)
{
  if (!text[strcspn (text, ",\"\r\n")]) {
    g_string_append (out, text);
    return;
  }
  g_string_append_c (out, '"');
  for (; *text; text++) {
    if (*text == '"')
      g_string_append_c (out, '"');
    g_string_append_c (out, *text);
  }
  g_string_append_c (out, '"');
}

/* Takes one column off the front of @at, which is changed; what is quoted loses its quotes. FALSE: a quote is open. */
static gboolean
take_column (char **at, char **column)
{
  char *from = *at, *to = *at;
  gboolean quoted = *from == '"';

  *column = from;
  from += quoted;
  while (*from != '\0' && (quoted || *from != ',')) {
    if (quoted && *from == '"' && from[1] != '"') {
      quoted = FALSE;
      from++;
      continue;
    }
    from += quoted && *from == '"';
    *to++ = *from++;
  }
  *at = *from == ',' ? from + 1 : NULL;
  *to = '\0';
  return !quoted;
}

int
mado_csv_split (char *line, char **columns, guint max)
{
  guint n = 0;

  for (char *at = line; at; n++) {
    char *column;

    if (!take_column (&at, &column))
      return -1;
    if (n < max)
      columns[n] = column;
  }
  return (int) n;
}

/* --- a mapping on a file ---------------------------------------------------------------------------------------- */

static gboolean
refuse_open_quote (MadoReader *reader)
{
  mado_reader_violate (reader, NULL, "malformed", _("A quotation mark is not closed: the line was cut."));
  return FALSE;
}

static void
find_title (MadoCsv *self, guint value, char *const columns[], MadoReader *reader)
{
  const char *title = mado_mapping_get_column (self->mapping, self->values[value].name);

  self->at[value] = -1;
  self->titles[value] = title ? title : self->values[value].name;
  for (guint i = 0; title && i < self->n_columns; i++)
    if (g_str_equal (g_strstrip (columns[i]), title))
      self->at[value] = (int) i;
  if (self->at[value] < 0 && (self->values[value].needed || title))
    mado_reader_violate (reader, self->titles[value], "required",
                         title ? _("The file has no column of this title.")
                               : _("The mapping does not say which column this is."));
}

gboolean
mado_csv_open (MadoCsv *self, const MadoMapping *mapping, const MadoCsvValue *values, guint n_values, char *line,
                 GError **error)
{
  char *columns[MADO_CSV_MAX_COLUMNS];
  MadoReader reader = MADO_READER_INIT;
  int n = mado_csv_split (line, columns, MADO_CSV_MAX_COLUMNS);
  gsize outside = mado_reader_enter (&reader, "1");

  *self = (MadoCsv) { mapping, values, n_values, (guint) CLAMP (n, 0, MADO_CSV_MAX_COLUMNS), { 0 }, { NULL } };
  if (n < 0)
    refuse_open_quote (&reader);
  else if (n > MADO_CSV_MAX_COLUMNS)
    mado_reader_violate (&reader, NULL, "too-long", _("A file has at most %d columns."), MADO_CSV_MAX_COLUMNS);
  for (guint i = 0; n >= 0 && i < n_values; i++)
    find_title (self, i, columns, &reader);
  mado_reader_leave (&reader, outside);
  return mado_reader_finish (&reader, error);
}

gboolean
mado_csv_read (const MadoCsv *self, char *line, char **out, MadoReader *reader)
{
  char *columns[MADO_CSV_MAX_COLUMNS];
  int n = mado_csv_split (line, columns, MADO_CSV_MAX_COLUMNS);
  gboolean whole = TRUE;

  if (n < 0)
    return refuse_open_quote (reader);
  if ((guint) n != self->n_columns) {
    mado_reader_violate (reader, NULL, "malformed",
                         _("The line has %d columns, the first has %u. It was cut, or a comma stands in a text "
                           "without quotation marks."), n, self->n_columns);
    return FALSE;
  }
  for (guint i = 0; i < self->n_values; i++) {
    out[i] = self->at[i] < 0 ? NULL : g_strstrip (columns[self->at[i]]);
    if (self->values[i].needed && !*out[i]) {
      mado_reader_violate (reader, self->titles[i], "required", _("A value is needed here."));
      whole = FALSE;
    }
  }
  return whole;
}

/* --- values ----------------------------------------------------------------------------------------------------- */

static gboolean
is_plain (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= 12 && strspn (text, "0123456789") == length;
}

gboolean
mado_csv_yen (const MadoCsv *self, guint value, const char *text, gint64 *yen, MadoReader *reader)
{
  gboolean minus = *text == '-' || g_str_has_prefix (text, "−") || g_str_has_prefix (text, "▲");
  const char *figures = minus ? g_utf8_next_char (text) : text;

  if (is_plain (figures) ? (*yen = g_ascii_strtoll (figures, NULL, 10), TRUE) : mado_yen_parse (figures, yen, NULL)) {
    *yen = minus ? -*yen : *yen;
    return TRUE;
  }
  mado_reader_violate (reader, self->titles[value], "amount", _("Whole yen are needed."));
  return FALSE;
}

int
mado_csv_parse_day (const char *text)
{
  int year, month, day;
  char separator[2];

  if (strlen (text) == 8 && strspn (text, "0123456789") == 8)
    return mado_date_from_ymd (atoi (text) / 10000, atoi (text) / 100 % 100, atoi (text) % 100);
  if (sscanf (text, "%4d%1[-/.]%2d%*1[-/.]%2d", &year, separator, &month, &day) == 4 && year >= 1900)
    return mado_date_from_ymd (year, month, day);
  return MADO_DATE_NONE;
}

gboolean
mado_csv_day (const MadoCsv *self, guint value, const char *text, int *day, MadoReader *reader)
{
  *day = mado_csv_parse_day (text);
  if (*day == MADO_DATE_NONE)
    *day = mado_era_parse (text, NULL);
  if (*day != MADO_DATE_NONE)
    return TRUE;
  mado_reader_violate (reader, self->titles[value], "date", _("A day is needed, as 2026-11-20 or 令和8年11月20日."));
  return FALSE;
}
