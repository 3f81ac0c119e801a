/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-page.h"
#include "visit/mado-kiosk-visit.h"

/*
 * A page that shows the visit as it is now: what it holds is built anew each time it comes on screen, when the
 * language changes and when it asks for it. One that shows nothing but what the city offers stays as it is until that
 * changes.
 */
#define MADO_TYPE_FLOW_PAGE (mado_flow_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (MadoFlowPage, mado_flow_page, MADO, FLOW_PAGE, MadoPage)

struct _MadoFlowPageClass {
  MadoPageClass parent_class;

  gboolean shows_offer_only;
  void (*build) (MadoFlowPage *self);
};

void            mado_flow_page_rebuild   (MadoFlowPage *self);
/* Until the next building; layout properties as for mado_page_append(). */
void            mado_flow_page_add       (MadoFlowPage *self, GtkWidget *block, ...) G_GNUC_NULL_TERMINATED;
/* Before the next building. */
void            mado_flow_page_remove    (MadoFlowPage *self, GtkWidget *block);
/* To another page; @replace: 「もどる」 then leads past this one. */
void            mado_flow_page_go        (MadoFlowPage *self, const char *page, gboolean replace);
/* To the question where the person stands; after the last to the check page, or to what an interview led to. */
void            mado_flow_page_go_to_place (MadoFlowPage *self, gboolean replace);
MadoKioskVisit *mado_flow_page_get_visit (MadoFlowPage *self);
MadoSheet      *mado_flow_page_get_sheet (MadoFlowPage *self);   /* (nullable) */
MadoOffer      *mado_flow_page_get_offer (MadoFlowPage *self);   /* (nullable) */
/* What went wrong, in a box above everything else until the next building; it takes the focus. */
void            mado_flow_page_complain  (MadoFlowPage *self, const char *what, const char *remedy);

/* The pieces pages are made of. Texts may be NULL where something can be left out. */
GtkWidget      *mado_piece_label         (const char *text, const char *css_class);
/* A label that tells @answer: furigana stay away from what people wrote. */
GtkWidget      *mado_piece_answer        (const MadoAnswerRow *answer, const char *text, const char *css_class);
GtkWidget      *mado_piece_column        (int spacing, const char *css_class);
GtkWidget      *mado_piece_row           (int spacing, const char *css_class);
/* A sentence on mist or another ground: @css_class "mist", "warn", "ok" or "danger". */
GtkWidget      *mado_piece_notice        (const char *icon, const char *strong, const char *text,
                                          const char *css_class);
/* A card that says in large figures what is to be paid, and beside them for what (nullable) and how. */
GtkWidget      *mado_piece_amount        (const char *name, gint64 yen, const char *note, const char *how);
/* A card's line: icon, name (nullable), and what is said of it. */
GtkWidget      *mado_piece_fact          (const char *icon, const char *name, const char *text);
