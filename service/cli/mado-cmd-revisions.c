/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changes in a catalogue, and publishing it. */
#include "mado-cmd-revisions.h"

#include <inttypes.h>

#include "core/mado-json.h"

static gboolean dry_run, raise_revisions;
static char *city_file;

static const GOptionEntry publish_options[] = {
  { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_("Say what would be published, and stop"), NULL },
  { "raise", 0, 0, G_OPTION_ARG_NONE, &raise_revisions, N_("Raise revisions where that was forgotten"), NULL },
  { "city", 0, 0, G_OPTION_ARG_FILENAME, &city_file, N_("The city.json it is for: its offices are looked up"), "FILE" },
  { "sample", 0, 0, G_OPTION_ARG_NONE, &mado_cli_sample, N_("It is a sample city's store"), NULL },
  { NULL }
};

/* --- showing -------------------------------------------------------------------------------------------------- */

void
mado_cli_build_change (JsonBuilder *builder, const MadoChange *change)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "kind");
  json_builder_add_string_value (builder, change->kind);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, change->id);
  json_builder_set_member_name (builder, "file");
  json_builder_add_string_value (builder, change->file);
  json_builder_set_member_name (builder, "before");
  json_builder_add_int_value (builder, change->before);
  json_builder_set_member_name (builder, "revision");
  json_builder_add_int_value (builder, change->revision);
  if (change->refusal != NULL) {
    json_builder_set_member_name (builder, "refusal");
    json_builder_add_string_value (builder, change->refusal);
  }
  json_builder_set_member_name (builder, "lines");
  json_builder_begin_array (builder);
  for (guint i = 0; change->lines[i] != NULL; i++)
    json_builder_add_string_value (builder, change->lines[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_json (GPtrArray *changes)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) node = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < changes->len; i++)
    mado_cli_build_change (builder, g_ptr_array_index (changes, i));
  json_builder_end_array (builder);
  node = json_builder_get_root (builder);
  mado_cli_print_json (node);
}

void
mado_cli_print_change (const MadoChange *change)
{
  if (change->before == 0)
    g_print (_("%s: new, revision %" PRId64 "\n"), change->file, change->revision);
  else if (change->revision == 0)
    g_print (_("%s: gone\n"), change->file);
  else
    g_print (_("%s: revision %" PRId64 " → %" PRId64 "\n"), change->file, change->before, change->revision);
  if (change->refusal != NULL)
    g_print ("  ✗ %s\n", change->refusal);
  for (guint i = 0; change->lines[i] != NULL; i++)
    g_print ("  %s\n", change->lines[i]);
}

static void
print_changes (MadoCli *cli, GPtrArray *changes)
{
  if (cli->json) {
    print_json (changes);
    return;
  }
  for (guint i = 0; i < changes->len; i++)
    mado_cli_print_change (g_ptr_array_index (changes, i));
  if (changes->len == 0)
    g_print (_("Nothing changes.\n"));
}

static gboolean
run_diff (MadoCli *cli, GError **error)
{
  g_autoptr(MadoCatalogue) before = mado_catalogue_load (cli->words[0], error);
  g_autoptr(MadoCatalogue) now = before != NULL ? mado_catalogue_load (cli->words[1], error) : NULL;
  g_autoptr(GPtrArray) changes = now != NULL ? mado_catalogue_diff (before, now) : NULL;

  if (changes == NULL)
    return FALSE;
  print_changes (cli, changes);

  return TRUE;
}

/* --- publishing ----------------------------------------------------------------------------------------------- */

/* What may not be published although it would load is refused here as well. */
static gboolean
check (const char *folder, GError **error)
{
  g_autoptr(MadoCity) city = NULL;
  g_autoptr(GPtrArray) findings = NULL;
  const MadoFinding *first;

  if (city_file != NULL && (city = mado_city_load (city_file, error)) == NULL)
    return FALSE;
  findings = mado_catalogue_lint (folder, city);
  if (findings->len == 0)
    return TRUE;
  first = g_ptr_array_index (findings, 0);
  g_set_error (error, MADO_ERROR, MADO_ERROR_INVALID, _("%s#%s: %s (`mado catalogue lint` names every mistake)"),
               first->file, first->pointer, first->message);

  return FALSE;
}

