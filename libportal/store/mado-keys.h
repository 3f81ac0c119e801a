/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-store-private.h"

G_BEGIN_DECLS

/* The key store of a MadoStore: its connections, and a cache of the keys used of late. */
MadoKeyring *mado_keyring_new    (MadoStore *store, MadoConnection *main, GError **error);
void         mado_keyring_free   (MadoKeyring *self);
void         mado_keyring_forget (MadoKeyring *self, const char *subject, const char *retention);

/* What one batch makes and throws away; the writer's. */
typedef struct {
  char    *subject;
  char    *retention;
  MadoKey *key;         /* (nullable): NULL where it is thrown away */
} MadoKeyChange;

void        mado_key_change_clear   (gpointer change);
/* Durable when TRUE; CONTENTION in @failure when another process made one of them meanwhile. */
gboolean    mado_keyring_save       (MadoKeyring *self, GArray *made, MadoFailure *failure, GError **error);
gboolean    mado_keyring_throw_away (MadoKeyring *self, GArray *thrown, GError **error);
/* Writes @noise and takes it away again: whether the key store can be changed. The writer's thread. */
gboolean    mado_keyring_probe      (MadoKeyring *self, const MadoValue *noise, GError **error);
/* A later batch takes away the marks of keys that are gone. */
gboolean    mado_keyring_unmark     (MadoKeyring *self, MadoTx *tx, GError **error);
void        mado_keyring_unmarked   (MadoKeyring *self);

G_END_DECLS
