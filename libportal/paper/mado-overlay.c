/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paper/mado-overlay-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-json.h"
#include "core/mado-reader.h"

#define MAX_PAGES  10
#define MAX_ITEMS  300
#define MAX_BOXES  60
#define MAX_ROWS   50
#define MAX_FACTS  10
#define MAX_SHEET  1200.0   /* mm: A0 */
#define SIZE       10.5
#define FLOOR      6.0      /* smaller is not read by everybody */
#define TOLERANCE  0.01

G_DEFINE_BOXED_TYPE (MadoOverlay, mado_overlay, mado_overlay_ref, mado_overlay_unref)

static const char *const kinds[] = { "text", "boxes", "circle", "tick", "date", "rows" };

/* Every mistake is noted, so that an author sees them all at once. */
typedef struct {
  MadoReader      reader;
  const MadoForm *form;
  const char     *group;    /* (nullable): whose rows are being read */
  const MadoOverlayPage *page;
  double          below;    /* mm between the first row and the last */
} OverlayReader;

/* --- members -------------------------------------------------------------------------------------------------- */

static gboolean
get_number (JsonNode *node, double *number)
{
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;
  *number = json_node_get_double (node);

  return TRUE;
}

/* @otherwise where it is not said; from @min to @max. */
static double
read_number (OverlayReader *self, JsonObject *object, const char *name, double otherwise, double min, double max)
{
  JsonNode *node = json_object_get_member (object, name);
  double number;

  if (node == NULL && otherwise >= min)
    return otherwise;
  if (get_number (node, &number) && number >= min && number <= max)
    return number;
  mado_reader_violate (&self->reader, name, node == NULL ? "required" : "range",
                       _("“%s” is a number from %g to %g"), name, min, max);

  return min;
}

/* --- places --------------------------------------------------------------------------------------------------- */

/* [x, y, width, height], with @right more to its right and the rows below, all on the sheet. */
static MadoBox
read_box (OverlayReader *self, JsonNode *node, const char *name, double right)
{
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  double at[4];
  guint n = array != NULL ? json_array_get_length (array) : 0, read = 0;

  while (n == 4 && read < 4 && get_number (json_array_get_element (array, read), &at[read]))
    read++;
  if (read < 4 || !(at[2] > 0) || !(at[3] > 0)) {
    mado_reader_violate (&self->reader, name, "place",
                         _("A place is [x, y, width, height] in millimetres from the upper left corner"));
    return (MadoBox) { 0, 0, 1, 1 };
  }
  if (!(at[0] >= 0) || !(at[1] >= 0) || !(at[0] + at[2] + right <= self->page->width + TOLERANCE)
      || !(at[1] + at[3] + self->below <= self->page->height + TOLERANCE))
    mado_reader_violate (&self->reader, name, "outside", _("This is beyond the sheet of %g × %g mm"),
                         self->page->width, self->page->height);

  return (MadoBox) { at[0], at[1], at[2], at[3] };
}

static void
read_places (OverlayReader *self, MadoOverlayItem *item, JsonObject *object)
{
  JsonNode *node = mado_reader_member (&self->reader, object, "places", JSON_NODE_OBJECT, TRUE);
  gsize length = mado_reader_enter (&self->reader, "places");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (node != NULL) {
    json_object_iter_init_ordered (&iter, json_node_get_object (node));
    while (item->places->len < MAX_ITEMS && json_object_iter_next_ordered (&iter, &name, &value)) {
      const MadoOverlayPlace place = { name, read_box (self, value, name, 0) };

      g_array_append_val (item->places, place);
    }
  }
  mado_reader_leave (&self->reader, length);
}

/* --- facts ---------------------------------------------------------------------------------------------------- */

static gboolean
is_of_filing (const OverlayReader *self, const char *fact)
{
  return self->group == NULL && (g_str_equal (fact, MADO_OVERLAY_NUMBER) || g_str_equal (fact, MADO_OVERLAY_DATE));
}

