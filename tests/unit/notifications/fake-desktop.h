/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Owns org.freedesktop.Notifications on the session bus and remembers what was to be shown. */
typedef struct {
  guint32  id;
  char    *title;
  char    *body;
  char   **actions;      /* key, label, key, label … */
  guchar   urgency;
} Shown;

typedef struct _FakeDesktop FakeDesktop;

FakeDesktop *fake_desktop_new        (void);
void         fake_desktop_free       (FakeDesktop *self);
/* A broken one answers every notification with an error. */
void         fake_desktop_set_broken (FakeDesktop *self, gboolean broken);
/* Each Notify call, updates too. */
guint        fake_desktop_count      (FakeDesktop *self);
const Shown *fake_desktop_get        (FakeDesktop *self, guint i);
/* The person clicks. */
void         fake_desktop_invoke     (FakeDesktop *self, guint32 id, const char *action);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeDesktop, fake_desktop_free)
