/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may sign in at the counter. By the store's address: the first account cannot be made by somebody signed in. */
#include "mado-cli.h"

#include <string.h>

static const MadoActor administrator = { "system", "mado", NULL, MADO_ROLE_SYSTEM };

static char *name, *role, *office, *city_file;

static const GOptionEntry store_options[] = {
  { "sample", 0, 0, G_OPTION_ARG_NONE, &mado_cli_sample, N_("It is a sample city's store"), NULL },
  { NULL }
};
static const GOptionEntry staff_options[] = {
  { "sample", 0, 0, G_OPTION_ARG_NONE, &mado_cli_sample, N_("It is a sample city's store"), NULL },
  { "name", 0, 0, G_OPTION_ARG_STRING, &name, N_("What residents see"), "NAME" },
  { "role", 0, 0, G_OPTION_ARG_STRING, &role, N_("clerk, supervisor or auditor (clerk)"), "ROLE" },
  { "office", 0, 0, G_OPTION_ARG_STRING, &office, N_("Id of an office in the city's file"), "ID" },
  { "city", 0, 0, G_OPTION_ARG_FILENAME, &city_file, N_("The city's file; MADO_CITY stands for it"), "FILE" },
  { NULL }
};
static const GOptionEntry device_options[] = {
  { "sample", 0, 0, G_OPTION_ARG_NONE, &mado_cli_sample, N_("It is a sample city's store"), NULL },
  { "name", 0, 0, G_OPTION_ARG_STRING, &name, N_("Where it stands"), "NAME" },
  { "role", 0, 0, G_OPTION_ARG_STRING, &role, N_("device (a kiosk) or notifier (device)"), "ROLE" },
  { "office", 0, 0, G_OPTION_ARG_STRING, &office, N_("Id of an office in the city's file"), "ID" },
  { "city", 0, 0, G_OPTION_ARG_FILENAME, &city_file, N_("The city's file; MADO_CITY stands for it"), "FILE" },
  { NULL }
};

/* @allowed: roles this command gives; the first is meant where none was named. */
static MadoRole
role_of (const char *const *allowed, GError **error)
{
  const char *wanted = role != NULL ? role : allowed[0];
  g_autofree char *list = g_strjoinv (", ", (char **) allowed);

  if (g_strv_contains (allowed, wanted))
    return (MadoRole) mado_enum_value (MADO_TYPE_ROLE, wanted);
  g_set_error (error, MADO_CLI_USAGE, 0, _("--role is one of: %s"), list);
  return 0;
}

/* The store does not know the offices: they are in the city's file, which the service is started with as well. */
static gboolean
check_office (GError **error)
{
  const char *file = city_file != NULL ? city_file : g_getenv ("MADO_CITY");
  g_autoptr(MadoCity) city = NULL;

  if (office == NULL)
    return TRUE;
  if (file == NULL) {
    g_set_error (error, MADO_CLI_USAGE, 0, _("name the city's file, where its offices are: --city FILE"));
    return FALSE;
  }
  city = mado_city_load (file, error);
  return city != NULL && mado_city_check_office (city, office, "/office", error);
}

static void
confirm (MadoCli *cli, const char *who, const char *done)
{
  if (!cli->json)
    g_print ("%s: %s\n", who, done);
}

/* A secret that is shown once and kept by whoever needs it. */
static void
print_secret (MadoCli *cli, const char *id, const char *secret, const char *advice)
{
  if (cli->json)
    g_print ("{\"id\":\"%s\",\"secret\":\"%s\"}\n", id, secret != NULL ? secret : "");
  else if (secret != NULL)
    g_print ("%s\n%s\n", secret, advice);
}

static gboolean
add_staff (MadoCli *cli, MadoStore *store, MadoRole wanted, const char *password, GError **error)
{
  g_autoptr(MadoStaff) staff = g_object_new (MADO_TYPE_STAFF, "account", cli->words[1], "name", name, "role", wanted,
                                             "office", office, NULL);
  g_autofree char *totp = wanted == MADO_ROLE_SUPERVISOR ? mado_totp_secret_new () : NULL;
  g_autoptr(MadoAct) act = mado_staff_add (store, &administrator, staff, password, totp, error);

  if (act == NULL || !mado_act_run (store, g_steal_pointer (&act), NULL, error))
    return FALSE;
  confirm (cli, cli->words[1], _("may sign in from now on"));
  print_secret (cli, cli->words[1], totp,
                _("Type this into the supervisor's authenticator now; it is not shown again."));
  return TRUE;
}

static gboolean
run_staff_add (MadoCli *cli, GError **error)
{
  static const char *const roles[] = { "clerk", "supervisor", "auditor", NULL };
  MadoRole wanted = role_of (roles, error);
  MadoStore *store;
  char *password;
  gboolean added;

  if (wanted == 0)
    return FALSE;
  if (name == NULL || office == NULL) {
    g_set_error (error, MADO_CLI_USAGE, 0, _("say who it is and where: --name NAME --office ID"));
    return FALSE;
  }
  if (!check_office (error) || (store = mado_cli_open_store (cli->words[0], error)) == NULL)
    return FALSE;
  password = mado_cli_read_secret (_("Password for the first day, at least 12 characters"));
  added = add_staff (cli, store, wanted, password != NULL ? password : "", error);
  if (password != NULL)
    explicit_bzero (password, strlen (password));
  g_free (password);
  mado_cli_close_store (store);
  return added;
}

