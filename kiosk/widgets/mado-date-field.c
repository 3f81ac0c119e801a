/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-date-field.h"

#include <glib/gi18n-lib.h>
#include "core/mado-language.h"
#include "mado-theme.h"
#include "widgets/mado-choice.h"
#include "widgets/mado-date-box.h"
#include "widgets/mado-icon.h"

enum { CHANGED, UNKNOWN, N_SIGNALS };
static guint signals[N_SIGNALS];

struct _MadoDateField {
  GtkBox         parent;
  MadoDateEntry  entry;
  char          *language;
  gboolean       with_age;
  gboolean       setting;
  GtkBox        *calendar;                     /* how years are counted; stands above the field */
  GtkWidget     *by_era, *by_year;
  GtkWidget     *eras;
  GtkWidget     *system;                       /* 昭和, or nothing */
  GtkWidget     *parts[MADO_DATE_N_PARTS];
  GtkWidget     *echo, *echo_icon, *echo_strong, *echo_more;
};

G_DEFINE_FINAL_TYPE (MadoDateField, mado_date_field, GTK_TYPE_BOX)

static void
mado_date_field_finalize (GObject *object)
{
  g_free (MADO_DATE_FIELD (object)->language);
  g_object_unref (MADO_DATE_FIELD (object)->calendar);
  G_OBJECT_CLASS (mado_date_field_parent_class)->finalize (object);
}

static void
mado_date_field_class_init (MadoDateFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mado_date_field_finalize;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "datefield");
  signals[CHANGED] = g_signal_new ("changed", MADO_TYPE_DATE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[UNKNOWN] = g_signal_new ("unknown", MADO_TYPE_DATE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static gboolean
is_japanese (MadoDateField *self)
{
  return g_str_has_prefix (self->language, "ja");
}

static const char *
era_name (MadoDateField *self, const MadoEra *era)
{
  return is_japanese (self) ? era->name : era->latin;
}

/* The same day in the other system, its weekday, and how old somebody born on it is. */
static char *
write_more (MadoDateField *self, int day)
{
  g_autofree char *weekday = mado_language_format_weekday (day, self->language);
  int age = mado_date_age (day, mado_date_today ()), year, month, date;
  const MadoEra *era = mado_era_of (day, &year);
  GString *more = g_string_new (NULL);

  if (self->entry.era == NULL && era != NULL)
    g_string_append_printf (more, is_japanese (self) ? "%s%d年・" : "%s %d, ", era_name (self, era), year);
  mado_date_to_ymd (day, &year, &month, &date);
  if (self->entry.era != NULL)
    g_string_append_printf (more, is_japanese (self) ? "西暦%d年・" : "%d, ", year);
  g_string_append (more, weekday);
  if (self->with_age && age >= 0) {
    g_string_append (more, is_japanese (self) ? "・" : ", ");
    g_string_append_printf (more, _("%d years old"), age);
  }
  return g_string_free (more, FALSE);
}

static void
show_echo (MadoDateField *self)
{
  g_autoptr(GError) error = NULL;
  int day = mado_date_entry_read (&self->entry, &error);
  gboolean whole = *self->entry.digits[MADO_DATE_DAY] != '\0' && *self->entry.digits[MADO_DATE_MONTH] != '\0'
                   && *self->entry.digits[MADO_DATE_YEAR] != '\0';
  g_autofree char *strong = NULL;
  g_autofree char *more = NULL;

  gtk_widget_set_opacity (self->echo, whole ? 1 : 0);
  if (day != MADO_DATE_NONE) {
    strong = self->entry.era != NULL && is_japanese (self) ? mado_era_format (day, MADO_ERA_KANJI)
                                                           : mado_language_format_date (day, self->language);
    more = write_more (self, day);
  }
  gtk_label_set_label (GTK_LABEL (self->echo_strong), day != MADO_DATE_NONE ? strong : error->message);
  gtk_label_set_label (GTK_LABEL (self->echo_more), more != NULL ? more : "");
  mado_icon_set_name (MADO_ICON (self->echo_icon), day != MADO_DATE_NONE ? "ckc" : "alert");
}

static GtkWidget *
get_era (MadoDateField *self, guint i)
{
  return gtk_flow_box_child_get_child (gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (self->eras), (int) i));
}

static void
show (MadoDateField *self)
{
  guint n, i;
  const MadoEra *eras = mado_era_list (&n);

  self->setting = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->by_era), self->entry.era != NULL);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->by_year), self->entry.era == NULL);
  gtk_widget_set_visible (self->eras, self->entry.era != NULL);
  for (i = 0; i < n; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (get_era (self, i)), self->entry.era == &eras[i]);
  gtk_label_set_label (GTK_LABEL (self->system), self->entry.era != NULL ? era_name (self, self->entry.era) : "");
  for (i = 0; i < MADO_DATE_N_PARTS; i++)
    mado_date_box_show (MADO_DATE_BOX (self->parts[i]));
  show_echo (self);
  self->setting = FALSE;
}

