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
/* On the city's official form: five who move, and the shipped layout of that form. */
GBytes *paper_official    (const char *language, const char *mark);
JsonNode *paper_official_answers (const char *name);
/* @form: one of the catalogue with an official form */
GBytes *paper_official_print (const char *form, JsonNode *answers, const char *mark);
/* A record of 60 long answers, over several sheets. */
GBytes *paper_long        (const char *language, const char *mark);

G_END_DECLS