static void
read_fact (OverlayReader *self, MadoOverlayItem *item, JsonNode *node, guint index)
{
  const char *fact = mado_reader_get_string (node);
  gsize length = mado_reader_enter_index (&self->reader, index);

  if (fact == NULL)
    mado_reader_violate (&self->reader, NULL, "type", _("“%s” is a text"), "facts");
  else if (!is_of_filing (self, fact) && mado_form_find_field (self->form, self->group, fact) == NULL)
    mado_reader_violate (&self->reader, NULL, "unknown-fact", _("The form “%s” never asks for “%s”"), self->form->id,
                         fact);
  else
    g_ptr_array_add (item->facts, (gpointer) fact);
  mado_reader_leave (&self->reader, length);
}

static void
read_facts (OverlayReader *self, MadoOverlayItem *item, JsonObject *object, guint most)
{
  JsonNode *node = mado_reader_member (&self->reader, object, "facts", JSON_NODE_ARRAY, FALSE);
  JsonArray *array = node != NULL ? json_node_get_array (node) : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 0;
  gsize length = mado_reader_enter (&self->reader, "facts");

  if (array != NULL && (n == 0 || n > most))
    mado_reader_violate (&self->reader, NULL, "range", _("Name from 1 to %u facts here"), most);
  for (guint i = 0; i < MIN (n, most); i++)
    read_fact (self, item, json_array_get_element (array, i), i);
  mado_reader_leave (&self->reader, length);
}

/* (nullable): of the only fact. */
static const MadoFormField *
get_field (const OverlayReader *self, const MadoOverlayItem *item)
{
  return item->facts->len > 0 ? mado_form_find_field (self->form, self->group, item->facts->pdata[0]) : NULL;
}

/* --- items ---------------------------------------------------------------------------------------------------- */

static void
item_free (gpointer data)
{
  MadoOverlayItem *item = data;

  g_free (item->pointer);
  g_ptr_array_unref (item->facts);
  g_array_unref (item->places);
  g_ptr_array_unref (item->items);
  g_free (item);
}

static MadoOverlayItem *
item_new (const char *pointer)
{
  MadoOverlayItem *item = g_new0 (MadoOverlayItem, 1);

  item->pointer = g_strdup (pointer);
  item->facts = g_ptr_array_new ();
  item->places = g_array_new (FALSE, FALSE, sizeof (MadoOverlayPlace));
  item->items = g_ptr_array_new_with_free_func (item_free);

  return item;
}

static PangoAlignment
read_align (OverlayReader *self, JsonObject *object, PangoAlignment otherwise)
{
  static const char *const names[] = { "left", "centre", "right" };
  const char *name = mado_reader_text (&self->reader, object, "align", FALSE);

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], name))
      return (PangoAlignment) i;
  if (name != NULL)
    mado_reader_violate (&self->reader, "align", "option", _("“%s” is left, centre or right"), "align");

  return otherwise;
}

static void
read_font (OverlayReader *self, MadoOverlayItem *item, JsonObject *object)
{
  item->size = read_number (self, object, "size", SIZE, 4, 72);
  item->floor = MIN (item->size, read_number (self, object, "floor", FLOOR, 4, 72));
}

static void
read_words (OverlayReader *self, MadoOverlayItem *item, JsonObject *object)
{
  double below;

  read_facts (self, item, object, MAX_FACTS);
  read_font (self, item, object);
  item->text = mado_reader_text (&self->reader, object, "text", FALSE);
  item->otherwise = mado_reader_text (&self->reader, object, "otherwise", FALSE);
  item->join = mado_reader_text (&self->reader, object, "join", FALSE);
  item->align = read_align (self, object, PANGO_ALIGN_LEFT);
  item->count = (guint) read_number (self, object, "count", 1, 1, MAX_ROWS);
  item->pitch = item->count > 1 ? read_number (self, object, "pitch", -1, 1, MAX_SHEET) : 0;
  below = self->below;
  self->below += (item->count - 1) * item->pitch;
  item->at = read_box (self, json_object_get_member (object, "at"), "at", 0);
  self->below = below;
  if ((item->text != NULL) == json_object_has_member (object, "facts"))
    mado_reader_violate (&self->reader, NULL, "required", _("Here stand either “facts” or a “text”"));
}

