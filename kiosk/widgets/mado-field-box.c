/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-field-box.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include "mado-theme.h"
#include "mado-words.h"

#define CARET 3
#define CARET_ROOM 6

struct _MadoFieldBox {
  GtkWidget     parent;
  MadoComposer *composer;
  MadoKeys      keys;
  gboolean      masked;
  guint         group;
};

enum { ACTIVATE, UNKNOWN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void mado_field_box_typist (MadoTypistInterface *iface);
G_DEFINE_TYPE_WITH_CODE (MadoFieldBox, mado_field_box, GTK_TYPE_WIDGET,
                         G_IMPLEMENT_INTERFACE (MADO_TYPE_TYPIST, mado_field_box_typist))

/* What is shown: dots for what is masked, groups for long numbers. @caret: where it stands in that, in bytes. */
static char *
write_shown (MadoFieldBox *self, int *reading, int *caret)
{
  g_autofree char *value = mado_composer_dup_value (self->composer);
  GString *shown = g_string_new (NULL);
  guint reading_at, caret_at, i = 0;

  mado_composer_get_places (self->composer, &reading_at, &caret_at);
  *reading = *caret = -1;
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p), i++) {
    if (self->group > 0 && i > 0 && i % self->group == 0)
      g_string_append (shown, "\u2002");
    if (i == reading_at)
      *reading = (int) shown->len;
    if (i == caret_at)
      *caret = (int) shown->len;
    g_string_append_unichar (shown, self->masked ? 0x25CF : g_utf8_get_char (p));
  }
  *reading = *reading < 0 ? (int) shown->len : *reading;
  *caret = *caret < 0 ? (int) shown->len : *caret;

  return g_string_free (shown, FALSE);
}

static PangoLayout *
lay_out (MadoFieldBox *self, int *caret)
{
  int reading;
  g_autofree char *shown = write_shown (self, &reading, caret);
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), shown);
  PangoAttrList *attributes = pango_attr_list_new ();
  PangoAttribute *underline = pango_attr_underline_new (PANGO_UNDERLINE_SINGLE);

  underline->start_index = (guint) reading;
  underline->end_index = (guint) *caret;
  if (reading < *caret)
    pango_attr_list_insert (attributes, underline);
  else
    pango_attribute_destroy (underline);
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);

  return layout;
}

static void
tell_value (MadoFieldBox *self)
{
  g_autofree char *value = mado_composer_dup_value (self->composer);
  g_autofree char *told = self->masked
                        ? g_strdup_printf (ngettext ("%lu character", "%lu characters", g_utf8_strlen (value, -1)),
                                           (gulong) g_utf8_strlen (value, -1))
                        : g_strdup (value);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, told, -1);
}

static void
on_composer_changed (MadoFieldBox *self)
{
  tell_value (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
mado_field_box_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *least, int *natural,
                        int *least_baseline, int *natural_baseline)
{
  int caret, width, height;
  g_autoptr(PangoLayout) layout = lay_out (MADO_FIELD_BOX (widget), &caret);

  pango_layout_get_pixel_size (layout, &width, &height);
  *least = *natural = orientation == GTK_ORIENTATION_VERTICAL ? height : 40;
}

/* How far the text is moved so that the caret is always in the box. */
static int
offset_for (GtkWidget *widget, const PangoRectangle *caret, int text_width)
{
  int room = gtk_widget_get_width (widget) - CARET_ROOM, x = caret->x / PANGO_SCALE;

  if (text_width <= room)
    return gtk_widget_has_css_class (widget, "centred") ? (room - text_width) / 2 : 0;

  return x > room ? room - x : 0;
}

static void
mado_field_box_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MadoFieldBox *self = MADO_FIELD_BOX (widget);
  int caret, text_width, text_height, x, y;
  g_autoptr(PangoLayout) layout = lay_out (self, &caret);
  PangoRectangle place;
  GdkRGBA ink, sea = mado_theme_get_colour (widget, "sea");

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  pango_layout_get_cursor_pos (layout, caret, &place, NULL);
  x = offset_for (widget, &place, text_width);
  y = (gtk_widget_get_height (widget) - text_height) / 2;

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (-4, -4, gtk_widget_get_width (widget) + 8,
                                                         gtk_widget_get_height (widget) + 8));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  if (gtk_widget_has_css_class (widget, "typing"))   /* the keyboard on the screen types here */
    gtk_snapshot_append_color (snapshot, &sea,
                               &GRAPHENE_RECT_INIT (place.x / PANGO_SCALE + 2, text_height / 10, CARET,
                                                    text_height - text_height / 5));
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
on_pressed (MadoFieldBox *self, int n, double x, double y)
{
  int caret, text_width, index, trailing;
  g_autoptr(PangoLayout) layout = lay_out (self, &caret);
  PangoRectangle place;
  const char *text = pango_layout_get_text (layout);
  guint characters;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  pango_layout_get_pixel_size (layout, &text_width, NULL);
  pango_layout_get_cursor_pos (layout, caret, &place, NULL);
  pango_layout_xy_to_index (layout, (int) (x - offset_for (GTK_WIDGET (self), &place, text_width)) * PANGO_SCALE, 1,
                            &index, &trailing);
  characters = (guint) (g_utf8_pointer_to_offset (text, text + index) + trailing);
  if (self->group > 0)   /* the spaces between groups are no characters of the value */
    characters -= characters / (self->group + 1);
  mado_composer_move_to (self->composer, characters);
}

