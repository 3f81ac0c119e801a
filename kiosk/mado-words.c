/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-words.h"

#include "core/mado-language.h"

/* The gettext manual's way to have another catalogue taken from now on. */
extern int _nl_msg_cat_cntr;

typedef struct {
  char *id;
  char *property;
  char *context;   /* (nullable) */
  char *text;
} Saying;

typedef struct {
  GArray     *sayings;
  GPtrArray  *ids;       /* of the objects around it */
  Saying      current;
  GString    *text;
} Reading;

static const MadoLanguage *language;

static void
saying_clear (Saying *saying)
{
  g_free (saying->id);
  g_free (saying->property);
  g_free (saying->context);
  g_free (saying->text);
}

void
mado_words_init (const char *folder)
{
  mado_language_init (folder);
  mado_words_set_language ("ja");
}

const char *
mado_words_get_language (void)
{
  return language != NULL ? language->code : "ja";
}

void
mado_words_set_language (const char *code)
{
  language = mado_language_find (code);
  if (language == NULL)
    language = mado_language_find ("ja");
  /* Present since mado_words_init(), so that this only swaps a pointer in the environment. */
  g_setenv ("LANGUAGE", language->code, TRUE);
  _nl_msg_cat_cntr++;
}

static const char *
attribute (const char **names, const char **values, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++) {
    if (g_str_equal (names[i], name))
      return values[i];
  }

  return NULL;
}

static void
on_element_start (GMarkupParseContext *context, const char *element, const char **names, const char **values,
                  gpointer data, GError **error)
{
  Reading *reading = data;
  const char *translatable = attribute (names, values, "translatable");

  if (g_str_equal (element, "template")) {
    g_ptr_array_add (reading->ids, g_strdup (""));   /* the widget itself */
  } else if (g_str_equal (element, "object")) {
    g_ptr_array_add (reading->ids, g_strdup (attribute (names, values, "id")));
  } else if (g_strcmp0 (translatable, "yes") == 0 || g_strcmp0 (translatable, "true") == 0) {
    const char *id = g_ptr_array_index (reading->ids, reading->ids->len - 1);

    if (id == NULL)
      g_error ("A translatable %s without an id", attribute (names, values, "name"));
    reading->current = (Saying) { g_strdup (id), g_strdup (attribute (names, values, "name")),
                                  g_strdup (attribute (names, values, "context")), NULL };
    g_string_truncate (reading->text, 0);
  }
}

static void
on_element_end (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  Reading *reading = data;

  if (g_str_equal (element, "object") || g_str_equal (element, "template")) {
    g_ptr_array_remove_index (reading->ids, reading->ids->len - 1);
  } else if (reading->current.id != NULL) {
    reading->current.text = g_strdup (reading->text->str);
    g_array_append_val (reading->sayings, reading->current);
    reading->current = (Saying) { NULL };
  }
}

static void
on_text (GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  Reading *reading = data;

  if (reading->current.id != NULL)
    g_string_append_len (reading->text, text, length);
}

static GArray *
read_sayings (const char *xml, gsize length)
{
  const GMarkupParser parser = { on_element_start, on_element_end, on_text, NULL, NULL };
  Reading reading = { g_array_new (FALSE, FALSE, sizeof (Saying)), g_ptr_array_new_with_free_func (g_free),
                      { NULL }, g_string_new (NULL) };
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0, &reading, NULL);
  g_autoptr(GError) error = NULL;

  g_array_set_clear_func (reading.sayings, (GDestroyNotify) saying_clear);
  if (!g_markup_parse_context_parse (context, xml, length, &error))
    g_error ("A template cannot be read: %s", error->message);
  g_markup_parse_context_free (context);
  g_ptr_array_unref (reading.ids);
  g_string_free (reading.text, TRUE);

  return reading.sayings;
}

static GQuark
sayings_quark (void)
{
  return g_quark_from_static_string ("mado-words-sayings");
}

void
mado_words_set_template (GtkWidgetClass *klass, const char *resource_path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) xml = g_resources_lookup_data (resource_path, 0, &error);
  gsize length;
  const char *text;
  GArray *sayings;

  if (xml == NULL)
    g_error ("%s", error->message);
  text = g_bytes_get_data (xml, &length);
  sayings = read_sayings (text, length);
  gtk_widget_class_set_template (klass, xml);
  for (guint i = 0; i < sayings->len; i++) {
    const char *id = g_array_index (sayings, Saying, i).id;

    if (*id != '\0')
      gtk_widget_class_bind_template_child_full (klass, id, FALSE, 0);
  }
  g_type_set_qdata (G_TYPE_FROM_CLASS (klass), sayings_quark (), sayings);
}

static void
renew_from (GtkWidget *widget, GType type)
{
  GArray *sayings = g_type_get_qdata (type, sayings_quark ());

  for (guint i = 0; sayings != NULL && i < sayings->len; i++) {
    const Saying *saying = &g_array_index (sayings, Saying, i);
    gpointer object = *saying->id == '\0' ? (gpointer) widget
                                          : gtk_widget_get_template_child (widget, type, saying->id);
    const char *text = saying->context != NULL
                     ? g_dpgettext2 (GETTEXT_PACKAGE, saying->context, saying->text)
                     : g_dgettext (GETTEXT_PACKAGE, saying->text);

    g_object_set (object, saying->property, text, NULL);
  }
}

static void
renew (GtkWidget *widget)
{
  for (GType type = G_OBJECT_TYPE (widget); type != GTK_TYPE_WIDGET; type = g_type_parent (type))
    renew_from (widget, type);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    renew (child);
}

/* Its one signal says that the language has changed. */
static GObject *
herald (void)
{
  static GObject *object;

  if (object == NULL) {
    object = g_object_new (G_TYPE_OBJECT, NULL);
    g_signal_new ("mado-language-changed", G_TYPE_OBJECT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  }

  return object;
}

void
mado_words_speak (GtkWidget *root)
{
  renew (root);
  g_signal_emit_by_name (herald (), "mado-language-changed");
}

void
mado_words_watch (gpointer widget, GCallback func)
{
  g_signal_connect_object (herald (), "mado-language-changed", func, widget, G_CONNECT_SWAPPED);
}

static void
on_words (GtkLabel *label, GParamSpec *property, gpointer longest)
{
  g_autoptr(PangoAttrList) phrases = mado_breaks_keep (gtk_label_get_text (label), GPOINTER_TO_UINT (longest));

  gtk_label_set_attributes (label, phrases);
}

void
mado_words_keep_phrases (GtkLabel *label, guint longest)
{
  if (longest == MADO_BREAKS_LONG)
    gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  g_signal_connect (label, "notify::label", G_CALLBACK (on_words), GUINT_TO_POINTER (longest));
  on_words (label, NULL, GUINT_TO_POINTER (longest));
}
