/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../model/mado-role.h"
#include "mado-store.h"

G_BEGIN_DECLS

/* Who acts. Resolved once from the credential by the service; travels with every act. */
typedef struct {
  const char *kind;        /* "resident", "staff", "device", "visit", "system" */
  const char *id;          /* of the account, device or visit */
  const char *behalf;      /* (nullable): the resident on whose behalf */
  MadoRole    role;        /* what the credential entitles to */
} MadoActor;

/* One entry, in the same transaction as the change. @action: "case.submitted"; @subject: "case/01H…"; @resident:
 * (nullable): whose data it concerns (for disclosures); @detail: (nullable): JSON without personal data. */
MADO_EXPORT gboolean mado_journal_append (MadoTx *tx, const MadoActor *actor, const char *action,
                                          const char *subject, const char *resident, const char *detail,
                                          GError **error);

/* The store's own entry when a subject's key is thrown away; detail {"retention": …}. */
#define MADO_KEY_FORGOTTEN "key.forgotten"

/* Somebody's data, looked at by somebody else. */
typedef struct {
  const char *subject;
  const char *resident;    /* (nullable) */
  const char *detail;      /* (nullable): JSON without personal data */
} MadoLook;

/**
 * mado_journal_look:
 * @looks: (array length=n): what is about to be shown
 *
 * Journals the looks and waits until they are durable: before the data is given away. A resident's look at their
 * own is left out. Waiting looks of other callers share the commit.
 */
MADO_EXPORT gboolean mado_journal_look (MadoStore *store, const MadoActor *actor, const char *action,
                                        const MadoLook *looks, guint n, GError **error);

/* --- reading ------------------------------------------------------------------------------------------------- */

#define MADO_TYPE_JOURNAL_ENTRY (mado_journal_entry_get_type ())
MADO_DECLARE_RECORD (MadoJournalEntry, mado_journal_entry)
struct _MadoJournalEntry {
  MadoRecord parent;
  gint64     position;     /* from 1, without gaps */
  gint64     at;
  char      *actor_kind;
  char      *actor;
  char      *behalf;       /* (nullable) */
  char      *action;
  char      *subject;
  char      *resident;     /* (nullable) */
  JsonNode  *detail;       /* (nullable) */
  char      *digest;       /* hex: the leaf of the tree */
};

typedef struct {
  gint64      after;       /* position before the first wanted */
  guint       limit;       /* 1–1000 */
  const char *subject;     /* (nullable): only of this */
  const char *resident;    /* (nullable): only of this resident's data */
  const char *action;      /* (nullable): only such */
} MadoJournalQuery;

/**
 * mado_journal_read:
 *
 * Returns: (transfer full) (element-type MadoJournalEntry): in the order of positions
 */
MADO_EXPORT GPtrArray *mado_journal_read         (MadoStore *store, const MadoJournalQuery *query, GError **error);
/* Of the last entry that has one; as far as this process has heard. */
MADO_EXPORT gint64     mado_journal_get_position (MadoStore *store);

/* @position: the last one there is now. Several entries may have come; read on from where you are. */
typedef void (*MadoJournalNews) (gpointer data, gint64 position);
/**
 * mado_journal_follow:
 * @news: (scope forever)
 * @data: for @news
 *
 * Returns: for mado_journal_unfollow()
 */
MADO_EXPORT guint mado_journal_follow   (MadoStore *store, MadoJournalNews news, gpointer data);
MADO_EXPORT void  mado_journal_unfollow (MadoStore *store, guint id);

/* --- the tree: RFC 9162, 2.1, SHA-256, over the entries' digests --------------------------------------------- */

#define MADO_TYPE_JOURNAL_ROOT (mado_journal_root_get_type ())
MADO_DECLARE_RECORD (MadoJournalRoot, mado_journal_root)
struct _MadoJournalRoot {
  MadoRecord parent;
  gint64     size;         /* entries it covers */
  gint64     at;
  char      *root;         /* hex */
  char      *former;       /* hex SHA-256 of the root before, zeros for the first */
  char      *signature;    /* hex Ed25519 over "madoguchi journal root" and the members above */
};

#define MADO_TYPE_JOURNAL_PROOF (mado_journal_proof_get_type ())
MADO_DECLARE_RECORD (MadoJournalProof, mado_journal_proof)
struct _MadoJournalProof {
  MadoRecord       parent;
  gint64           position;
  char            *digest;     /* hex: the entry's */
  GStrv            path;       /* hex: from the leaf's neighbour up */
  MadoJournalRoot *root;
};

/**
 * mado_journal_get_roots:
 * @before: a size: only roots of smaller trees; 0 for the newest
 * @limit: at most so many
 *
 * Newest first. @before: a size, 0 for the newest.
 *
 * Returns: (transfer full) (element-type MadoJournalRoot): newest first
 */
MADO_EXPORT GPtrArray *mado_journal_get_roots (MadoStore *store, gint64 before, guint limit, GError **error);
/**
 * mado_journal_prove:
 *
 * Against the newest root. NOT_FOUND for a position no root covers (yet).
 *
 * Returns: (transfer full): against the newest root
 */
MADO_EXPORT MadoJournalProof *mado_journal_prove (MadoStore *store, gint64 position, GError **error);
/**
 * mado_journal_prove_growth:
 *
 * That the tree of @size only grew out of the tree of @former_size: hex, from the bottom up.
 *
 * Returns: (transfer full): hex, from the bottom up
 */
MADO_EXPORT GStrv      mado_journal_prove_growth (MadoStore *store, gint64 former_size, gint64 size,
                                                  GError **error);
/* Ed25519, with which anybody can check a root. */
MADO_EXPORT void       mado_journal_get_public_key (MadoStore *store, guint8 public_key[32]);

/**
 * mado_journal_verify:
 * @progress: (nullable) (scope call): hears how far it is
 * @bad: (out): the first position that is wrong, 0 if none is
 *
 * Recomputes every digest, the tree and every signed root. CONFLICT, in words, for what does not agree.
 */
MADO_EXPORT gboolean   mado_journal_verify (MadoStore *store, MadoJournalNews progress, gpointer data, gint64 *bad,
                                            GError **error);

G_END_DECLS
