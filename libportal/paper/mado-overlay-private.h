/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <pango/pangocairo.h>
#include "paper/mado-overlay.h"
#include "paper/mado-paper-sheet.h"

G_BEGIN_DECLS

#define MADO_POINTS_PER_MM (72 / 25.4)

/* What of a filing can be printed besides its answers. */
#define MADO_OVERLAY_NUMBER "filing.number"
#define MADO_OVERLAY_DATE   "filing.date"

/* Millimetres from the upper left corner of the sheet. */
typedef struct {
  double x, y, width, height;
} MadoBox;

typedef enum {
  MADO_OVERLAY_TEXT,
  MADO_OVERLAY_BOXES,     /* a character each */
  MADO_OVERLAY_CIRCLE,    /* around what was chosen */
  MADO_OVERLAY_TICK,
  MADO_OVERLAY_DATE_PARTS,
  MADO_OVERLAY_ROWS,      /* of a group */
} MadoOverlayKind;

/* Of an option's id, "true" or "false"; of a date's "era", "year", "month" or "day", or an era to circle: "reiwa". */
typedef struct {
  const char *id;
  MadoBox     at;
} MadoOverlayPlace;

/* Strings belong to the layout's JSON. */
typedef struct {
  MadoOverlayKind kind;
  char           *pointer;      /* where it stands in the file */
  GPtrArray      *facts;        /* of const char *; none: always printed */
  const char     *text;         /* (nullable): instead of facts */
  const char     *otherwise;    /* (nullable): where nothing was answered */
  const char     *join;
  MadoBox         at;           /* of boxes the first, of rows what tells of more */
  double          size, floor;  /* points: as wanted, and the smallest */
  PangoAlignment  align;
  guint           count;        /* boxes, lines or rows */
  double          pitch;        /* from one to the next */
  guint           gap_after;    /* so many boxes, there is a gap; 0: none */
  double          gap;
  const char     *printed;      /* (nullable): of a date, the era that stands on the sheet: "reiwa" */
  GArray         *places;       /* of MadoOverlayPlace */
  const char     *group;        /* of rows */
  GPtrArray      *items;        /* of rows: of MadoOverlayItem, as they stand in the first */
} MadoOverlayItem;

typedef struct {
  double           width, height;   /* mm */
  const char      *background;      /* name of the sheet */
  cairo_pattern_t *ground;          /* (nullable): the sheet, recorded when it is first printed; under the lock */
  GPtrArray       *items;           /* of MadoOverlayItem */
} MadoOverlayPage;

struct _MadoOverlay {
  JsonNode       *json;
  JsonNode       *title;
  GArray         *pages;        /* of MadoOverlayPage */
  GPtrArray      *left_out;     /* of const char *: "fact", or "group.member" */
  MadoOverlayOpen open;
  gpointer        open_data;
  GDestroyNotify  free_data;    /* (nullable) */
  GMutex         *lock;         /* a recorded sheet is drawn in one thread at a time */
  gatomicrefcount refs;
};

MadoBox                 mado_overlay_get_box    (const MadoOverlayItem *item, guint index);   /* of boxes, of lines */
const MadoOverlayPlace *mado_overlay_find_place (const MadoOverlayItem *item, const char *id);   /* (nullable) */
gboolean                mado_overlay_leaves_out (const MadoOverlay *self, const char *group, const char *fact);
/* Is there a place on any of the sheets? */
gboolean                mado_overlay_places     (const MadoOverlay *self, const char *group, const char *fact);

/* Something to draw: text, or around or into a place. */
typedef struct {
  guint           page;
  MadoOverlayKind kind;         /* TEXT, CIRCLE or TICK */
  PangoLayout    *layout;       /* (nullable) */
  const char     *signature;    /* (nullable): instead, of the answers: drawn */
  double          dx, dy;       /* mm, of the layout within @at */
  MadoBox         at;
} MadoOverlayMark;

/* Where everything comes to stand, and what there is no room for. */
typedef struct {
  const MadoOverlay        *overlay;
  const MadoOverlayFilling *filling;
  PangoContext             *context;
  GArray                   *marks;     /* of MadoOverlayMark */
  GHashTable               *shown;     /* "fact", "group/row/member" */
  guint                     page;
} MadoOverlayPlan;

void   mado_overlay_plan_init  (MadoOverlayPlan *self, const MadoOverlay *overlay,
                                const MadoOverlayFilling *filling);
void   mado_overlay_plan_clear (MadoOverlayPlan *self);
/* (transfer full) (nullable): the text in that box, as large as it can be from @size down; NULL: it does not fit. */
PangoLayout *mado_overlay_fit  (PangoContext *context, const char *text, const MadoBox *at, double size, double floor,
                                PangoAlignment align);
/* (transfer full): "group/2/member", or "fact" */
char  *mado_overlay_key        (const char *group, guint row, const char *fact);
/* (transfer full) (nullable): what was answered, in words. */
char  *mado_overlay_say        (const MadoOverlayFilling *filling, const char *group, JsonObject *answers,
                                const char *fact);
/* The sheet of its own: nothing is added where everything was shown. */
void   mado_overlay_add_rest   (const MadoOverlayPlan *self, MadoSheet *sheet);
/* Records the sheet of a page, unless it is; under the lock. */
gboolean mado_overlay_draw_ground (const MadoOverlay *self, guint page, GError **error);
/* The sheets with @draw on them, and what there is no room for; @draw is called once. */
GBytes  *mado_overlay_draw      (const MadoOverlayPlan *self, MadoSheet *sheet, MadoSheetDraw draw, GError **error);
/* One page, ground and marks, at the size of the page. */
void   mado_overlay_draw_page  (cairo_t *cr, const MadoOverlayPlan *self, guint page);

G_END_DECLS
