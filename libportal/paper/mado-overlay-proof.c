/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paper/mado-overlay-private.h"

#include <cairo-pdf.h>

#include "core/mado-date.h"
#include "core/mado-json.h"

#define FINE       0.08   /* mm, of the grid */
#define FRAME      0.2
#define NAME_SIZE  4.5    /* points */
#define RULER      3.0    /* mm, of the longest stroke */
#define MADE_AT    G_GINT64_CONSTANT (1796000000000000)   /* November 2026 */
#define LONGEST    40     /* characters: what is longer goes to the sheet of its own anyway */

/* --- answers about as long as they may be ------------------------------------------------------------------------ */

static JsonNode *
string_new (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

/* @pattern over and over. */
static JsonNode *
fill (const char *pattern, guint length)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const char *at = pattern;

  for (guint i = 0; i < length; i++, at = g_utf8_next_char (at)) {
    if (*at == '\0')
      at = pattern;
    g_string_append_unichar (text, g_utf8_get_char (at));
  }

  return string_new (text->str);
}

static JsonNode *
list_new (const char *id)
{
  g_autoptr(JsonArray) list = json_array_new ();

  json_array_add_string_element (list, id);

  return json_node_init_array (json_node_alloc (), list);
}

static JsonNode *
sample (const MadoFormField *field)
{
  static const struct { const char *kind, *text; } typical[] = {
    { "date", "2026-12-30" }, { "month", "1988-12" }, { "time", "23:45" }, { "postcode", "251-8601" },
    { "phone", "09012345678" }, { "my-number", "123456789018" }, { "corporate-number", "1234567890123" },
    { "account-number", "1234567" }, { "mail", "someone.with.a.long.name@mail.example.jp" },
  };
  const char *kind = field->kind->name;
  guint length = field->has_max ? (guint) CLAMP (field->max, 1, LONGEST) : LONGEST / 2;

  for (guint i = 0; i < G_N_ELEMENTS (typical); i++)
    if (g_str_equal (typical[i].kind, kind))
      return string_new (typical[i].text);
  switch (field->kind->type) {
  case MADO_FACT_BOOLEAN:
    return json_node_init_boolean (json_node_alloc (), TRUE);
  case MADO_FACT_NUMBER:
  case MADO_FACT_YEN:
    return json_node_init_int (json_node_alloc (), field->has_max ? field->max : 1234567);
  case MADO_FACT_OPTION:
    return string_new (field->n_options > 0 ? field->options[0].id : "");
  case MADO_FACT_LIST:
    return list_new (field->n_options > 0 ? field->options[0].id : "1");
  default:
    return fill (g_str_equal (kind, "kana") ? "ミホン" : "見本", length);
  }
}

static void
add_samples (JsonObject *answers, const MadoFormQuestion *question)
{
  for (guint i = 0; i < question->n_fields; i++)
    if (question->fields[i].kind->check != NULL)
      json_object_set_member (answers, question->fields[i].fact, sample (&question->fields[i]));
}

static JsonNode *
sample_rows (const MadoFormGroup *group)
{
  g_autoptr(JsonArray) rows = json_array_new ();

  for (guint r = 0; r < MAX (group->max_rows, 1); r++) {
    JsonObject *row = json_object_new ();

    for (guint q = 0; q < group->n_questions; q++)
      add_samples (row, &group->questions[q]);
    json_array_add_object_element (rows, row);
  }

  return json_node_init_array (json_node_alloc (), rows);
}

static JsonNode *
sample_answers (const MadoForm *form)
{
  g_autoptr(JsonObject) answers = json_object_new ();

  for (guint i = 0; i < form->n_groups; i++)
    json_object_set_member (answers, form->groups[i].fact, sample_rows (&form->groups[i]));
  for (guint i = 0; i < form->n_questions; i++)
    if (form->questions[i].group == NULL)
      add_samples (answers, &form->questions[i]);

  return json_node_init_object (json_node_alloc (), answers);
}

/* --- grid and frames ---------------------------------------------------------------------------------------------- */

static void
write_small (cairo_t *cr, const MadoOverlayPlan *plan, double x, double y, const char *text)
{
  g_autoptr(PangoLayout) layout = pango_layout_new (plan->context);
  PangoFontDescription *font = pango_font_description_from_string ("Noto Sans CJK JP");

  pango_font_description_set_size (font, (int) (NAME_SIZE * PANGO_SCALE));
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  cairo_save (cr);
  cairo_scale (cr, 1 / MADO_POINTS_PER_MM, 1 / MADO_POINTS_PER_MM);
  cairo_move_to (cr, x * MADO_POINTS_PER_MM, y * MADO_POINTS_PER_MM);
  pango_cairo_show_layout (cr, layout);
  cairo_restore (cr);
  pango_font_description_free (font);
}

