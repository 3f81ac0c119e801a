/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/mado-page-layout.h"

#include "mado-theme.h"
#include "widgets/mado-tile.h"
#include "widgets/mado-typist.h"

#define GAP 24
#define RUNNING_GAP 16
#define MAX_BARE 32
#define SIDE_GAP 24          /* between blocks that stand side by side */
#define RIGHT_SHARE 984      /* of the right column in 1776, as on the drawing board */
#define RIGHT_DOCK_TOP 68    /* how much lower fields begin than the question beside them */

struct _MadoPageChild {
  GtkLayoutChild parent;
  int            gap;
  gboolean       joined, keep, head, hero, running, fills, aside;
  guint          per_row, per_row_large;
};

enum {
  CHILD_PROP_0, CHILD_PROP_GAP, CHILD_PROP_JOINED, CHILD_PROP_KEEP, CHILD_PROP_HEAD, CHILD_PROP_HERO,
  CHILD_PROP_RUNNING, CHILD_PROP_FILLS, CHILD_PROP_ASIDE, CHILD_PROP_PER_ROW, CHILD_PROP_PER_ROW_LARGE, N_CHILD_PROPS
};
static GParamSpec *child_props[N_CHILD_PROPS];

G_DEFINE_TYPE (MadoPageChild, mado_page_child, GTK_TYPE_LAYOUT_CHILD)

struct _MadoPageLayout {
  GtkLayoutManager parent;
  MadoFrame        frame;
  guint            leaf;
  guint            n_leaves;
  gboolean         has_aside;
  GHashTable      *places;   /* GtkWidget * → its leaf, as found last */
};

enum { PROP_0, PROP_N_LEAVES, N_PROPS };
static GParamSpec *props[N_PROPS];

G_DEFINE_TYPE (MadoPageLayout, mado_page_layout, GTK_TYPE_LAYOUT_MANAGER)

/* One or several blocks side by side. */
typedef struct {
  GtkWidget *blocks[6];
  guint      n_blocks, per_row;
  int        gap, height;
  gboolean   joined, keep, head, fills, aside;
  guint      docks;        /* bits of MadoDock that its fields need */
  guint      leaf, column;
  int        y;
} Row;

typedef struct {
  MadoPageLayout *layout;
  GdkRectangle     columns[2];
  guint            n_columns;
  GArray          *rows;
  GtkWidget       *hero, *running;
  int              hero_height, running_height;
  int              hero_once;      /* how much higher leaves after the first begin, which do without it */
  guint            leaf, column;   /* where the next row goes */
  guint            docks;          /* what the fields that stand on this leaf need */
  int              top, y;         /* where its column begins; where it stands */
  guint            head_leaf, bare;   /* where the head ends; bits: leaves without a running head */
  int              head_end;       /* of the first column of the first leaf */
  gboolean         has_aside;
} Setting;

static void
mado_page_child_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  MadoPageChild *self = MADO_PAGE_CHILD (object);

  switch (id) {
  case CHILD_PROP_GAP:           self->gap = g_value_get_int (value); break;
  case CHILD_PROP_JOINED:        self->joined = g_value_get_boolean (value); break;
  case CHILD_PROP_KEEP:          self->keep = g_value_get_boolean (value); break;
  case CHILD_PROP_HEAD:          self->head = g_value_get_boolean (value); break;
  case CHILD_PROP_HERO:          self->hero = g_value_get_boolean (value); break;
  case CHILD_PROP_RUNNING:       self->running = g_value_get_boolean (value); break;
  case CHILD_PROP_FILLS:         self->fills = g_value_get_boolean (value); break;
  case CHILD_PROP_ASIDE:         self->aside = g_value_get_boolean (value); break;
  case CHILD_PROP_PER_ROW:       self->per_row = g_value_get_uint (value); break;
  case CHILD_PROP_PER_ROW_LARGE: self->per_row_large = g_value_get_uint (value); break;
  default:                       G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
  gtk_layout_manager_layout_changed (gtk_layout_child_get_layout_manager (GTK_LAYOUT_CHILD (self)));
}

