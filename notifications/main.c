/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-language.h"
#include "mado-courier.h"
#include "mado-desktop.h"
#include "mado-terminal-channel.h"
#include "mado-wallet-channel.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <libnotify/notify.h>

#define PARTING_S 5

static char *service, *device, *key_file, *wallet;
static GStrv terminals;
static gboolean once;

static const GOptionEntry options[] = {
  { "service", 0, 0, G_OPTION_ARG_STRING, &service, N_("Address of the service"), "URL" },
  { "device", 0, 0, G_OPTION_ARG_STRING, &device, N_("Name of this notifier at the service"), "NAME" },
  { "key-file", 0, 0, G_OPTION_ARG_FILENAME, &key_file, N_("Credentials are here, not in the keyring"), "FILE" },
  { "wallet", 0, 0, G_OPTION_ARG_STRING, &wallet, N_("Address of the QR wallet that payments go through"), "URL" },
  { "terminal", 0, 0, G_OPTION_ARG_STRING_ARRAY, &terminals, N_("A card terminal, and the device it stands beside"),
    "DEVICE=HOST:PORT" },
  { "once", 0, 0, G_OPTION_ARG_NONE, &once, N_("Deliver what waits now, then end"), NULL },
  { NULL }
};

/* The notifier's own session; its secret is kept under "notifier". */
static gboolean
log_in (MadoClient *client, MadoCredentials *credentials, GError **error)
{
  g_autofree char *secret = g_strdup (g_getenv ("MADO_NOTIFIER_SECRET"));
  g_autoptr(MadoCall) call = NULL;
  g_autoptr(MadoReply) reply = NULL;
  g_autofree char *token = NULL;

  if (secret == NULL)
    secret = mado_credentials_lookup (credentials, "notifier", NULL, error);
  if (secret == NULL)
    return FALSE;
  call = mado_call_log_in_device (device != NULL ? device : "notifier-1", secret);
  reply = mado_client_send (client, call, NULL, error);
  if (reply == NULL)
    return FALSE;
  token = mado_reply_dup_text (reply, "/token");
  mado_client_set_token (client, token);
  return TRUE;
}

typedef struct {
  MadoCourier     *courier;
  MadoClient      *client;
  MadoCredentials *credentials;
  GMainLoop       *loop;
  gboolean         failed;
} Notifier;

static gboolean
on_interrupt (gpointer data)
{
  Notifier *self = data;

  mado_courier_stop (self->courier);
  g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

/* A session ends some day; the secret opens the next one. */
static void
on_refused (MadoCourier *courier, const GError *refusal, Notifier *self)
{
  g_autoptr(GError) error = NULL;

  if (log_in (self->client, self->credentials, &error))
    return;
  g_printerr ("mado-notifier: %s\n", error->message);
  if (g_error_matches (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE))
    return;
  self->failed = TRUE;
  g_main_loop_quit (self->loop);
}

static void
add_desktop (Notifier *self)
{
  g_autoptr(MadoDesktop) desktop = mado_desktop_new (self->client, self->credentials);

  mado_courier_add_channel (self->courier, MADO_CHANNEL (desktop));
}

/* Its credential is kept under "qr-wallet". */
static gboolean
add_wallet (Notifier *self, GError **error)
{
  g_autofree char *keys = g_strdup (g_getenv ("MADO_WALLET_KEYS"));
  g_autoptr(MadoWalletChannel) channel = NULL;

  if (keys == NULL)
    keys = mado_credentials_lookup (self->credentials, "qr-wallet", NULL, error);
  channel = keys != NULL ? mado_wallet_channel_new (self->client, wallet, keys, error) : NULL;
  if (channel == NULL)
    return FALSE;
  mado_courier_add_channel (self->courier, MADO_CHANNEL (channel));
  return TRUE;
}

static gboolean
add_terminals (Notifier *self, GError **error)
{
  for (guint i = 0; terminals != NULL && terminals[i] != NULL; i++) {
    g_autoptr(MadoTerminalChannel) channel = mado_terminal_channel_new (self->client, terminals[i], error);

    if (channel == NULL)
      return FALSE;
    mado_courier_add_channel (self->courier, MADO_CHANNEL (channel));
  }
  return TRUE;
}

static gboolean
has_desktop (void)
{
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  return bus != NULL && notify_init ("Madoguchi");
}

/* The desktop where there is one, the wallet and terminals where the city has some. */
static gboolean
add_channels (Notifier *self, GError **error)
{
  gboolean desktop = has_desktop ();

  self->courier = mado_courier_new (self->client);
  if (desktop)
    add_desktop (self);
  if ((wallet != NULL && !add_wallet (self, error)) || !add_terminals (self, error))
    return FALSE;
  if (desktop || wallet != NULL || terminals != NULL)
    return TRUE;
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE, _("no desktop to notify"));
  return FALSE;
}

static gboolean
on_late (gpointer late)
{
  *(gboolean *) late = TRUE;
  return G_SOURCE_REMOVE;
}

/* What is under way is brought to its end, but not for long: its lease runs out, and it is done again. */
static void
finish (Notifier *self)
{
  gboolean late = FALSE;
  guint timer = g_timeout_add_seconds (PARTING_S, on_late, &late);

  while (!late && mado_courier_get_pending (self->courier) > 0)
    g_main_context_iteration (NULL, TRUE);
  if (!late)
    g_source_remove (timer);
}

static int
run (Notifier *self)
{
  self->loop = g_main_loop_new (NULL, FALSE);
  g_signal_connect (self->courier, "refused", G_CALLBACK (on_refused), self);
  g_unix_signal_add (SIGINT, on_interrupt, self);
  g_unix_signal_add (SIGTERM, on_interrupt, self);
  mado_courier_start (self->courier);
  if (once)
    g_timeout_add_seconds (3, on_interrupt, self);
  g_main_loop_run (self->loop);
  finish (self);
  g_clear_object (&self->courier);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  return self->failed ? 1 : 0;
}

int
main (int argc, char **argv)
{
  g_autoptr(GOptionContext) context = NULL;
  g_autoptr(MadoClient) client = NULL;
  g_autoptr(MadoCredentials) credentials = NULL;
  g_autoptr(GError) error = NULL;
  Notifier self = { NULL };

  mado_language_init (MADO_LOCALEDIR);
  context = g_option_context_new (NULL);
  g_option_context_set_summary (context, _("Delivers what the counter has to say: to the clerk's desktop, to a payer's "
                                           "wallet, to a card terminal."));
  g_option_context_add_main_entries (context, options, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("mado-notifier: %s\n", error->message);
    return 2;
  }
  if (service == NULL)
    service = g_strdup (g_getenv ("MADO_SERVICE_URL") ? g_getenv ("MADO_SERVICE_URL") : "http://127.0.0.1:8700");
  client = mado_client_new (service, &error);
  credentials = mado_credentials_new (service, key_file);
  self.client = client;
  self.credentials = credentials;
  if (client == NULL || !log_in (client, credentials, &error) || !add_channels (&self, &error)) {
    g_printerr ("mado-notifier: %s\n", error->message);
    return 1;
  }
  return run (&self);
}
