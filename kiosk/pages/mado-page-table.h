/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-page.h"

/* Every page there is, by the id that one goes to it with. */
typedef struct {
  const char *id;
  GType     (*get_type) (void);
  const char *next;   /* (nullable): where most people go from it, made ready while they read; it needs no visit */
} MadoPageEntry;

const MadoPageEntry *mado_page_table_list (guint *n);
/* A page not known is a mistake of the program. (transfer floating) */
MadoPage            *mado_page_table_make (const char *id);
const char          *mado_page_table_get_next (const char *id);   /* (nullable) */
