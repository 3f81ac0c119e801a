/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-stage.h"

#include "mado-ruby.h"
#include "mado-theme.h"
#include "mado-words.h"
#include "widgets/mado-action-row.h"
#include "widgets/mado-banner.h"
#include "widgets/mado-candidates.h"
#include "widgets/mado-error-summary.h"
#include "widgets/mado-keyboard.h"

/* The drawing board; a screen has at least these, after scaling. */
#define SHORT_EDGE 1080
#define LONG_EDGE 1920

#define MARGIN MADO_PAGE_MARGIN
#define BANNER_OVERLAP 8        /* banners lie over the air below the horizon */
#define PAGE_TOP 16
#define ACTIONS_GAP 24          /* page to action row, and action row to bar */
#define WIDE_ACTIONS_GAP 12     /* action row to bar on a wide screen */
#define WIDE_ACTIONS 792        /* of 1776 */
#define KEYBOARD_GAP 32         /* keyboard to action row */
#define DIGITS_GAP 60
#define CANDIDATES_GAP 36       /* candidates to keyboard */
#define LARGE_GAP 12            /* the same, for large text; and page to what stands below it */
#define WIDE_CANDIDATES_GAP 40  /* candidates to action row */
#define DOCK_GAP 24             /* page to what stands below it */

struct _MadoStage {
  GtkWidget      parent;
  MadoHeader    *header;
  GtkBox        *banners;
  MadoPage      *page;       /* (nullable): the one on screen */
  MadoPage      *next;       /* (nullable): laid out, not shown */
  MadoActionRow *actions;
  MadoBar       *bar;
  GtkWidget     *veil;       /* (nullable) */
  gboolean       veils_bar;
  MadoTypist    *typist;     /* (nullable): the field that is typed into */
  MadoKeyboard  *keyboard;   /* (nullable) until the first field */
  MadoCandidates *candidates;
  guint          turning;    /* source */
};

G_DEFINE_TYPE (MadoStage, mado_stage, GTK_TYPE_WIDGET)

static int
height_of (gpointer widget, int width)
{
  int natural;

  if (!gtk_widget_should_layout (widget))
    return 0;
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);

  return natural;
}

static void
place (gpointer widget, float scale, int x, int y, int width, int height)
{
  GskTransform *transform = gsk_transform_translate (scale != 1 ? gsk_transform_scale (NULL, scale, scale) : NULL,
                                                     &GRAPHENE_POINT_INIT (x, y));

  if (gtk_widget_should_layout (widget))
    gtk_widget_allocate (widget, width, height, -1, transform);
  else
    gsk_transform_unref (transform);
}

static float
scale_for (int width, int height)
{
  gboolean landscape = width > height;
  float across = width / (float) (landscape ? LONG_EDGE : SHORT_EDGE);
  float down = height / (float) (landscape ? SHORT_EDGE : LONG_EDGE);
  float scale = MIN (across, down);

  return scale > 0.999 && scale < 1.001 ? 1 : scale;
}

/* The regions as they come out for one size of the screen. */
typedef struct {
  float     scale;
  int       width, height;
  MadoFrame frame;
  int       actions_width;
  int       bar_y, actions, actions_y;
  int       keyboard_y, candidates_y, candidates;
} Regions;

static gboolean
wants_candidates (MadoStage *self)
{
  MadoComposer *composer = self->typist != NULL ? mado_typist_get_composer (self->typist) : NULL;

  return composer != NULL && mado_composer_get_converts (composer);
}

static void
find_bottom (MadoStage *self, Regions *at)
{
  int inner = at->width - 2 * MARGIN;

  at->actions_width = at->frame.landscape ? (inner - MARGIN) * WIDE_ACTIONS / 1776 : inner;
  mado_bar_prepare (self->bar, at->width);
  at->bar_y = at->height - height_of (self->bar, at->width);
  at->actions = mado_action_row_is_empty (self->actions) ? 0 : height_of (self->actions, at->actions_width);
  at->actions_y = at->bar_y - (at->frame.landscape ? WIDE_ACTIONS_GAP : ACTIONS_GAP) - at->actions;
  at->frame.bottom[MADO_DOCK_NONE] = (at->actions > 0 ? at->actions_y : at->bar_y) - ACTIONS_GAP;
  at->frame.bottom_right[MADO_DOCK_NONE] = at->bar_y - ACTIONS_GAP;
}

static int
gap (int normal)
{
  return mado_theme_is_large (mado_theme_get ()) ? MIN (LARGE_GAP, normal) : normal;
}