static gboolean
run_staff_list (MadoCli *cli, GError **error)
{
  MadoStore *store = mado_cli_open_store (cli->words[0], error);
  g_autoptr(GPtrArray) all = store != NULL ? mado_staff_list (store, &administrator, error) : NULL;
  MadoTable *table;

  if (store != NULL)
    mado_cli_close_store (store);
  if (all == NULL)
    return FALSE;
  table = mado_table_new (_("ACCOUNT"), _("NAME"), _("ROLE"), _("OFFICE"), _("STATE"), NULL);
  for (guint i = 0; i < all->len; i++) {
    MadoStaff *staff = all->pdata[i];
    mado_table_add (table, staff->account, staff->name, mado_enum_nick (MADO_TYPE_ROLE, staff->role), staff->office,
                    staff->disabled_at > 0 ? _("disabled") : _("may sign in"), NULL);
  }
  mado_table_print (table, _("Nobody has an account yet."));
  return TRUE;
}

static gboolean
run_staff_disable (MadoCli *cli, GError **error)
{
  MadoStore *store = mado_cli_open_store (cli->words[0], error);
  g_autoptr(MadoAct) act = NULL;
  gboolean done;

  if (store == NULL)
    return FALSE;
  act = mado_staff_disable (store, &administrator, cli->words[1], error);
  done = act != NULL && mado_act_run (store, g_steal_pointer (&act), NULL, error);
  mado_cli_close_store (store);
  if (done)
    confirm (cli, cli->words[1], _("may sign in no more"));
  return done;
}

static gboolean
run_device_add (MadoCli *cli, GError **error)
{
  static const char *const roles[] = { "device", "notifier", NULL };
  MadoRole wanted = role_of (roles, error);
  MadoStore *store = wanted != 0 && check_office (error) ? mado_cli_open_store (cli->words[0], error) : NULL;
  g_autofree char *secret = mado_token_new ();
  g_autoptr(MadoDevice) device = NULL;
  g_autoptr(MadoAct) act = NULL;
  gboolean done;

  if (store == NULL)
    return FALSE;
  device = g_object_new (MADO_TYPE_DEVICE, "id", cli->words[1], "name", name != NULL ? name : cli->words[1], "role",
                         wanted, "office", office, NULL);
  act = mado_device_add (store, &administrator, device, secret, error);
  done = act != NULL && mado_act_run (store, g_steal_pointer (&act), NULL, error);
  mado_cli_close_store (store);
  if (done)
    print_secret (cli, cli->words[1], secret, _("Put this into the device's keyring now; it is not shown again."));
  return done;
}

static gboolean
run_device_list (MadoCli *cli, GError **error)
{
  MadoStore *store = mado_cli_open_store (cli->words[0], error);
  g_autoptr(GPtrArray) all = store != NULL ? mado_device_list (store, &administrator, error) : NULL;
  MadoTable *table;

  if (store != NULL)
    mado_cli_close_store (store);
  if (all == NULL)
    return FALSE;
  table = mado_table_new (_("DEVICE"), _("NAME"), _("ROLE"), _("OFFICE"), _("STATE"), NULL);
  for (guint i = 0; i < all->len; i++) {
    MadoDevice *device = all->pdata[i];
    mado_table_add (table, device->id, device->name, mado_enum_nick (MADO_TYPE_ROLE, device->role),
                    device->office != NULL ? device->office : "",
                    device->disabled_at > 0 ? _("disabled") : _("may sign in"), NULL);
  }
  mado_table_print (table, _("No device is admitted yet."));
  return TRUE;
}

static gboolean
run_device_disable (MadoCli *cli, GError **error)
{
  MadoStore *store = mado_cli_open_store (cli->words[0], error);
  g_autoptr(MadoAct) act = NULL;
  gboolean done;

  if (store == NULL)
    return FALSE;
  act = mado_device_disable (store, &administrator, cli->words[1], error);
  done = act != NULL && mado_act_run (store, g_steal_pointer (&act), NULL, error);
  mado_cli_close_store (store);
  if (done)
    confirm (cli, cli->words[1], _("may sign in no more"));
  return done;
}

static gboolean
run_card_unlock (MadoCli *cli, GError **error)
{
  MadoStore *store = mado_cli_open_store (cli->words[0], error);
  g_autoptr(MadoAct) act = NULL;
  gboolean done;

  if (store == NULL)
    return FALSE;
  act = mado_card_unlock (store, &administrator, cli->words[1], error);
  done = act != NULL && mado_act_run (store, g_steal_pointer (&act), NULL, error);
  mado_cli_close_store (store);
  if (done)
    confirm (cli, cli->words[1], _("unlocked; the wrong PINs are forgotten"));
  return done;
}

const MadoCommand mado_commands_people[] = {
  { "staff add", "STORE ACCOUNT", N_("Let somebody sign in; the password is asked for"), 2, 2, staff_options,
    run_staff_add },
  { "staff list", "STORE", N_("Who may sign in"), 1, 1, store_options, run_staff_list },
  { "staff disable", "STORE ACCOUNT", N_("Let them in no more"), 2, 2, store_options, run_staff_disable },
  { "device add", "STORE ID", N_("Admit a kiosk or a notifier; prints its secret"), 2, 2, device_options,
    run_device_add },
  { "device list", "STORE", N_("Which kiosks and notifiers may sign in"), 1, 1, store_options, run_device_list },
  { "device disable", "STORE ID", N_("A stolen or retired one: let it in no more"), 2, 2, store_options,
    run_device_disable },
  { "card unlock", "STORE NUMBER", N_("Forget the wrong PINs of a card whose holder stands before you"), 2, 2,
    store_options, run_card_unlock },
  { NULL }
};
