/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What was asked for on the command line, checked. */
typedef struct {
  char     *store;
  char     *listen;
  char     *city;
  char     *catalogue;
  char     *certificate;     /* (nullable) */
  char     *key;             /* (nullable) */
  char     *public_url;      /* (nullable): before the city's own */
  gboolean  sample;
  gboolean  create;
  gboolean  behind_proxy;
  gboolean  log_requests;
  gboolean  version;
  int       threads;
  double    limits;
} MadoOptions;

gboolean mado_options_parse (MadoOptions *self, int *argc, char ***argv, GError **error);
void     mado_options_clear (MadoOptions *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoOptions, mado_options_clear)

/* Where the installed data is, unless the environment says otherwise. (transfer full) */
char    *mado_options_build_data_path (const char *first, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
