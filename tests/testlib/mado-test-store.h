/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/mado-store.h"

G_BEGIN_DECLS

/* A store made for one test, thrown away after it. */
typedef struct {
  const char *engine;     /* "sqlite" or "postgresql" */
  char       *address;
  MadoKey    *data_key;
  MadoStore  *store;
  char       *folder;     /* temporary, for the test's files */
} MadoTestStore;

typedef void (*MadoTestStoreFunc) (MadoTestStore *test);

/* Adds "/PATH/sqlite" and "/PATH/postgresql". Where no PostgreSQL is installed, the second is skipped. */
void       mado_test_store_add    (const char *path, MadoTestStoreFunc func);
/* Closes the store and opens it again, as after a restart. */
void       mado_test_store_reopen (MadoTestStore *test);
gboolean   mado_test_store_is_postgres (MadoTestStore *test);
/* A second, empty store on the same engine; only its address is set, and freed with mado_test_store_free(). */
MadoTestStore *mado_test_store_new  (const char *engine);
void           mado_test_store_free (MadoTestStore *test);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoTestStore, mado_test_store_free)

/* Runs statements on the store's database behind its back. */
void       mado_test_store_tamper (MadoTestStore *test, const char *sql);

/* Loses the key store of a closed store, or brings it @back. */
void       mado_test_store_lose_keys (MadoTestStore *test, gboolean back);

/* While held, nobody else can change the key store, as on a disk that takes its time. */
typedef struct _MadoTestHold MadoTestHold;

MadoTestHold *mado_test_store_hold_keys (MadoTestStore *test);
void          mado_test_hold_release    (MadoTestHold *hold);

/* For tests of programs: a new empty database in the shared private cluster, or NULL where there is none. */
char      *mado_test_postgres_new_database (void);

G_END_DECLS
