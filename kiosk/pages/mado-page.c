/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/mado-page.h"

#include "mado-words.h"
#include "pages/mado-heading.h"
#include "widgets/mado-error-summary.h"
#include "widgets/mado-hero.h"
#include "widgets/mado-progress.h"

typedef struct {
  MadoHeading  *heading;
  GtkWidget    *running;   /* the same in one line, on the leaves after the first */
  MadoProgress *progress;   /* (nullable) */
  MadoErrorSummary *mistakes;   /* (nullable) */
  char *title;
  char *primary_label, *primary_icon;
  char *second_label, *second_icon;
  gboolean primary_plain, second_quiet;
  char *busy;
  gboolean may_go_back;
} MadoPagePrivate;

enum {
  PROP_0, PROP_TITLE, PROP_HEADING, PROP_LEAD, PROP_NEED, PROP_WHY, PROP_PRIMARY_LABEL, PROP_PRIMARY_ICON,
  PROP_SECOND_LABEL, PROP_SECOND_ICON, PROP_BUSY, PROP_MAY_GO_BACK, PROP_LEAF, N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MadoPage, mado_page, GTK_TYPE_WIDGET)

#define PRIV(self) ((MadoPagePrivate *) mado_page_get_instance_private (self))

static MadoPageLayout *
layout_of (MadoPage *self)
{
  return MADO_PAGE_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));
}

