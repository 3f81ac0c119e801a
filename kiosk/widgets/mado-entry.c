/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-entry.h"

#include "mado-words.h"
#include "pages/mado-page.h"
#include "widgets/mado-icon.h"

struct _MadoEntry {
  GtkWidget     parent;
  GtkLabel     *label, *note, *hint, *mistake, *source;
  GtkWidget    *required, *optional, *mistake_row, *source_row;
  MadoFieldBox *box;
  MadoEntryKind kind;
  gboolean      may_be_unknown;
};

enum {
  PROP_0, PROP_LABEL, PROP_NOTE, PROP_HINT, PROP_SOURCE, PROP_MISTAKE, PROP_NEED, PROP_KIND, PROP_MASKED, PROP_LIMIT,
  PROP_GROUP, PROP_UNKNOWN, N_PROPS
};
static GParamSpec *props[N_PROPS];
enum { CHANGED, ACTIVATE, UNKNOWN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (MadoEntry, mado_entry, GTK_TYPE_WIDGET)

static void
show_words (GtkLabel *label, gpointer row, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (row, text != NULL && *text != '\0');
}

static void
set_label (MadoEntry *self, const char *text)
{
  show_words (self->label, self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text != NULL ? text : "", -1);
}

static void
set_need (MadoEntry *self, guint need)
{
  gtk_widget_set_visible (self->required, need == MADO_NEED_REQUIRED);
  gtk_widget_set_visible (self->optional, need == MADO_NEED_OPTIONAL);
}

static void
set_kind (MadoEntry *self, MadoEntryKind kind)
{
  static const MadoBoard boards[] = { MADO_BOARD_KANA, MADO_BOARD_KANA, MADO_BOARD_LATIN, MADO_BOARD_DIGITS };
  static const MadoKeys keys[] = { 0, 0, MADO_KEYS_LATIN, MADO_KEYS_DIGITS | MADO_KEYS_CLEAR };
  MadoComposer *composer = mado_field_box_get_composer (self->box);
  gboolean japanese = g_str_has_prefix (mado_words_get_language (), "ja");

  self->kind = kind;
  mado_composer_set_board (composer, kind == MADO_ENTRY_TEXT && !japanese ? MADO_BOARD_LATIN : boards[kind]);
  mado_composer_set_converts (composer, kind == MADO_ENTRY_TEXT);
  mado_field_box_set_keys (self->box, keys[kind] | (self->may_be_unknown ? MADO_KEYS_UNKNOWN : 0));
}

static void
mado_entry_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  MadoEntry *self = MADO_ENTRY (object);

  switch (id) {
  case PROP_LABEL:   set_label (self, g_value_get_string (value)); break;
  case PROP_NOTE:    show_words (self->note, self->note, g_value_get_string (value)); break;
  case PROP_HINT:    show_words (self->hint, self->hint, g_value_get_string (value)); break;
  case PROP_SOURCE:  mado_entry_set_source (self, g_value_get_string (value)); break;
  case PROP_MISTAKE: mado_entry_set_mistake (self, g_value_get_string (value)); break;
  case PROP_NEED:    set_need (self, g_value_get_uint (value)); break;
  case PROP_KIND:    set_kind (self, g_value_get_uint (value)); break;
  case PROP_MASKED:  mado_field_box_set_masked (self->box, g_value_get_boolean (value)); break;
  case PROP_LIMIT:   mado_composer_set_limit (mado_entry_get_composer (self), g_value_get_uint (value)); break;
  case PROP_GROUP:   mado_field_box_set_groups (self->box, g_value_get_uint (value)); break;
  case PROP_UNKNOWN:
    self->may_be_unknown = g_value_get_boolean (value);
    set_kind (self, self->kind);
    break;
  default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
mado_entry_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mado_entry_parent_class)->dispose (object);
}

