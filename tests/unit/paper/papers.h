/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "paper/mado-paper.h"

G_BEGIN_DECLS

/* Papers of invented people, each marked with @mark, to see that no document holds another's. */
typedef GBytes *(*PaperMaker) (const char *language, const char *mark);

GBytes *paper_record      (const char *language, const char *mark);
GBytes *paper_certificate (const char *language, const char *mark);
GBytes *paper_decision    (const char *language, const char *mark);
GBytes *paper_return      (const char *language, const char *mark);
GBytes *paper_guide       (const char *language, const char *mark);
GBytes *paper_receipt     (const char *language, const char *mark);
GBytes *paper_slip        (const char *language, const char *code);
/* A record of 60 long answers, over several sheets. */
GBytes *paper_long        (const char *language, const char *mark);

G_END_DECLS
