/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-catalogue-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-date.h"
#include "core/mado-json.h"
#include "procedures/mado-revisions-private.h"
#include "wire/mado-csv.h"

#define MARK "\xef\xbb\xbf"

typedef enum { TEXT, WORDS, ADDRESS, DAY, VERIFIED, NUMBER } ColumnKind;

/* WORDS are a column a language. */
static const struct {
  const char *name;
  ColumnKind  kind;
} values[] = {
  { "title", WORDS },
  { "summary", WORDS },
  { "office", TEXT },
  { "who.text", WORDS },
  { "who.source.title", TEXT },
  { "who.source.url", ADDRESS },
  { "who.source.date", DAY },
  { "who.verified", VERIFIED },
  { "fee.text", WORDS },
  { "fee.source.title", TEXT },
  { "fee.source.url", ADDRESS },
  { "fee.source.date", DAY },
  { "fee.verified", VERIFIED },
  { "deadline.text", WORDS },
  { "deadline.days", NUMBER },
  { "deadline.source.title", TEXT },
  { "deadline.source.url", ADDRESS },
  { "deadline.source.date", DAY },
  { "deadline.verified", VERIFIED },
};

typedef struct {
  char       *name;      /* "fee.text.ja" */
  char       *pointer;   /* "/fee/text/ja" */
  ColumnKind  kind;
} Column;

static void
column_free (gpointer data)
{
  Column *self = data;

  g_free (self->name);
  g_free (self->pointer);
  g_free (self);
}

static void
add_column (GPtrArray *columns, const char *name, const char *language, ColumnKind kind)
{
  Column *column = g_new0 (Column, 1);

  column->name = language != NULL ? g_strconcat (name, ".", language, NULL) : g_strdup (name);
  column->pointer = g_strdelimit (g_strconcat ("/", column->name, NULL), ".", '/');
  column->kind = kind;
  g_ptr_array_add (columns, column);
}

static GPtrArray *
list_columns (const MadoCatalogueFiles *files)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (column_free);
  JsonArray *languages = json_object_get_array_member (json_node_get_object (files->words), "languages");

  add_column (columns, "id", NULL, TEXT);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (values[i].kind != WORDS)
      add_column (columns, values[i].name, NULL, values[i].kind);
    else
      for (guint l = 0; l < json_array_get_length (languages); l++)
        add_column (columns, values[i].name, json_array_get_string_element (languages, l), TEXT);

  return columns;
}

/* (transfer full): what is in the cell; "" where there is nothing */
static char *
dup_cell (JsonNode *json, const char *pointer)
{
  JsonNode *value = mado_json_get (json, pointer);

  if (value == NULL || !JSON_NODE_HOLDS_VALUE (value))
    return g_strdup ("");

  return json_node_get_value_type (value) == G_TYPE_STRING ? json_node_dup_string (value)
                                                            : mado_json_canonical (value);
}

/* --- out ------------------------------------------------------------------------------------------------------ */

static void
append_row (GString *out, GPtrArray *columns, JsonNode *json)
{
  for (guint i = 0; i < columns->len; i++) {
    const Column *column = g_ptr_array_index (columns, i);
    g_autofree char *cell = json != NULL ? dup_cell (json, column->pointer) : g_strdup (column->name);

    g_string_append (out, i > 0 ? "," : "");
    mado_csv_append_column (out, cell);
  }
  g_string_append (out, "\r\n");
}

static void
append_all (GString *out, MadoCatalogueFiles *files)
{
  g_autoptr(GPtrArray) columns = list_columns (files);

  append_row (out, columns, NULL);
  for (guint i = 0; i < files->procedures->len; i++) {
    const MadoCatalogueProcedure *entry = g_ptr_array_index (files->procedures, i);
    g_autoptr(JsonNode) json = mado_catalogue_files_read_json (files, entry->file);

    if (json != NULL)
      append_row (out, columns, json);
  }
}

