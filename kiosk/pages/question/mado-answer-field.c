/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/question/mado-answer-field.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include "core/mado-json.h"
#include "mado-theme.h"
#include "mado-words.h"
#include "pages/mado-flow-page.h"
#include "pages/question/mado-attached-row.h"
#include "widgets/mado-button.h"
#include "widgets/mado-choice.h"
#include "widgets/mado-date-field.h"
#include "widgets/mado-entry.h"
#include "widgets/mado-icon.h"
#include "widgets/mado-signature-pad.h"
#include "widgets/mado-tile.h"

#define MANY_OPTIONS 6

enum { CHANGED, UNKNOWN, ATTACH, OTHER_WAY, N_SIGNALS };
static guint signals[N_SIGNALS];

struct _MadoAnswerField {
  GtkBox               parent;
  MadoKioskVisit      *visit;
  MadoSheet           *sheet;
  MadoStep             step;
  const MadoFormField *field;
  GtkWidget           *entry;      /* (nullable) */
  GtkWidget           *date;       /* (nullable) */
  GtkWidget           *pad;        /* (nullable) */
  GPtrArray           *choices;    /* of GtkToggleButton; of a document, what is attached and the key for more */
  GtkWidget           *source;
  GtkWidget           *complaint;
  GtkWidget           *complaint_text;
  gboolean             setting;
};

G_DEFINE_FINAL_TYPE (MadoAnswerField, mado_answer_field, GTK_TYPE_BOX)

/* Which board a kind is typed on; what is not here is written in kana and kanji. */
static MadoEntryKind
entry_kind (const MadoFormField *field)
{
  static const struct { const char *kind; MadoEntryKind entry; } kinds[] = {
    { "number", MADO_ENTRY_DIGITS }, { "yen", MADO_ENTRY_DIGITS }, { "phone", MADO_ENTRY_DIGITS },
    { "postcode", MADO_ENTRY_DIGITS }, { "my-number", MADO_ENTRY_DIGITS }, { "corporate-number", MADO_ENTRY_DIGITS },
    { "bank-branch", MADO_ENTRY_DIGITS }, { "account-number", MADO_ENTRY_DIGITS }, { "mail", MADO_ENTRY_LATIN },
    { "month", MADO_ENTRY_DIGITS }, { "time", MADO_ENTRY_DIGITS }, { "kana", MADO_ENTRY_KANA },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, field->kind->name))
      return kinds[i].entry;
  return MADO_ENTRY_TEXT;
}

static void
mado_answer_field_dispose (GObject *object)
{
  MadoAnswerField *self = MADO_ANSWER_FIELD (object);

  g_clear_object (&self->sheet);
  g_clear_object (&self->visit);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  G_OBJECT_CLASS (mado_answer_field_parent_class)->dispose (object);
}

/* Choices stand beside the field, not in it. */
static gboolean
mado_answer_field_grab_focus (GtkWidget *widget)
{
  MadoAnswerField *self = MADO_ANSWER_FIELD (widget);

  if (self->choices->len > 0 && self->entry == NULL)
    return gtk_widget_grab_focus (g_ptr_array_index (self->choices, 0));
  return GTK_WIDGET_CLASS (mado_answer_field_parent_class)->grab_focus (widget);
}