static void
mado_page_child_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  MadoPageChild *self = MADO_PAGE_CHILD (object);

  switch (id) {
  case CHILD_PROP_GAP:           g_value_set_int (value, self->gap); break;
  case CHILD_PROP_JOINED:        g_value_set_boolean (value, self->joined); break;
  case CHILD_PROP_KEEP:          g_value_set_boolean (value, self->keep); break;
  case CHILD_PROP_HEAD:          g_value_set_boolean (value, self->head); break;
  case CHILD_PROP_HERO:          g_value_set_boolean (value, self->hero); break;
  case CHILD_PROP_RUNNING:       g_value_set_boolean (value, self->running); break;
  case CHILD_PROP_FILLS:         g_value_set_boolean (value, self->fills); break;
  case CHILD_PROP_ASIDE:         g_value_set_boolean (value, self->aside); break;
  case CHILD_PROP_PER_ROW:       g_value_set_uint (value, self->per_row); break;
  case CHILD_PROP_PER_ROW_LARGE: g_value_set_uint (value, self->per_row_large); break;
  default:                       G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
mado_page_child_class_init (MadoPageChildClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = mado_page_child_set_property;
  object_class->get_property = mado_page_child_get_property;
  child_props[CHILD_PROP_GAP] = g_param_spec_int ("gap", NULL, NULL, 0, 400, GAP, flags);
  child_props[CHILD_PROP_JOINED] = g_param_spec_boolean ("joined", NULL, NULL, FALSE, flags);
  child_props[CHILD_PROP_KEEP] = g_param_spec_boolean ("keep", NULL, NULL, FALSE, flags);
  child_props[CHILD_PROP_HEAD] = g_param_spec_boolean ("head", NULL, NULL, FALSE, flags);
  child_props[CHILD_PROP_HERO] = g_param_spec_boolean ("hero", NULL, NULL, FALSE, flags);
  child_props[CHILD_PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  child_props[CHILD_PROP_FILLS] = g_param_spec_boolean ("fills", NULL, NULL, FALSE, flags);
  child_props[CHILD_PROP_ASIDE] = g_param_spec_boolean ("aside", NULL, NULL, FALSE, flags);
  child_props[CHILD_PROP_PER_ROW] = g_param_spec_uint ("per-row", NULL, NULL, 1, 6, 1, flags);
  child_props[CHILD_PROP_PER_ROW_LARGE] = g_param_spec_uint ("per-row-large", NULL, NULL, 0, 6, 0, flags);
  g_object_class_install_properties (object_class, N_CHILD_PROPS, child_props);
}

static void
mado_page_child_init (MadoPageChild *self)
{
  self->gap = GAP;
  self->per_row = 1;
}

static MadoPageChild *
child_of (MadoPageLayout *self, GtkWidget *block)
{
  return MADO_PAGE_CHILD (gtk_layout_manager_get_layout_child (GTK_LAYOUT_MANAGER (self), block));
}

static int
measure_height (GtkWidget *widget, int width)
{
  int least, natural, height;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, MAX (width, least), &height, &natural, NULL, NULL);

  return natural;
}

static void
set_columns (Setting *setting, int width)
{
  const MadoFrame *frame = &setting->layout->frame;
  int top = frame->top + setting->hero_height + (setting->hero != NULL ? 36 : 0);

  /* The largest words need whole lines, unless something stands on the right to type on. */
  if (frame->landscape && (frame->typing || mado_theme_get_text_size (mado_theme_get ()) < MADO_TEXT_LARGEST)) {
    int inner = width - 3 * MADO_PAGE_MARGIN;
    int right = inner * RIGHT_SHARE / 1776;
    int right_top = top + (frame->typing && !mado_theme_is_large (mado_theme_get ()) ? RIGHT_DOCK_TOP : 0);

    setting->columns[0] = (GdkRectangle) { MADO_PAGE_MARGIN, top, inner - right, 0 };
    setting->columns[1] = (GdkRectangle) { width - MADO_PAGE_MARGIN - right, right_top, right, 0 };
    setting->n_columns = 2;
  } else {
    setting->columns[0] = (GdkRectangle) { MADO_PAGE_MARGIN, top, width - 2 * MADO_PAGE_MARGIN, 0 };
    setting->n_columns = 1;
  }
}

/* Large words on a wide screen need its height. */
static gboolean
shows_hero_once (const Setting *setting)
{
  return setting->layout->frame.landscape && mado_theme_is_large (mado_theme_get ());
}

static guint
blocks_per_row (const MadoPageChild *child)
{
  if (!mado_theme_is_large (mado_theme_get ()))
    return child->per_row;

  return child->per_row_large > 0 ? child->per_row_large : MAX (1, child->per_row - 1);
}

static guint
docks_of (GtkWidget *block)
{
  MadoTypist *typist = mado_typist_find (block);
  MadoComposer *composer = typist != NULL ? mado_typist_get_composer (typist) : NULL;

  if (typist == NULL)
    return 0;
  if (composer == NULL || mado_typist_get_keys (typist) & MADO_KEYS_DIGITS)
    return 1 << MADO_DOCK_DIGITS;

  return 1 << (mado_composer_get_converts (composer) ? MADO_DOCK_CANDIDATES : MADO_DOCK_BOARD);
}

/* Blocks that want to stand side by side fill one row after the other. */
static void
add_block (Setting *setting, GtkWidget *block)
{
  const MadoPageChild *child = child_of (setting->layout, block);
  guint per_row = blocks_per_row (child);
  Row *last = setting->rows->len > 0 ? &g_array_index (setting->rows, Row, setting->rows->len - 1) : NULL;
  Row row = { { block }, 1, per_row, child->gap, 0, child->joined, child->keep, child->head, child->fills,
              child->aside, docks_of (block) };

  if (last != NULL && per_row > 1 && last->per_row == per_row && last->n_blocks < per_row && !last->head) {
    last->blocks[last->n_blocks++] = block;
    last->docks |= row.docks;
  } else {
    g_array_append_val (setting->rows, row);
  }
}

static void
gather (Setting *setting, GtkWidget *page)
{
  for (GtkWidget *block = gtk_widget_get_first_child (page); block != NULL;
       block = gtk_widget_get_next_sibling (block)) {
    if (!gtk_widget_should_layout (block))
      continue;
    if (child_of (setting->layout, block)->hero)
      setting->hero = block;
    else if (child_of (setting->layout, block)->running)
      setting->running = block;
    else
      add_block (setting, block);
  }
}

static int
block_width (const Setting *setting, const Row *row, guint column)
{
  return (setting->columns[column].width - (int) (row->per_row - 1) * SIDE_GAP) / (int) row->per_row;
}

static void
fit_words (GtkWidget *block, int width)
{
  GtkWidget *child = gtk_widget_get_first_child (block);

  if (MADO_IS_TILE (block))
    mado_tile_fit (MADO_TILE (block), width);
  else if (child != NULL && MADO_IS_TILE (child))
    mado_tile_fit (MADO_TILE (child), width);
}

static void
measure_row (Setting *setting, Row *row, guint column)
{
  int width = block_width (setting, row, column);

  row->height = 0;
  for (guint i = 0; i < row->n_blocks; i++) {
    fit_words (row->blocks[i], width);
    row->height = MAX (row->height, measure_height (row->blocks[i], width));
  }
}

/* How much room the row and those that must stay with it need in the column, the gap above it apart. */
static int
chain_height (Setting *setting, guint i, guint column, guint *docks)
{
  int height = 0;

  for (guint k = i; k < setting->rows->len; k++) {
    Row *row = &g_array_index (setting->rows, Row, k);

    measure_row (setting, row, column);
    *docks |= row->docks;
    height += row->height + (k > i && !row->joined ? row->gap : 0);
    if (!row->keep)
      break;
  }

  return height;
}

static int
column_bottom (const Setting *setting, guint column, guint docks)
{
  const MadoFrame *frame = &setting->layout->frame;
  const int *bottoms = column > 0 ? frame->bottom_right : frame->bottom;
  int bottom = bottoms[MADO_DOCK_NONE];

  for (guint dock = 0; dock < MADO_N_DOCKS && frame->typing; dock++)
    if (docks & (1u << dock))
      bottom = MIN (bottom, bottoms[dock]);

  return bottom;
}

/* On a wide screen with something to type on, questions stand on the left and fields on the right. */
static gboolean
parts_fields (const Setting *setting)
{
  return setting->layout->frame.landscape && setting->layout->frame.typing;
}

/* Where a column begins without the running head. */
static int
bare_top (const Setting *setting, guint leaf, guint column)
{
  return setting->columns[column].y - (leaf > 0 ? setting->hero_once : 0);
}

/* Under the running head, on the leaves after the head. */
static int
column_top (const Setting *setting, guint leaf, guint column)
{
  gboolean runs = setting->running != NULL && leaf > setting->head_leaf && column == 0;

  return bare_top (setting, leaf, column) + (runs ? setting->running_height + RUNNING_GAP : 0);
}

static void
next_column (Setting *setting, gboolean head)
{
  if (++setting->column >= setting->n_columns) {
    setting->leaf++;
    setting->docks = 0;
    setting->column = parts_fields (setting) ? setting->n_columns - 1 : 0;
  }
  if (head)
    setting->head_leaf = setting->leaf;
  setting->top = setting->y = column_top (setting, setting->leaf, setting->column);
}

static void
put_row (Setting *setting, Row *row, guint leaf, guint column, int y)
{
  measure_row (setting, row, column);
  row->leaf = leaf;
  row->column = column;
  row->y = y;
}

/* A field that has just the room above its keys bears its own name. */
static void
make_room (Setting *setting, guint i)
{
  guint docks = 0;
  int needed = chain_height (setting, i, setting->column, &docks);

  if (setting->top == bare_top (setting, setting->leaf, setting->column) || setting->leaf >= MAX_BARE
      || setting->y + needed <= column_bottom (setting, setting->column, docks))
    return;
  setting->bare |= 1u << setting->leaf;
  setting->top = setting->y = bare_top (setting, setting->leaf, setting->column);
}

/* What must stay together stands whole in the column beside an empty one, rather than torn between both. */
static gboolean
fits_beside (Setting *setting, guint i)
{
  guint column = setting->column + 1, docks = setting->docks;

  return column < setting->n_columns && g_array_index (setting->rows, Row, i).keep
         && bare_top (setting, setting->leaf, column) + chain_height (setting, i, column, &docks)
            <= column_bottom (setting, column, docks);
}

static void
place_row (Setting *setting, guint i)
{
  Row *row = &g_array_index (setting->rows, Row, i);
  gboolean first = setting->y == setting->top;
  int gap = first || row->joined ? 0 : row->gap;
  guint docks = setting->docks;
  int needed = gap + chain_height (setting, i, setting->column, &docks);

  if ((parts_fields (setting) && !row->head && setting->column == 0)
      || (setting->y + needed > column_bottom (setting, setting->column, docks)
          && (!first || fits_beside (setting, i)))) {
    next_column (setting, row->head);
    make_room (setting, i);
    gap = 0;
  }
  setting->docks |= row->docks;
  put_row (setting, row, setting->leaf, setting->column, setting->y + gap);
  setting->y = row->y + row->height;
  if (row->head)
    setting->head_end = setting->y;
}

/* Under the question on a wide screen, or below everything else, or overleaf. */
static void
place_aside (Setting *setting, Row *row)
{
  guint first_docks = setting->leaf == 0 ? setting->docks : 1 << MADO_DOCK_CANDIDATES;

  measure_row (setting, row, 0);
  if (parts_fields (setting)
      && setting->head_end + row->gap + row->height <= column_bottom (setting, 0, first_docks)) {
    put_row (setting, row, 0, 0, setting->head_end + row->gap);
    return;
  }
  measure_row (setting, row, setting->column);
  if (setting->y + row->gap + row->height <= column_bottom (setting, setting->column, setting->docks)) {
    put_row (setting, row, setting->leaf, setting->column, setting->y + row->gap);
    return;
  }
  put_row (setting, row, setting->leaf + 1, 0, column_top (setting, setting->leaf + 1, 0));
  setting->has_aside = TRUE;
}

static void
place_rows (Setting *setting)
{
  setting->top = setting->y = setting->head_end = setting->columns[0].y;
  for (guint i = 0; i < setting->rows->len; i++)
    if (!g_array_index (setting->rows, Row, i).aside)
      place_row (setting, i);
  for (guint i = 0; i < setting->rows->len; i++)
    if (g_array_index (setting->rows, Row, i).aside)
      place_aside (setting, &g_array_index (setting->rows, Row, i));
}

/* A row that fills takes what its column has left; those under it move down. */
static void
stretch (Setting *setting)
{
  for (guint i = 0; i < setting->rows->len; i++) {
    Row *row = &g_array_index (setting->rows, Row, i);
    guint last = i;
    int left;

    if (!row->fills)
      continue;
    while (last + 1 < setting->rows->len
           && g_array_index (setting->rows, Row, last + 1).leaf == row->leaf
           && g_array_index (setting->rows, Row, last + 1).column == row->column)
      last++;
    left = column_bottom (setting, row->column, 0) - g_array_index (setting->rows, Row, last).y
         - g_array_index (setting->rows, Row, last).height;
    if (left <= 0)
      continue;
    row->height += left;
    for (guint k = i + 1; k <= last; k++)
      g_array_index (setting->rows, Row, k).y += left;
  }
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on && !gtk_widget_has_css_class (widget, name))
    gtk_widget_add_css_class (widget, name);
  else if (!on && gtk_widget_has_css_class (widget, name))
    gtk_widget_remove_css_class (widget, name);
}