char *
mado_catalogue_export_table (const char *folder, GError **error)
{
  g_autoptr(GString) out = g_string_new (MARK);
  MadoCatalogueFiles files;
  const MadoFinding *first;

  mado_catalogue_files_read (&files, folder, NULL);
  if (files.words != NULL)
    append_all (out, &files);
  if (files.findings->len > 0) {
    first = g_ptr_array_index (files.findings, 0);
    g_set_error (error, MADO_ERROR, MADO_ERROR_INVALID, "%s#%s: %s", first->file, first->pointer, first->message);
  }
  mado_catalogue_files_clear (&files);

  return error == NULL || *error == NULL ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

/* --- in: one cell --------------------------------------------------------------------------------------------- */

static void
remove_at (JsonNode *json, const char *pointer)
{
  g_autofree char *above = g_path_get_dirname (pointer);
  JsonNode *parent = g_str_equal (above, "/") ? json : mado_json_get (json, above);

  json_object_remove_member (json_node_get_object (parent), strrchr (pointer, '/') + 1);
  if (json_object_get_size (json_node_get_object (parent)) == 0)
    remove_at (json, above);
}

/* What lies above is made where it is not there. */
static void
set_at (JsonNode *json, const char *pointer, JsonNode *value)
{
  g_auto(GStrv) steps = g_strsplit (pointer + 1, "/", -1);
  JsonObject *at = json_node_get_object (json);
  guint i = 0;

  for (; steps[i + 1] != NULL; i++) {
    if (!json_object_has_member (at, steps[i]))
      json_object_set_object_member (at, steps[i], json_object_new ());
    at = json_object_get_object_member (at, steps[i]);
  }
  json_object_set_member (at, steps[i], value);
}

static gboolean
is_number (const char *cell)
{
  return *cell != '\0' && strlen (cell) <= 9 && strspn (cell, "0123456789") == strlen (cell);
}

static gboolean
is_address (const char *cell)
{
  return (g_str_has_prefix (cell, "https://") || g_str_has_prefix (cell, "http://")) && strchr (cell, ' ') == NULL;
}

/* (transfer full) (nullable): why the column cannot hold that, in words that name what it holds */
static char *
refuse_cell (const Column *column, const char *cell)
{
  switch (column->kind) {
  case ADDRESS:
    return is_address (cell) ? NULL : g_strdup_printf (_("“%s” is no address of a page; one begins with https:// and"
                                                         " has no spaces."), cell);
  case DAY:
    return mado_csv_parse_day (cell) != MADO_DATE_NONE ? NULL
           : g_strdup_printf (_("“%s” is no day; write it as 2026-11-21."), cell);
  case VERIFIED:
    return mado_csv_parse_day (cell) != MADO_DATE_NONE || g_str_equal (cell, MADO_UNVERIFIED) ? NULL
           : g_strdup_printf (_("“%s” is no day; write the day on which somebody compared it with its source, as"
                                " 2026-11-21, or %s."), cell, MADO_UNVERIFIED);
  case NUMBER:
    return is_number (cell) ? NULL : g_strdup_printf (_("“%s” is no number; write it in digits, as 14."), cell);
  case TEXT:
  case WORDS:
    return NULL;
  }
  g_return_val_if_reached (NULL);
}

/* Spreadsheets rewrite days: "2026/11/21" is the 21st as well. */
static char *
settle_cell (const Column *column, const char *cell)
{
  int day = column->kind == DAY || column->kind == VERIFIED ? mado_csv_parse_day (cell) : MADO_DATE_NONE;

  return day != MADO_DATE_NONE ? mado_date_format (day) : g_strdup (cell);
}

static JsonNode *
new_value (const Column *column, const char *cell)
{
  return column->kind == NUMBER ? json_node_init_int (json_node_alloc (), g_ascii_strtoll (cell, NULL, 10))
                                : json_node_init_string (json_node_alloc (), cell);
}

/* @cell: as the column holds it; "" takes the value away */
static gboolean
take_cell (JsonNode *json, const Column *column, const char *cell)
{
  g_autofree char *before = dup_cell (json, column->pointer);
  g_autofree char *now = settle_cell (column, cell);

  if (g_str_equal (before, now))
    return FALSE;
  if (*now == '\0')
    remove_at (json, column->pointer);
  else
    set_at (json, column->pointer, new_value (column, now));

  return TRUE;
}

/* --- in: the table -------------------------------------------------------------------------------------------- */

typedef struct {
  MadoTableImport    *import;
  MadoCatalogueFiles  files;
  GPtrArray          *known;       /* of Column */
  const Column       *columns[MADO_CSV_MAX_COLUMNS];
  guint               n_columns, id_at;
  GHashTable         *rows;        /* file to its row, + 1 */
} Table;

void
mado_table_mistake_free (MadoTableMistake *mistake)
{
  g_free (mistake->column);
  g_free (mistake->message);
  g_free (mistake);
}

void
mado_table_import_free (MadoTableImport *self)
{
  g_free (self->folder);
  g_ptr_array_unref (self->changes);
  g_ptr_array_unref (self->mistakes);
  g_hash_table_unref (self->texts);
  g_free (self);
}

static void blame (Table *self, guint row, const char *column, const char *format, ...) G_GNUC_PRINTF (4, 5);

static void
blame (Table *self, guint row, const char *column, const char *format, ...)
{
  MadoTableMistake *mistake = g_new0 (MadoTableMistake, 1);
  va_list args;

  va_start (args, format);
  mistake->message = g_strdup_vprintf (format, args);
  va_end (args);
  mistake->row = row;
  mistake->column = g_strdup (column);
  g_ptr_array_add (self->import->mistakes, mistake);
}

static const Column *
find_column (const Table *self, const char *name)
{
  for (guint i = 0; i < self->known->len; i++)
    if (g_str_equal (((const Column *) g_ptr_array_index (self->known, i))->name, name))
      return g_ptr_array_index (self->known, i);

  return NULL;
}

static gboolean
read_title (Table *self, guint i, const char *title, GError **error)
{
  self->columns[i] = find_column (self, title);
  if (self->columns[i] == NULL) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_INVALID,
                 _("Row 1: nobody knows a column “%s”; `mado catalogue export` writes those there are."), title);
    return FALSE;
  }
  for (guint j = 0; j < i; j++)
    if (self->columns[j] == self->columns[i]) {
      g_set_error (error, MADO_ERROR, MADO_ERROR_INVALID, _("Row 1: there are two columns “%s”."), title);
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_titles (Table *self, char *record, GError **error)
{
  char *titles[MADO_CSV_MAX_COLUMNS];
  int n = record != NULL ? mado_csv_split (record, titles, MADO_CSV_MAX_COLUMNS) : 0;

  self->id_at = G_MAXUINT;
  for (int i = 0; i < MIN (n, MADO_CSV_MAX_COLUMNS); i++) {
    if (!read_title (self, (guint) i, g_strstrip (titles[i]), error))
      return FALSE;
    if (g_str_equal (self->columns[i]->name, "id"))
      self->id_at = (guint) i;
  }
  self->n_columns = (guint) MAX (n, 0);
  if (self->id_at != G_MAXUINT && n <= MADO_CSV_MAX_COLUMNS)
    return TRUE;
  g_set_error (error, MADO_ERROR, MADO_ERROR_INVALID,
               _("Row 1 must hold the titles of the columns, with “id” among them."));

  return FALSE;
}

static const char *
find_file (const Table *self, const char *id)
{
  for (guint i = 0; i < self->files.procedures->len; i++) {
    const MadoCatalogueProcedure *entry = g_ptr_array_index (self->files.procedures, i);

    if (g_str_equal (entry->procedure->id, id))
      return entry->file;
  }

  return NULL;
}

/* The procedure's file; NULL where the row is none of ours. */
static const char *
identify_row (Table *self, guint row, char *record, char **cells)
{
  int n = mado_csv_split (record, cells, MADO_CSV_MAX_COLUMNS);
  const char *file;

  if (n < 0)
    blame (self, row, NULL, _("A quotation mark is not closed: the line was cut."));
  else if ((guint) n != self->n_columns)
    blame (self, row, NULL, _("The line has %d columns, the first has %u. It was cut, or a comma stands in a text "
                              "without quotation marks."), n, self->n_columns);
  else if ((file = find_file (self, g_strstrip (cells[self->id_at]))) == NULL)
    blame (self, row, "id", _("There is no procedure “%s”; a new one begins with a file of its own."),
           cells[self->id_at]);
  else if (g_hash_table_contains (self->rows, file))
    blame (self, row, "id", _("Row %u is about the same procedure."),
           GPOINTER_TO_UINT (g_hash_table_lookup (self->rows, file)));
  else
    return file;

  return NULL;
}

/* Each cell that cannot be taken is named. */
static gboolean
check_cells (Table *self, guint row, char **cells)
{
  guint before = self->import->mistakes->len;

  for (guint i = 0; i < self->n_columns; i++) {
    g_autofree char *why = *g_strstrip (cells[i]) != '\0' ? refuse_cell (self->columns[i], cells[i]) : NULL;

    if (why != NULL)
      blame (self, row, self->columns[i]->name, "%s", why);
  }

  return self->import->mistakes->len == before;
}

static void
read_row (Table *self, guint row, char *record)
{
  char *cells[MADO_CSV_MAX_COLUMNS];
  const char *file = identify_row (self, row, record, cells);
  g_autoptr(JsonNode) json = file != NULL ? mado_catalogue_files_read_json (&self->files, file) : NULL;
  gboolean changed = FALSE;

  self->import->n_rows++;
  if (json == NULL)
    return;
  g_hash_table_insert (self->rows, (gpointer) file, GUINT_TO_POINTER (row));
  if (!check_cells (self, row, cells))
    return;
  for (guint i = 0; i < self->n_columns; i++)
    changed |= i != self->id_at && take_cell (json, self->columns[i], cells[i]);
  if (!changed)
    return;
  json_object_set_int_member (json_node_get_object (json), "revision",
                              json_object_get_int_member (json_node_get_object (json), "revision") + 1);
  g_hash_table_replace (self->import->texts, g_strdup (file), mado_json_print (json));
}

static gboolean
read_rows (Table *self, char *text, GError **error)
{
  guint row = 0;
  char *record = mado_csv_next_record (&text, &row);

  if (!read_titles (self, record, error))
    return FALSE;
  while ((record = mado_csv_next_record (&text, &row)) != NULL)
    read_row (self, row, record);

  return TRUE;
}

/* --- in: what the lint says of it ----------------------------------------------------------------------------- */

/* Whole steps: "/title/ja" is above "/title/ja/0", and not above "/title/ja@easy". */
static gboolean
is_at_or_above (const char *above, const char *pointer)
{
  gsize n = strlen (above);

  return strncmp (above, pointer, n) == 0 && (pointer[n] == '\0' || pointer[n] == '/');
}

/* What is said of "/fee/source" is said of the first column in it. */
static const char *
name_column (const Table *self, const char *pointer)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (is_at_or_above (self->columns[i]->pointer, pointer) || is_at_or_above (pointer, self->columns[i]->pointer))
      return self->columns[i]->name;

  return NULL;
}

