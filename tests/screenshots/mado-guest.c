/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-guest.h"

#include "core/mado-json.h"
#include "pages/mado-flow-page.h"

#define PATIENCE_US (60 * G_USEC_PER_SEC)

typedef gboolean (*IsThere) (MadoGuest *self, gconstpointer what);

/* What the sheet finds wrong is told: a question may not have got what the catalogue asks now. */
static void
tell_mistakes (MadoGuest *self)
{
  MadoSheet *sheet = mado_kiosk_visit_get_sheet (self->visit);
  g_autoptr(GError) error = NULL;

  if (sheet == NULL || mado_sheet_check (sheet, &error))
    return;
  for (guint i = 0; i < mado_error_get_n_violations (error); i++)
    g_printerr ("%s: %s\n", mado_error_get_violation (error, i)->pointer, mado_error_get_violation (error, i)->message);
}

static void
wait (MadoGuest *self, IsThere is_there, gconstpointer what, const char *words)
{
  gint64 until = g_get_monotonic_time () + PATIENCE_US;

  while (!is_there (self, what)) {
    if (g_get_monotonic_time () > until) {
      tell_mistakes (self);
      g_error ("%s does not come; there is the page %s", words, mado_kiosk_window_get_page_id (self->window));
    }
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
  }
}

static gboolean
has_offer (MadoGuest *self, gconstpointer offline)
{
  MadoStation *station = mado_kiosk_application_get_station (self->application);

  return mado_station_get_offer (station) != NULL && mado_station_is_online (station) != GPOINTER_TO_INT (offline);
}

void
mado_guest_come (MadoGuest *self, const MadoKioskSettings *settings, gboolean offline)
{
  GApplication *application;
  g_autoptr(GError) error = NULL;

  self->application = mado_kiosk_application_new (settings, &error);
  application = G_APPLICATION (self->application);
  g_application_set_default (application);
  if (application == NULL || !g_application_register (application, NULL, &error))
    g_error ("%s", error->message);
  g_application_activate (application);
  self->window = MADO_KIOSK_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (application)));
  self->visit = mado_kiosk_application_get_visit (self->application);
  wait (self, has_offer, GINT_TO_POINTER (offline), offline ? "The offer" : "The service");
}

void
mado_guest_leave (MadoGuest *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_object (&self->application);
}

static gboolean
is_page (MadoGuest *self, gconstpointer page)
{
  return g_strcmp0 (mado_kiosk_window_get_page_id (self->window), page) == 0;
}

void
mado_guest_wait_for (MadoGuest *self, const char *page)
{
  wait (self, is_page, page, page);
}

MadoPage *
mado_guest_get_page (MadoGuest *self)
{
  return mado_kiosk_window_get_page (self->window, mado_kiosk_window_get_page_id (self->window));
}

void
mado_guest_go_on (MadoGuest *self)
{
  mado_page_apply (mado_guest_get_page (self));
}

typedef gboolean (*IsIt) (GtkWidget *widget, gconstpointer what);

static GtkWidget *
find (GtkWidget *widget, IsIt is_it, gconstpointer what)
{
  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (is_it (widget, what))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, is_it, what);

    if (found != NULL)
      return found;
  }

  return NULL;
}

static gboolean
is_type (GtkWidget *widget, gconstpointer type)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), GPOINTER_TO_SIZE (type));
}

GtkWidget *
mado_guest_find (MadoGuest *self, GType type)
{
  return find (GTK_WIDGET (self->window), is_type, GSIZE_TO_POINTER (type));
}

static gboolean
says (GtkWidget *widget, gconstpointer words)
{
  return GTK_IS_LABEL (widget) && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (widget)), words);
}

static gboolean
is_button (GtkWidget *widget, gconstpointer words)
{
  return GTK_IS_BUTTON (widget) && find (widget, says, words) != NULL;
}