static gboolean
are_neighbours (const Row *above, const Row *below)
{
  return above->leaf == below->leaf && above->column == below->column;
}

static void
join_corners (Setting *setting, guint i)
{
  const Row *row = &g_array_index (setting->rows, Row, i);
  const Row *above = i > 0 ? row - 1 : NULL;
  const Row *below = i + 1 < setting->rows->len ? row + 1 : NULL;
  gboolean joins_below = below != NULL && below->joined;

  if (!row->joined && !joins_below)
    return;
  set_class (row->blocks[0], "joined-above", row->joined && above != NULL && are_neighbours (above, row));
  set_class (row->blocks[0], "joined-below", joins_below && are_neighbours (row, below));
}

/* What stands overleaf is neither seen nor spoken: no heading is said twice. */
static void
set_shown (GtkWidget *block, gboolean shown)
{
  if (gtk_widget_get_child_visible (block) == shown)
    return;
  gtk_widget_set_child_visible (block, shown);
  gtk_accessible_update_state (GTK_ACCESSIBLE (block), GTK_ACCESSIBLE_STATE_HIDDEN, !shown, -1);
}

static void
allocate_row (Setting *setting, guint i)
{
  const Row *row = &g_array_index (setting->rows, Row, i);
  int width = block_width (setting, row, row->column);

  for (guint k = 0; k < row->n_blocks; k++) {
    int x = setting->columns[row->column].x + (int) k * (width + SIDE_GAP);
    GtkAllocation place = { x, row->y, width, row->height };

    g_hash_table_insert (setting->layout->places, row->blocks[k], GUINT_TO_POINTER (row->leaf));
    set_shown (row->blocks[k], row->leaf == setting->layout->leaf);
    if (row->leaf == setting->layout->leaf)
      gtk_widget_size_allocate (row->blocks[k], &place, -1);
  }
  join_corners (setting, i);
}