static void
blame_finding (Table *self, const MadoFinding *finding)
{
  guint row = GPOINTER_TO_UINT (g_hash_table_lookup (self->rows, finding->file));
  g_autoptr(JsonNode) json = json_from_string (g_hash_table_lookup (self->import->texts, finding->file), NULL);
  g_autofree char *found = dup_cell (json, finding->pointer);
  const char *column = name_column (self, finding->pointer);

  if (*found == '\0' || strstr (finding->message, found) != NULL)
    blame (self, row, column, "%s", finding->message);
  else
    blame (self, row, column, _("“%s” cannot stand here. %s"), found, finding->message);
}

/* Rows the lint refuses are left out, until what is left is sound. */
static void
leave_out (Table *self, const MadoCity *city)
{
  gboolean again = TRUE;

  while (again) {
    g_autoptr(GPtrArray) findings = mado_catalogue_lint_with (self->import->folder, city, self->import->texts);
    g_autoptr(GHashTable) refused = g_hash_table_new (g_str_hash, g_str_equal);

    for (guint i = 0; i < findings->len; i++) {
      const MadoFinding *finding = g_ptr_array_index (findings, i);

      if (!g_hash_table_contains (self->import->texts, finding->file))
        continue;
      g_hash_table_add (refused, finding->file);
      blame_finding (self, finding);
    }
    again = g_hash_table_size (refused) > 0;
    for (guint i = 0; i < findings->len; i++)
      g_hash_table_remove (self->import->texts, ((MadoFinding *) g_ptr_array_index (findings, i))->file);
  }
}

