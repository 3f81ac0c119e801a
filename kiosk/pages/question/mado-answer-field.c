/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/question/mado-answer-field.h"

#include <glib/gi18n-lib.h>
#include "core/mado-json.h"
#include "mado-words.h"
#include "pages/mado-flow-page.h"
#include "widgets/mado-date-field.h"
#include "widgets/mado-icon.h"

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

struct _MadoAnswerField {
  GtkBox               parent;
  MadoSheet           *sheet;
  MadoStep             step;
  const MadoFormField *field;
  GtkWidget           *entry;      /* (nullable) */
  GtkWidget           *date;       /* (nullable) */
  GPtrArray           *choices;    /* of GtkToggleButton */
  GtkWidget           *source;
  GtkWidget           *complaint;
  GtkWidget           *complaint_text;
  gboolean             setting;
};

G_DEFINE_FINAL_TYPE (MadoAnswerField, mado_answer_field, GTK_TYPE_BOX)

/* Which kinds are answered how. What is not here is written with letters. */
static const struct { const char *kind, *input; } inputs[] = {
  { "number", "digits" }, { "yen", "digits" }, { "phone", "digits" }, { "postcode", "digits" },
  { "my-number", "digits" }, { "corporate-number", "digits" }, { "date", "date" }, { "mail", "latin" },
  { "yes-no", NULL }, { "one-of", NULL }, { "several-of", NULL }, { "people", NULL }, { "information", NULL },
};

const char *
mado_answer_field_get_input (MadoAnswerField *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    if (g_str_equal (inputs[i].kind, self->field->kind->name))
      return inputs[i].input;
  return "kana";
}

static void
mado_answer_field_dispose (GObject *object)
{
  MadoAnswerField *self = MADO_ANSWER_FIELD (object);

  g_clear_object (&self->sheet);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  G_OBJECT_CLASS (mado_answer_field_parent_class)->dispose (object);
}

static void
mado_answer_field_class_init (MadoAnswerFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mado_answer_field_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "answerfield");
  signals[CHANGED] = g_signal_new ("changed", MADO_TYPE_ANSWER_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
mado_answer_field_init (MadoAnswerField *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->choices = g_ptr_array_new ();
}

static JsonNode *
get_answer (MadoAnswerField *self)
{
  return mado_sheet_get_answer (self->sheet, &self->step, self->field->fact);
}

static const char *
get_text (MadoAnswerField *self)
{
  JsonNode *node = get_answer (self);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
         ? json_node_get_string (node) : NULL;
}

/* Takes @value. What was filled in is the resident's own from now on. */
static void
answer (MadoAnswerField *self, JsonNode *value)
{
  mado_sheet_take_answer (self->sheet, &self->step, self->field->fact, value);
  gtk_widget_set_visible (self->source, FALSE);
  g_signal_emit (self, signals[CHANGED], 0);
}

static JsonNode *
new_text (const char *text)
{
  return *text != '\0' ? json_node_init_string (json_node_alloc (), text) : NULL;
}

static void
append (MadoAnswerField *self, GtkWidget *child)
{
  gtk_box_append (GTK_BOX (self), child);
}

static void
on_entry_changed (MadoAnswerField *self)
{
  if (!self->setting)
    answer (self, new_text (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

static void
show_text (MadoAnswerField *self)
{
  JsonNode *node = get_answer (self);
  const char *text = get_text (self);
  g_autofree char *number = NULL;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    number = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  self->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text != NULL ? text : number != NULL ? number : "");
  self->setting = FALSE;
}

static void
add_entry (MadoAnswerField *self)
{
  self->entry = gtk_entry_new ();
  gtk_widget_add_css_class (self->entry, "field");
  gtk_entry_set_input_hints (GTK_ENTRY (self->entry), GTK_INPUT_HINT_NO_SPELLCHECK | GTK_INPUT_HINT_PRIVATE);
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), 400);
  if (g_str_equal (self->field->kind->name, "my-number"))
    gtk_entry_set_visibility (GTK_ENTRY (self->entry), FALSE);
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->entry), FALSE);   /* which would keep what was erased */
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_entry_changed), self);
  show_text (self);
  append (self, self->entry);
}

static void
on_date_changed (MadoAnswerField *self)
{
  MadoDateField *field = MADO_DATE_FIELD (self->date);
  int day = mado_date_field_read (field, NULL);
  g_autofree char *text = day != MADO_DATE_NONE ? mado_date_format (day) : NULL;

  answer (self, text != NULL ? new_text (text) : NULL);
}

