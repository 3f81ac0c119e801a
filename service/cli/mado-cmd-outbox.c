/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-cli.h"

static gboolean
run_dead (MadoCli *cli, GError **error)
{
  g_autoptr(MadoReply) reply = mado_cli_send (cli, mado_call_dead_letters (), error);
  MadoTable *table;
  JsonArray *items;

  if (reply == NULL)
    return FALSE;
  if (cli->json) {
    mado_cli_print_json (mado_reply_get_json (reply));
    return TRUE;
  }
  items = json_node_get_array (mado_json_get (mado_reply_get_json (reply), "/items"));
  table = mado_table_new (_("ID"), _("CHANNEL"), _("TOPIC"), _("REASON"), NULL);
  for (guint i = 0; i < json_array_get_length (items); i++) {
    JsonNode *item = json_array_get_element (items, i);
    mado_table_add (table, mado_cli_text (item, "/id"), mado_cli_text (item, "/channel"),
                    mado_cli_text (item, "/topic"), mado_cli_text (item, "/reason"), NULL);
  }
  mado_table_print (table, _("Nothing was given up."));
  return TRUE;
}

static gboolean
run_revive (MadoCli *cli, GError **error)
{
  g_autofree char *id = g_uri_escape_string (cli->words[0], NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("/v1/outbox/%s/revival", id);
  g_autoptr(MadoReply) reply = mado_cli_send (cli, mado_call_new ("POST", path, NULL), error);

  if (reply == NULL)
    return FALSE;
  if (!cli->json)
    g_print ("%s\n", _("It will be tried again from the first step of the schedule."));
  return TRUE;
}

const MadoCommand mado_commands_outbox[] = {
  { "outbox dead", "", N_("What could not be delivered and was given up"), 0, 0, NULL, run_dead },
  { "outbox revive", "ID", N_("Try one of them again"), 1, 1, NULL, run_revive },
  { NULL }
};
