/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gi18n-lib.h>
#include <mado.h>

/* What a command has in hand: its own words, the options all commands share, and the service once it is asked for. */
typedef struct {
  const char  *name;       /* "case grant", for usage and messages */
  char       **words;      /* what is left after the options */
  guint        n_words;
  gboolean     json;       /* for programs: one JSON document, or one a line in lists that never end */
  gboolean     yes;        /* do not ask */
  char        *service;    /* address of the service */
  char        *token_file; /* (nullable): 0600 file instead of the keyring */
  MadoClient  *client;
} MadoCli;

typedef struct {
  const char         *name;      /* "case list" */
  const char         *words;     /* what follows the options: "NUMBER" */
  const char         *summary;   /* N_() */
  guint               min_words, max_words;
  const GOptionEntry *options;   /* (nullable): of this command alone */
  gboolean          (*run) (MadoCli *cli, GError **error);
} MadoCommand;

/* Each file of commands offers one table, ended by an empty row. */
extern const MadoCommand mado_commands_session[];
extern const MadoCommand mado_commands_case[];
extern const MadoCommand mado_commands_books[];
extern const MadoCommand mado_commands_billing[];
extern const MadoCommand mado_commands_charge[];
extern const MadoCommand mado_commands_journal[];
extern const MadoCommand mado_commands_outbox[];
extern const MadoCommand mado_commands_store[];
extern const MadoCommand mado_commands_catalogue[];
extern const MadoCommand mado_commands_generate[];
extern const MadoCommand mado_commands_revisions[];
extern const MadoCommand mado_commands_table[];
extern const MadoCommand mado_commands_official[];
extern const MadoCommand mado_commands_search[];
extern const MadoCommand mado_commands_people[];
extern const MadoCommand mado_commands_code[];
extern const MadoCommand mado_commands_rules[];
extern const MadoCommand mado_commands_text[];

/* (transfer full): the case of this number, or the one that was filed in the visit of it. @words: (nullable): language
 * in which the answers are said as well */
MadoReply *mado_cli_fetch_case (MadoCli *cli, const char *typed, const char *words, GError **error);

/* A usage mistake: exit status 2. Anything else that fails exits with 1. */
#define MADO_CLI_USAGE (mado_cli_usage_quark ())
GQuark mado_cli_usage_quark (void);

/* (transfer none): the client, logged in with the kept credential. */
MadoClient *mado_cli_get_client (MadoCli *cli, GError **error);
/* (transfer full): @call is consumed. */
MadoReply  *mado_cli_send       (MadoCli *cli, MadoCall *call, GError **error);
/* @token: (nullable): NULL forgets it. */
gboolean    mado_cli_keep_token (MadoCli *cli, const char *token, GError **error);

/* Calls @seen for what happens at the counter, until interrupted. */
typedef void (*MadoCliEvent) (MadoCli *cli, const char *type, JsonNode *data);
gboolean    mado_cli_follow     (MadoCli *cli, MadoCliEvent seen, GError **error);

/* Asks on the terminal; without one, only --yes lets an act through that cannot be taken back. */
gboolean    mado_cli_confirm    (MadoCli *cli, const char *question, GError **error);
char       *mado_cli_read_secret (const char *prompt);   /* (nullable) (transfer full): no echo; wipe after use */

/* For commands that open a store themselves; --sample finds the key of a sample city. */
extern gboolean mado_cli_sample;
MadoStore  *mado_cli_open_store  (const char *address, GError **error);
void        mado_cli_close_store (MadoStore *store);     /* waits, and lets go of it */

/* (transfer full) (nullable): a whole file, up to @max bytes. */
GBytes     *mado_cli_read_file  (const char *path, gsize max, GError **error);
/* {"name": text, "other": base64 of the data} */
JsonNode   *mado_cli_wrap_file  (const char *name, const char *text, const char *other, gconstpointer data, gsize n);
/* Yen as people write them; of a member of @node. (transfer full) */
char       *mado_cli_yen        (JsonNode *node, const char *pointer);
gint64      mado_cli_int        (JsonNode *node, const char *pointer);   /* 0 where there is none */

void        mado_cli_print_json (JsonNode *node);
/* A time of the service ("2026-11-20T01:42:00Z") as people here say it: "2026-11-20 10:42". */
char       *mado_cli_local_time (const char *rfc3339);
const char *mado_cli_text       (JsonNode *node, const char *pointer);   /* "" where there is none */
const char *mado_cli_language   (void);

/* Rows of columns, wide characters counted as two. */
typedef struct _MadoTable MadoTable;
MadoTable  *mado_table_new      (const char *first_heading, ...) G_GNUC_NULL_TERMINATED;
void        mado_table_add      (MadoTable *table, const char *first_cell, ...) G_GNUC_NULL_TERMINATED;
/* And frees it. @nothing: what is said instead where it has no rows */
void        mado_table_print    (MadoTable *table, const char *nothing);

/* Words of the service as people say them; the last has no nick. A word that is none of them stays as it is. */
typedef struct {
  const char *nick;
  const char *label;       /* N_() */
} MadoLabel;
const char *mado_cli_label      (const MadoLabel *labels, const char *nick);
extern const MadoLabel mado_cli_charge_states[];