static int
keyboard_top (const Regions *at, gboolean digits)
{
  int height = mado_keyboard_get_height (digits, at->frame.landscape);

  return at->frame.landscape ? at->bar_y - WIDE_ACTIONS_GAP - height
                             : at->actions_y - gap (digits ? DIGITS_GAP : KEYBOARD_GAP) - height;
}

/* On a high screen all of it stands one above the other; on a wide one the keyboard is on the right. */
static void
find_dock (MadoStage *self, Regions *at)
{
  gboolean wide = at->frame.landscape;
  int *bottom = at->frame.bottom;

  if (self->typist == NULL)
    return;
  at->frame.typing = TRUE;
  at->keyboard_y = keyboard_top (at, mado_keyboard_get_board (self->keyboard) == MADO_BOARD_DIGITS);
  at->candidates = mado_candidates_get_height (self->candidates, wide);
  at->candidates_y = wide ? at->actions_y - WIDE_CANDIDATES_GAP - at->candidates
                          : keyboard_top (at, FALSE) - gap (CANDIDATES_GAP) - at->candidates;
  bottom[MADO_DOCK_DIGITS] = wide ? bottom[MADO_DOCK_NONE] : keyboard_top (at, TRUE) - gap (DOCK_GAP);
  bottom[MADO_DOCK_BOARD] = wide ? bottom[MADO_DOCK_NONE] : keyboard_top (at, FALSE) - gap (DOCK_GAP);
  bottom[MADO_DOCK_CANDIDATES] = at->candidates_y - gap (DOCK_GAP);
  for (MadoDock dock = MADO_DOCK_DIGITS; dock < MADO_N_DOCKS; dock++)
    at->frame.bottom_right[dock] = keyboard_top (at, dock == MADO_DOCK_DIGITS) - gap (DOCK_GAP);
}

/* Side by side on a wide screen; and where there is no room for sentences. */
static int
shape_banners (MadoStage *self, const Regions *at)
{
  gboolean brief = at->frame.typing || mado_theme_is_large (mado_theme_get ());

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->banners), brief || at->frame.landscape
                                  ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  for (GtkWidget *banner = gtk_widget_get_first_child (GTK_WIDGET (self->banners)); banner != NULL;
       banner = gtk_widget_get_next_sibling (banner))
    mado_banner_set_brief (MADO_BANNER (banner), brief);

  return height_of (self->banners, at->width);
}

/* Where something is typed there is no room to lose: banners then stand in the place of the header. */
static void
place_top (MadoStage *self, Regions *at)
{
  gboolean hero = self->page != NULL && mado_page_has_hero (self->page);
  int banners = shape_banners (self, at);
  gboolean instead = at->frame.typing && banners > 0;
  int header = hero ? 0 : height_of (self->header, at->width);
  int top = header > 0 && !instead ? header - BANNER_OVERLAP : 0;

  gtk_widget_set_child_visible (GTK_WIDGET (self->header), !hero && !instead);
  if (!hero && !instead)
    place (self->header, at->scale, 0, 0, at->width, header);
  place (self->banners, at->scale, 0, top, at->width, instead ? MAX (banners, header) : banners);
  at->frame.top = header > 0 ? MAX (header, top + banners) + PAGE_TOP : banners;
}

/* Only where the field itself is: a page may have parted so that it stands overleaf. */
static void
place_dock (MadoStage *self, const Regions *at)
{
  gboolean wide = at->frame.landscape;
  gboolean shown = self->typist != NULL && mado_page_shows (self->page, GTK_WIDGET (self->typist));
  int x = wide ? at->width - MARGIN - (at->width - 3 * MARGIN - at->actions_width) : MARGIN;

  if (self->keyboard == NULL)
    return;
  gtk_widget_set_child_visible (GTK_WIDGET (self->keyboard), shown);
  gtk_widget_set_child_visible (GTK_WIDGET (self->candidates), shown && wants_candidates (self));
  if (shown)
    place (self->keyboard, at->scale, x, at->keyboard_y, at->width - MARGIN - x,
           mado_keyboard_get_height (mado_keyboard_get_board (self->keyboard) == MADO_BOARD_DIGITS, wide));
  if (shown && wants_candidates (self))
    place (self->candidates, at->scale, MARGIN, at->candidates_y, wide ? at->actions_width : at->width - 2 * MARGIN,
           at->candidates);
}

