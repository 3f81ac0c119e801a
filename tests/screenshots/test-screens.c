/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-sample-pages.h"
#include "mado-screen.h"
#include "mado-words.h"

/* Every page × language × size of the text × colours, on a high screen and on a wide one. */
static const struct { const char *id; MadoPage *(*make) (void); } samples[] = {
  { "sample-name", mado_sample_name_page },
  { "sample-number", mado_sample_number_page },
  { "sample-mistake", mado_sample_mistake_page },
  { "sample-tiles", mado_sample_tiles_page },
};
static const char *const pages[] = {
  "home", "text-size", "language", "sample-name", "sample-number", "sample-mistake", "sample-tiles",
};
static const char *const palettes[] = { "light", "dark", "contrast", "contrast-dark" };

typedef struct {
  int         width, height;
  const char *page, *language;
  guint       text_size;
  MadoPalette palette;
} Screen;

static MadoKioskWindow *window;
static int window_width;

static void
open_window (const Screen *screen)
{
  if (window != NULL && window_width == screen->width)
    return;
  if (window != NULL)
    gtk_window_destroy (GTK_WINDOW (window));
  window = mado_screen_open (screen->width, screen->height);
  window_width = screen->width;
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    mado_kiosk_window_add_page (window, samples[i].id, samples[i].make ());
}

static void
look (const Screen *screen, const char *name, guint leaf)
{
  g_autofree char *leaf_name = leaf > 0 ? g_strdup_printf ("%s-leaf%u", name, leaf + 1) : g_strdup (name);
  MadoPage *page = mado_kiosk_window_get_page (window, screen->page);

  mado_page_turn_to (page, leaf);
  mado_screen_settle (window);
  mado_screen_save (window, leaf_name);
  mado_screen_check (window, leaf_name);
}

static void
test_screen (gconstpointer data)
{
  const Screen *screen = data;
  g_autofree char *name = g_strdup_printf ("%s-%s-%u-%s-%s", screen->page, screen->language, screen->text_size,
                                           palettes[screen->palette], screen->width > screen->height ? "wide" : "high");
  guint leaves;

  open_window (screen);
  mado_theme_set_palette (mado_theme_get (), screen->palette);
  mado_theme_set_text_size (mado_theme_get (), screen->text_size);
  mado_kiosk_window_set_language (window, screen->language);
  mado_kiosk_window_go (window, screen->page);
  look (screen, name, 0);
  leaves = mado_page_get_n_leaves (mado_kiosk_window_get_page (window, screen->page));
  g_assert_cmpuint (leaves, <=, 12);
  for (guint leaf = 1; leaf < leaves; leaf++)
    look (screen, name, leaf);
}

static void
add (Screen screen)
{
  g_autofree char *path = g_strdup_printf ("/screens/%dx%d/%s/%s/%u/%s", screen.width, screen.height, screen.page,
                                           screen.language, screen.text_size, palettes[screen.palette]);

  g_test_add_data_func_full (path, g_memdup2 (&screen, sizeof screen), test_screen, g_free);
}

int
main (int argc, char **argv)
{
  static const struct { guint text_size; MadoPalette palette; } looks[] = {
    { 100, MADO_PALETTE_LIGHT }, { 125, MADO_PALETTE_LIGHT }, { 150, MADO_PALETTE_HC_DARK },
    { 200, MADO_PALETTE_LIGHT }, { 100, MADO_PALETTE_HC_LIGHT }, { 200, MADO_PALETTE_HC_DARK },
    { 100, MADO_PALETTE_DARK },
  };
  static const char *const languages[] = { "ja", "en" };

  gtk_test_init (&argc, &argv, NULL);
  for (guint wide = 0; wide < 2; wide++) {
    for (guint page = 0; page < G_N_ELEMENTS (pages); page++) {
      for (guint language = 0; language < G_N_ELEMENTS (languages); language++) {
        for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
          add ((Screen) { wide ? 1920 : 1080, wide ? 1080 : 1920, pages[page], languages[language],
                          looks[i].text_size, looks[i].palette });
      }
    }
  }

  return g_test_run ();
}