static void
read_boxes (OverlayReader *self, MadoOverlayItem *item, JsonObject *object)
{
  read_facts (self, item, object, MAX_FACTS);
  read_font (self, item, object);
  item->align = read_align (self, object, PANGO_ALIGN_LEFT);
  item->count = (guint) read_number (self, object, "count", -1, 1, MAX_BOXES);
  item->pitch = read_number (self, object, "pitch", -1, 1, 100);
  item->gap_after = (guint) read_number (self, object, "gapAfter", 0, 0, MAX_BOXES);
  item->gap = read_number (self, object, "gap", 0, 0, 100);
  item->at = read_box (self, json_object_get_member (object, "at"), "at",
                       mado_overlay_get_box (item, item->count - 1).x);
  if (item->facts->len == 0)
    mado_reader_violate (&self->reader, "facts", "required", _("“%s” is missing"), "facts");
}

static gboolean
is_choice (const MadoFormField *field, const char *id)
{
  if (field->kind->type == MADO_FACT_BOOLEAN)
    return g_str_equal (id, "true") || g_str_equal (id, "false");

  return mado_form_field_find_option (field, id) != NULL;
}

/* Around an option; or, without a fact, always. */
static void
read_choice (OverlayReader *self, MadoOverlayItem *item, JsonObject *object)
{
  const MadoFormField *field;

  read_facts (self, item, object, 1);
  if (!json_object_has_member (object, "facts")) {
    item->at = read_box (self, json_object_get_member (object, "at"), "at", 0);
    return;
  }
  read_places (self, item, object);
  field = get_field (self, item);
  if (field == NULL)
    return;
  if (field->kind->type != MADO_FACT_BOOLEAN && !(field->kind->bounds & MADO_KIND_HAS_OPTIONS)) {
    mado_reader_violate (&self->reader, "facts", "kind", _("“%s” has no options to mark"), field->fact);
    return;
  }
  for (guint i = 0; i < item->places->len; i++) {
    const char *id = g_array_index (item->places, MadoOverlayPlace, i).id;
    gsize length = mado_reader_enter (&self->reader, "places");

    if (!is_choice (field, id))
      mado_reader_violate (&self->reader, id, "option", _("“%s” has no option “%s”"), field->fact, id);
    mado_reader_leave (&self->reader, length);
  }
}

static gboolean
is_era (const char *id)
{
  static const char *const eras[] = { "reiwa", "heisei", "showa", "taisho", "meiji", NULL };

  return g_strv_contains (eras, id);
}

static gboolean
is_date_part (const char *id)
{
  static const char *const parts[] = { "era", "year", "month", "day", NULL };

  return g_strv_contains (parts, id) || is_era (id);
}

static void
read_date (OverlayReader *self, MadoOverlayItem *item, JsonObject *object)
{
  const MadoFormField *field;
  gsize length;

  read_facts (self, item, object, 1);
  read_font (self, item, object);
  read_places (self, item, object);
  item->align = PANGO_ALIGN_CENTER;
  item->printed = mado_reader_text (&self->reader, object, "printed", FALSE);
  if (item->printed != NULL && !is_era (item->printed))
    mado_reader_violate (&self->reader, "printed", "option", _("A date has no part “%s”"), item->printed);
  field = get_field (self, item);
  if (field != NULL && field->kind->type != MADO_FACT_DATE)
    mado_reader_violate (&self->reader, "facts", "kind", _("“%s” is no date"), field->fact);
  if (item->facts->len == 0)
    mado_reader_violate (&self->reader, "facts", "required", _("“%s” is missing"), "facts");
  length = mado_reader_enter (&self->reader, "places");
  for (guint i = 0; i < item->places->len; i++) {
    const char *id = g_array_index (item->places, MadoOverlayPlace, i).id;

    if (!is_date_part (id))
      mado_reader_violate (&self->reader, id, "option", _("A date has no part “%s”"), id);
  }
  mado_reader_leave (&self->reader, length);
}

