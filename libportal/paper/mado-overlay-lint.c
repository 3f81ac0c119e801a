/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paper/mado-overlay-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-reader.h"

#define OVERLAP 0.3    /* mm, which nobody sees */

/* A place on a sheet, and the item it is of. */
typedef struct {
  MadoBox                at;
  const MadoOverlayItem *item;
} Spot;

typedef struct {
  MadoReader         reader;
  const MadoOverlay *overlay;
  const MadoForm    *form;
  GArray            *spots;     /* of Spot: of one sheet */
} OverlayLint;

#define FIND(self, item, token, code, ...) \
  G_STMT_START { \
    g_string_assign ((self)->reader.path, (item)->pointer); \
    mado_reader_violate (&(self)->reader, token, code, __VA_ARGS__); \
    g_string_truncate ((self)->reader.path, 0); \
  } G_STMT_END

/* --- one item -------------------------------------------------------------------------------------------------- */

/* Characters of the longest answer; 0: nobody can tell. */
static guint
get_longest (const MadoFormField *field)
{
  static const struct { const char *kind; guint n; } known[] = {
    { "postcode", 7 }, { "my-number", 12 }, { "corporate-number", 13 }, { "account-number", 8 }, { "phone", 16 },
  };
  gboolean is_number = field->kind->type == MADO_FACT_NUMBER || field->kind->type == MADO_FACT_YEN;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].kind, field->kind->name))
      return known[i].n;
  if (!field->has_max || !(field->kind->bounds & MADO_KIND_HAS_MIN_MAX) || field->max <= 0)
    return 0;
  if (is_number) {
    g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, field->max);

    return (guint) strlen (digits);
  }

  return field->kind->type == MADO_FACT_TEXT ? (guint) MIN (field->max, 10000) : 0;
}

static void
lint_boxes (OverlayLint *self, const MadoOverlayItem *item, const char *group)
{
  guint longest = 0;

  for (guint i = 0; i < item->facts->len; i++) {
    const MadoFormField *field = mado_form_find_field (self->form, group, item->facts->pdata[i]);

    longest += field != NULL ? get_longest (field) : 0;
  }
  if (longest > item->count)
    FIND (self, item, "count", "too-few", _("The longest answer has %u characters; these are %u boxes"), longest,
          item->count);
}

static void
lint_option (OverlayLint *self, const MadoOverlayItem *item, const char *id)
{
  if (mado_overlay_find_place (item, id) == NULL)
    FIND (self, item, "places", "unplaced", _("The answer “%s” has no place on the sheet"), id);
}

static void
lint_choice (OverlayLint *self, const MadoOverlayItem *item, const char *group)
{
  const MadoFormField *field = item->facts->len > 0 ? mado_form_find_field (self->form, group, item->facts->pdata[0])
                                                    : NULL;

  if (field != NULL && field->kind->type == MADO_FACT_BOOLEAN)
    lint_option (self, item, "true");
  for (guint i = 0; field != NULL && i < field->n_options; i++)
    lint_option (self, item, field->options[i].id);
}

static void
add_spot (OverlayLint *self, const MadoOverlayItem *item, MadoBox at, double below)
{
  const Spot spot = { { at.x, at.y + below, at.width, at.height }, item };

  g_array_append_val (self->spots, spot);
}

static void
add_spots (OverlayLint *self, const MadoOverlayItem *item, double below)
{
  gboolean many = item->kind == MADO_OVERLAY_BOXES || item->kind == MADO_OVERLAY_TEXT;

  for (guint i = 0; many && i < item->count; i++)
    add_spot (self, item, mado_overlay_get_box (item, i), below);
  for (guint i = 0; i < item->places->len; i++)
    add_spot (self, item, g_array_index (item->places, MadoOverlayPlace, i).at, below);
  if (!many && item->places->len == 0)
    add_spot (self, item, item->at, below);
}