static void
tell_change (Table *self, const char *file, const char *text)
{
  g_autoptr(JsonNode) before = mado_catalogue_files_read_json (&self->files, file);
  g_autoptr(JsonNode) now = json_from_string (text, NULL);
  JsonObject *object = json_node_get_object (now);
  MadoChange *change = mado_change_new (MADO_REVISION_PROCEDURE, json_object_get_string_member (object, "id"), file);

  change->before = json_object_get_int_member (json_node_get_object (before), "revision");
  change->revision = json_object_get_int_member (object, "revision");
  g_strfreev (change->lines);
  change->lines = mado_json_tell_changes (before, now);
  g_ptr_array_add (self->import->changes, change);
}

static void
tell_changes (Table *self)
{
  for (guint i = 0; i < self->files.procedures->len; i++) {
    const char *file = ((MadoCatalogueProcedure *) g_ptr_array_index (self->files.procedures, i))->file;
    const char *text = g_hash_table_lookup (self->import->texts, file);

    if (text != NULL)
      tell_change (self, file, text);
  }
}

static MadoTableImport *
import_new (const char *folder)
{
  MadoTableImport *self = g_new0 (MadoTableImport, 1);

  self->folder = g_strdup (folder);
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) mado_change_free);
  self->mistakes = g_ptr_array_new_with_free_func ((GDestroyNotify) mado_table_mistake_free);
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

