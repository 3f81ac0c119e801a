/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paper/mado-paper-floor.h"

#include "core/mado-json.h"
#include "paper/mado-paper-words.h"

#define MAX_METRES 500.0
#define PAD        3.0
#define MARK       5.0     /* radius of 「いまここ」 */

typedef struct {
  double       x, y, width, depth;
  gboolean     wanted;
  PangoLayout *words;
} Counter;

typedef struct {
  double       scale, width, depth, corridor;
  double       from_x, from_y, lift_x, lift_y;
  gboolean     starts_here, leads_up;
  PangoLayout *here, *lift;
  GArray      *counters;    /* of Counter */
} Floor;

/* --- what the city says --------------------------------------------------------------------------------------- */

static double
metres (JsonObject *object, const char *name)
{
  return object != NULL ? CLAMP (json_object_get_double_member_with_default (object, name, 0), 0, MAX_METRES) : 0;
}

static JsonArray *
get_list (JsonNode *node, const char *pointer)
{
  JsonNode *list = node != NULL ? mado_json_get (node, pointer) : NULL;

  return list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;
}

static JsonObject *
get_point (JsonObject *floor, const char *name)
{
  JsonNode *point = json_object_get_member (floor, name);

  return point != NULL && JSON_NODE_HOLDS_OBJECT (point) ? json_node_get_object (point) : NULL;
}

static const char *
get_text (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, "");
}

static JsonObject *
find_counter (JsonObject *floor, const char *office)
{
  JsonArray *counters = json_object_get_array_member (floor, "counters");

  for (guint i = 0; counters != NULL && i < json_array_get_length (counters); i++) {
    JsonObject *counter = json_array_get_object_element (counters, i);

    if (g_str_equal (get_text (counter, "office"), office))
      return counter;
  }
  return NULL;
}

MadoPaperPlace
mado_paper_find_place (JsonNode *city, const char *office)
{
  JsonArray *floors = get_list (city, "/building/floors");

  for (guint i = 0; floors != NULL && office != NULL && i < json_array_get_length (floors); i++) {
    JsonObject *floor = json_array_get_object_element (floors, i);
    JsonObject *counter = find_counter (floor, office);

    if (counter != NULL)
      return (MadoPaperPlace) { floor, counter };
  }
  return (MadoPaperPlace) { NULL, NULL };
}

GPtrArray *
mado_paper_list_floors (JsonNode *city, const char *const *offices)
{
  JsonArray *floors = get_list (city, "/building/floors");
  GPtrArray *wanted = g_ptr_array_new ();

  for (guint i = 0; floors != NULL && i < json_array_get_length (floors); i++) {
    JsonObject *floor = json_array_get_object_element (floors, i);

    for (guint k = 0; offices[k] != NULL; k++)
      if (find_counter (floor, offices[k]) != NULL && !g_ptr_array_find (wanted, floor, NULL))
        g_ptr_array_add (wanted, floor);
  }
  return wanted;
}

const char *
mado_paper_office (JsonNode *city, const char *office, const char *member, const char *language)
{
  JsonArray *list = get_list (city, "/offices");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++) {
    JsonNode *one = json_array_get_element (list, i);
    const char *text = NULL;

    if (g_strcmp0 (get_text (json_node_get_object (one), "id"), office) != 0)
      continue;
    text = mado_paper_city (one, member, language);
    return *text != '\0' ? text : NULL;
  }
  return NULL;
}

/* --- the drawing ---------------------------------------------------------------------------------------------- */

static void
floor_free (gpointer data)
{
  Floor *self = data;

  for (guint i = 0; i < self->counters->len; i++)
    g_object_unref (g_array_index (self->counters, Counter, i).words);
  g_array_unref (self->counters);
  g_object_unref (self->here);
  g_object_unref (self->lift);
  g_free (self);
}

static void
set_sea (cairo_t *cr)
{
  cairo_set_source_rgb (cr, 0.043, 0.267, 0.408);
}

/* Centred on a point, or in the middle of a box. */
static void
show_words (cairo_t *cr, PangoLayout *words, double x, double y, double depth)
{
  int height;

  pango_layout_get_pixel_size (words, NULL, &height);
  cairo_move_to (cr, x, y + (depth - height) / 2);
  pango_cairo_show_layout (cr, words);
}

static void
draw_counter (cairo_t *cr, const Floor *self, const Counter *counter)
{
  cairo_rectangle (cr, counter->x * self->scale, counter->y * self->scale, counter->width * self->scale,
                   counter->depth * self->scale);
  if (counter->wanted)
    set_sea (cr);
  else
    cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill_preserve (cr);
  cairo_set_source_rgb (cr, 0.42, 0.478, 0.525);
  cairo_set_line_width (cr, 0.7);
  cairo_stroke (cr);
  if (counter->wanted)
    cairo_set_source_rgb (cr, 1, 1, 1);
  else
    cairo_set_source_rgb (cr, 0.267, 0.322, 0.369);
  show_words (cr, counter->words, counter->x * self->scale + PAD, counter->y * self->scale,
              counter->depth * self->scale);
}