static void
set_string (MadoPage *self, char **where, const char *value, guint prop)
{
  if (g_strcmp0 (*where, value) == 0)
    return;
  g_free (*where);
  *where = g_strdup (value);
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
mado_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  MadoPage *self = MADO_PAGE (object);
  MadoPagePrivate *priv = PRIV (self);

  switch (id) {
  case PROP_TITLE:         mado_page_set_title (self, g_value_get_string (value)); break;
  case PROP_HEADING:       mado_page_set_heading (self, g_value_get_string (value)); break;
  case PROP_LEAD:          mado_page_set_lead (self, g_value_get_string (value)); break;
  case PROP_NEED:          mado_page_set_need (self, g_value_get_uint (value)); break;
  case PROP_WHY:           mado_page_set_why (self, g_value_get_string (value)); break;
  case PROP_PRIMARY_LABEL: set_string (self, &priv->primary_label, g_value_get_string (value), id); break;
  case PROP_PRIMARY_ICON:  set_string (self, &priv->primary_icon, g_value_get_string (value), id); break;
  case PROP_SECOND_LABEL:  set_string (self, &priv->second_label, g_value_get_string (value), id); break;
  case PROP_SECOND_ICON:   set_string (self, &priv->second_icon, g_value_get_string (value), id); break;
  case PROP_BUSY:          mado_page_set_busy (self, g_value_get_string (value)); break;
  case PROP_MAY_GO_BACK:   mado_page_set_may_go_back (self, g_value_get_boolean (value)); break;
  default:                 G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
mado_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  MadoPage *self = MADO_PAGE (object);
  MadoPagePrivate *priv = PRIV (self);

  switch (id) {
  case PROP_TITLE:         g_value_set_string (value, priv->title); break;
  case PROP_HEADING:       g_value_set_string (value, mado_heading_get_text (priv->heading)); break;
  case PROP_PRIMARY_LABEL: g_value_set_string (value, priv->primary_label); break;
  case PROP_PRIMARY_ICON:  g_value_set_string (value, priv->primary_icon); break;
  case PROP_SECOND_LABEL:  g_value_set_string (value, priv->second_label); break;
  case PROP_SECOND_ICON:   g_value_set_string (value, priv->second_icon); break;
  case PROP_BUSY:          g_value_set_string (value, priv->busy); break;
  case PROP_MAY_GO_BACK:   g_value_set_boolean (value, priv->may_go_back); break;
  case PROP_LEAF:         g_value_set_uint (value, mado_page_get_leaf (self)); break;
  default:                 G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
mado_page_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mado_page_parent_class)->dispose (object);
}

static void
mado_page_finalize (GObject *object)
{
  MadoPagePrivate *priv = PRIV (MADO_PAGE (object));

  g_free (priv->title);
  g_free (priv->primary_label);
  g_free (priv->primary_icon);
  g_free (priv->second_label);
  g_free (priv->second_icon);
  g_free (priv->busy);
  G_OBJECT_CLASS (mado_page_parent_class)->finalize (object);
}

static void
mado_page_real_reset (MadoPage *self)
{
  mado_page_turn_to (self, 0);
  mado_page_set_busy (self, NULL);
  mado_page_clear_mistakes (self);
}

static void
mado_page_class_init (MadoPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->set_property = mado_page_set_property;
  object_class->get_property = mado_page_get_property;
  object_class->dispose = mado_page_dispose;
  object_class->finalize = mado_page_finalize;
  klass->reset = mado_page_real_reset;

  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  props[PROP_HEADING] = g_param_spec_string ("heading", NULL, NULL, NULL, flags);
  props[PROP_LEAD] = g_param_spec_string ("lead", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_NEED] = g_param_spec_uint ("need", NULL, NULL, 0, MADO_NEED_OPTIONAL, 0,
                                        G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_WHY] = g_param_spec_string ("why", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_PRIMARY_LABEL] = g_param_spec_string ("primary-label", NULL, NULL, NULL, flags);
  props[PROP_PRIMARY_ICON] = g_param_spec_string ("primary-icon", NULL, NULL, NULL, flags);
  props[PROP_SECOND_LABEL] = g_param_spec_string ("second-label", NULL, NULL, NULL, flags);
  props[PROP_SECOND_ICON] = g_param_spec_string ("second-icon", NULL, NULL, NULL, flags);
  props[PROP_BUSY] = g_param_spec_string ("busy", NULL, NULL, NULL, flags);
  props[PROP_MAY_GO_BACK] = g_param_spec_boolean ("may-go-back", NULL, NULL, TRUE, flags);
  props[PROP_LEAF] = g_param_spec_uint ("leaf", NULL, NULL, 0, G_MAXUINT, 0,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "page");
  gtk_widget_class_set_layout_manager_type (widget_class, MADO_TYPE_PAGE_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
on_n_leaves (MadoPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LEAF]);
}

static void
mado_page_init (MadoPage *self)
{
  MadoPagePrivate *priv = PRIV (self);

  priv->may_go_back = TRUE;
  priv->heading = g_object_new (MADO_TYPE_HEADING, "visible", FALSE, NULL);
  mado_page_append (self, GTK_WIDGET (priv->heading), "head", TRUE, NULL);
  priv->running = g_object_new (GTK_TYPE_LABEL, "visible", FALSE, "xalign", 0.0, "wrap", TRUE,
                                "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);
  gtk_widget_add_css_class (priv->running, "h3");
  gtk_widget_add_css_class (priv->running, "running");
  mado_words_keep_phrases (GTK_LABEL (priv->running), MADO_BREAKS_LONG);
  mado_page_append (self, priv->running, "running", TRUE, NULL);
  g_signal_connect_swapped (layout_of (self), "notify::n-leaves", G_CALLBACK (on_n_leaves), self);
}

void
mado_page_shown (MadoPage *self)
{
  if (MADO_PAGE_GET_CLASS (self)->shown != NULL)
    MADO_PAGE_GET_CLASS (self)->shown (self);
}

void
mado_page_apply (MadoPage *self)
{
  if (MADO_PAGE_GET_CLASS (self)->apply != NULL)
    MADO_PAGE_GET_CLASS (self)->apply (self);
}

void
mado_page_second (MadoPage *self)
{
  if (MADO_PAGE_GET_CLASS (self)->second != NULL)
    MADO_PAGE_GET_CLASS (self)->second (self);
}

gboolean
mado_page_back (MadoPage *self)
{
  return MADO_PAGE_GET_CLASS (self)->back != NULL && MADO_PAGE_GET_CLASS (self)->back (self);
}

void
mado_page_locale_changed (MadoPage *self)
{
  if (MADO_PAGE_GET_CLASS (self)->locale_changed != NULL)
    MADO_PAGE_GET_CLASS (self)->locale_changed (self);
}

void
mado_page_reset (MadoPage *self)
{
  MADO_PAGE_GET_CLASS (self)->reset (self);
}

const char *
mado_page_get_title (MadoPage *self)
{
  return PRIV (self)->title;
}

const char *
mado_page_get_heading (MadoPage *self)
{
  return mado_heading_get_text (PRIV (self)->heading);
}

const char *
mado_page_get_primary_label (MadoPage *self)
{
  return PRIV (self)->primary_label;
}

const char *
mado_page_get_primary_icon (MadoPage *self)
{
  return PRIV (self)->primary_icon;
}

const char *
mado_page_get_second_label (MadoPage *self)
{
  return PRIV (self)->second_label;
}

const char *
mado_page_get_second_icon (MadoPage *self)
{
  return PRIV (self)->second_icon;
}

const char *
mado_page_get_busy (MadoPage *self)
{
  return PRIV (self)->busy;
}

gboolean
mado_page_get_may_go_back (MadoPage *self)
{
  return PRIV (self)->may_go_back;
}

void
mado_page_set_title (MadoPage *self, const char *title)
{
  set_string (self, &PRIV (self)->title, title, PROP_TITLE);
}

void
mado_page_set_heading (MadoPage *self, const char *heading)
{
  MadoHeading *label = PRIV (self)->heading;

  if (g_strcmp0 (mado_heading_get_text (label), heading) == 0)
    return;
  mado_heading_set_text (label, heading);
  gtk_widget_set_visible (GTK_WIDGET (label), heading != NULL);
  gtk_label_set_label (GTK_LABEL (PRIV (self)->running), heading != NULL ? heading : "");
  gtk_widget_set_visible (PRIV (self)->running, heading != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  heading != NULL ? heading : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HEADING]);
}

void
mado_page_set_lead (MadoPage *self, const char *lead)
{
  mado_heading_set_lead (PRIV (self)->heading, lead);
}

void
mado_page_set_need (MadoPage *self, MadoNeed need)
{
  mado_heading_set_need (PRIV (self)->heading, need);
}

void
mado_page_set_why (MadoPage *self, const char *why)
{
  mado_heading_set_why (PRIV (self)->heading, why);
}

void
mado_page_set_primary (MadoPage *self, const char *label, const char *icon)
{
  set_string (self, &PRIV (self)->primary_icon, icon, PROP_PRIMARY_ICON);
  set_string (self, &PRIV (self)->primary_label, label, PROP_PRIMARY_LABEL);
}

gboolean
mado_page_is_primary_plain (MadoPage *self)
{
  return PRIV (self)->primary_plain;
}

void
mado_page_set_primary_plain (MadoPage *self, gboolean plain)
{
  PRIV (self)->primary_plain = plain;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PRIMARY_LABEL]);
}

