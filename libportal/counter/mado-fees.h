/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/mado-store.h"

/*
 * The fee of a case and its charge, kept together: filing raises it, money for it releases what waits, cash a clerk
 * takes goes into the books, and what came for a case that is withdrawn or refused goes back. All of it happens in the
 * transaction of the act that causes it.
 */
void mado_fees_join (MadoStore *store);
