/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-desktop.h"

#define PATH "/org/freedesktop/Notifications"
#define NAME "org.freedesktop.Notifications"

static const char description[] =
  "<node><interface name='" NAME "'>"
  "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
  "<method name='GetServerInformation'><arg type='s' direction='out'/><arg type='s' direction='out'/>"
  "<arg type='s' direction='out'/><arg type='s' direction='out'/></method>"
  "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
  "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/>"
  "<arg type='a{sv}' direction='in'/><arg type='i' direction='in'/><arg type='u' direction='out'/></method>"
  "<signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>"
  "<signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>"
  "</interface></node>";

struct _FakeDesktop {
  GDBusConnection *bus;
  GDBusNodeInfo   *node;
  guint            object;
  GPtrArray       *shown;
  guint32          last_id;
  gboolean         broken;
};

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  g_free (shown->title);
  g_free (shown->body);
  g_strfreev (shown->actions);
  g_free (shown);
}

static guint32
note (FakeDesktop *self, GVariant *arguments)
{
  Shown *shown = g_new0 (Shown, 1);
  g_autoptr(GVariant) hints = NULL;

  g_variant_get (arguments, "(susss^as@a{sv}i)", NULL, &shown->id, NULL, &shown->title, &shown->body,
                 &shown->actions, &hints, NULL);
  g_variant_lookup (hints, "urgency", "y", &shown->urgency);
  if (shown->id == 0)
    shown->id = ++self->last_id;
  g_ptr_array_add (self->shown, shown);
  return shown->id;
}

static void
on_call (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *method,
         GVariant *arguments, GDBusMethodInvocation *invocation, gpointer data)
{
  static const char *const capabilities[] = { "body", "actions", NULL };
  FakeDesktop *self = data;
  GVariant *answer = NULL;

  if (self->broken && g_str_equal (method, "Notify")) {
    g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR, G_DBUS_ERROR_LIMITS_EXCEEDED,
                                                   "too many notifications");
    return;
  }
  if (g_str_equal (method, "GetCapabilities"))
    answer = g_variant_new ("(^as)", capabilities);
  else if (g_str_equal (method, "GetServerInformation"))
    answer = g_variant_new ("(ssss)", "fake", "madoguchi", "1", "1.2");
  else if (g_str_equal (method, "Notify"))
    answer = g_variant_new ("(u)", note (self, arguments));
  g_dbus_method_invocation_return_value (invocation, answer);
}

FakeDesktop *
fake_desktop_new (void)
{
  static const GDBusInterfaceVTable table = { .method_call = on_call };
  FakeDesktop *self = g_new0 (FakeDesktop, 1);
  g_autoptr(GVariant) owned = NULL;
  g_autoptr(GError) error = NULL;

  self->shown = g_ptr_array_new_with_free_func (shown_free);
  self->node = g_dbus_node_info_new_for_xml (description, &error);
  g_assert_no_error (error);
  self->bus = g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
                                                      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                        | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                      NULL, NULL, &error);
  g_assert_no_error (error);
  self->object = g_dbus_connection_register_object (self->bus, PATH, self->node->interfaces[0], &table, self, NULL,
                                                    &error);
  g_assert_no_error (error);
  owned = g_dbus_connection_call_sync (self->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName", g_variant_new ("(su)", NAME, 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  return self;
}

void
fake_desktop_free (FakeDesktop *self)
{
  g_dbus_connection_unregister_object (self->bus, self->object);
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_object_unref (self->bus);
  g_dbus_node_info_unref (self->node);
  g_ptr_array_unref (self->shown);
  g_free (self);
}

void
fake_desktop_set_broken (FakeDesktop *self, gboolean broken)
{
  self->broken = broken;
}

guint
fake_desktop_count (FakeDesktop *self)
{
  return self->shown->len;
}

const Shown *
fake_desktop_get (FakeDesktop *self, guint i)
{
  return g_ptr_array_index (self->shown, i);
}

void
fake_desktop_invoke (FakeDesktop *self, guint32 id, const char *action)
{
  g_autoptr(GError) error = NULL;

  g_dbus_connection_emit_signal (self->bus, NULL, PATH, NAME, "ActionInvoked", g_variant_new ("(us)", id, action),
                                 &error);
  g_assert_no_error (error);
}
