/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-engine.h"
#include "mado-followers.h"

G_BEGIN_DECLS

typedef struct _MadoWriter  MadoWriter;
typedef struct _MadoKeyring MadoKeyring;
typedef struct _MadoBatch   MadoBatch;
typedef struct _MadoKeeper  MadoKeeper;
typedef struct _MadoRunner  MadoRunner;

struct _MadoStore {
  GObject           parent;
  const MadoEngine *engine;
  char             *address;
  char             *id;          /* of this opening: who holds its leases */
  MadoKey          *data_key;
  MadoWriter       *writer;
  MadoKeyring      *keyring;
  MadoKeeper       *keeper;
  MadoRunner       *runner;      /* (nullable): where jobs are done */
  MadoFollowers     followers;

  GMutex            city_keys_lock;
  GHashTable       *city_keys;   /* purpose → MadoKey */

  GMutex            readers_lock;
  GCond             readers_back;
  GQueue            readers;     /* idle connections */
  guint             n_readers;
  guint             n_waiting;   /* for a reader */
};

struct _MadoTx {
  MadoStore      *store;
  MadoConnection *connection;
  MadoBatch      *batch;      /* (nullable): what the writer keeps until the commit; NULL in a read */
  gint64          now;
  gboolean        failed;     /* a statement was refused: this can only be rolled back */
};

G_END_DECLS