static gboolean
is_offered (MadoGuest *self, gconstpointer words)
{
  return find (GTK_WIDGET (mado_guest_get_page (self)), is_button, words) != NULL;
}

void
mado_guest_wait_to_see (MadoGuest *self, const char *words)
{
  wait (self, is_offered, words, words);
}

static gboolean
is_said (MadoGuest *self, gconstpointer words)
{
  return find (GTK_WIDGET (mado_guest_get_page (self)), says, words) != NULL;
}

void
mado_guest_wait_to_see_words (MadoGuest *self, const char *words)
{
  wait (self, is_said, words, words);
}

void
mado_guest_press (MadoGuest *self, const char *words)
{
  mado_guest_wait_to_see (self, words);
  g_signal_emit_by_name (find (GTK_WIDGET (mado_guest_get_page (self)), is_button, words), "clicked");
}

void
mado_guest_add_row (MadoGuest *self)
{
  const MadoStep *step = mado_sheet_get_step (mado_kiosk_visit_get_sheet (self->visit));

  mado_guest_press (self, mado_json_text (step->group->add, "ja"));
}

static gboolean
has_found (MadoGuest *self, gconstpointer nothing)
{
  return !gtk_widget_has_css_class (GTK_WIDGET (mado_guest_get_page (self)), "searching");
}

void
mado_guest_wait_for_search (MadoGuest *self)
{
  wait (self, has_found, NULL, "What was looked for");
}

static void
type_into (MadoTypist *typist, const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    g_autofree char *character = g_strndup (p, g_utf8_next_char (p) - p);

    mado_typist_type (typist, character);
  }
}

void
mado_guest_show_card (MadoGuest *self, const char *number, const char *pin)
{
  MadoTypist *first = mado_typist_find (GTK_WIDGET (mado_guest_get_page (self)));
  MadoTypist *second = mado_typist_neighbour (first, 1);

  mado_typist_clear (first);
  mado_typist_clear (second);
  type_into (first, number);
  type_into (second, pin);
}

void
mado_guest_type (MadoGuest *self, const char *text)
{
  MadoTypist *first = mado_typist_find (GTK_WIDGET (mado_guest_get_page (self)));

  gtk_widget_grab_focus (GTK_WIDGET (first));
  mado_composer_set_value (mado_typist_get_composer (first), "");
  type_into (first, text);
}

const char *
mado_guest_get_question (MadoGuest *self)
{
  const MadoStep *step = mado_sheet_get_step (mado_kiosk_visit_get_sheet (self->visit));

  return step->question != NULL ? step->question->id : "list";
}

/* The rows of the list, or the facts of one of them. */
static JsonObject *
narrow (const MadoStep *step, JsonObject *answers)
{
  JsonArray *rows;

  if (step->row < 0)
    return answers;
  rows = json_object_get_array_member (answers, step->group->fact);

  return json_array_get_object_element (rows, (guint) step->row);
}

static void
answer_question (MadoGuest *self, MadoSheet *sheet, const MadoStep *step, JsonObject *answers)
{
  for (guint i = 0; i < step->question->n_fields; i++) {
    const char *fact = step->question->fields[i].fact;

    if (step->fields & (1u << i) && json_object_has_member (answers, fact))
      mado_sheet_take_answer (sheet, step, fact, json_node_copy (json_object_get_member (answers, fact)));
  }
}

gboolean
mado_guest_answer (MadoGuest *self, JsonObject *answers)
{
  MadoSheet *sheet = mado_kiosk_visit_get_sheet (self->visit);
  const MadoStep step = *mado_sheet_get_step (sheet);
  gboolean another;

  if (step.question != NULL) {
    answer_question (self, sheet, &step, narrow (&step, answers));
    mado_flow_page_rebuild (MADO_FLOW_PAGE (mado_guest_get_page (self)));
    return FALSE;
  }
  another = mado_sheet_get_n_rows (sheet, &step)
          < json_array_get_length (json_object_get_array_member (answers, step.group->fact));

  return another;
}