static void read_items (OverlayReader *self, JsonObject *object, GPtrArray *items);

static gboolean
has_group (const MadoForm *form, const char *group)
{
  for (guint i = 0; i < form->n_groups; i++)
    if (g_str_equal (form->groups[i].fact, group))
      return TRUE;

  return FALSE;
}

static void
read_rows (OverlayReader *self, MadoOverlayItem *item, JsonObject *object)
{
  item->group = mado_reader_text (&self->reader, object, "group", TRUE);
  item->count = (guint) read_number (self, object, "count", -1, 1, MAX_ROWS);
  item->pitch = read_number (self, object, "pitch", -1, 1, MAX_SHEET);
  item->at = read_box (self, json_object_get_member (object, "more"), "more", 0);
  read_font (self, item, object);
  if (self->group != NULL)
    mado_reader_violate (&self->reader, NULL, "rows", _("Rows cannot have rows of their own"));
  else if (item->group != NULL && !has_group (self->form, item->group))
    mado_reader_violate (&self->reader, "group", "unknown-fact", _("The form “%s” never asks for “%s”"),
                         self->form->id, item->group);
  else if (item->group != NULL) {
    self->group = item->group;
    self->below = (item->count - 1) * item->pitch;
    read_items (self, object, item->items);
    self->group = NULL;
    self->below = 0;
  }
}

static void
read_item (OverlayReader *self, JsonNode *node, guint index, GPtrArray *items)
{
  static void (*const read[]) (OverlayReader *self, MadoOverlayItem *item, JsonObject *object) = {
    read_words, read_boxes, read_choice, read_choice, read_date, read_rows,
  };
  gsize length = mado_reader_enter_index (&self->reader, index);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *kind = object != NULL ? mado_reader_text (&self->reader, object, "as", TRUE) : NULL;
  guint k = 0;

  while (kind != NULL && k < G_N_ELEMENTS (kinds) && !g_str_equal (kinds[k], kind))
    k++;
  if (object == NULL)
    mado_reader_violate (&self->reader, NULL, "type", _("“%s” has the wrong type"), "items");
  else if (kind != NULL && k == G_N_ELEMENTS (kinds))
    mado_reader_violate (&self->reader, "as", "option", _("Nothing is printed as “%s”"), kind);
  else if (kind != NULL) {
    MadoOverlayItem *item = item_new (self->reader.path->str);

    item->kind = (MadoOverlayKind) k;
    g_ptr_array_add (items, item);
    read[k] (self, item, object);
  }
  mado_reader_leave (&self->reader, length);
}

static void
read_items (OverlayReader *self, JsonObject *object, GPtrArray *items)
{
  JsonNode *node = mado_reader_member (&self->reader, object, "items", JSON_NODE_ARRAY, TRUE);
  JsonArray *array = node != NULL ? json_node_get_array (node) : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 0;
  gsize length = mado_reader_enter (&self->reader, "items");

  if (n > MAX_ITEMS)
    mado_reader_violate (&self->reader, NULL, "range", _("More than %u places on a sheet are too many"), MAX_ITEMS);
  for (guint i = 0; i < MIN (n, MAX_ITEMS); i++)
    read_item (self, json_array_get_element (array, i), i, items);
  mado_reader_leave (&self->reader, length);
}

/* --- pages ---------------------------------------------------------------------------------------------------- */