/* From the start along the corridor, with a branch to the front of each counter. */
static void
draw_way (cairo_t *cr, const Floor *self)
{
  const double dash[] = { 5, 3 }, corridor = self->corridor * self->scale;
  double from = self->from_x * self->scale;

  set_sea (cr);
  cairo_set_line_width (cr, 2);
  cairo_set_dash (cr, dash, 2, 0);
  cairo_move_to (cr, from, self->from_y * self->scale);
  cairo_line_to (cr, from, corridor);
  for (guint i = 0; i < self->counters->len; i++) {
    const Counter *to = &g_array_index (self->counters, Counter, i);
    double x = (to->x + to->width / 2) * self->scale;
    gboolean above = to->y < self->corridor;
    double front = (above ? to->y + to->depth : to->y) * self->scale;

    if (!to->wanted)
      continue;
    cairo_move_to (cr, from, corridor);
    cairo_line_to (cr, x, corridor);
    cairo_line_to (cr, x, front);
    cairo_move_to (cr, x - 4, front + (above ? 6 : -6));
    cairo_line_to (cr, x, front + (above ? 1 : -1));
    cairo_line_to (cr, x + 4, front + (above ? 6 : -6));
  }
  if (self->leads_up) {
    cairo_move_to (cr, from, corridor);
    cairo_line_to (cr, self->lift_x * self->scale, corridor);
  }
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_mark (cairo_t *cr, double x, double y, PangoLayout *words)
{
  int width, height;

  cairo_new_path (cr);
  cairo_arc (cr, x, y, MARK, 0, 2 * G_PI);
  cairo_set_source_rgb (cr, 0.706, 0.31, 0.059);
  cairo_fill (cr);
  pango_layout_get_pixel_size (words, &width, &height);
  cairo_set_source_rgb (cr, 0.086, 0.133, 0.18);
  show_words (cr, words, x - pango_layout_get_width (words) / PANGO_SCALE / 2.0, y + MARK, height);
}

static void
draw_lift (cairo_t *cr, const Floor *self)
{
  double x = self->lift_x * self->scale, y = self->lift_y * self->scale;

  cairo_rectangle (cr, x - 16, y - 9, 32, 18);
  cairo_set_source_rgb (cr, 0.902, 0.937, 0.957);
  cairo_fill_preserve (cr);
  set_sea (cr);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  show_words (cr, self->lift, x - pango_layout_get_width (self->lift) / PANGO_SCALE / 2.0, y - 9, 18);
}

static void
draw (cairo_t *cr, double x, double y, gconstpointer data)
{
  const Floor *self = data;

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_rectangle (cr, 0, 0, self->width * self->scale, self->depth * self->scale);
  cairo_set_source_rgb (cr, 0.969, 0.961, 0.941);
  cairo_fill_preserve (cr);
  cairo_set_source_rgb (cr, 0.086, 0.133, 0.18);
  cairo_set_line_width (cr, 1.6);
  cairo_stroke (cr);
  for (guint i = 0; i < self->counters->len; i++)
    draw_counter (cr, self, &g_array_index (self->counters, Counter, i));
  draw_way (cr, self);
  draw_lift (cr, self);
  if (self->starts_here)
    draw_mark (cr, self->from_x * self->scale, self->from_y * self->scale, self->here);
  cairo_restore (cr);
}

/* --- putting it on the sheet ---------------------------------------------------------------------------------- */

static void
add_counters (Floor *self, MadoSheet *sheet, JsonNode *city, JsonObject *floor, const char *language,
              const char *const *offices)
{
  JsonArray *list = json_object_get_array_member (floor, "counters");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++) {
    JsonObject *from = json_array_get_object_element (list, i);
    const char *office = get_text (from, "office");
    const char *name = mado_paper_office (city, office, "name", language);
    g_autofree char *words = g_strdup_printf ("%s\n%s", get_text (from, "number"), name != NULL ? name : "");
    Counter counter = { metres (from, "x"), metres (from, "y"), metres (from, "width"), metres (from, "depth"),
                        g_strv_contains (offices, office), NULL };

    counter.words = mado_sheet_layout (sheet, MADO_SHEET_SMALL, MAX (counter.width * self->scale - 2 * PAD, 1), words);
    g_array_append_val (self->counters, counter);
  }
}

static Floor *
floor_new (MadoSheet *sheet, JsonNode *city, JsonObject *floor, const char *language, const char *const *offices)
{
  JsonObject *kiosk = get_point (floor, "kiosk"), *lift = get_point (floor, "lift");
  JsonObject *from = kiosk != NULL ? kiosk : lift;
  Floor *self = g_new0 (Floor, 1);

  self->width = MAX (metres (floor, "width"), 1);
  self->depth = metres (floor, "depth");
  self->corridor = metres (floor, "corridor");
  self->scale = MADO_SHEET_INNER / self->width;
  self->from_x = metres (from, "x");
  self->from_y = metres (from, "y");
  self->lift_x = metres (lift, "x");
  self->lift_y = metres (lift, "y");
  self->starts_here = kiosk != NULL;
  self->here = mado_sheet_layout (sheet, MADO_SHEET_SMALL, 120, mado_paper_word (PAPER_YOU_ARE_HERE, language));
  self->lift = mado_sheet_layout (sheet, MADO_SHEET_SMALL, 60, mado_paper_word (PAPER_LIFT, language));
  self->counters = g_array_new (FALSE, FALSE, sizeof (Counter));
  add_counters (self, sheet, city, floor, language, offices);
  return self;
}

void
mado_paper_add_floor (MadoSheet *sheet, JsonNode *city, JsonObject *floor, const char *language,
                      const char *const *offices, gboolean leads_up)
{
  Floor *plan = floor_new (sheet, city, floor, language, offices);
  double height = plan->depth * plan->scale;
  JsonNode *name = json_object_get_member (floor, "name");

  plan->leads_up = leads_up;
  mado_sheet_keep (sheet, 2);
  mado_sheet_add_text (sheet, MADO_SHEET_STRONG, 0, name != NULL ? mado_json_text (name, language) : "");
  mado_sheet_add_drawing (sheet, MADO_SHEET_MARGIN, 2, draw, plan, floor_free);
  mado_sheet_add_space (sheet, height + 10);
}
