/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-cli.h"

#include <string.h>

#include "core/mado-language.h"

static const MadoCommand *const tables[] = {
  mado_commands_session, mado_commands_case, mado_commands_charge, mado_commands_books, mado_commands_billing,
  mado_commands_journal, mado_commands_outbox,
  mado_commands_store, mado_commands_people,
  mado_commands_catalogue, mado_commands_revisions, mado_commands_table, mado_commands_official, mado_commands_generate,
  mado_commands_search, mado_commands_rules, mado_commands_text, mado_commands_code,
};

/* How many of the words name @command; 0 if they do not. */
static guint
words_of (const MadoCommand *command, char **words)
{
  g_auto(GStrv) names = g_strsplit (command->name, " ", -1);
  guint n = g_strv_length (names);

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (words[i], names[i]) != 0)
      return 0;
  return n;
}

static const MadoCommand *
find_command (char **words, guint *n_name)
{
  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    for (const MadoCommand *command = tables[t]; command->name != NULL; command++)
      if ((*n_name = words_of (command, words)) > 0)
        return command;
  return NULL;
}

/* All commands, or those of one group: `mado case`. */
static void
print_commands (const char *group)
{
  g_print ("%s\n\n", _("mado: the counter from the back office"));
  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    for (const MadoCommand *command = tables[t]; command->name != NULL; command++) {
      g_autofree char *call = NULL;

      if (group != NULL && !g_str_has_prefix (command->name, group))
        continue;
      call = g_strdup_printf ("%s %s", command->name, command->words);
      g_print ("  mado %s%*s %s\n", call, (int) MAX (0, 34 - g_utf8_strlen (call, -1)), "", _(command->summary));
    }
  g_print ("\n%s\n%s\n",
           _("Every command takes --help, --json (for programs), --yes (do not ask) and --service ADDRESS."),
           _("MADO_SERVICE_URL and MADO_TOKEN stand for the address and the credential."));
}

/* " (account)": the place whose sentence the error says, as people write it. (transfer full) */
static char *
name_place (const GError *error, guint *n_said)
{
  const MadoViolation *first = mado_error_get_n_violations (error) > 0 ? mado_error_get_violation (error, 0) : NULL;
  const char *place = first != NULL ? first->pointer + (*first->pointer == '/') : "";

  *n_said = first != NULL && g_str_has_suffix (error->message, first->message);
  return *n_said > 0 && *place != '\0' ? g_strdup_printf (" (%s)", place) : g_strdup ("");
}

/* The error and every place it names; never just "failed". */
static int
report (const MadoCommand *command, const GError *error)
{
  guint n_said;
  g_autofree char *place = name_place (error, &n_said);

  g_printerr ("mado %s: %s%s\n", command->name, error->message,
              error->domain == G_OPTION_ERROR ? _(" (more with --help)") : place);
  for (guint i = n_said; i < mado_error_get_n_violations (error); i++) {
    const MadoViolation *violation = mado_error_get_violation (error, i);

    g_printerr ("  %s: %s\n", violation->pointer, violation->message);
  }
  return error->domain == MADO_CLI_USAGE || error->domain == G_OPTION_ERROR ? 2 : 1;
}

static gboolean
is_group (const char *word)
{
  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    for (const MadoCommand *command = tables[t]; command->name != NULL; command++)
      if (g_str_has_prefix (command->name, word) && command->name[strlen (word)] == ' ')
        return TRUE;
  return FALSE;
}

/* What there is instead: of the group, where that much was right. */
static int
report_unknown (char **words)
{
  g_autofree char *typed = g_strjoinv (" ", words);

  if (g_strv_contains ((const char *const *) words, "--help")) {
    print_commands (is_group (words[0]) ? words[0] : NULL);
    return 0;
  }
  if (!is_group (words[0]))
    g_printerr (_("mado: unknown command “%s”; `mado --help` lists them all\n"), typed);
  else {
    if (words[1] != NULL)
      g_printerr (_("mado: unknown command “%s”\n"), typed);
    print_commands (words[0]);
  }
  return 2;
}

static gboolean
parse_options (MadoCli *cli, const MadoCommand *command, char ***words, GError **error)
{
  const GOptionEntry shared[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_("Print JSON, for programs"), NULL },
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &cli->yes, N_("Do not ask before acting"), NULL },
    { "service", 0, 0, G_OPTION_ARG_STRING, &cli->service, N_("Address of the service"), "URL" },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &cli->token_file, N_("Keep the credential here, not in the keyring"),
      "FILE" },
    { NULL }
  };
  g_autofree char *usage = g_strdup_printf ("%s – %s", command->words, _(command->summary));
  g_autofree char *program = g_strdup_printf ("mado %s", command->name);
  g_autoptr(GOptionContext) context = g_option_context_new (usage);

  g_set_prgname (program);
  g_option_context_add_main_entries (context, shared, GETTEXT_PACKAGE);
  if (command->options != NULL)
    g_option_context_add_main_entries (context, command->options, GETTEXT_PACKAGE);
  return g_option_context_parse_strv (context, words, error);
}

static int
run_command (const MadoCommand *command, char ***words)
{
  MadoCli cli = { .name = command->name };
  g_autoptr(GError) error = NULL;
  const char *address = g_getenv ("MADO_SERVICE_URL");
  gboolean done = FALSE;

  if (parse_options (&cli, command, words, &error)) {
    cli.words = *words + 1;
    cli.n_words = g_strv_length (cli.words);
    if (cli.service == NULL)
      cli.service = g_strdup (address != NULL ? address : "http://127.0.0.1:8700");
    if (cli.n_words < command->min_words || cli.n_words > command->max_words)
      g_set_error (&error, MADO_CLI_USAGE, 0, _("usage: mado %s %s (more with --help)"), command->name,
                   command->words);
    else
      done = command->run (&cli, &error);
  }
  g_clear_object (&cli.client);
  g_free (cli.service);
  g_free (cli.token_file);
  if (done)
    return 0;
  return error != NULL ? report (command, error) : 1;
}

int
main (int argc, char **argv)
{
  g_auto(GStrv) words = NULL;
  const MadoCommand *command;
  guint n_name;

  mado_language_init (MADO_LOCALEDIR);

  if (argc == 2 && g_str_equal (argv[1], "--version")) {
    g_print ("mado %s\n", MADO_VERSION_TEXT);
    return 0;
  }
  if (argc < 2 || g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h") || g_str_equal (argv[1], "help")) {
    print_commands (NULL);
    return argc < 2 ? 2 : 0;
  }
  command = find_command (argv + 1, &n_name);
  if (command == NULL)
    return report_unknown (argv + 1);
  /* GOption takes the program's name first; the words of the command's own name stand in for it. */
  words = g_strdupv (argv + n_name);
  return run_command (command, &words);
}