static gboolean
is_refused (GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    if (((const MadoChange *) g_ptr_array_index (changes, i))->refusal != NULL)
      return TRUE;

  return FALSE;
}

/* As it will be once the files say so. */
static guint
raise_refused (GPtrArray *changes)
{
  guint n = 0;

  for (guint i = 0; i < changes->len; i++) {
    MadoChange *change = g_ptr_array_index (changes, i);

    if (change->refusal == NULL)
      continue;
    g_clear_pointer (&change->refusal, g_free);
    change->revision = change->before + 1;
    n++;
  }

  return n;
}

/* What would be published. @n_raised: of these, in whose files the revision is raised first */
static GPtrArray *
preview (MadoCli *cli, MadoCatalogue *catalogue, MadoStore *store, guint *n_raised, GError **error)
{
  g_autoptr(GPtrArray) changes = mado_catalogue_preview (catalogue, store, error);

  if (changes == NULL)
    return NULL;
  *n_raised = raise_revisions ? raise_refused (changes) : 0;
  print_changes (cli, changes);
  if (!is_refused (changes))
    return g_steal_pointer (&changes);
  g_set_error (error, MADO_ERROR, MADO_ERROR_INVALID,
               _("What is published never changes; nothing was published. With --raise the revisions are raised in the"
                 " files."));

  return NULL;
}

static gboolean
raise_files (MadoCli *cli, const char *folder, MadoStore *store, GError **error)
{
  gint n = mado_catalogue_raise (folder, store, error);

  if (n > 0 && !cli->json)
    g_print (g_dngettext (NULL, "%d revision was raised.\n", "%d revisions were raised.\n", (gulong) n), n);

  return n >= 0;
}

static gboolean
publish (MadoCli *cli, const char *folder, MadoStore *store, GError **error)
{
  g_autoptr(MadoCatalogue) catalogue = mado_catalogue_load (folder, error);
  guint n_raised = 0;
  g_autoptr(GPtrArray) changes = catalogue != NULL ? preview (cli, catalogue, store, &n_raised, error) : NULL;

  if (changes == NULL)
    return FALSE;
  if (dry_run || changes->len == 0)
    return TRUE;
  if (!mado_cli_confirm (cli, n_raised > 0 ? _("Raise these revisions in the files, and publish this for good?")
                                           : _("Publish this for good?"), error))
    return FALSE;
  if (n_raised > 0) {
    g_clear_object (&catalogue);
    if (!raise_files (cli, folder, store, error) || (catalogue = mado_catalogue_load (folder, error)) == NULL)
      return FALSE;
  }
  if (!mado_catalogue_publish (catalogue, store, error))
    return FALSE;
  if (!cli->json)
    g_print (_("Published. A service that runs offers it from its next start on.\n"));

  return TRUE;
}

static gboolean
run_publish (MadoCli *cli, GError **error)
{
  const char *folder = cli->n_words > 1 ? cli->words[1] : g_getenv ("MADO_CATALOGUE_DIR");
  MadoStore *store;
  gboolean done;

  if (folder == NULL) {
    g_set_error (error, MADO_CLI_USAGE, 0, _("Name the catalogue's folder, or set MADO_CATALOGUE_DIR"));
    return FALSE;
  }
  if (!check (folder, error) || (store = mado_cli_open_store (cli->words[0], error)) == NULL)
    return FALSE;
  done = publish (cli, folder, store, error);
  mado_cli_close_store (store);

  return done;
}

const MadoCommand mado_commands_revisions[] = {
  { "catalogue diff", "OLD NEW", N_("Say what changes from one catalogue's folder to another"), 2, 2, NULL, run_diff },
  { "catalogue publish", "STORE [FOLDER]", N_("Keep the forms and procedures of a folder for good"), 1, 2,
    publish_options, run_publish },
  { NULL }
};