static void
mado_stage_size_allocate (GtkWidget *widget, int real_width, int real_height, int baseline)
{
  MadoStage *self = MADO_STAGE (widget);
  Regions at = { .scale = scale_for (real_width, real_height) };

  at.width = (int) (real_width / at.scale + 0.5);
  at.height = (int) (real_height / at.scale + 0.5);
  at.frame.landscape = at.width > at.height;
  find_bottom (self, &at);
  find_dock (self, &at);
  place_top (self, &at);
  place (self->bar, at.scale, 0, at.bar_y, at.width, at.height - at.bar_y);
  place (self->actions, at.scale, MARGIN, at.actions_y, at.actions_width, MAX (at.actions, 1));
  if (self->page != NULL) {
    mado_page_set_frame (self->page, &at.frame);
    place (self->page, at.scale, 0, 0, at.width, at.bar_y);
    place_dock (self, &at);
  }
  if (self->next != NULL) {
    mado_page_set_frame (self->next, &at.frame);
    place (self->next, at.scale, 0, 0, at.width, at.bar_y);
  }
  if (self->veil != NULL)
    place (self->veil, at.scale, 0, 0, at.width, self->veils_bar ? at.height : at.bar_y);
}

static void
mado_stage_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *least, int *natural,
                    int *least_baseline, int *natural_baseline)
{
  *least = 1;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? SHORT_EDGE : LONG_EDGE;
}

static void
follow_page (MadoStage *self)
{
  mado_header_set_title (self->header, self->page != NULL ? mado_page_get_title (self->page) : NULL);
}

static void
set_typist (MadoStage *self, MadoTypist *typist)
{
  if (self->typist == typist)
    return;
  if (self->typist != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->typist), "typing");
  g_set_object (&self->typist, typist);
  if (self->keyboard == NULL && typist != NULL) {
    self->keyboard = g_object_new (MADO_TYPE_KEYBOARD, NULL);
    self->candidates = g_object_new (MADO_TYPE_CANDIDATES, NULL);
    gtk_widget_insert_before (GTK_WIDGET (self->candidates), GTK_WIDGET (self), GTK_WIDGET (self->actions));
    gtk_widget_insert_before (GTK_WIDGET (self->keyboard), GTK_WIDGET (self), GTK_WIDGET (self->actions));
  }
  if (self->keyboard != NULL) {
    mado_keyboard_set_typist (self->keyboard, typist);
    mado_candidates_set_composer (self->candidates, wants_candidates (self) ? mado_typist_get_composer (typist) : NULL);
  }
  if (typist != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (typist), "typing");
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
on_focus (MadoStage *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (MADO_IS_TYPIST (focus))
    set_typist (self, MADO_TYPIST (focus));
  else if (self->typist != NULL && !gtk_widget_is_ancestor (GTK_WIDGET (self->typist), GTK_WIDGET (self)))
    set_typist (self, NULL);   /* its page was built anew without it */
  else if (focus != NULL && (MADO_IS_ERROR_SUMMARY (focus)
                             || gtk_widget_get_ancestor (focus, MADO_TYPE_ERROR_SUMMARY) != NULL))
    set_typist (self, NULL);   /* first the mistakes are read, with the fields under them */
}

static void
mado_stage_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mado_stage_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::focus-widget", G_CALLBACK (on_focus), widget,
                           G_CONNECT_SWAPPED);
}

/* The field that is typed into is always one that can be seen. */
static gboolean
on_leaf_turned (gpointer data)
{
  MadoStage *self = data;
  MadoTypist *first = self->page != NULL ? mado_page_find_typist (self->page) : NULL;

  self->turning = 0;
  if (self->typist != NULL && !mado_page_shows (self->page, GTK_WIDGET (self->typist)) && first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));

  return G_SOURCE_REMOVE;
}

static void
on_leaf (MadoStage *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  if (self->turning == 0)
    self->turning = g_timeout_add (30, on_leaf_turned, self);   /* when it is laid out */
}

/* Tab passes it: there is nothing to see of it. */
static gboolean
mado_stage_move_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean moved;

  gtk_widget_set_focusable (widget, FALSE);
  moved = GTK_WIDGET_CLASS (mado_stage_parent_class)->focus (widget, direction);
  gtk_widget_set_focusable (widget, TRUE);

  return moved;
}

static void
mado_stage_dispose (GObject *object)
{
  MadoStage *self = MADO_STAGE (object);
  GtkWidget *child;

  if (self->page != NULL)
    g_signal_handlers_disconnect_by_data (self->page, self);
  g_clear_handle_id (&self->turning, g_source_remove);
  g_clear_object (&self->typist);
  self->page = self->next = NULL;
  self->veil = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mado_stage_parent_class)->dispose (object);
}