static void
lint_item (OverlayLint *self, const MadoOverlayItem *item, const char *group, double below)
{
  add_spots (self, item, below);
  if (below > 0)
    return;
  if (item->kind == MADO_OVERLAY_BOXES)
    lint_boxes (self, item, group);
  if (item->kind == MADO_OVERLAY_CIRCLE || item->kind == MADO_OVERLAY_TICK)
    lint_choice (self, item, group);
}

static void
lint_items (OverlayLint *self, const GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++) {
    const MadoOverlayItem *item = items->pdata[i];

    lint_item (self, item, NULL, 0);
    for (guint row = 0; item->kind == MADO_OVERLAY_ROWS && row < item->count; row++)
      for (guint k = 0; k < item->items->len; k++)
        lint_item (self, item->items->pdata[k], item->group, item->pitch * row);
  }
}

/* --- places among one another ----------------------------------------------------------------------------------- */

static gboolean
overlap (const MadoBox *a, const MadoBox *b)
{
  return MIN (a->x + a->width, b->x + b->width) - MAX (a->x, b->x) > OVERLAP
         && MIN (a->y + a->height, b->y + b->height) - MAX (a->y, b->y) > OVERLAP;
}

/* Told once an item, however many of its places are in the way. */
static void
lint_overlaps (OverlayLint *self)
{
  g_autoptr(GHashTable) told = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->spots->len; i++)
    for (guint k = 0; k < i; k++) {
      const Spot *spot = &g_array_index (self->spots, Spot, i), *other = &g_array_index (self->spots, Spot, k);

      if (overlap (&spot->at, &other->at) && g_hash_table_add (told, (gpointer) spot->item))
        FIND (self, spot->item, NULL, "overlap", _("This lies over the place of %s"), other->item->pointer);
    }
}

/* --- facts without a place --------------------------------------------------------------------------------------- */

/* What is computed needs none: it follows from the answers. */
static void
lint_placed (OverlayLint *self, const MadoFormQuestion *question, const MadoFormField *field)
{
  const char *group = question->group != NULL ? question->group->fact : NULL;
  g_autofree char *name = group != NULL ? g_strconcat (group, ".", field->fact, NULL) : g_strdup (field->fact);

  if (field->kind->check != NULL && field->value == NULL
      && !mado_overlay_places (self->overlay, group, field->fact)
      && !mado_overlay_leaves_out (self->overlay, group, field->fact))
    mado_reader_violate (&self->reader, "leaveOut", "unplaced",
                         _("“%s” has no place on the sheet; give it one, or name it here"), name);
}

static void
lint_background (OverlayLint *self, guint page)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (self->overlay->lock);
  g_autoptr(GError) error = NULL;

  if (mado_overlay_draw_ground (self->overlay, page, &error))
    return;
  g_string_printf (self->reader.path, "/pages/%u", page);
  mado_reader_violate (&self->reader, "background", "background", _("The sheet %s cannot be drawn: %s"),
                       g_array_index (self->overlay->pages, MadoOverlayPage, page).background, error->message);
  g_string_truncate (self->reader.path, 0);
}

gboolean
mado_overlay_lint (const MadoOverlay *overlay, const MadoForm *form, GError **error)
{
  g_autoptr(GArray) spots = g_array_new (FALSE, FALSE, sizeof (Spot));
  OverlayLint self = { MADO_READER_INIT, overlay, form, spots };

  for (guint i = 0; i < overlay->pages->len; i++) {
    lint_background (&self, i);
    g_array_set_size (spots, 0);
    lint_items (&self, g_array_index (overlay->pages, MadoOverlayPage, i).items);
    lint_overlaps (&self);
  }
  for (guint q = 0; q < form->n_questions; q++)
    for (guint f = 0; f < form->questions[q].n_fields; f++)
      lint_placed (&self, &form->questions[q], &form->questions[q].fields[f]);

  return mado_reader_finish (&self.reader, error);
}
