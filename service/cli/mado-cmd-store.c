/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What opens a store by its address instead of asking the service: it works when the service does not. */
#include "mado-cli.h"
#include "mado-data-key.h"

#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

#include "store/mado-backup.h"
#include "store/mado-journal.h"
#include "store/mado-outbox.h"

#define SQLITE "sqlite:"

gboolean mado_cli_sample;
static gboolean overwrite;

static const GOptionEntry store_options[] = {
  { "sample", 0, 0, G_OPTION_ARG_NONE, &mado_cli_sample, N_("It is a sample city's store"), NULL },
  { NULL }
};
static const GOptionEntry backup_options[] = {
  { "sample", 0, 0, G_OPTION_ARG_NONE, &mado_cli_sample, N_("It is a sample city's store"), NULL },
  { "force", 'f', 0, G_OPTION_ARG_NONE, &overwrite, N_("Replace archives of these names"), NULL },
  { NULL }
};

/* Opening would lay a new store out; here that can only be a mistyped address. */
static gboolean
is_there (const char *address, GError **error)
{
  if (!g_str_has_prefix (address, SQLITE) || g_file_test (address + strlen (SQLITE), G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("There is no store at %s."), address + strlen (SQLITE));
  return FALSE;
}

MadoStore *
mado_cli_open_store (const char *address, GError **error)
{
  g_autoptr(MadoKey) key = is_there (address, error) ? mado_data_key_find (address, mado_cli_sample, error) : NULL;

  umask (077);
  return key != NULL ? mado_store_open (address, key, error) : NULL;
}

void
mado_cli_close_store (MadoStore *store)
{
  mado_store_close (store);
  g_object_unref (store);
}

static void
say (MadoCli *cli, const char *sentence)
{
  if (!cli->json)
    g_printerr ("%s\n", sentence);
}

static char *
size_of (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 ? g_format_size ((guint64) status.st_size) : g_strdup ("?");
}

/* An older archive may be all that is left of a city. */
static gboolean
is_free (const char *path, GError **error)
{
  if (overwrite || !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, MADO_ERROR, MADO_ERROR_EXISTS,
               _("%s is there already, and was left as it is: choose another name, or say --force to replace it."),
               path);
  return FALSE;
}

static gboolean
run_backup (MadoCli *cli, GError **error)
{
  const char *main_path = cli->words[1], *keys_path = cli->words[2];
  g_autofree char *main_size = NULL, *keys_size = NULL;
  MadoStore *store;
  gboolean done;

  if (g_str_equal (main_path, keys_path)) {
    g_set_error (error, MADO_CLI_USAGE, 0, _("the records and the keys that open them go into two archives: "
                                             "name two files"));
    return FALSE;
  }
  if (!is_free (main_path, error) || !is_free (keys_path, error)
      || (store = mado_cli_open_store (cli->words[0], error)) == NULL)
    return FALSE;
  say (cli, _("Writing the archives; the counter may stay open meanwhile …"));
  done = mado_store_backup (store, main_path, keys_path, error);
  mado_cli_close_store (store);
  if (!done)
    return FALSE;
  main_size = size_of (main_path);
  keys_size = size_of (keys_path);
  if (cli->json)
    g_print ("{\"main\":\"%s\",\"keys\":\"%s\"}\n", main_path, keys_path);
  else
    g_print (_("%s  %s  the city's records: keep them as long as you must\n"
               "%s  %s  the keys that open them: keep them elsewhere, and only for days\n"),
             main_path, main_size, keys_path, keys_size);
  return TRUE;
}

static gboolean
run_restore (MadoCli *cli, GError **error)
{
  g_autoptr(MadoKey) key = mado_data_key_find (cli->words[0], mado_cli_sample, error);

  if (key == NULL)
    return FALSE;
  umask (077);
  say (cli, _("Checking both archives, then filling the store …"));
  if (!mado_store_restore (cli->words[0], key, cli->words[1], cli->words[2], error))
    return FALSE;
  g_print (cli->json ? "{\"restored\":true}\n"
                     : _("Restored. Who was to be forgotten since is forgotten again. Look with `mado doctor %s`.\n"),
           cli->words[0]);
  return TRUE;
}

static gboolean
run_migrate (MadoCli *cli, GError **error)
{
  MadoStore *store = mado_cli_open_store (cli->words[0], error);

  if (store == NULL)
    return FALSE;
  mado_cli_close_store (store);
  g_print (cli->json ? "{\"migrated\":true}\n" : _("The store has the form this program knows.\n"));
  return TRUE;
}

/* One thing looked at. */
typedef struct {
  JsonBuilder *all;
  MadoCli     *cli;
  gboolean     well;
} Doctor;

static void
finding (Doctor *self, const char *name, const char *label, gboolean well, const char *detail)
{
  self->well &= well;
  json_builder_begin_object (self->all);
  json_builder_set_member_name (self->all, "name");
  json_builder_add_string_value (self->all, name);
  json_builder_set_member_name (self->all, "well");
  json_builder_add_boolean_value (self->all, well);
  json_builder_set_member_name (self->all, "detail");
  json_builder_add_string_value (self->all, detail);
  json_builder_end_object (self->all);
  if (!self->cli->json)
    g_print ("%s %s: %s\n", well ? "✓" : "✗", label, detail);
}

static void
look_at_journal (Doctor *self, MadoStore *store)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *detail = NULL;
  gint64 bad = 0;
  gboolean whole = mado_journal_verify (store, NULL, NULL, &bad, &error);
  g_autoptr(GPtrArray) roots = mado_journal_get_roots (store, 0, 1, NULL);
  gint64 size = roots != NULL && roots->len > 0 ? ((MadoJournalRoot *) roots->pdata[0])->size : 0;

  detail = whole ? g_strdup_printf (_("%" PRId64 " entries, all digests and signed roots agree"), size)
                 : g_strdup_printf (_("%s (position %" PRId64 "); keep this store as it is and compare with "
                                      "a backup"), error->message, bad);
  finding (self, "journal", _("Journal"), whole, detail);
}

