/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-cli.h"

static void
print_member (JsonObject *fields, const char *name, JsonNode *value, gpointer indent)
{
  g_autofree char *text = NULL;

  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    text = json_node_dup_string (value);
  else
    text = json_to_string (value, FALSE);
  g_print ("  %-24s %s\n", name, text);
}

static char *kind;

static const GOptionEntry read_options[] = {
  { "as", 0, 0, G_OPTION_ARG_STRING, &kind, N_("What the paper says it is, where no code tells: el-qr, pay-easy"),
    "KIND" },
  { NULL }
};

static void
print_report (JsonObject *whole)
{
  JsonArray *problems = json_object_get_array_member (whole, "problems");

  g_print ("%s: %s\n", json_object_get_string_member (whole, "kind"),
           json_object_get_boolean_member (whole, "valid") ? _("valid") : _("NOT valid"));
  json_object_foreach_member (json_object_get_object_member (whole, "fields"), print_member, NULL);
  for (guint i = 0; i < json_array_get_length (problems); i++) {
    JsonNode *problem = json_array_get_element (problems, i);

    g_print ("! %s: %s\n", mado_cli_text (problem, "/field"), mado_cli_text (problem, "/message"));
    if (*mado_cli_text (problem, "/expected") != '\0')
      g_print (_("  expected %s, found %s\n"), mado_cli_text (problem, "/expected"), mado_cli_text (problem, "/found"));
  }
}

static gboolean
run_read (MadoCli *cli, GError **error)
{
  g_autoptr(JsonNode) read = kind != NULL ? mado_code_read_as (kind, cli->words[0], error)
                                          : mado_code_read (cli->words[0]);

  if (read == NULL)
    return FALSE;
  if (cli->json)
    mado_cli_print_json (read);
  else
    print_report (json_node_get_object (read));
  return json_object_get_boolean_member (json_node_get_object (read), "valid");
}

static char *company, *reference, *due, *name, *name_ja, *city, *postcode, *category, *bill, **identifiers;
static int   yen, reissue;

static const GOptionEntry slip_options[] = {
  { "company", 0, 0, G_OPTION_ARG_STRING, &company, N_("Six digits of the collecting company"), "DIGITS" },
  { "reference", 0, 0, G_OPTION_ARG_STRING, &reference, N_("Up to 21 digits"), "DIGITS" },
  { "yen", 0, 0, G_OPTION_ARG_INT, &yen, N_("What to pay, up to 300,000"), "N" },
  { "due", 0, 0, G_OPTION_ARG_STRING, &due, N_("YYYY-MM-DD; without it the slip stays payable"), "DATE" },
  { "reissue", 0, 0, G_OPTION_ARG_INT, &reissue, N_("0 to 9"), "N" },
  { NULL }
};

static gboolean
run_write_slip (MadoCli *cli, GError **error)
{
  MadoSlip slip = { .reissue = (guint) reissue, .yen = yen };
  g_autofree char *code = NULL;

  g_strlcpy (slip.company, company != NULL ? company : "", sizeof slip.company);
  g_strlcpy (slip.reference, reference != NULL ? reference : "", sizeof slip.reference);
  g_strlcpy (slip.due, due != NULL ? due : "", sizeof slip.due);
  code = mado_slip_write (&slip, error);
  if (code != NULL)
    g_print (cli->json ? "{\"kind\":\"slip-gs1-128\",\"text\":\"%s\"}\n" : "%s\n", code);
  return code != NULL;
}

static const GOptionEntry jpqr_options[] = {
  { "identifier", 0, 0, G_OPTION_ARG_STRING_ARRAY, &identifiers, N_("Four times: 13, 4, 6 and 6 characters"), "ID" },
  { "yen", 0, 0, G_OPTION_ARG_INT, &yen, N_("What to pay; without it the payer types it"), "N" },
  { "category", 0, 0, G_OPTION_ARG_STRING, &category, N_("Merchant category code (9399)"), "DIGITS" },
  { "name", 0, 0, G_OPTION_ARG_STRING, &name, N_("Whom to pay, ASCII"), "TEXT" },
  { "name-ja", 0, 0, G_OPTION_ARG_STRING, &name_ja, N_("The same in Japanese"), "TEXT" },
  { "city", 0, 0, G_OPTION_ARG_STRING, &city, N_("Where, ASCII"), "TEXT" },
  { "postcode", 0, 0, G_OPTION_ARG_STRING, &postcode, N_("Seven digits"), "DIGITS" },
  { "bill", 0, 0, G_OPTION_ARG_STRING, &bill, N_("Bill number"), "TEXT" },
  { "reference", 0, 0, G_OPTION_ARG_STRING, &reference, N_("Reference label"), "TEXT" },
  { NULL }
};

static gboolean
run_write_jpqr (MadoCli *cli, GError **error)
{
  MadoJpqr code = { .category = category != NULL ? category : "9399", .yen = yen, .name = name, .city = city,
                    .postcode = postcode, .bill = bill, .reference = reference, .name_ja = name_ja };
  g_autofree char *payload = NULL;
  g_autoptr(GString) quoted = g_string_new (NULL);

  for (guint i = 0; i < 4 && identifiers != NULL && identifiers[i] != NULL; i++)
    code.identifiers[i] = identifiers[i];
  payload = mado_jpqr_write (&code, error);
  if (payload == NULL)
    return FALSE;
  mado_json_append_string (quoted, payload);
  if (cli->json)
    g_print ("{\"kind\":\"jpqr\",\"text\":%s}\n", quoted->str);
  else
    g_print ("%s\n", payload);
  return TRUE;
}

const MadoCommand mado_commands_code[] = {
  { "code read", "TEXT", N_("Say what a scanned code is, and what is wrong with it"), 1, 1, read_options,
    run_read },
  { "code write slip", "", N_("The 44 digits of a payment slip"), 0, 0, slip_options, run_write_slip },
  { "code write jpqr", "", N_("The payload of a JPQR code"), 0, 0, jpqr_options, run_write_jpqr },
  { NULL }
};
