/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-cli.h"

#include <string.h>

static char *totp;

static const GOptionEntry login_options[] = {
  { "totp", 0, 0, G_OPTION_ARG_STRING, &totp, N_("Six digits of the authenticator (supervisors)"), "DIGITS" },
  { NULL }
};

static void
wipe (char *secret)
{
  if (secret == NULL)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static gboolean
wants_code (const GError *failure)
{
  return mado_error_get_n_violations (failure) > 0
         && g_str_equal (mado_error_get_violation (failure, 0)->pointer, "/totp");
}

/* Asks for the second factor only where the service wants one. */
static MadoReply *
log_in (MadoCli *cli, const char *account, const char *password, GError **error)
{
  g_autoptr(GError) failure = NULL;
  g_autofree char *asked = NULL;
  MadoReply *reply = mado_cli_send (cli, mado_call_log_in_password (account, password, totp), &failure);

  if (reply != NULL)
    return reply;
  if (totp != NULL || !wants_code (failure)) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return NULL;
  }
  asked = mado_cli_read_secret (_("Six digits of your authenticator"));
  return mado_cli_send (cli, mado_call_log_in_password (account, password, asked), error);
}

static gboolean
run_login (MadoCli *cli, GError **error)
{
  char *password = mado_cli_read_secret (_("Password"));
  g_autoptr(MadoReply) reply = NULL;
  JsonNode *session;

  if (password == NULL) {
    g_set_error (error, MADO_CLI_USAGE, 0, _("no password was given; type it, or pass it on standard input"));
    return FALSE;
  }
  reply = log_in (cli, cli->words[0], password, error);
  wipe (password);
  if (reply == NULL)
    return FALSE;
  session = mado_reply_get_json (reply);
  if (!mado_cli_keep_token (cli, mado_cli_text (session, "/token"), error))
    return FALSE;
  if (cli->json)
    g_print ("{\"role\":\"%s\",\"expiresAt\":\"%s\"}\n", mado_cli_text (session, "/role"),
             mado_cli_text (session, "/expiresAt"));
  else {
    g_autofree char *until = mado_cli_local_time (mado_cli_text (session, "/expiresAt"));
    g_print (_("Logged in as %s (%s) until %s.\n"), mado_cli_text (session, "/name"),
             mado_cli_text (session, "/role"), until);
  }
  return TRUE;
}

static gboolean
run_logout (MadoCli *cli, GError **error)
{
  g_autoptr(GError) failure = NULL;
  g_autoptr(MadoReply) reply = mado_cli_send (cli, mado_call_log_out (), &failure);

  /* What is over at the service already is only to be forgotten here. */
  if (reply == NULL && !g_error_matches (failure, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED)) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  if (!mado_cli_keep_token (cli, NULL, error))
    return FALSE;
  if (!cli->json)
    g_print ("%s\n", reply != NULL ? _("Logged out; the credential is forgotten here and at the service.")
                                   : _("Nobody was logged in here, or not any more."));
  return TRUE;
}

static gboolean
run_whoami (MadoCli *cli, GError **error)
{
  g_autoptr(MadoReply) reply = mado_cli_send (cli, mado_call_me (), error);

  if (reply == NULL)
    return FALSE;
  if (cli->json)
    mado_cli_print_json (mado_reply_get_json (reply));
  else {
    JsonNode *session = mado_reply_get_json (reply);
    g_autofree char *until = mado_cli_local_time (mado_cli_text (session, "/expiresAt"));

    g_print (_("Logged in as %s (%s) until %s.\n"), mado_cli_text (session, "/name"),
             mado_cli_text (session, "/role"), until);
  }
  return TRUE;
}

const MadoCommand mado_commands_session[] = {
  { "login", "ACCOUNT", N_("Log in as staff; the password is asked for"), 1, 1, login_options, run_login },
  { "logout", "", N_("End the session and forget the credential"), 0, 0, NULL, run_logout },
  { "whoami", "", N_("Say who is logged in"), 0, 0, NULL, run_whoami },
  { NULL }
};