static void
page_clear (gpointer data)
{
  MadoOverlayPage *page = data;

  g_clear_pointer (&page->ground, cairo_pattern_destroy);
  g_ptr_array_unref (page->items);
}

/* Whether it is there and can be drawn is for lint, and for who prints it: none is opened before. */
static const char *
read_background (OverlayReader *self, JsonObject *object)
{
  const char *name = mado_reader_text (&self->reader, object, "background", TRUE);

  if (name != NULL && !g_str_has_suffix (name, ".svg"))
    mado_reader_violate (&self->reader, "background", "svg",
                         _("A sheet is an SVG; `mado catalogue background` makes one of a PDF"));

  return name;
}

static void
read_page (OverlayReader *self, MadoOverlay *overlay, JsonNode *node)
{
  MadoOverlayPage page = { .items = g_ptr_array_new_with_free_func (item_free) };
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (object == NULL)
    mado_reader_violate (&self->reader, NULL, "type", _("“%s” has the wrong type"), "pages");
  else {
    page.width = read_number (self, object, "width", 210, 50, MAX_SHEET);
    page.height = read_number (self, object, "height", 297, 50, MAX_SHEET);
    self->page = &page;
    page.background = read_background (self, object);
    read_items (self, object, page.items);
  }
  g_array_append_val (overlay->pages, page);
}

static void
read_pages (OverlayReader *self, MadoOverlay *overlay, JsonObject *object)
{
  JsonNode *node = mado_reader_member (&self->reader, object, "pages", JSON_NODE_ARRAY, TRUE);
  JsonArray *array = node != NULL ? json_node_get_array (node) : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 0;
  gsize outer = mado_reader_enter (&self->reader, "pages");

  if (array != NULL && (n == 0 || n > MAX_PAGES))
    mado_reader_violate (&self->reader, NULL, "range", _("A form has from 1 to %u sheets"), MAX_PAGES);
  for (guint i = 0; i < MIN (n, MAX_PAGES); i++) {
    gsize length = mado_reader_enter_index (&self->reader, i);

    read_page (self, overlay, json_array_get_element (array, i));
    mado_reader_leave (&self->reader, length);
  }
  mado_reader_leave (&self->reader, outer);
}

/* --- what is left out on purpose ------------------------------------------------------------------------------- */

static gboolean
asks (const MadoForm *form, const char *name)
{
  for (guint i = 0; i < form->n_groups; i++) {
    const char *group = form->groups[i].fact;
    gsize length = strlen (group);

    if (g_str_equal (name, group)
        || (g_str_has_prefix (name, group) && name[length] == '.'
            && mado_form_find_field (form, group, name + length + 1) != NULL))
      return TRUE;
  }

  return mado_form_find_field (form, NULL, name) != NULL;
}

static void
read_left_out (OverlayReader *self, MadoOverlay *overlay, JsonObject *object)
{
  JsonNode *node = mado_reader_member (&self->reader, object, "leaveOut", JSON_NODE_ARRAY, FALSE);
  JsonArray *array = node != NULL ? json_node_get_array (node) : NULL;
  gsize outer = mado_reader_enter (&self->reader, "leaveOut");

  for (guint i = 0; array != NULL && i < MIN (json_array_get_length (array), MAX_ITEMS); i++) {
    const char *name = mado_reader_get_string (json_array_get_element (array, i));
    gsize length = mado_reader_enter_index (&self->reader, i);

    if (name != NULL && asks (self->form, name))
      g_ptr_array_add (overlay->left_out, (gpointer) name);
    else
      mado_reader_violate (&self->reader, NULL, "unknown-fact", _("The form “%s” never asks for “%s”"),
                           self->form->id, name != NULL ? name : "");
    mado_reader_leave (&self->reader, length);
  }
  mado_reader_leave (&self->reader, outer);
}

/* --- the whole ------------------------------------------------------------------------------------------------- */