static gboolean
read_table (Table *self, char *text, const MadoCity *city, GError **error)
{
  const MadoFinding *first;

  if (self->files.findings->len > 0) {
    first = g_ptr_array_index (self->files.findings, 0);
    g_set_error (error, MADO_ERROR, MADO_ERROR_INVALID, "%s#%s: %s", first->file, first->pointer, first->message);
    return FALSE;
  }
  self->known = list_columns (&self->files);
  if (!read_rows (self, text, error))
    return FALSE;
  leave_out (self, city);
  tell_changes (self);

  return TRUE;
}

MadoTableImport *
mado_table_import_new (const char *folder, const MadoCity *city, const guint8 *data, gsize n, GError **error)
{
  g_autofree char *text = mado_csv_decode (data, n, NULL, error);
  g_autoptr(MadoTableImport) import = text != NULL ? import_new (folder) : NULL;
  Table table = { .import = import };
  gboolean done;

  if (text == NULL)
    return NULL;
  table.rows = g_hash_table_new (g_str_hash, g_str_equal);
  mado_catalogue_files_read (&table.files, folder, NULL);
  done = read_table (&table, text, city, error);
  mado_catalogue_files_clear (&table.files);
  g_clear_pointer (&table.known, g_ptr_array_unref);
  g_hash_table_unref (table.rows);

  return done ? g_steal_pointer (&import) : NULL;
}

gboolean
mado_table_import_write (const MadoTableImport *self, GError **error)
{
  GHashTableIter iter;
  gpointer file, text;

  g_hash_table_iter_init (&iter, self->texts);
  while (g_hash_table_iter_next (&iter, &file, &text)) {
    g_autofree char *path = g_build_filename (self->folder, file, NULL);

    if (!g_file_set_contents (path, text, -1, error))
      return FALSE;
  }

  return TRUE;
}
