/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paper/mado-overlay-private.h"

#include <string.h>

#include "core/mado-era.h"
#include "core/mado-json.h"
#include "core/mado-clock.h"
#include "core/mado-reader.h"
#include "paper/mado-paper-fonts.h"
#include "questions/mado-place-question.h"
#include "questions/mado-signature.h"

#define FONT         "Noto Sans CJK JP"
#define LINE_SPACING 0.82      /* of the font's own, which is made for reading long texts */
#define STEP         0.5       /* points, from one size to the next smaller */
#define ELSEWHERE    "別紙のとおり"

/* --- values --------------------------------------------------------------------------------------------------- */

char *
mado_overlay_key (const char *group, guint row, const char *fact)
{
  return group != NULL ? g_strdup_printf ("%s/%u/%s", group, row, fact) : g_strdup (fact);
}

char *
mado_overlay_say (const MadoOverlayFilling *filling, const char *group, JsonObject *answers, const char *fact)
{
  const MadoFormField *field;
  JsonNode *value;

  if (group == NULL && g_str_equal (fact, MADO_OVERLAY_NUMBER))
    return g_strdup (filling->number);
  if (group == NULL && g_str_equal (fact, MADO_OVERLAY_DATE)) {
    g_autofree char *iso = mado_clock_format_date (filling->made_at);

    return mado_era_format (mado_date_parse (iso), MADO_ERA_KANJI);
  }
  field = mado_form_find_field (filling->form, group, fact);
  value = json_object_get_member (answers, fact);

  return field != NULL && value != NULL ? mado_form_field_display (field, value, filling->context, "ja") : NULL;
}

/* One row of a group, or the form itself. */
typedef struct {
  MadoOverlayPlan *plan;
  const char      *group;     /* (nullable) */
  guint            row;
  JsonObject      *answers;
  double           below;     /* mm, the first row */
} Scope;

static MadoBox
shift (const Scope *self, MadoBox at)
{
  at.y += self->below;

  return at;
}

static void
set_shown (const Scope *self, const MadoOverlayItem *item)
{
  for (guint i = 0; i < item->facts->len; i++)
    g_hash_table_add (self->plan->shown, mado_overlay_key (self->group, self->row, item->facts->pdata[i]));
}

/* The answers to all its facts, in one line; "" where there is none. */
static char *
join_facts (const Scope *self, const MadoOverlayItem *item)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < item->facts->len; i++) {
    const char *fact = item->facts->pdata[i];
    g_autofree char *words = mado_overlay_say (self->plan->filling, self->group, self->answers, fact);

    if (words == NULL || *words == '\0')
      continue;
    if (line->len > 0)
      g_string_append (line, item->join == NULL || mado_place_is_building (fact) ? " " : item->join);
    g_string_append (line, words);
  }

  return g_string_free (line, FALSE);
}

/* --- marks ---------------------------------------------------------------------------------------------------- */