static void
add_date (MadoAnswerField *self)
{
  const char *text = get_text (self);
  gboolean birth = g_str_has_suffix (self->field->fact, "dateOfBirth");

  self->date = mado_date_field_new (mado_words_get_language (), birth);
  if (text != NULL && mado_date_parse (text) != MADO_DATE_NONE)
    mado_date_field_set_date (MADO_DATE_FIELD (self->date), mado_date_parse (text));
  g_signal_connect_swapped (self->date, "changed", G_CALLBACK (on_date_changed), self);
  append (self, self->date);
}

static gboolean
is_several (MadoAnswerField *self)
{
  return g_str_equal (self->field->kind->name, "several-of") || g_str_equal (self->field->kind->name, "people");
}

static JsonNode *
read_choices (MadoAnswerField *self)
{
  g_autoptr(JsonArray) list = json_array_new ();

  for (guint i = 0; i < self->choices->len; i++)
    {
      GtkToggleButton *toggle = g_ptr_array_index (self->choices, i);
      const char *id = g_object_get_data (G_OBJECT (toggle), "id");

      if (!gtk_toggle_button_get_active (toggle))
        continue;
      if (g_str_equal (self->field->kind->name, "yes-no"))
        return json_node_init_boolean (json_node_alloc (), g_str_equal (id, "yes"));
      if (!is_several (self))
        return new_text (id);
      json_array_add_string_element (list, id);
    }
  return json_array_get_length (list) > 0 ? json_node_init_array (json_node_alloc (), list) : NULL;
}

static void
on_toggled (GtkToggleButton *toggle, MadoAnswerField *self)
{
  GtkWidget *tick = g_object_get_data (G_OBJECT (toggle), "tick");

  gtk_widget_set_opacity (tick, gtk_toggle_button_get_active (toggle) ? 1 : 0);
  if (!self->setting && (is_several (self) || gtk_toggle_button_get_active (toggle)))
    answer (self, read_choices (self));
}

static gboolean
is_chosen (MadoAnswerField *self, const char *id)
{
  JsonNode *node = get_answer (self);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return FALSE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        if (g_strcmp0 (json_array_get_string_element (json_node_get_array (node), i), id) == 0)
          return TRUE;
      return FALSE;
    }
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node) == g_str_equal (id, "yes");
  return g_strcmp0 (get_text (self), id) == 0;
}

static void
add_choice (MadoAnswerField *self, const char *id, const char *words, const char *note)
{
  GtkWidget *toggle = gtk_toggle_button_new ();
  GtkWidget *box = mado_piece_row (24, NULL);
  GtkWidget *column = mado_piece_column (0, NULL);
  GtkWidget *tick = mado_icon_new ("check", 44);

  gtk_widget_add_css_class (toggle, "choice");
  gtk_widget_set_hexpand (column, TRUE);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), mado_piece_label (words, "choice-text"));
  if (note != NULL)
    gtk_box_append (GTK_BOX (column), mado_piece_label (note, "choice-note"));
  gtk_box_append (GTK_BOX (box), column);
  gtk_box_append (GTK_BOX (box), tick);
  gtk_button_set_child (GTK_BUTTON (toggle), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data_full (G_OBJECT (toggle), "id", g_strdup (id), g_free);
  g_object_set_data (G_OBJECT (toggle), "tick", tick);
  gtk_widget_set_opacity (tick, 0);
  if (!is_several (self) && self->choices->len > 0)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (toggle), g_ptr_array_index (self->choices, 0));
  g_signal_connect (toggle, "toggled", G_CALLBACK (on_toggled), self);
  g_ptr_array_add (self->choices, toggle);
  self->setting = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), is_chosen (self, id));
  self->setting = FALSE;
  append (self, toggle);
}

static void
add_people (MadoAnswerField *self)
{
  JsonNode *people = mado_sheet_get_people (self->sheet);
  guint n = people != NULL && JSON_NODE_HOLDS_ARRAY (people) ? json_array_get_length (json_node_get_array (people)) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *person = json_array_get_object_element (json_node_get_array (people), i);

      add_choice (self, json_object_get_string_member_with_default (person, "id", ""),
                  json_object_get_string_member_with_default (person, "fullName", ""),
                  json_object_get_string_member_with_default (person, "fullNameKana", NULL));
    }
}

