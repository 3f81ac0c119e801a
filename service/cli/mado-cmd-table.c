/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue as a table, for those who maintain it in a spreadsheet. */
#include "mado-cli.h"

#include "core/mado-json.h"
#include "mado-cmd-revisions.h"

#define MAX_TABLE (8 * 1024 * 1024)

static gboolean dry_run;
static char *city_file;

static const GOptionEntry import_options[] = {
  { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_("Say what would be written, and stop"), NULL },
  { "city", 0, 0, G_OPTION_ARG_FILENAME, &city_file, N_("The city.json it is for: its offices are looked up"), "FILE" },
  { NULL }
};

static const char *
get_folder (MadoCli *cli, GError **error)
{
  const char *folder = cli->n_words > 1 ? cli->words[1] : g_getenv ("MADO_CATALOGUE_DIR");

  if (folder == NULL)
    g_set_error (error, MADO_CLI_USAGE, 0, _("Name the catalogue's folder, or set MADO_CATALOGUE_DIR"));
  return folder;
}

static gboolean
run_export (MadoCli *cli, GError **error)
{
  const char *folder = get_folder (cli, error);
  g_autofree char *text = folder != NULL ? mado_catalogue_export_table (folder, error) : NULL;

  return text != NULL && g_file_set_contents (cli->words[0], text, -1, error);
}

/* --- in ------------------------------------------------------------------------------------------------------- */

static void
build_mistake (JsonBuilder *builder, const MadoTableMistake *mistake)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "row");
  json_builder_add_int_value (builder, mistake->row);
  if (mistake->column != NULL) {
    json_builder_set_member_name (builder, "column");
    json_builder_add_string_value (builder, mistake->column);
  }
  json_builder_set_member_name (builder, "message");
  json_builder_add_string_value (builder, mistake->message);
  json_builder_end_object (builder);
}

static void
print_json (const MadoTableImport *import)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) node = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "rows");
  json_builder_add_int_value (builder, import->n_rows);
  json_builder_set_member_name (builder, "changes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < import->changes->len; i++)
    mado_cli_build_change (builder, g_ptr_array_index (import->changes, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "mistakes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < import->mistakes->len; i++)
    build_mistake (builder, g_ptr_array_index (import->mistakes, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  mado_cli_print_json (node);
}

static void
print_mistake (const MadoTableMistake *mistake)
{
  if (mistake->column != NULL)
    g_print (_("✗ Row %u, column %s: %s\n"), mistake->row, mistake->column, mistake->message);
  else
    g_print (_("✗ Row %u: %s\n"), mistake->row, mistake->message);
}

static void
print_import (MadoCli *cli, const MadoTableImport *import)
{
  if (cli->json) {
    print_json (import);
    return;
  }
  for (guint i = 0; i < import->changes->len; i++)
    mado_cli_print_change (g_ptr_array_index (import->changes, i));
  for (guint i = 0; i < import->mistakes->len; i++)
    print_mistake (g_ptr_array_index (import->mistakes, i));
  g_print (_("%u rows: %u change something, %u mistakes.\n"), import->n_rows, import->changes->len,
           import->mistakes->len);
}

static gboolean
write_import (MadoCli *cli, const MadoTableImport *import, GError **error)
{
  g_autofree char *question
    = g_strdup_printf (import->mistakes->len > 0 ? _("Write the %u files of the good rows, and leave the others out?")
                                                 : _("Write %u files?"), import->changes->len);

  print_import (cli, import);
  if (!dry_run && import->changes->len > 0
      && (!mado_cli_confirm (cli, question, error) || !mado_table_import_write (import, error)))
    return FALSE;
  if (import->mistakes->len == 0)
    return TRUE;
  g_set_error (error, MADO_ERROR, MADO_ERROR_INVALID,
               _("Rows with mistakes were left out. Mend them in the table and import it again: what was taken stays as"
                 " it is."));

  return FALSE;
}

static gboolean
run_import (MadoCli *cli, GError **error)
{
  const char *folder = get_folder (cli, error);
  g_autoptr(MadoCity) city = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(MadoTableImport) import = NULL;
  const guint8 *data;
  gsize n;

  if (folder == NULL || (city_file != NULL && (city = mado_city_load (city_file, error)) == NULL)
      || (bytes = mado_cli_read_file (cli->words[0], MAX_TABLE, error)) == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &n);
  import = mado_table_import_new (folder, city, data, n, error);

  return import != NULL && write_import (cli, import, error);
}

const MadoCommand mado_commands_table[] = {
  { "catalogue export", "FILE.csv [FOLDER]", N_("Write what an office maintains as a table"), 1, 2, NULL, run_export },
  { "catalogue import", "FILE.csv [FOLDER]", N_("Take changes from such a table"), 1, 2, import_options, run_import },
  { NULL }
};
