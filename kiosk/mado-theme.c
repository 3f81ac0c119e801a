/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-theme.h"

#define RESOURCES "/io/madoguchi/Kiosk/theme/"

static const char *const palette_files[MADO_N_PALETTES] = { "light", "dark", "hc-light", "hc-dark" };

struct _MadoTheme {
  GObject         parent;
  GtkCssProvider *palette_provider;
  MadoPalette     palette;
  guint           text_size;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (MadoTheme, mado_theme, G_TYPE_OBJECT)

static void
load_palette (MadoTheme *self)
{
  g_autofree char *path = g_strconcat (RESOURCES, palette_files[self->palette], ".css", NULL);

  gtk_css_provider_load_from_resource (self->palette_provider, path);
}

static void
mado_theme_finalize (GObject *object)
{
  MadoTheme *self = MADO_THEME (object);

  g_clear_object (&self->palette_provider);
  G_OBJECT_CLASS (mado_theme_parent_class)->finalize (object);
}

static void
mado_theme_class_init (MadoThemeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mado_theme_finalize;

  signals[CHANGED] = g_signal_new ("changed", MADO_TYPE_THEME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
mado_theme_init (MadoTheme *self)
{
  GdkDisplay *display = gdk_display_get_default ();
  g_autoptr(GtkCssProvider) style = gtk_css_provider_new ();

  /* All that is drawn is styled here: without the toolkit's own theme there is less to match. */
  g_object_set (gtk_settings_get_default (), "gtk-theme-name", "Empty", "gtk-enable-animations", FALSE,
                "gtk-cursor-blink", FALSE, "gtk-error-bell", FALSE, NULL);
  self->text_size = MADO_TEXT_NORMAL;
  self->palette_provider = gtk_css_provider_new ();
  load_palette (self);
  gtk_css_provider_load_from_resource (style, RESOURCES "style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (self->palette_provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

MadoTheme *
mado_theme_get (void)
{
  static MadoTheme *theme;

  if (theme == NULL)
    theme = g_object_new (MADO_TYPE_THEME, NULL);

  return theme;
}

MadoPalette
mado_theme_get_palette (MadoTheme *self)
{
  return self->palette;
}

void
mado_theme_set_palette (MadoTheme *self, MadoPalette palette)
{
  if (self->palette == palette)
    return;
  self->palette = palette;
  load_palette (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

guint
mado_theme_get_text_size (MadoTheme *self)
{
  return self->text_size;
}

void
mado_theme_set_text_size (MadoTheme *self, guint percent)
{
  g_return_if_fail (percent == 100 || percent == 125 || percent == 150 || percent == 200);

  if (self->text_size == percent)
    return;
  self->text_size = percent;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
mado_theme_reset (MadoTheme *self)
{
  mado_theme_set_palette (self, MADO_PALETTE_LIGHT);
  mado_theme_set_text_size (self, MADO_TEXT_NORMAL);
}

gboolean
mado_theme_is_large (MadoTheme *self)
{
  return self->text_size >= MADO_TEXT_LARGE;
}

gboolean
mado_theme_has_scenery (MadoTheme *self)
{
  return self->palette == MADO_PALETTE_LIGHT && !mado_theme_is_large (self);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

void
mado_theme_dress (MadoTheme *self, GtkWidget *window)
{
  set_class (window, "text-125", self->text_size == 125);
  set_class (window, "text-150", self->text_size == 150);
  set_class (window, "text-200", self->text_size == 200);
  set_class (window, "large", mado_theme_is_large (self));
  set_class (window, "dark", self->palette == MADO_PALETTE_DARK || self->palette == MADO_PALETTE_HC_DARK);
  set_class (window, "contrast", self->palette >= MADO_PALETTE_HC_LIGHT);
  set_class (window, "plain", !mado_theme_has_scenery (self));
}

GdkRGBA
mado_theme_get_colour (GtkWidget *widget, const char *name)
{
  g_autofree char *full = g_strconcat ("mado_", name, NULL);
  GdkRGBA colour = { 0, 0, 0, 1 };

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), full, &colour))
    g_warning ("The palette has no colour %s", name);

  return colour;
}

int
mado_theme_scale_icon (int pixels)
{
  return pixels + pixels * ((int) mado_theme_get_text_size (mado_theme_get ()) - 100) / 200;
}