static void
allocate_running (Setting *setting)
{
  const GdkRectangle *column = &setting->columns[0];
  guint leaf = setting->layout->leaf;
  GtkAllocation place = { column->x, bare_top (setting, leaf, 0), column->width, setting->running_height };
  gboolean runs = leaf > setting->head_leaf && (leaf >= MAX_BARE || !(setting->bare & (1u << leaf)));

  set_shown (setting->running, runs);
  if (runs)
    gtk_widget_size_allocate (setting->running, &place, -1);
}

static void
mado_page_layout_measure (GtkLayoutManager *manager, GtkWidget *page, GtkOrientation orientation, int for_size,
                           int *least, int *natural, int *least_baseline, int *natural_baseline)
{
  *least = *natural = 1;   /* the page takes what the stage gives it */
}

static void
mado_page_layout_allocate (GtkLayoutManager *manager, GtkWidget *page, int width, int height, int baseline)
{
  MadoPageLayout *self = MADO_PAGE_LAYOUT (manager);
  Setting setting = { self };
  guint n_leaves;
  gboolean has_changed;

  setting.rows = g_array_new (FALSE, TRUE, sizeof (Row));
  gather (&setting, page);
  if (setting.hero != NULL) {
    setting.hero_height = measure_height (setting.hero, width);
    setting.hero_once = shows_hero_once (&setting) ? setting.hero_height : 0;
  }
  set_columns (&setting, width);
  if (setting.running != NULL)
    setting.running_height = measure_height (setting.running, setting.columns[0].width);
  place_rows (&setting);
  stretch (&setting);

  n_leaves = setting.leaf + 1;
  has_changed = n_leaves != self->n_leaves || setting.has_aside != self->has_aside;
  self->leaf = MIN (self->leaf, setting.has_aside ? n_leaves : n_leaves - 1);
  g_hash_table_remove_all (self->places);
  if (setting.hero != NULL) {
    gtk_widget_set_child_visible (setting.hero, self->leaf == 0 || setting.hero_once == 0);
    gtk_widget_size_allocate (setting.hero, &(GtkAllocation) { 0, self->frame.top, width, setting.hero_height }, -1);
  }
  if (setting.running != NULL)
    allocate_running (&setting);
  for (guint i = 0; i < setting.rows->len; i++)
    allocate_row (&setting, i);
  g_array_unref (setting.rows);

  if (has_changed) {
    self->n_leaves = n_leaves;
    self->has_aside = setting.has_aside;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_LEAVES]);
  }
}

