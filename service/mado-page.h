/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mado-answer.h"
#include "mado-service.h"

G_BEGIN_DECLS

/*
 * The one page for a browser: what a visit filed and how it stands, for a phone. It loads nothing, runs nothing and
 * stands still at any size of text.
 */
gboolean mado_page_write_receipt (MadoAnswer *answer, MadoService *service, const MadoLink *link,
                                  const MadoReceipt *receipt);
/* In place of a problem document. */
void     mado_page_write_problem (MadoAnswer *answer, MadoService *service, const GError *error,
                                  const char *language);

G_END_DECLS