static gboolean
edit (MadoFieldBox *self, guint key)
{
  switch (key) {
  case GDK_KEY_BackSpace: mado_composer_erase (self->composer); return TRUE;
  case GDK_KEY_Left:      mado_composer_move (self->composer, -1); return TRUE;
  case GDK_KEY_Right:     mado_composer_move (self->composer, 1); return TRUE;
  case GDK_KEY_Home:      mado_composer_move_to (self->composer, 0); return TRUE;
  case GDK_KEY_End:       mado_composer_move_to (self->composer, G_MAXINT); return TRUE;
  case GDK_KEY_Escape:    mado_composer_clear (self->composer); return TRUE;
  default:                return FALSE;
  }
}

/* Return leaves a reading as it is, as on any keyboard in Japan; without one the field is done. */
static void
finish (MadoFieldBox *self)
{
  if (*mado_composer_get_reading (self->composer) != '\0')
    mado_composer_keep (self->composer);
  else
    g_signal_emit (self, signals[ACTIVATE], 0);
}

static void
convert (MadoFieldBox *self)
{
  if (mado_composer_get_candidates (self->composer)->len > 0)
    mado_composer_choose (self->composer, 0);
  else
    mado_composer_keep (self->composer);
}

static gboolean
on_key (MadoFieldBox *self, guint key, guint code, GdkModifierType state)
{
  gunichar c = gdk_keyval_to_unicode (key);

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK))
    return FALSE;
  if (edit (self, key))
    return TRUE;
  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter)
    finish (self);
  else if (c == ' ' && *mado_composer_get_reading (self->composer) != '\0')
    convert (self);
  else if (c >= 0x20 && c != 0x7F && key != GDK_KEY_Tab)
    mado_composer_type_letter (self->composer, c);
  else
    return FALSE;

  return TRUE;
}

static void
mado_field_box_finalize (GObject *object)
{
  g_clear_object (&MADO_FIELD_BOX (object)->composer);
  G_OBJECT_CLASS (mado_field_box_parent_class)->finalize (object);
}

static void
mado_field_box_class_init (MadoFieldBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mado_field_box_finalize;
  widget_class->measure = mado_field_box_measure;
  widget_class->snapshot = mado_field_box_snapshot;
  gtk_widget_class_set_css_name (widget_class, "field");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  signals[ACTIVATE] = g_signal_new ("activate", MADO_TYPE_FIELD_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
  signals[UNKNOWN] = g_signal_new ("unknown", MADO_TYPE_FIELD_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
mado_field_box_init (MadoFieldBox *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *press = gtk_gesture_click_new ();

  self->composer = mado_composer_new ();
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  g_signal_connect_swapped (press, "released", G_CALLBACK (on_pressed), self);
  g_signal_connect_object (self->composer, "changed", G_CALLBACK (on_composer_changed), self, G_CONNECT_SWAPPED);
}

static MadoKeys
get_keys (MadoTypist *typist)
{
  return MADO_FIELD_BOX (typist)->keys;
}

static MadoComposer *
get_composer (MadoTypist *typist)
{
  return MADO_FIELD_BOX (typist)->composer;
}

static void
type (MadoTypist *typist, const char *text)
{
  mado_composer_type (MADO_FIELD_BOX (typist)->composer, text);
}

static void
erase (MadoTypist *typist)
{
  mado_composer_erase (MADO_FIELD_BOX (typist)->composer);
}

static void
clear (MadoTypist *typist)
{
  mado_composer_clear (MADO_FIELD_BOX (typist)->composer);
}

static void
unknown (MadoTypist *typist)
{
  g_signal_emit (typist, signals[UNKNOWN], 0);
}

static void
mado_field_box_typist (MadoTypistInterface *iface)
{
  iface->get_keys = get_keys;
  iface->get_composer = get_composer;
  iface->type = type;
  iface->erase = erase;
  iface->clear = clear;
  iface->unknown = unknown;
}

MadoComposer *
mado_field_box_get_composer (MadoFieldBox *self)
{
  return self->composer;
}

void
mado_field_box_set_keys (MadoFieldBox *self, MadoKeys keys)
{
  self->keys = keys;
}

void
mado_field_box_set_masked (MadoFieldBox *self, gboolean masked)
{
  self->masked = masked;
  on_composer_changed (self);
}

void
mado_field_box_set_groups (MadoFieldBox *self, guint group)
{
  self->group = group;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