gboolean
mado_page_is_second_quiet (MadoPage *self)
{
  return PRIV (self)->second_quiet;
}

void
mado_page_set_second_quiet (MadoPage *self, gboolean quiet)
{
  PRIV (self)->second_quiet = quiet;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SECOND_LABEL]);
}

void
mado_page_set_second (MadoPage *self, const char *label, const char *icon)
{
  set_string (self, &PRIV (self)->second_icon, icon, PROP_SECOND_ICON);
  set_string (self, &PRIV (self)->second_label, label, PROP_SECOND_LABEL);
}

void
mado_page_set_busy (MadoPage *self, const char *busy)
{
  set_string (self, &PRIV (self)->busy, busy, PROP_BUSY);
}

void
mado_page_set_may_go_back (MadoPage *self, gboolean may)
{
  if (PRIV (self)->may_go_back == may)
    return;
  PRIV (self)->may_go_back = may;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MAY_GO_BACK]);
}

void
mado_page_set_progress (MadoPage *self, guint current, guint n, const char *section)
{
  MadoPagePrivate *priv = PRIV (self);

  if (priv->progress == NULL && n > 0) {
    priv->progress = g_object_new (MADO_TYPE_PROGRESS, NULL);
    mado_page_append (self, GTK_WIDGET (priv->progress), "head", TRUE, "keep", TRUE, NULL);
    gtk_widget_insert_after (GTK_WIDGET (priv->progress), GTK_WIDGET (self), NULL);
  }
  if (priv->progress != NULL) {
    mado_progress_set (priv->progress, current, n, section);
    gtk_widget_set_visible (GTK_WIDGET (priv->progress), n > 0);
  }
}