static void
look_at_outbox (Doctor *self, MadoStore *store)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) dead = mado_outbox_list (store, MADO_OUTBOX_STATE_DEAD, NULL, 100, NULL, &error);
  g_autofree char *detail = NULL;

  if (dead == NULL)
    detail = g_strdup (error->message);
  else if (dead->len == 0)
    detail = g_strdup (_("nothing was given up"));
  else
    detail = g_strdup_printf (_("%u letters were given up: `mado outbox dead` says why"), dead->len);
  finding (self, "outbox", _("Outbox"), dead != NULL && dead->len == 0, detail);
}

/* Each step needs the one before. */
static void
examine (Doctor *self, const char *address)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoKey) key = is_there (address, &error) ? mado_data_key_find (address, mado_cli_sample, &error) : NULL;
  MadoStore *store;

  finding (self, "data-key", _("Data key"), key != NULL, key != NULL ? _("found, and nobody else may read it")
                                                                     : error->message);
  if (key == NULL)
    return;
  store = mado_store_open (address, key, &error);
  finding (self, "store", _("Store"), store != NULL,
           store != NULL ? _("opens, and its form is known") : error->message);
  if (store == NULL)
    return;
  look_at_journal (self, store);
  look_at_outbox (self, store);
  mado_cli_close_store (store);
}

static gboolean
run_doctor (MadoCli *cli, GError **error)
{
  g_autoptr(JsonBuilder) all = json_builder_new ();
  Doctor doctor = { all, cli, TRUE };

  json_builder_begin_array (all);
  examine (&doctor, cli->words[0]);
  json_builder_end_array (all);
  if (cli->json) {
    g_autoptr(JsonNode) node = json_builder_get_root (all);
    mado_cli_print_json (node);
  }
  return doctor.well;
}

const MadoCommand mado_commands_store[] = {
  { "backup", "STORE MAIN KEYS", N_("Write the archives of a store"), 3, 3, backup_options, run_backup },
  { "restore", "STORE MAIN KEYS", N_("Fill an empty store from its archives"), 3, 3, store_options, run_restore },
  { "migrate", "STORE", N_("Bring a store to the form of this program"), 1, 1, store_options, run_migrate },
  { "doctor", "STORE", N_("Look whether a store is well"), 1, 1, store_options, run_doctor },
  { NULL }
};
