/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-cli.h"

#include <inttypes.h>

static int tail_limit = 20;
static gboolean tail_follow;

static const GOptionEntry tail_options[] = {
  { "limit", 'n', 0, G_OPTION_ARG_INT, &tail_limit, N_("At most so many (20)"), "N" },
  { "follow", 'f', 0, G_OPTION_ARG_NONE, &tail_follow, N_("Go on with what comes"), NULL },
  { NULL }
};

static void
print_entry (MadoCli *cli, const char *type, JsonNode *entry)
{
  g_autofree char *when = mado_cli_local_time (mado_cli_text (entry, "/at"));
  JsonNode *position = mado_json_get (entry, "/position");

  if (cli->json) {
    g_autofree char *line = json_to_string (entry, FALSE);
    g_print ("%s\n", line);
    return;
  }
  g_print ("%8" G_GINT64_FORMAT "  %s  %-10s %-22s %s\n", position != NULL ? json_node_get_int (position) : 0, when,
           mado_cli_text (entry, "/actorKind"), mado_cli_text (entry, "/action"), mado_cli_text (entry, "/subject"));
}

static gboolean
run_tail (MadoCli *cli, GError **error)
{
  g_autoptr(MadoReply) reply = NULL;
  JsonArray *items;

  /* After -1: the last entries. */
  reply = mado_cli_send (cli, mado_call_journal (-1, (guint) CLAMP (tail_limit, 1, 1000)), error);
  if (reply == NULL)
    return FALSE;
  items = json_node_get_array (mado_json_get (mado_reply_get_json (reply), "/items"));
  for (guint i = 0; i < json_array_get_length (items); i++)
    print_entry (cli, NULL, json_array_get_element (items, i));
  return !tail_follow || mado_cli_follow (cli, print_entry, error);
}

/* The service recomputes every digest, position and root; what it says can be held against a kept root. */
static gboolean
run_verify (MadoCli *cli, GError **error)
{
  g_autoptr(MadoReply) reply = mado_cli_send (cli, mado_call_new ("GET", "/v1/journal/verification", NULL), error);
  JsonNode *node;
  gboolean whole;

  if (reply == NULL)
    return FALSE;
  node = mado_reply_get_json (reply);
  whole = json_node_get_boolean (mado_json_get (node, "/whole"));
  if (cli->json)
    mado_cli_print_json (node);
  else if (whole)
    g_print (_("The journal is whole: %" PRId64 " entries, root %s\n"),
             json_node_get_int (mado_json_get (node, "/entries")), mado_cli_text (node, "/root"));
  else
    g_print (_("The journal is NOT whole: %s\n"), mado_cli_text (node, "/problem"));
  return whole;
}

const MadoCommand mado_commands_journal[] = {
  { "journal tail", "", N_("The last entries of the journal"), 0, 0, tail_options, run_tail },
  { "journal verify", "", N_("Recompute the journal and its tree"), 0, 0, NULL, run_verify },
  { NULL }
};