static gboolean
mado_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (MADO_ENTRY (widget)->box));
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  props[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, flags);
  props[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, flags);
  props[PROP_SOURCE] = g_param_spec_string ("source", NULL, NULL, NULL, flags);
  props[PROP_MISTAKE] = g_param_spec_string ("mistake", NULL, NULL, NULL, flags);
  props[PROP_NEED] = g_param_spec_uint ("need", NULL, NULL, 0, MADO_NEED_OPTIONAL, 0, flags);
  props[PROP_KIND] = g_param_spec_uint ("kind", NULL, NULL, 0, MADO_ENTRY_DIGITS, 0, flags | G_PARAM_CONSTRUCT);
  props[PROP_MASKED] = g_param_spec_boolean ("masked", NULL, NULL, FALSE, flags);
  props[PROP_LIMIT] = g_param_spec_uint ("limit", NULL, NULL, 0, 4096, 0, flags);
  props[PROP_GROUP] = g_param_spec_uint ("group", NULL, NULL, 0, 16, 0, flags);
  props[PROP_UNKNOWN] = g_param_spec_boolean ("unknown", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mado_entry_class_init (MadoEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->set_property = mado_entry_set_property;
  G_OBJECT_CLASS (klass)->dispose = mado_entry_dispose;
  widget_class->grab_focus = mado_entry_grab_focus;
  install_properties (G_OBJECT_CLASS (klass));
  signals[CHANGED] = g_signal_new ("changed", MADO_TYPE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[ACTIVATE] = g_signal_new ("activate", MADO_TYPE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
  signals[UNKNOWN] = g_signal_new ("unknown", MADO_TYPE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  g_type_ensure (MADO_TYPE_ICON);
  g_type_ensure (MADO_TYPE_FIELD_BOX);
  mado_words_set_template (widget_class, "/io/madoguchi/Kiosk/widgets/mado-entry.ui");
  gtk_widget_class_set_css_name (widget_class, "entry");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GENERIC);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, MadoEntry, label);
  gtk_widget_class_bind_template_child (widget_class, MadoEntry, note);
  gtk_widget_class_bind_template_child (widget_class, MadoEntry, required);
  gtk_widget_class_bind_template_child (widget_class, MadoEntry, optional);
  gtk_widget_class_bind_template_child (widget_class, MadoEntry, hint);
  gtk_widget_class_bind_template_child (widget_class, MadoEntry, mistake_row);
  gtk_widget_class_bind_template_child (widget_class, MadoEntry, mistake);
  gtk_widget_class_bind_template_child (widget_class, MadoEntry, box);
  gtk_widget_class_bind_template_child (widget_class, MadoEntry, source_row);
  gtk_widget_class_bind_template_child (widget_class, MadoEntry, source);
}

static void
pass_on (MadoEntry *self, guint signal)
{
  g_signal_emit (self, signals[signal], 0);
}

static void
on_changed (MadoEntry *self)
{
  pass_on (self, CHANGED);
}

static void
on_activate (MadoEntry *self)
{
  pass_on (self, ACTIVATE);
}

static void
on_unknown (MadoEntry *self)
{
  pass_on (self, UNKNOWN);
}

static void
mado_entry_init (MadoEntry *self)
{
  GtkLayoutManager *layout;

  gtk_widget_init_template (GTK_WIDGET (self));
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  g_signal_connect_swapped (mado_entry_get_composer (self), "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->box, "activate", G_CALLBACK (on_activate), self);
  g_signal_connect_swapped (self->box, "unknown", G_CALLBACK (on_unknown), self);
}

GtkWidget *
mado_entry_new (const char *label, MadoEntryKind kind)
{
  return g_object_new (MADO_TYPE_ENTRY, "label", label, "kind", kind, NULL);
}

MadoComposer *
mado_entry_get_composer (MadoEntry *self)
{
  return mado_field_box_get_composer (self->box);
}

char *
mado_entry_dup_value (MadoEntry *self)
{
  return mado_composer_dup_value (mado_entry_get_composer (self));
}

void
mado_entry_set_value (MadoEntry *self, const char *value)
{
  mado_composer_set_value (mado_entry_get_composer (self), value);
}

void
mado_entry_set_mistake (MadoEntry *self, const char *mistake)
{
  show_words (self->mistake, self->mistake_row, mistake);
  if (mistake != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "wrong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "wrong");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_STATE_INVALID,
                               mistake != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

void
mado_entry_set_source (MadoEntry *self, const char *source)
{
  show_words (self->source, self->source_row, source);
}
