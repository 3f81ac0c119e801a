/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "paper/mado-paper-sheet.h"

G_BEGIN_DECLS

#define MADO_PAPER_SEAL_SIZE 52.0

/* The printed seal (公印の印影): columns from right to left in a red frame, beside the rows that follow. */
void mado_paper_add_seal (MadoSheet *sheet, double x, double dy, const char *text);

G_END_DECLS