static void
mado_stage_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GTK_WIDGET_CLASS (mado_stage_parent_class)->snapshot (widget, snapshot);
  if (gtk_widget_has_css_class (widget, "easy"))
    mado_ruby_snapshot (widget, snapshot);
}

static void
mado_stage_class_init (MadoStageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mado_stage_dispose;
  widget_class->root = mado_stage_root;
  widget_class->focus = mado_stage_move_focus;
  widget_class->measure = mado_stage_measure;
  widget_class->size_allocate = mado_stage_size_allocate;
  widget_class->snapshot = mado_stage_snapshot;
  gtk_widget_class_set_css_name (widget_class, "stage");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GENERIC);
}

static gpointer
add (MadoStage *self, GType type)
{
  GtkWidget *widget = g_object_new (type, NULL);

  gtk_widget_set_parent (widget, GTK_WIDGET (self));

  return widget;
}

static void
on_language (MadoStage *self)
{
  if (g_str_equal (mado_words_get_language (), "ja@easy"))
    gtk_widget_add_css_class (GTK_WIDGET (self), "easy");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "easy");
}

static void
mado_stage_init (MadoStage *self)
{
  self->header = add (self, MADO_TYPE_HEADER);
  self->banners = add (self, GTK_TYPE_BOX);
  self->actions = add (self, MADO_TYPE_ACTION_ROW);
  self->bar = add (self, MADO_TYPE_BAR);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  /* Where focus is before the first Tab. */
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  mado_words_watch (self, G_CALLBACK (on_language));
  on_language (self);
}

MadoBar *
mado_stage_get_bar (MadoStage *self)
{
  return self->bar;
}

GtkBox *
mado_stage_get_banners (MadoStage *self)
{
  return self->banners;
}

MadoPage *
mado_stage_get_page (MadoStage *self)
{
  return self->page;
}

/* Pages stand before the keyboard and the action row: Tab goes through all in the order in which they are seen, and no
 * page, which has the whole height, lies between a finger and the keys. */
static void
adopt (MadoStage *self, MadoPage *page)
{
  GtkWidget *after = self->candidates != NULL ? GTK_WIDGET (self->candidates) : GTK_WIDGET (self->actions);

  if (gtk_widget_get_parent (GTK_WIDGET (page)) != GTK_WIDGET (self))
    gtk_widget_insert_before (GTK_WIDGET (page), GTK_WIDGET (self), after);
}

/* Laid out like one that is shown, but neither seen nor spoken. */
static void
set_unseen (MadoPage *page, gboolean unseen)
{
  gtk_widget_set_child_visible (GTK_WIDGET (page), !unseen);
  gtk_accessible_update_state (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_STATE_HIDDEN, unseen, -1);
}

static void
forget_next (MadoStage *self)
{
  if (self->next == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->next), FALSE);
  self->next = NULL;
}

void
mado_stage_prepare (MadoStage *self, MadoPage *page)
{
  if (self->page == page || self->next == page)
    return;
  forget_next (self);
  self->next = page;
  gtk_widget_set_visible (GTK_WIDGET (page), TRUE);
  set_unseen (page, TRUE);
  adopt (self, page);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
mado_stage_set_page (MadoStage *self, MadoPage *page)
{
  if (self->page == page)
    return;
  if (self->next == page)
    self->next = NULL;
  forget_next (self);
  if (self->page != NULL) {
    g_signal_handlers_disconnect_by_data (self->page, self);
    gtk_widget_set_visible (GTK_WIDGET (self->page), FALSE);
  }
  set_typist (self, NULL);
  self->page = page;
  adopt (self, page);
  gtk_widget_set_visible (GTK_WIDGET (page), TRUE);
  set_unseen (page, FALSE);
  g_signal_connect_swapped (page, "notify::title", G_CALLBACK (follow_page), self);
  g_signal_connect_swapped (page, "notify::leaf", G_CALLBACK (on_leaf), self);
  mado_action_row_set_page (self->actions, page);
  follow_page (self);
}

MadoTypist *
mado_stage_get_typist (MadoStage *self)
{
  return self->typist;
}

void
mado_stage_set_veil (MadoStage *self, GtkWidget *veil, gboolean over_bar)
{
  if (self->veil == veil)
    return;
  g_clear_pointer (&self->veil, gtk_widget_unparent);
  self->veil = veil;
  self->veils_bar = over_bar;
  if (veil != NULL)
    gtk_widget_set_parent (veil, GTK_WIDGET (self));
}
