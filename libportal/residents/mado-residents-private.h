/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "residents/mado-residents.h"

G_BEGIN_DECLS

/* Keyed hashes to find somebody by: name and birthday exactly, or a name as people write it. */
char *mado_resident_blind_person (MadoStore *store, const char *full_name, const char *date_of_birth);
char *mado_resident_blind_name   (MadoStore *store, const char *full_name);

G_END_DECLS
