/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "procedures/mado-cases.h"

/*
 * The fee of a case and its charge, kept together: filing raises it, money for it releases what waits, cash a clerk
 * takes goes into the books, and what came for a case that is withdrawn or refused goes back. All of it happens in the
 * transaction of the act that causes it.
 */
void     mado_fees_join (MadoStore *store);
/* Lets a case name its charge. */
gboolean mado_fees_tell (MadoStore *store, MadoCase *filed, GError **error);