static void
mado_answer_field_class_init (MadoAnswerFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mado_answer_field_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = mado_answer_field_grab_focus;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "answerfield");
  signals[CHANGED] = g_signal_new ("changed", MADO_TYPE_ANSWER_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[ATTACH] = g_signal_new ("attach", MADO_TYPE_ANSWER_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  signals[OTHER_WAY] = g_signal_new ("other-way", MADO_TYPE_ANSWER_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);
  signals[UNKNOWN] = g_signal_new ("unknown", MADO_TYPE_ANSWER_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
mado_answer_field_init (MadoAnswerField *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->choices = g_ptr_array_new_with_free_func (g_object_unref);
}

static const char *
say (JsonNode *words)
{
  return words != NULL ? mado_json_text (words, mado_words_get_language ()) : NULL;
}

/* Where the answer came from, while it is still the city's. */
static const char *
source_words (MadoAnswerField *self)
{
  const char *source = self->step.row < 0 ? mado_sheet_get_source (self->sheet, self->field->fact) : NULL;

  return source != NULL ? mado_source_get_text (source, mado_words_get_language ()) : NULL;
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
  if (self->entry != NULL)
    mado_entry_set_source (MADO_ENTRY (self->entry), NULL);
  else
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
  g_autofree char *value = NULL;

  if (self->setting)
    return;
  value = mado_entry_dup_value (MADO_ENTRY (self->entry));
  answer (self, new_text (value));
  explicit_bzero (value, strlen (value));
}

static void
on_unknown (MadoAnswerField *self)
{
  g_signal_emit (self, signals[UNKNOWN], 0);
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
  mado_entry_set_value (MADO_ENTRY (self->entry), text != NULL ? text : number != NULL ? number : "");
  self->setting = FALSE;
}

/* The entry tells for itself what is needed, where the answer came from and what is wrong with it. */
static void
add_entry (MadoAnswerField *self, gboolean named)
{
  const MadoFormField *field = self->field;
  gboolean secret = g_str_equal (field->kind->name, "my-number");
  MadoNeed need = field->required ? MADO_NEED_REQUIRED : MADO_NEED_OPTIONAL;
  g_autofree char *example = field->example != NULL ? g_strdup_printf (_("Example: %s"), say (field->example)) : NULL;

  self->entry = mado_entry_new (named ? say (field->label) : NULL, entry_kind (field));
  g_object_set (self->entry, "need", named ? need : MADO_NEED_NONE,
                "note", example, "hint", say (field->help), "source", source_words (self),
                "masked", secret, "unknown", field->may_not_know, NULL);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_entry_changed), self);
  g_signal_connect_swapped (self->entry, "unknown", G_CALLBACK (on_unknown), self);
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
  mado_date_field_set_unknown (MADO_DATE_FIELD (self->date), self->field->may_not_know);
  g_signal_connect_swapped (self->date, "changed", G_CALLBACK (on_date_changed), self);
  g_signal_connect_swapped (self->date, "unknown", G_CALLBACK (on_unknown), self);
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

  for (guint i = 0; i < self->choices->len; i++) {
    GtkToggleButton *toggle = g_ptr_array_index (self->choices, i);
    const char *id = g_object_get_data (G_OBJECT (toggle), "id");

    if (!gtk_toggle_button_get_active (toggle))
      continue;
    if (self->field->kind->type == MADO_FACT_BOOLEAN)
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
  if (is_several (self) || gtk_toggle_button_get_active (toggle))
    answer (self, read_choices (self));
}

static gboolean
is_chosen (MadoAnswerField *self, const char *id)
{
  JsonNode *node = get_answer (self);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return FALSE;
  if (JSON_NODE_HOLDS_ARRAY (node)) {
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
  GtkWidget *choice = mado_choice_new (words, note);

  g_object_set_data_full (G_OBJECT (choice), "id", g_strdup (id), g_free);
  if (!is_several (self) && self->choices->len > 0)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (choice), g_ptr_array_index (self->choices, 0));
  g_ptr_array_add (self->choices, g_object_ref_sink (choice));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (choice), is_chosen (self, id));
  g_signal_connect_object (choice, "toggled", G_CALLBACK (on_toggled), self, 0);
}

static void
add_people (MadoAnswerField *self)
{
  JsonNode *people = mado_sheet_get_people (self->sheet);
  guint n = people != NULL && JSON_NODE_HOLDS_ARRAY (people) ? json_array_get_length (json_node_get_array (people)) : 0;

  for (guint i = 0; i < n; i++) {
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

  for (guint i = 0; i < self->field->n_options; i++) {
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
  gtk_box_append (GTK_BOX (row), mado_piece_label (say (self->field->label), "field-name"));
  gtk_box_append (GTK_BOX (row), tag);
  append (self, row);
}

static void
add_hints (MadoAnswerField *self)
{
  self->source = mado_piece_label (source_words (self), "chip");
  gtk_widget_set_halign (self->source, GTK_ALIGN_START);
  gtk_widget_set_visible (self->source, source_words (self) != NULL);
  append (self, self->source);
  if (self->field->help != NULL)
    append (self, mado_piece_label (say (self->field->help), "faint"));
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

/* --- documents --- */

static void
on_remove (GtkWidget *button, MadoAnswerField *self)
{
  mado_kiosk_visit_detach (self->visit, &self->step, self->field->fact, g_object_get_data (G_OBJECT (button), "id"));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_attach (MadoAnswerField *self)
{
  g_signal_emit (self, signals[ATTACH], 0);
}

static guint
count_attached (MadoAnswerField *self)
{
  JsonNode *node = get_answer (self);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_array_get_length (json_node_get_array (node)) : 0;
}

static void
add_documents (MadoAnswerField *self)
{
  guint n = count_attached (self), most = self->field->has_max ? (guint) self->field->max : MADO_KIND_MOST_DOCUMENTS;
  GtkWidget *add;

  for (guint i = 0; i < n; i++) {
    const char *id = json_array_get_string_element (json_node_get_array (get_answer (self)), i);
    GtkWidget *row = mado_attached_row_new (mado_kiosk_visit_get_attached (self->visit, id), i + 1);
    GtkWidget *remove = mado_attached_row_get_remove (row);

    g_object_set_data_full (G_OBJECT (remove), "id", g_strdup (id), g_free);
    g_signal_connect_object (remove, "clicked", G_CALLBACK (on_remove), self, 0);
    g_ptr_array_add (self->choices, g_object_ref_sink (row));
  }
  if (n >= most)
    return;
  add = mado_tile_new ("plus", n == 0 ? _("Attach a photograph or a file") : _("Attach one more"),
                       _("From a USB memory or the scanner. JPEG, PNG or PDF"));
  g_signal_connect_object (add, "clicked", G_CALLBACK (on_attach), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->choices, g_object_ref_sink (add));
}

static void
add_choices (MadoAnswerField *self)
{
  const char *kind = self->field->kind->name;

  if (g_str_equal (kind, "document"))
    add_documents (self);
  else if (g_str_equal (kind, "consent")) {
    add_choice (self, "yes", _("I agree"), NULL);
    add_choice (self, "no", _("I do not agree"), NULL);
  } else if (g_str_equal (kind, "yes-no")) {
    add_choice (self, "yes", _("Yes"), NULL);
    add_choice (self, "no", _("No"), NULL);
  } else if (g_str_equal (kind, "people") || g_str_equal (kind, "person"))
    add_people (self);
  else
    add_options (self);
}

/* --- signatures --- */

static void
on_signed (MadoAnswerField *self)
{
  g_autofree char *path = mado_signature_pad_dup_path (MADO_SIGNATURE_PAD (self->pad));

  answer (self, path != NULL ? new_text (path) : NULL);
}

static void
on_other_way (MadoAnswerField *self)
{
  mado_sheet_take_answer (self->sheet, &self->step, self->field->fact, NULL);
  g_signal_emit (self, signals[OTHER_WAY], 0);
}

static void
add_key (GtkWidget *row, const char *words, const char *icon, GCallback callback, gpointer data)
{
  GtkWidget *key = mado_button_new (words, icon, "link");

  mado_button_set_wrap (MADO_BUTTON (key), mado_theme_is_large (mado_theme_get ()));
  g_signal_connect_object (key, "clicked", callback, data, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), key);
}

static void
add_pad (MadoAnswerField *self)
{
  GtkWidget *keys = mado_piece_row (24, NULL);
  const char *text = get_text (self);

  self->pad = mado_signature_pad_new ();
  if (text != NULL)
    mado_signature_pad_set_path (MADO_SIGNATURE_PAD (self->pad), text);
  g_signal_connect_swapped (self->pad, "changed", G_CALLBACK (on_signed), self);
  append (self, self->pad);
  add_key (keys, _("Take back one stroke"), "l", G_CALLBACK (mado_signature_pad_undo), self->pad);
  add_key (keys, _("Sign anew"), "x", G_CALLBACK (mado_signature_pad_clear), self->pad);
  append (self, keys);
}

/* With a finger; who cannot, types the name, which then counts as theirs. */
static void
add_signature (MadoAnswerField *self, gboolean named, gboolean typed)
{
  GtkWidget *row = mado_piece_row (0, NULL);

  if (typed) {
    add_entry (self, named);
    g_object_set (self->entry, "hint", _("The name you type here counts as your signature."), NULL);
    add_key (row, _("Sign with the finger instead"), "edit", G_CALLBACK (on_other_way), self);
  } else {
    if (named)
      add_name (self);
    add_complaint (self);
    add_pad (self);
    add_hints (self);
    add_key (row, _("Type your name instead"), "text-size", G_CALLBACK (on_other_way), self);
  }
  g_ptr_array_add (self->choices, g_object_ref_sink (row));
}

static gboolean
is_chosen_from (const MadoFormField *field)
{
  const char *const kinds[] = { "yes-no", "consent", "one-of", "several-of", "person", "people", "document", NULL };

  return g_strv_contains (kinds, field->kind->name);
}

GtkWidget *
mado_answer_field_new (MadoKioskVisit *visit, const MadoStep *step, const MadoFormField *field,
                       MadoAnswerFieldFlags flags)
{
  gboolean named = flags & MADO_ANSWER_NAMED;
  MadoAnswerField *self = g_object_new (MADO_TYPE_ANSWER_FIELD, NULL);

  self->visit = g_object_ref (visit);
  self->sheet = g_object_ref (mado_kiosk_visit_get_sheet (visit));
  self->step = *step;
  self->field = field;
  if (g_str_equal (field->kind->name, "information"))
    append (self, mado_piece_label (say (field->label), "reading"));
  else if (g_str_equal (field->kind->name, "date") || is_chosen_from (field)) {
    if (named)
      add_name (self);
    add_complaint (self);
    if (is_chosen_from (field))
      add_choices (self);
    else
      add_date (self);
    add_hints (self);
  } else if (g_str_equal (field->kind->name, "signature"))
    add_signature (self, named, flags & MADO_ANSWER_TYPED);
  else
    add_entry (self, named);
  return GTK_WIDGET (self);
}

GPtrArray *
mado_answer_field_get_choices (MadoAnswerField *self, guint *per_row)
{
  *per_row = self->field->n_options > MANY_OPTIONS ? 2 : 1;

  return self->choices;
}

gboolean
mado_answer_field_is_typed (MadoAnswerField *self)
{
  return self->entry != NULL;
}

gboolean
mado_answer_field_has_rows (MadoAnswerField *self)
{
  return g_str_equal (self->field->kind->name, "document");
}

GtkWidget *
mado_answer_field_get_calendar (MadoAnswerField *self)
{
  return self->date != NULL ? mado_date_field_get_calendar (MADO_DATE_FIELD (self->date)) : NULL;
}

void
mado_answer_field_hide_help (MadoAnswerField *self)
{
  if (self->entry != NULL)
    g_object_set (self->entry, "hint", NULL, "note", NULL, NULL);
}

const MadoFormField *
mado_answer_field_get_field (MadoAnswerField *self)
{
  return self->field;
}

void
mado_answer_field_refresh (MadoAnswerField *self)
{
  const char *text = get_text (self);
  g_autofree char *shown = self->entry != NULL ? mado_entry_dup_value (MADO_ENTRY (self->entry)) : NULL;

  if (shown == NULL || g_str_equal (shown, text != NULL ? text : ""))
    return;
  show_text (self);
  mado_entry_set_source (MADO_ENTRY (self->entry), source_words (self));
}

void
mado_answer_field_complain (MadoAnswerField *self, const char *what)
{
  if (self->entry != NULL) {
    mado_entry_set_mistake (MADO_ENTRY (self->entry), what);
    return;
  }
  if (self->complaint == NULL)
    return;
  gtk_label_set_label (GTK_LABEL (self->complaint_text), what != NULL ? what : "");
  gtk_widget_set_visible (self->complaint, what != NULL);
  if (what != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "wrong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "wrong");
}