static void
add_options (MadoAnswerField *self)
{
  const char *language = mado_words_get_language ();

  for (guint i = 0; i < self->field->n_options; i++)
    {
      const MadoFormOption *option = &self->field->options[i];

      add_choice (self, option->id, mado_json_text (option->label, language),
                  option->note != NULL ? mado_json_text (option->note, language) : NULL);
    }
}

static void
add_name (MadoAnswerField *self)
{
  GtkWidget *row = mado_piece_row (16, NULL);
  GtkWidget *tag = mado_piece_label (self->field->required ? _("Required") : _("Optional"), "tag");

  if (self->field->required)
    gtk_widget_add_css_class (tag, "danger");
  gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), mado_piece_label (mado_json_text (self->field->label, mado_words_get_language ()),
                                                   "field-name"));
  gtk_box_append (GTK_BOX (row), tag);
  append (self, row);
}

static void
add_hints (MadoAnswerField *self)
{
  const char *language = mado_words_get_language ();
  const char *source = mado_source_get_text (self->step.row < 0
                                             ? mado_sheet_get_source (self->sheet, self->field->fact) : NULL, language);

  self->source = mado_piece_label (source, "chip");
  gtk_widget_set_halign (self->source, GTK_ALIGN_START);
  gtk_widget_set_visible (self->source, source != NULL);
  append (self, self->source);
  if (self->field->example != NULL)
    append (self, mado_piece_label (mado_json_text (self->field->example, language), "faint"));
  if (self->field->help != NULL)
    append (self, mado_piece_label (mado_json_text (self->field->help, language), "faint"));
}

static void
add_complaint (MadoAnswerField *self)
{
  self->complaint = mado_piece_row (12, "complaint");
  self->complaint_text = mado_piece_label (NULL, NULL);
  gtk_box_append (GTK_BOX (self->complaint), mado_icon_new ("alert", 36));
  gtk_box_append (GTK_BOX (self->complaint), self->complaint_text);
  gtk_widget_set_visible (self->complaint, FALSE);
  append (self, self->complaint);
}

static void
add_control (MadoAnswerField *self)
{
  const char *kind = self->field->kind->name;

  if (g_str_equal (kind, "information"))
    append (self, mado_piece_label (mado_json_text (self->field->label, mado_words_get_language ()), "reading"));
  else if (g_str_equal (kind, "date"))
    add_date (self);
  else if (g_str_equal (kind, "yes-no"))
    {
      add_choice (self, "yes", _("Yes"), NULL);
      add_choice (self, "no", _("No"), NULL);
    }
  else if (g_str_equal (kind, "people"))
    add_people (self);
  else if (g_str_equal (kind, "one-of") || g_str_equal (kind, "several-of"))
    add_options (self);
  else
    add_entry (self);
}

GtkWidget *
mado_answer_field_new (MadoSheet *sheet, const MadoStep *step, const MadoFormField *field, gboolean named)
{
  MadoAnswerField *self = g_object_new (MADO_TYPE_ANSWER_FIELD, NULL);

  self->sheet = g_object_ref (sheet);
  self->step = *step;
  self->field = field;
  if (named && !g_str_equal (field->kind->name, "information"))
    add_name (self);
  add_complaint (self);
  add_control (self);
  add_hints (self);
  return GTK_WIDGET (self);
}

const MadoFormField *
mado_answer_field_get_field (MadoAnswerField *self)
{
  return self->field;
}

void
mado_answer_field_complain (MadoAnswerField *self, const char *what)
{
  gtk_label_set_label (GTK_LABEL (self->complaint_text), what != NULL ? what : "");
  gtk_widget_set_visible (self->complaint, what != NULL);
  if (what != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "wrong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "wrong");
}

static void
press_entry (MadoAnswerField *self, const char *key)
{
  GtkEditable *editable = GTK_EDITABLE (self->entry);
  int length = g_utf8_strlen (gtk_editable_get_text (editable), -1);

  if (g_str_equal (key, "erase"))
    gtk_editable_delete_text (editable, length - 1, length);
  else if (g_str_equal (key, "clear"))
    gtk_editable_set_text (editable, "");
  else
    gtk_editable_insert_text (editable, key, -1, &length);
  gtk_editable_set_position (editable, -1);
}

gboolean
mado_answer_field_press (MadoAnswerField *self, const char *key)
{
  if (self->date != NULL)
    mado_date_field_press (MADO_DATE_FIELD (self->date), key);
  else if (self->entry != NULL)
    press_entry (self, key);
  else
    return FALSE;
  return TRUE;
}
