/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looks at a screen from the outside, and says in milliseconds when a region of it had become what it stays (after a
 * key: when it changed).
 *
 *   mado-watch launch REGION COMMAND …    from exec; the program goes on, its pid is told
 *   mado-watch touch X,Y REGION           from the finger's leaving
 *   mado-watch key KEY REGION             from the key's going down
 *
 * A region is X,Y,WIDTH,HEIGHT. Touches and keys go through XTEST, what is drawn is seen through XDamage: nothing is
 * asked of the program, which may be any.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/Xdamage.h>
#include <X11/extensions/XTest.h>

#define QUIET_US   (1000 * 1000)         /* without a change: it stays so */
#define LONGEST_US (20 * G_USEC_PER_SEC)
#define TOUCH_US   (60 * 1000)           /* a finger's stay */

typedef struct {
  Display *display;
  Window   root;
  int      damage_event;
  int      x, y, width, height;          /* the region */
  guint    last;                         /* what it looks like */
} Watch;

/* When the region took on a look. */
typedef struct {
  gint64 at;
  guint  look;
} Sight;

static guint
look (Watch *self)
{
  XImage *image = XGetImage (self->display, self->root, self->x, self->y, self->width, self->height, AllPlanes,
                             ZPixmap);
  gsize size = (gsize) image->bytes_per_line * (gsize) image->height;
  guint hash = 5381;

  for (gsize i = 0; i < size; i++)
    hash = hash * 33 + (guchar) image->data[i];
  XDestroyImage (image);
  return hash;
}

static void
watch_init (Watch *self, const char *region)
{
  int error_base;

  if (sscanf (region, "%d,%d,%d,%d", &self->x, &self->y, &self->width, &self->height) != 4)
    g_error ("A region is X,Y,WIDTH,HEIGHT, not %s", region);
  self->display = XOpenDisplay (NULL);
  if (self->display == NULL || !XDamageQueryExtension (self->display, &self->damage_event, &error_base))
    g_error ("No display with XDamage");
  self->root = DefaultRootWindow (self->display);
  XDamageCreate (self->display, self->root, XDamageReportRawRectangles);
  self->last = look (self);
}

/* Takes what was drawn, whatever it was; FALSE if nothing was until @until. */
static gboolean
wait_for_drawing (Watch *self, gint64 until)
{
  struct pollfd poll_fd = { ConnectionNumber (self->display), POLLIN, 0 };
  gint64 left = until - g_get_monotonic_time ();
  XEvent event;

  if (XPending (self->display) == 0 && (left <= 0 || poll (&poll_fd, 1, (int) (left / 1000) + 1) <= 0))
    return FALSE;
  while (XPending (self->display) > 0)
    XNextEvent (self->display, &event);
  return TRUE;
}

/* The looks the region takes on until it has stayed the same for a while. */
static GArray *
watch_until_quiet (Watch *self, gint64 begun)
{
  GArray *sights = g_array_new (FALSE, FALSE, sizeof (Sight));
  gint64 changed = begun, now = begun;

  while (now < begun + LONGEST_US && (sights->len == 0 || now < changed + QUIET_US)) {
    gboolean drawn = wait_for_drawing (self, now + QUIET_US / 10);

    now = g_get_monotonic_time ();
    if (drawn) {
      Sight sight = { now, look (self) };

      if (sight.look == self->last)
        continue;
      self->last = sight.look;
      changed = now;
      g_array_append_val (sights, sight);
    }
  }
  return sights;
}

static double
milliseconds (gint64 from, gint64 to)
{
  return (double) (to - from) / 1000;
}

/* The first moment at which it looked as it does at the end; -1: it never changed. */
static double
find_moment (Watch *self, gint64 begun)
{
  g_autoptr(GArray) sights = watch_until_quiet (self, begun);

  for (guint i = 0; i < sights->len; i++)
    if (g_array_index (sights, Sight, i).look == self->last)
      return milliseconds (begun, g_array_index (sights, Sight, i).at);
  return -1;
}

/* The first moment at which it looked otherwise: a cursor blinks, so that nothing stays. */
static double
find_change (Watch *self, gint64 begun)
{
  while (wait_for_drawing (self, begun + LONGEST_US)) {
    gint64 now = g_get_monotonic_time ();

    if (look (self) != self->last)
      return milliseconds (begun, now);
  }
  return -1;
}

static void
launch (Watch *self, char **command)
{
  gint64 begun = g_get_monotonic_time ();
  pid_t pid = fork ();

  if (pid == 0) {
    close (ConnectionNumber (self->display));
    dup2 (STDERR_FILENO, STDOUT_FILENO);
    execvp (command[0], command);
    _exit (127);
  }
  printf ("{\"pid\":%d,", pid);
  printf ("\"ms\":%.1f}\n", find_moment (self, begun));
}

static void
touch (Watch *self, const char *place)
{
  int x, y;
  gint64 begun;

  if (sscanf (place, "%d,%d", &x, &y) != 2)
    g_error ("A place is X,Y, not %s", place);
  XTestFakeMotionEvent (self->display, -1, x, y, CurrentTime);
  XTestFakeButtonEvent (self->display, 1, True, CurrentTime);
  XSync (self->display, False);
  while (wait_for_drawing (self, g_get_monotonic_time () + TOUCH_US));
  self->last = look (self);
  XTestFakeButtonEvent (self->display, 1, False, CurrentTime);
  begun = g_get_monotonic_time ();
  XFlush (self->display);
  printf ("{\"ms\":%.1f}\n", find_moment (self, begun));
}

static void
press_key (Watch *self, const char *name)
{
  KeyCode code = XKeysymToKeycode (self->display, XStringToKeysym (name));
  gint64 begun = g_get_monotonic_time ();

  XTestFakeKeyEvent (self->display, code, True, CurrentTime);
  XTestFakeKeyEvent (self->display, code, False, CurrentTime);
  XFlush (self->display);
  printf ("{\"ms\":%.1f}\n", find_change (self, begun));
}

int
main (int argc, char **argv)
{
  Watch watch = { 0 };

  if (argc < 4) {
    fputs ("usage: mado-watch launch REGION COMMAND … | touch X,Y REGION | key KEY REGION\n", stderr);
    return 2;
  }
  watch_init (&watch, g_str_equal (argv[1], "launch") ? argv[2] : argv[3]);
  if (g_str_equal (argv[1], "launch"))
    launch (&watch, argv + 3);
  else if (g_str_equal (argv[1], "touch"))
    touch (&watch, argv[2]);
  else
    press_key (&watch, argv[2]);
  fflush (stdout);
  _exit (0);      /* what was launched goes on, and so do its windows */
}
