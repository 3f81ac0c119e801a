/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-cli.h"

#include <string.h>

/* A date by era or western, and what it is in the other. */
static gboolean
run_era (MadoCli *cli, GError **error)
{
  int day = mado_era_parse (cli->words[0], error);
  g_autofree char *iso = NULL, *kanji = NULL, *letter = NULL, *english = NULL;
  const MadoEra *era;
  int year;

  if (day == MADO_DATE_NONE)
    return FALSE;
  era = mado_era_of (day, &year);
  iso = mado_date_format (day);
  kanji = mado_era_format (day, MADO_ERA_KANJI);
  letter = mado_era_format (day, MADO_ERA_LETTER);
  english = mado_era_format (day, MADO_ERA_ENGLISH);
  if (cli->json)
    g_print ("{\"date\":\"%s\",\"era\":\"%s\",\"year\":%d,\"kanji\":\"%s\",\"letter\":\"%s\",\"english\":\"%s\","
             "\"fiscalYear\":%d}\n", iso, era->name, year, kanji, letter, english, mado_date_fiscal_year (day));
  else
    g_print ("%s\n%s\n%s\n%s\n", iso, kanji, letter, english);
  return TRUE;
}

static char *fold_as;

static const GOptionEntry fold_options[] = {
  { "as", 0, 0, G_OPTION_ARG_STRING, &fold_as, N_("search, kana, address, phone, postcode or code (search)"), "KIND" },
  { NULL }
};

static gboolean
run_fold (MadoCli *cli, GError **error)
{
  static const struct { const char *name; char *(*fold) (const char *); } folds[] = {
    { "search", mado_fold_search }, { "kana", mado_fold_kana }, { "address", mado_fold_address },
    { "phone", mado_fold_phone }, { "postcode", mado_fold_postal_code }, { "code", mado_fold_code },
  };
  const char *name = fold_as != NULL ? fold_as : "search";

  for (guint i = 0; i < G_N_ELEMENTS (folds); i++)
    if (g_str_equal (folds[i].name, name))
      {
        g_autofree char *folded = folds[i].fold (cli->words[0]);
        g_autoptr (GString) quoted = g_string_new (NULL);

        mado_json_append_string (quoted, folded);
        if (cli->json)
          g_print ("{\"folded\":%s}\n", quoted->str);
        else
          g_print ("%s\n", folded);
        return TRUE;
      }
  g_set_error (error, MADO_CLI_USAGE, 0, _("there is no folding called “%s”; see --help"), name);
  return FALSE;
}

const MadoCommand mado_commands_text[] = {
  { "text era", "DATE", N_("A date by era and western, in whichever it is given"), 1, 1, NULL, run_era },
  { "text fold", "TEXT", N_("The key a text is found by; names are never rewritten"), 1, 1, fold_options, run_fold },
  { NULL }
};
