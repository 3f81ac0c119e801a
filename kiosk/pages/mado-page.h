/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "pages/mado-page-layout.h"
#include "widgets/mado-typist.h"

/*
 * A page between header and action row: a heading, then blocks in one column (two on a wide screen), which part over
 * several leaves where they do not fit. docs/extend-kiosk-page.md tells how one is made.
 */
#define MADO_TYPE_PAGE (mado_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (MadoPage, mado_page, MADO, PAGE, GtkWidget)

/* Every vfunc may be left out. Overriding ones chain up only where it says so. */
struct _MadoPageClass {
  GtkWidgetClass parent_class;

  void     (*shown)          (MadoPage *self);   /* it has just come on screen */
  void     (*apply)          (MadoPage *self);   /* the primary button */
  void     (*second)         (MadoPage *self);   /* the button between 「もどる」 and the primary one */
  gboolean (*back)           (MadoPage *self);   /* TRUE if it went back within itself */
  void     (*locale_changed) (MadoPage *self);   /* after its template was put into words again */
  void     (*reset)          (MadoPage *self);   /* wipes what the resident left; chain up */
};

typedef enum {
  MADO_NEED_NONE,
  MADO_NEED_REQUIRED,   /* ※必須 */
  MADO_NEED_OPTIONAL,   /* ※任意 */
} MadoNeed;

/*
 * Properties, all of them strings unless said otherwise, (nullable), and free to change at any time:
 *   title            what the visit is about, in the header
 *   heading, lead    the question, and a sentence under it
 *   need             (MadoNeed) the tag beside the heading
 *   why              「なぜ聞くのか」
 *   primary-label, primary-icon, second-label, second-icon
 *   may-go-back      (boolean, TRUE)
 *   busy             (string) 「送っています…」: the primary button says so and waits
 */
void         mado_page_shown          (MadoPage *self);
void         mado_page_apply          (MadoPage *self);
void         mado_page_second         (MadoPage *self);
gboolean     mado_page_back           (MadoPage *self);
void         mado_page_locale_changed (MadoPage *self);
void         mado_page_reset          (MadoPage *self);

const char  *mado_page_get_title         (MadoPage *self);
const char  *mado_page_get_heading       (MadoPage *self);
const char  *mado_page_get_primary_label (MadoPage *self);
const char  *mado_page_get_primary_icon  (MadoPage *self);
const char  *mado_page_get_second_label  (MadoPage *self);
const char  *mado_page_get_second_icon   (MadoPage *self);
const char  *mado_page_get_busy          (MadoPage *self);
gboolean     mado_page_get_may_go_back   (MadoPage *self);

void         mado_page_set_title         (MadoPage *self, const char *title);
void         mado_page_set_heading       (MadoPage *self, const char *heading);
void         mado_page_set_lead          (MadoPage *self, const char *lead);
void         mado_page_set_need          (MadoPage *self, MadoNeed need);
void         mado_page_set_why           (MadoPage *self, const char *why);
void         mado_page_set_primary       (MadoPage *self, const char *label, const char *icon);
void         mado_page_set_second        (MadoPage *self, const char *label, const char *icon);
/* A way out rather than the act of the page, which happens elsewhere: not filled. */
void         mado_page_set_primary_plain (MadoPage *self, gboolean plain);
gboolean     mado_page_is_primary_plain  (MadoPage *self);
/* An offer rather than an act: shown as a link. */
void         mado_page_set_second_quiet  (MadoPage *self, gboolean quiet);
gboolean     mado_page_is_second_quiet   (MadoPage *self);
void         mado_page_set_busy          (MadoPage *self, const char *busy);
void         mado_page_set_may_go_back   (MadoPage *self, gboolean may);
/* @n: 0 for none. @section: (nullable): 「あなたのこと」. */
void         mado_page_set_progress      (MadoPage *self, guint current, guint n, const char *section);

/* Mistakes above the heading, each a button to its field; the first takes the focus. Cleared before each round. */
void         mado_page_clear_mistakes    (MadoPage *self);
void         mado_page_add_mistake       (MadoPage *self, const char *mistake, const char *where, GtkWidget *field);
void         mado_page_show_mistakes     (MadoPage *self);

/* Blocks made in code; their layout properties by name, as in a template's <layout>, ended by NULL. */
void         mado_page_append            (MadoPage *self, GtkWidget *block, const char *property, ...)
  G_GNUC_NULL_TERMINATED;
void         mado_page_remove            (MadoPage *self, GtkWidget *block);

/* The window's side. */
void         mado_page_set_frame         (MadoPage *self, const MadoFrame *frame);   /* before it is allocated */
gboolean     mado_page_has_hero          (MadoPage *self);
guint        mado_page_get_leaf         (MadoPage *self);
guint        mado_page_get_n_leaves      (MadoPage *self);
/* Help stands on a leaf of its own, after the others; nobody has to pass it. */
gboolean     mado_page_has_aside         (MadoPage *self);
void         mado_page_turn_to           (MadoPage *self, guint leaf);
/* Whether @widget, anywhere inside the page, stands on the leaf that is shown. */
gboolean     mado_page_shows             (MadoPage *self, GtkWidget *widget);
/* The first field on the leaf that is shown. (nullable) */
MadoTypist  *mado_page_find_typist       (MadoPage *self);
/* Turns to the leaf where @widget, anywhere inside the page, stands. */
void         mado_page_turn_to_widget    (MadoPage *self, GtkWidget *widget);
