/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-cli.h"

#include <string.h>

static char *language, *vocabulary_file;
static gboolean why;

static const GOptionEntry eval_options[] = {
  { "why", 0, 0, G_OPTION_ARG_NONE, &why, N_("Say which parts held, and on which values"), NULL },
  { "language", 0, 0, G_OPTION_ARG_STRING, &language, N_("Of the words (the terminal's)"), "LANGUAGE" },
  { "vocabulary", 0, 0, G_OPTION_ARG_FILENAME, &vocabulary_file, N_("Facts the rule may speak of"), "FILE" },
  { NULL }
};
static const GOptionEntry check_options[] = {
  { "vocabulary", 0, 0, G_OPTION_ARG_FILENAME, &vocabulary_file, N_("Facts the rule may speak of"), "FILE" },
  { NULL }
};

/* JSON as it stands, or of the file that is named. */
static JsonNode *
json_of (const char *word, GError **error)
{
  const MadoJsonLimits limits = MADO_JSON_LIMITS_FILE;
  g_autofree char *text = NULL;
  gsize length;

  if (strpbrk (word, "{[\"") == word)
    return mado_json_parse (word, strlen (word), &limits, error);
  if (!g_file_test (word, G_FILE_TEST_IS_REGULAR)) {
    JsonNode *node = mado_json_parse (word, strlen (word), &limits, NULL);

    if (node == NULL)
      g_set_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("“%s” is neither a file that is there nor JSON."), word);
    return node;
  }
  if (!g_file_get_contents (word, &text, &length, error))
    return NULL;
  return mado_json_parse (text, length, &limits, error);
}

/* Without a vocabulary any name goes, as in plain JsonLogic. */
static MadoVocabulary *
vocabulary (GError **error)
{
  g_autoptr(JsonNode) node = NULL;

  if (vocabulary_file == NULL)
    return mado_vocabulary_new (TRUE);
  node = json_of (vocabulary_file, error);
  return node != NULL ? mado_vocabulary_new_from_json (node, error) : NULL;
}

static gboolean
run_suites (MadoCli *cli, GError **error)
{
  guint passed = 0, failed = 0;

  for (guint i = 0; i < cli->n_words; i++) {
    g_autoptr(JsonNode) suite = json_of (cli->words[i], error);

    if (suite == NULL) {
      g_prefix_error (error, "%s: ", cli->words[i]);
      return FALSE;
    }
    mado_rule_run_suite (cli->words[i], suite, &passed, &failed);
  }
  g_print ("%u passed, %u failed\n", passed, failed);
  return failed == 0;
}

static gboolean
run_eval (MadoCli *cli, GError **error)
{
  g_autoptr(JsonNode) rule_json = json_of (cli->words[0], error);
  g_autoptr(JsonNode) data = rule_json != NULL ? json_of (cli->words[1], error) : NULL;
  g_autoptr(MadoVocabulary) words = data != NULL ? vocabulary (error) : NULL;
  g_autoptr(MadoRule) rule = words != NULL ? mado_rule_new (rule_json, words, error) : NULL;
  g_autoptr(MadoFacts) facts = NULL;
  g_autoptr(JsonNode) result = NULL;
  g_autofree char *text = NULL;
  MadoRuleValue value;

  if (rule == NULL)
    return FALSE;
  facts = mado_facts_new (words);
  mado_facts_set_data (facts, data);
  if (!mado_rule_evaluate (rule, facts, &value, error))
    return FALSE;
  result = mado_rule_value_to_json (&value);
  text = json_to_string (result, FALSE);
  g_print ("%s\n", text);
  if (why) {
    g_autofree char *reasons = mado_rule_explain_text (rule, facts, language ? language : mado_cli_language ());
    g_print ("%s\n", reasons);
  }
  return TRUE;
}

/* Of the catalogue, where one is known: a fact nobody is asked is a mistake there. */
static void
take_vocabulary (void)
{
  const char *folder = g_getenv ("MADO_CATALOGUE_DIR");

  if (vocabulary_file == NULL && folder != NULL)
    vocabulary_file = g_build_filename (folder, "vocabulary.json", NULL);
}

static gboolean
run_check (MadoCli *cli, GError **error)
{
  take_vocabulary ();

  g_autoptr(JsonNode) rule_json = json_of (cli->words[0], error);
  g_autoptr(MadoVocabulary) words = rule_json != NULL ? vocabulary (error) : NULL;
  g_autoptr(MadoRule) rule = words != NULL ? mado_rule_new (rule_json, words, error) : NULL;
  g_autofree char *said = NULL;

  if (rule == NULL || !mado_rule_check (rule, error))
    return FALSE;
  said = mado_rule_describe (rule, mado_cli_language ());
  g_print ("%s\n", said);
  return TRUE;
}

const MadoCommand mado_commands_rules[] = {
  { "rules test", "FILE…", N_("Run JsonLogic suites"), 1, 1000, NULL, run_suites },
  { "rules eval", "RULE DATA", N_("Evaluate a rule; both are JSON or files"), 2, 2, eval_options, run_eval },
  { "rules check", "RULE", N_("Say what a rule asks, or what is wrong with it"), 1, 1, check_options, run_check },
  { NULL }
};