MadoOverlay *
mado_overlay_new (JsonNode *json, const MadoForm *form, MadoOverlayOpen open, gpointer data, GDestroyNotify free_data,
                  GError **error)
{
  g_autoptr(MadoOverlay) self = g_new0 (MadoOverlay, 1);
  OverlayReader reader = { .reader = MADO_READER_INIT, .form = form };

  g_atomic_ref_count_init (&self->refs);
  self->lock = g_new (GMutex, 1);
  g_mutex_init (self->lock);
  self->json = json_node_ref (json);
  self->open = open;
  self->open_data = data;
  self->free_data = free_data;
  self->pages = g_array_new (FALSE, TRUE, sizeof (MadoOverlayPage));
  g_array_set_clear_func (self->pages, page_clear);
  self->left_out = g_ptr_array_new ();
  if (JSON_NODE_HOLDS_OBJECT (json)) {
    JsonObject *object = json_node_get_object (json);

    self->title = mado_reader_member (&reader.reader, object, "title", JSON_NODE_OBJECT, TRUE);
    read_pages (&reader, self, object);
    read_left_out (&reader, self, object);
  } else
    mado_reader_violate (&reader.reader, NULL, "type", _("“%s” has the wrong type"), "");

  return mado_reader_finish (&reader.reader, error) ? g_steal_pointer (&self) : NULL;
}

MadoOverlay *
mado_overlay_ref (MadoOverlay *self)
{
  g_atomic_ref_count_inc (&self->refs);

  return self;
}

void
mado_overlay_unref (MadoOverlay *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_array_unref (self->pages);
  g_ptr_array_unref (self->left_out);
  json_node_unref (self->json);
  if (self->free_data != NULL)
    self->free_data (self->open_data);
  g_mutex_clear (self->lock);
  g_free (self->lock);
  g_free (self);
}

MadoBox
mado_overlay_get_box (const MadoOverlayItem *item, guint index)
{
  MadoBox box = item->at;

  if (item->kind != MADO_OVERLAY_BOXES)
    box.y += item->pitch * index;
  else
    box.x += item->pitch * index + (item->gap_after > 0 && index >= item->gap_after ? item->gap : 0);

  return box;
}

const MadoOverlayPlace *
mado_overlay_find_place (const MadoOverlayItem *item, const char *id)
{
  for (guint i = 0; i < item->places->len; i++) {
    const MadoOverlayPlace *place = &g_array_index (item->places, MadoOverlayPlace, i);

    if (g_ascii_strcasecmp (place->id, id) == 0)
      return place;
  }

  return NULL;
}

gboolean
mado_overlay_leaves_out (const MadoOverlay *self, const char *group, const char *fact)
{
  g_autofree char *name = group != NULL ? g_strconcat (group, ".", fact, NULL) : g_strdup (fact);

  return g_ptr_array_find_with_equal_func (self->left_out, name, g_str_equal, NULL)
         || (group != NULL && g_ptr_array_find_with_equal_func (self->left_out, group, g_str_equal, NULL));
}

static gboolean
items_place (const GPtrArray *items, const char *group, const char *fact)
{
  for (guint i = 0; i < items->len; i++) {
    const MadoOverlayItem *item = items->pdata[i];

    if (item->kind == MADO_OVERLAY_ROWS
          ? g_strcmp0 (item->group, group) == 0 && items_place (item->items, NULL, fact)
          : group == NULL && g_ptr_array_find_with_equal_func (item->facts, fact, g_str_equal, NULL))
      return TRUE;
  }

  return FALSE;
}

gboolean
mado_overlay_places (const MadoOverlay *self, const char *group, const char *fact)
{
  for (guint i = 0; i < self->pages->len; i++)
    if (items_place (g_array_index (self->pages, MadoOverlayPage, i).items, group, fact))
      return TRUE;

  return FALSE;
}