static PangoLayout *
layout_new (PangoContext *context, const char *text, double width, PangoAlignment align)
{
  PangoLayout *layout = pango_layout_new (context);

  pango_layout_set_text (layout, text, -1);
  pango_layout_set_width (layout, (int) (width * MADO_POINTS_PER_MM * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, LINE_SPACING);
  pango_layout_set_alignment (layout, align);

  return layout;
}

static gboolean
is_within (PangoLayout *layout, const MadoBox *at)
{
  PangoRectangle ink, extents;

  pango_layout_get_extents (layout, &ink, &extents);

  return extents.width <= at->width * MADO_POINTS_PER_MM * PANGO_SCALE + 1
         && ink.height <= at->height * MADO_POINTS_PER_MM * PANGO_SCALE;
}

PangoLayout *
mado_overlay_fit (PangoContext *context, const char *text, const MadoBox *at, double size, double floor,
                  PangoAlignment align)
{
  g_autoptr(PangoLayout) layout = layout_new (context, text, at->width, align);
  PangoFontDescription *font = pango_font_description_from_string (FONT);
  gboolean fits = FALSE;

  for (; !fits && size > floor - STEP; size -= STEP) {
    pango_font_description_set_size (font, (int) (MAX (size, floor) * PANGO_SCALE));
    pango_layout_set_font_description (layout, font);
    fits = is_within (layout, at);
  }
  pango_font_description_free (font);

  return fits ? g_steal_pointer (&layout) : NULL;
}

static void
add_mark (const Scope *self, MadoOverlayKind kind, MadoBox at, PangoLayout *layout)
{
  MadoOverlayMark mark = { .page = self->plan->page, .kind = kind, .layout = layout, .at = at };
  PangoRectangle ink;

  if (layout != NULL) {
    pango_layout_get_extents (layout, &ink, NULL);
    mark.dy = (at.height - ink.height / (MADO_POINTS_PER_MM * PANGO_SCALE)) / 2
              - ink.y / (MADO_POINTS_PER_MM * PANGO_SCALE);
  }
  g_array_append_val (self->plan->marks, mark);
}

/* FALSE: there is no room for it. */
static gboolean
add_text (const Scope *self, const MadoOverlayItem *item, MadoBox at, const char *text)
{
  PangoLayout *layout = mado_overlay_fit (self->plan->context, text, &at, item->size, item->floor, item->align);

  if (layout != NULL)
    add_mark (self, MADO_OVERLAY_TEXT, at, layout);

  return layout != NULL;
}

/* As small as it takes, where the sheet is not drawn for it. */
static void
refer (const Scope *self, MadoBox at, const char *words)
{
  PangoLayout *layout = mado_overlay_fit (self->plan->context, words, &at, 9, 3, PANGO_ALIGN_LEFT);

  if (layout != NULL)
    add_mark (self, MADO_OVERLAY_TEXT, at, layout);
}

/* --- kinds of items ------------------------------------------------------------------------------------------- */

/* Each line of the answer in a row of its own. */
static gboolean
add_lines (const Scope *self, const MadoOverlayItem *item, const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = g_strv_length (lines), first = self->plan->marks->len, i = 0;

  while (n <= item->count && i < n && add_text (self, item, shift (self, mado_overlay_get_box (item, i)), lines[i]))
    i++;
  if (i < n || n > item->count)
    g_array_set_size (self->plan->marks, first);

  return i == n;
}

/* (nullable): the one answer of the place, where it was written by hand. */
static const char *
get_signature (const Scope *self, const MadoOverlayItem *item)
{
  const char *fact = item->facts->len == 1 ? item->facts->pdata[0] : NULL;
  const MadoForm *form = self->plan->filling->form;
  const MadoFormField *field = fact != NULL ? mado_form_find_field (form, self->group, fact) : NULL;
  JsonNode *value = field != NULL ? json_object_get_member (self->answers, fact) : NULL;
  const char *text = value != NULL ? mado_reader_get_string (value) : NULL;

  return text != NULL && g_str_equal (field->kind->name, "signature") && mado_signature_is_drawn (text) ? text : NULL;
}

static void
add_signature (const Scope *self, const MadoOverlayItem *item, const char *signature)
{
  MadoOverlayMark mark = { .page = self->plan->page, .kind = MADO_OVERLAY_TEXT, .signature = signature,
                           .at = shift (self, item->at) };

  g_array_append_val (self->plan->marks, mark);
  set_shown (self, item);
}

static void
plan_text (const Scope *self, const MadoOverlayItem *item)
{
  const char *signature = get_signature (self, item);
  g_autofree char *line = item->text != NULL ? g_strdup (item->text) : join_facts (self, item);
  MadoBox at = shift (self, item->at);

  if (signature != NULL) {
    add_signature (self, item, signature);
    return;
  }
  if (*line == '\0' && item->otherwise != NULL) {
    g_free (line);
    line = g_strdup (item->otherwise);
  }
  if (*line == '\0' || (item->count > 1 ? add_lines (self, item, line) : add_text (self, item, at, line)))
    set_shown (self, item);
  else
    refer (self, at, ELSEWHERE);
}

/* With what belongs to it: a variation selector, a combining mark. */
static const char *
skip_character (const char *at)
{
  do
    at = g_utf8_next_char (at);
  while (*at != '\0' && g_unichar_ismark (g_utf8_get_char (at)));

  return at;
}

/* Hyphens and spaces are printed on the sheet. */
static GPtrArray *
split_characters (const char *text)
{
  GPtrArray *characters = g_ptr_array_new_with_free_func (g_free);

  for (const char *at = text, *next; *at != '\0'; at = next) {
    next = skip_character (at);
    if (*at != '-' && !g_unichar_isspace (g_utf8_get_char (at)))
      g_ptr_array_add (characters, g_strndup (at, (gsize) (next - at)));
  }

  return characters;
}

/* What a box takes is never hidden: the number on the sheet is what the office works with. */
static char *
say_plainly (const Scope *self, const MadoOverlayItem *item)
{
  JsonNode *value = item->facts->len == 1 ? json_object_get_member (self->answers, item->facts->pdata[0]) : NULL;
  const char *text = value != NULL ? mado_reader_get_string (value) : NULL;

  return text != NULL ? g_strdup (text) : join_facts (self, item);
}

static void
plan_boxes (const Scope *self, const MadoOverlayItem *item)
{
  g_autofree char *line = say_plainly (self, item);
  g_autoptr(GPtrArray) characters = split_characters (line);
  guint first = item->align == PANGO_ALIGN_RIGHT && characters->len < item->count ? item->count - characters->len : 0;
  MadoOverlayItem one = *item;

  one.align = PANGO_ALIGN_CENTER;
  if (characters->len > item->count) {
    MadoBox all = shift (self, item->at);

    all.width += mado_overlay_get_box (item, item->count - 1).x - item->at.x;
    refer (self, all, ELSEWHERE);
    return;
  }
  set_shown (self, item);
  for (guint i = 0; i < characters->len; i++)
    add_text (self, &one, shift (self, mado_overlay_get_box (item, first + i)), characters->pdata[i]);
}

/* FALSE: there is nothing on the sheet to mark. */
static gboolean
mark_choice (const Scope *self, const MadoOverlayItem *item, const char *id)
{
  const MadoOverlayPlace *place = mado_overlay_find_place (item, id);

  if (place != NULL)
    add_mark (self, item->kind, shift (self, place->at), NULL);

  return place != NULL;
}

static gboolean
mark_choices (const Scope *self, const MadoOverlayItem *item, JsonArray *chosen)
{
  gboolean all = TRUE;

  for (guint i = 0; i < json_array_get_length (chosen); i++) {
    const char *id = mado_reader_get_string (json_array_get_element (chosen, i));

    all = id != NULL && mark_choice (self, item, id) && all;
  }

  return all;
}

static void
plan_choice (const Scope *self, const MadoOverlayItem *item)
{
  JsonNode *value = item->facts->len > 0 ? json_object_get_member (self->answers, item->facts->pdata[0]) : NULL;
  gboolean shown;

  if (item->facts->len == 0)
    add_mark (self, item->kind, shift (self, item->at), NULL);
  if (value == NULL || JSON_NODE_HOLDS_NULL (value) || JSON_NODE_HOLDS_OBJECT (value))
    return;
  if (JSON_NODE_HOLDS_ARRAY (value))
    shown = mark_choices (self, item, json_node_get_array (value));
  else if (mado_reader_get_string (value) != NULL)
    shown = mark_choice (self, item, mado_reader_get_string (value));
  else   /* a no may be told by nothing being marked */
    shown = mark_choice (self, item, json_node_get_boolean (value) ? "true" : "false")
            || !json_node_get_boolean (value);
  if (shown)
    set_shown (self, item);
}

static void
plan_date_part (const Scope *self, const MadoOverlayItem *item, const char *part, int number)
{
  const MadoOverlayPlace *place = mado_overlay_find_place (item, part);
  g_autofree char *words = number == 1 && g_str_equal (part, "year") ? g_strdup ("元")
                                                                     : g_strdup_printf ("%d", number);

  if (place != NULL)
    add_text (self, item, shift (self, place->at), words);
}

static int
find_day (const Scope *self, const MadoOverlayItem *item)
{
  g_autofree char *filed = mado_clock_format_date (self->plan->filling->made_at);
  const char *fact = item->facts->pdata[0];
  JsonNode *value = json_object_get_member (self->answers, fact);
  const char *iso = self->group == NULL && g_str_equal (fact, MADO_OVERLAY_DATE) ? filed
                    : value != NULL ? mado_reader_get_string (value) : NULL;

  return iso != NULL ? mado_date_parse (iso) : MADO_DATE_NONE;
}

static const char *
get_era_id (const MadoEra *era)
{
  switch (era->letter) {
  case 'R':
    return "reiwa";
  case 'H':
    return "heisei";
  case 'S':
    return "showa";
  case 'T':
    return "taisho";
  case 'M':
    return "meiji";
  default:
    return "";
  }
}

/* The sheet has the era's name, one to circle, or room to write it; if neither, years are western. */
static gboolean
plan_era (const Scope *self, const MadoOverlayItem *item, const MadoEra *era)
{
  const MadoOverlayPlace *written = mado_overlay_find_place (item, "era");
  const MadoOverlayPlace *circled = mado_overlay_find_place (item, get_era_id (era));

  if (circled != NULL)
    add_mark (self, MADO_OVERLAY_CIRCLE, shift (self, circled->at), NULL);
  else if (written != NULL)
    add_text (self, item, shift (self, written->at), era->name);

  return circled != NULL || written != NULL || item->printed != NULL;
}

/* Where the sheet says 令和, a day of Heisei cannot stand. */
static gboolean
is_of_another_era (const MadoOverlayItem *item, const MadoEra *era)
{
  return item->printed != NULL && (era == NULL || !g_str_equal (item->printed, get_era_id (era)));
}

static void
plan_date (const Scope *self, const MadoOverlayItem *item)
{
  int day = find_day (self, item), year, month, date, year_of_era = 0;
  const MadoEra *era = day != MADO_DATE_NONE ? mado_era_of (day, &year_of_era) : NULL;
  const MadoOverlayPlace *first = item->places->len > 0 ? &g_array_index (item->places, MadoOverlayPlace, 0) : NULL;

  if (day == MADO_DATE_NONE)
    return;
  if (is_of_another_era (item, era)) {
    if (first != NULL)
      refer (self, shift (self, first->at), ELSEWHERE);
    return;
  }
  mado_date_to_ymd (day, &year, &month, &date);
  plan_date_part (self, item, "year", era != NULL && plan_era (self, item, era) ? year_of_era : year);
  plan_date_part (self, item, "month", month);
  plan_date_part (self, item, "day", date);
  set_shown (self, item);
}

static void plan_items (const Scope *self, const GPtrArray *items);

static void
plan_rows (const Scope *self, const MadoOverlayItem *item)
{
  JsonNode *value = json_object_get_member (self->answers, item->group);
  JsonArray *rows = value != NULL && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  guint n = rows != NULL ? json_array_get_length (rows) : 0;

  for (guint i = 0; i < MIN (n, item->count); i++) {
    JsonNode *row = json_array_get_element (rows, i);
    const Scope scope = { self->plan, item->group, i, JSON_NODE_HOLDS_OBJECT (row) ? json_node_get_object (row) : NULL,
                          item->pitch * i };

    if (scope.answers != NULL)
      plan_items (&scope, item->items);
  }
  if (n > item->count) {
    g_autofree char *more = g_strdup_printf ("ほか %u（%s）", n - item->count, ELSEWHERE);

    refer (self, item->at, more);
  }
}

static void
plan_items (const Scope *self, const GPtrArray *items)
{
  static void (*const plan[]) (const Scope *self, const MadoOverlayItem *item) = {
    plan_text, plan_boxes, plan_choice, plan_choice, plan_date, plan_rows,
  };

  for (guint i = 0; i < items->len; i++) {
    const MadoOverlayItem *item = items->pdata[i];

    plan[item->kind] (self, item);
  }
}

/* --- the whole ------------------------------------------------------------------------------------------------- */

static void
mark_clear (gpointer data)
{
  MadoOverlayMark *mark = data;

  g_clear_object (&mark->layout);
}

void
mado_overlay_plan_init (MadoOverlayPlan *self, const MadoOverlay *overlay, const MadoOverlayFilling *filling)
{
  const Scope scope = { self, NULL, 0, json_node_get_object (filling->answers), 0 };

  *self = (MadoOverlayPlan) {
    .overlay = overlay,
    .filling = filling,
    .context = mado_paper_context_new ("ja"),
    .marks = g_array_new (FALSE, FALSE, sizeof (MadoOverlayMark)),
    .shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };
  g_array_set_clear_func (self->marks, mark_clear);
  for (; self->page < overlay->pages->len; self->page++)
    plan_items (&scope, g_array_index (overlay->pages, MadoOverlayPage, self->page).items);
}

void
mado_overlay_plan_clear (MadoOverlayPlan *self)
{
  g_array_unref (self->marks);
  g_hash_table_unref (self->shown);
  g_object_unref (self->context);
}