void
mado_page_append (MadoPage *self, GtkWidget *block, const char *property, ...)
{
  GtkLayoutChild *child;
  va_list rest;

  gtk_widget_set_parent (block, GTK_WIDGET (self));
  child = gtk_layout_manager_get_layout_child (GTK_LAYOUT_MANAGER (layout_of (self)), block);
  va_start (rest, property);
  if (property != NULL)
    g_object_set_valist (G_OBJECT (child), property, rest);
  va_end (rest);
}

void
mado_page_remove (MadoPage *self, GtkWidget *block)
{
  g_return_if_fail (gtk_widget_get_parent (block) == GTK_WIDGET (self));

  gtk_widget_unparent (block);
}

void
mado_page_set_frame (MadoPage *self, const MadoFrame *frame)
{
  if (mado_page_layout_set_frame (layout_of (self), frame))
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

gboolean
mado_page_has_hero (MadoPage *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (MADO_IS_HERO (child) && gtk_widget_get_visible (child))
      return TRUE;
  }

  return FALSE;
}

guint
mado_page_get_leaf (MadoPage *self)
{
  return mado_page_layout_get_leaf (layout_of (self));
}

guint
mado_page_get_n_leaves (MadoPage *self)
{
  return mado_page_layout_get_n_leaves (layout_of (self));
}

gboolean
mado_page_has_aside (MadoPage *self)
{
  return mado_page_layout_has_aside (layout_of (self));
}

void
mado_page_turn_to (MadoPage *self, guint leaf)
{
  if (mado_page_get_leaf (self) == leaf)
    return;
  mado_page_layout_set_leaf (layout_of (self), leaf);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LEAF]);
}

static GtkWidget *
block_around (MadoPage *self, GtkWidget *widget)
{
  while (widget != NULL && gtk_widget_get_parent (widget) != GTK_WIDGET (self))
    widget = gtk_widget_get_parent (widget);

  return widget;
}

gboolean
mado_page_shows (MadoPage *self, GtkWidget *widget)
{
  GtkWidget *block = block_around (self, widget);

  return block != NULL && mado_page_layout_find (layout_of (self), block) == mado_page_get_leaf (self);
}

MadoTypist *
mado_page_find_typist (MadoPage *self)
{
  for (GtkWidget *block = gtk_widget_get_first_child (GTK_WIDGET (self)); block != NULL;
       block = gtk_widget_get_next_sibling (block)) {
    MadoTypist *typist = mado_page_shows (self, block) ? mado_typist_find (block) : NULL;

    if (typist != NULL)
      return typist;
  }

  return NULL;
}

void
mado_page_turn_to_widget (MadoPage *self, GtkWidget *widget)
{
  GtkWidget *block = block_around (self, widget);

  if (block != NULL)
    mado_page_turn_to (self, mado_page_layout_find (layout_of (self), block));
}

void
mado_page_clear_mistakes (MadoPage *self)
{
  MadoPagePrivate *priv = PRIV (self);

  if (priv->mistakes == NULL)
    return;
  mado_error_summary_clear (priv->mistakes);
  gtk_widget_set_visible (GTK_WIDGET (priv->mistakes), FALSE);
}

void
mado_page_add_mistake (MadoPage *self, const char *mistake, const char *where, GtkWidget *field)
{
  MadoPagePrivate *priv = PRIV (self);

  if (priv->mistakes == NULL) {
    priv->mistakes = g_object_new (MADO_TYPE_ERROR_SUMMARY, "visible", FALSE, NULL);
    mado_page_append (self, GTK_WIDGET (priv->mistakes), "head", TRUE, NULL);
    gtk_widget_insert_before (GTK_WIDGET (priv->mistakes), GTK_WIDGET (self), GTK_WIDGET (priv->heading));
  }
  mado_error_summary_add (priv->mistakes, mistake, where, field);
}

void
mado_page_show_mistakes (MadoPage *self)
{
  MadoPagePrivate *priv = PRIV (self);

  if (priv->mistakes == NULL || mado_error_summary_get_n (priv->mistakes) == 0)
    return;
  gtk_widget_set_visible (GTK_WIDGET (priv->mistakes), TRUE);
  mado_page_turn_to (self, 0);
  gtk_widget_grab_focus (GTK_WIDGET (priv->mistakes));
}