static void
mado_page_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_uint (value, MADO_PAGE_LAYOUT (object)->n_leaves);
}

static void
mado_page_layout_finalize (GObject *object)
{
  g_hash_table_unref (MADO_PAGE_LAYOUT (object)->places);
  G_OBJECT_CLASS (mado_page_layout_parent_class)->finalize (object);
}

static void
mado_page_layout_class_init (MadoPageLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = mado_page_layout_get_property;
  object_class->finalize = mado_page_layout_finalize;
  layout_class->layout_child_type = MADO_TYPE_PAGE_CHILD;
  layout_class->measure = mado_page_layout_measure;
  layout_class->allocate = mado_page_layout_allocate;

  props[PROP_N_LEAVES] = g_param_spec_uint ("n-leaves", NULL, NULL, 1, G_MAXUINT, 1,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mado_page_layout_init (MadoPageLayout *self)
{
  self->n_leaves = 1;
  self->places = g_hash_table_new (NULL, NULL);
}

gboolean
mado_page_layout_set_frame (MadoPageLayout *self, const MadoFrame *frame)
{
  if (memcmp (&self->frame, frame, sizeof *frame) == 0)
    return FALSE;
  self->frame = *frame;

  return TRUE;
}

void
mado_page_layout_set_leaf (MadoPageLayout *self, guint leaf)
{
  if (self->leaf == leaf)
    return;
  self->leaf = leaf;
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

guint
mado_page_layout_get_leaf (MadoPageLayout *self)
{
  return self->leaf;
}

guint
mado_page_layout_get_n_leaves (MadoPageLayout *self)
{
  return self->n_leaves;
}

gboolean
mado_page_layout_has_aside (MadoPageLayout *self)
{
  return self->has_aside;
}

guint
mado_page_layout_find (MadoPageLayout *self, GtkWidget *block)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->places, block));
}