/* Strokes at the edge for each millimetre, a line through the sheet and its number for ten. */
static void
draw_grid (cairo_t *cr, const MadoOverlayPlan *plan, const MadoOverlayPage *page)
{
  cairo_set_source_rgb (cr, 0.62, 0.75, 0.92);
  cairo_set_line_width (cr, FINE);
  for (int i = 0; i < (int) MAX (page->width, page->height); i++) {
    gboolean ten = i % 10 == 0;
    double stroke = i % 5 == 0 ? RULER : RULER / 2;
    g_autofree char *number = g_strdup_printf ("%d", i);

    cairo_move_to (cr, i, 0);
    cairo_line_to (cr, i, ten ? page->height : stroke);
    cairo_move_to (cr, 0, i);
    cairo_line_to (cr, ten ? page->width : stroke, i);
    cairo_stroke (cr);
    if (ten && i > 0 && i < page->width)
      write_small (cr, plan, i + 0.3, 0.3, number);
    if (ten && i > 0 && i < page->height)
      write_small (cr, plan, 0.3, i + 0.1, number);
  }
}

static void
draw_frame (cairo_t *cr, const MadoOverlayPlan *plan, MadoBox at, double below, const char *name)
{
  cairo_set_source_rgb (cr, 0.8, 0.1, 0.2);
  cairo_set_line_width (cr, FRAME);
  cairo_rectangle (cr, at.x, at.y + below, at.width, at.height);
  cairo_stroke (cr);
  if (name != NULL)
    write_small (cr, plan, at.x + 0.2, at.y + below - 0.4, name);
}

static char *
dup_name (const MadoOverlayItem *item)
{
  GString *name = g_string_new (item->kind == MADO_OVERLAY_ROWS ? item->group : item->text);

  for (guint i = 0; i < item->facts->len; i++)
    g_string_append_printf (name, "%s%s", i > 0 ? " + " : "", (const char *) item->facts->pdata[i]);

  return g_string_free (name, FALSE);
}

static void
draw_item (cairo_t *cr, const MadoOverlayPlan *plan, const MadoOverlayItem *item, double below)
{
  gboolean many = item->kind == MADO_OVERLAY_BOXES || item->kind == MADO_OVERLAY_TEXT;
  g_autofree char *name = dup_name (item);

  for (guint i = 0; many && i < item->count; i++)
    draw_frame (cr, plan, mado_overlay_get_box (item, i), below, i == 0 ? name : NULL);
  for (guint i = 0; i < item->places->len; i++) {
    const MadoOverlayPlace *place = &g_array_index (item->places, MadoOverlayPlace, i);
    g_autofree char *both = g_strconcat (name, "=", place->id, NULL);

    draw_frame (cr, plan, place->at, below, i == 0 ? both : place->id);
  }
  if (!many && item->places->len == 0)
    draw_frame (cr, plan, item->at, below, name);
}

static void
draw_items (cairo_t *cr, const MadoOverlayPlan *plan, const GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++) {
    const MadoOverlayItem *item = items->pdata[i];

    draw_item (cr, plan, item, 0);
    for (guint row = 0; item->kind == MADO_OVERLAY_ROWS && row < item->count; row++)
      for (guint k = 0; k < item->items->len; k++)
        draw_item (cr, plan, item->items->pdata[k], item->pitch * row);
  }
}

static void
draw_proofs (cairo_t *cr, double x, double y, gconstpointer data)
{
  const MadoOverlayPlan *plan = data;

  for (guint i = 0; i < plan->overlay->pages->len; i++) {
    const MadoOverlayPage *page = &g_array_index (plan->overlay->pages, MadoOverlayPage, i);

    cairo_pdf_surface_set_size (cairo_get_target (cr), page->width * MADO_POINTS_PER_MM,
                                page->height * MADO_POINTS_PER_MM);
    cairo_save (cr);
    cairo_scale (cr, MADO_POINTS_PER_MM, MADO_POINTS_PER_MM);
    draw_grid (cr, plan, page);
    cairo_restore (cr);
    mado_overlay_draw_page (cr, plan, i);
    cairo_save (cr);
    cairo_scale (cr, MADO_POINTS_PER_MM, MADO_POINTS_PER_MM);
    draw_items (cr, plan, page->items);
    cairo_restore (cr);
    cairo_show_page (cr);
  }
}

GBytes *
mado_overlay_proof (const MadoOverlay *self, const MadoForm *form, GError **error)
{
  g_autoptr(JsonNode) answers = sample_answers (form), people = json_from_string (
    "[{\"id\": \"1\", \"fullName\": \"見本 花子\"}]", NULL);
  const MadoAnswerContext context = { .people = people, .today = mado_date_today (), .language = "ja" };
  const MadoOverlayFilling filling = { form, answers, &context, "K7M4-R29-1", MADE_AT };
  g_autoptr(MadoSheet) sheet = mado_sheet_new ("ja", mado_json_text (self->title, "ja"), 0);
  MadoOverlayPlan plan;
  GBytes *pdf;

  mado_overlay_plan_init (&plan, self, &filling);
  pdf = mado_overlay_draw (&plan, sheet, draw_proofs, error);
  mado_overlay_plan_clear (&plan);

  return pdf;
}