static void
changed (MadoDateField *self)
{
  show (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_system (GtkWidget *button, MadoDateField *self)
{
  guint n;

  if (self->setting)
    return;
  mado_date_entry_set_era (&self->entry, button == self->by_era ? mado_era_list (&n) : NULL);
  changed (self);
}

static void
on_era (GtkWidget *button, MadoDateField *self)
{
  if (self->setting)
    return;
  mado_date_entry_set_era (&self->entry, g_object_get_data (G_OBJECT (button), "era"));
  changed (self);
}

/* On to the part where the next digit goes. */
static void
on_typed (MadoDateField *self)
{
  gtk_widget_grab_focus (self->parts[self->entry.part]);
  changed (self);
}

static void
on_unknown (MadoDateField *self)
{
  g_signal_emit (self, signals[UNKNOWN], 0);
}

static GtkWidget *
new_toggle (MadoDateField *self, const char *words, GCallback callback)
{
  GtkWidget *toggle = mado_choice_new (words, NULL);

  gtk_widget_set_hexpand (toggle, TRUE);
  g_signal_connect (toggle, "clicked", callback, self);
  return toggle;
}

static void
add_systems (MadoDateField *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *hint = gtk_label_new (_("Either will do"));

  self->by_era = new_toggle (self, _("Japanese era"), G_CALLBACK (on_system));
  self->by_year = new_toggle (self, _("Western year"), G_CALLBACK (on_system));
  gtk_widget_add_css_class (hint, "faint");
  gtk_widget_set_visible (hint, !mado_theme_is_large (mado_theme_get ()));   /* no room for it */
  gtk_box_append (GTK_BOX (row), self->by_era);
  gtk_box_append (GTK_BOX (row), self->by_year);
  gtk_box_append (GTK_BOX (row), hint);
  gtk_box_append (self->calendar, row);
}

static void
add_eras (MadoDateField *self)
{
  guint n;
  const MadoEra *eras = mado_era_list (&n);

  self->eras = g_object_new (GTK_TYPE_FLOW_BOX, "homogeneous", TRUE, "selection-mode", GTK_SELECTION_NONE,
                             "min-children-per-line", 3, "max-children-per-line", n, "column-spacing", 12,
                             "row-spacing", 12, NULL);
  for (guint i = 0; i < n; i++) {
    GtkWidget *toggle = new_toggle (self, era_name (self, &eras[i]), G_CALLBACK (on_era));

    g_object_set_data (G_OBJECT (toggle), "era", (gpointer) &eras[i]);
    gtk_flow_box_append (GTK_FLOW_BOX (self->eras), toggle);
    gtk_widget_set_focusable (gtk_widget_get_parent (toggle), FALSE);
  }
  gtk_box_append (self->calendar, self->eras);
}

static void
add_parts (MadoDateField *self)
{
  const char *const units[] = { _("Year"), _("Month"), _("Day") };
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);

  gtk_widget_add_css_class (row, "parts");
  self->system = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->system, "h3");
  gtk_box_append (GTK_BOX (row), self->system);
  for (guint i = 0; i < MADO_DATE_N_PARTS; i++) {
    GtkWidget *unit = gtk_label_new (units[i]);

    self->parts[i] = mado_date_box_new (&self->entry, i, units[i]);
    gtk_widget_set_hexpand (self->parts[i], TRUE);
    g_signal_connect_swapped (self->parts[i], "changed", G_CALLBACK (on_typed), self);
    g_signal_connect_swapped (self->parts[i], "unknown", G_CALLBACK (on_unknown), self);
    gtk_widget_add_css_class (unit, "strong");
    gtk_box_append (GTK_BOX (row), self->parts[i]);
    gtk_box_append (GTK_BOX (row), unit);
  }
  gtk_box_append (GTK_BOX (self), row);
}

static void
add_echo (MadoDateField *self)
{
  self->echo = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 20);
  gtk_widget_add_css_class (self->echo, "notice");
  gtk_widget_add_css_class (self->echo, "mist");
  self->echo_icon = mado_icon_new ("ckc", 44);
  self->echo_strong = gtk_label_new (NULL);
  self->echo_more = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->echo_strong, "strong");
  for (guint i = 0; i < 2; i++) {
    GtkLabel *label = GTK_LABEL (i == 0 ? self->echo_strong : self->echo_more);

    gtk_label_set_wrap (label, TRUE);
    gtk_label_set_xalign (label, 0);
  }
  gtk_box_append (GTK_BOX (self->echo), self->echo_icon);
  gtk_box_append (GTK_BOX (self->echo), self->echo_strong);
  gtk_box_append (GTK_BOX (self->echo), self->echo_more);
  gtk_box_append (GTK_BOX (self), self->echo);
}

static void
mado_date_field_init (MadoDateField *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}

GtkWidget *
mado_date_field_new (const char *language, gboolean with_age)
{
  MadoDateField *self = g_object_new (MADO_TYPE_DATE_FIELD, NULL);
  guint n;
  const MadoEra *eras = mado_era_list (&n);

  self->language = g_strdup (language);
  self->with_age = with_age;
  /* Most people at the counter were born in Shōwa; other dates are of these days. */
  mado_date_entry_init (&self->entry, is_japanese (self) ? &eras[with_age && n > 2 ? 2 : 0] : NULL);
  self->calendar = g_object_ref_sink (g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                                                    "css-name", "calendar", NULL));
  add_systems (self);
  add_eras (self);
  add_parts (self);
  add_echo (self);
  show (self);
  return GTK_WIDGET (self);
}

void
mado_date_field_set_date (MadoDateField *self, int day)
{
  mado_date_entry_set_date (&self->entry, day);
  show (self);
}

gboolean
mado_date_field_is_empty (MadoDateField *self)
{
  return mado_date_entry_is_empty (&self->entry);
}

int
mado_date_field_read (MadoDateField *self, GError **error)
{
  return mado_date_entry_read (&self->entry, error);
}

void
mado_date_field_set_unknown (MadoDateField *self, gboolean unknown)
{
  for (guint i = 0; i < MADO_DATE_N_PARTS; i++)
    mado_date_box_set_unknown (MADO_DATE_BOX (self->parts[i]), unknown);
}

GtkWidget *
mado_date_field_get_calendar (MadoDateField *self)
{
  return GTK_WIDGET (self->calendar);
}
