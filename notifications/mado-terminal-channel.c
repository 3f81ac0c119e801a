/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-terminal-channel.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/mado-clock.h"
#include "core/mado-json.h"
#include "wire/mado-terminal.h"

#define ANSWER_SECONDS 10      /* until an answer counts as lost */
#define ASK_EVERY_MS   700     /* while somebody stands before the terminal */
#define ASK_FOR        (40 * G_USEC_PER_SEC)   /* then the item goes back to the outbox and comes again */
#define NONE_AFTER     (5 * G_USEC_PER_SEC)    /* "never heard of it" may only mean: not yet */
#define BEGIN_WITHIN   (60 * G_TIME_SPAN_SECOND)   /* later the payer has gone */
#define PREFIX         "terminal/"

struct _MadoTerminalChannel {
  GObject        parent;
  MadoClient    *service;
  GSocketClient *sockets;
  char          *name;         /* "terminal/kiosk-1" */
  char          *address;      /* "127.0.0.1:8711" */
};

static void channel_init (MadoChannelInterface *iface);
G_DEFINE_TYPE_WITH_CODE (MadoTerminalChannel, mado_terminal_channel, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (MADO_TYPE_CHANNEL, channel_init))

typedef struct _Job Job;
/* @report: (nullable): no answer; @said: our question may have reached the terminal all the same */
typedef void (*Heard) (Job *job, const MadoTerminalReport *report, gboolean said);

/* One item of the outbox until it is settled. */
struct _Job {
  MadoTerminalChannel *self;
  char                *key;        /* of the item: what it hears is told under it */
  JsonNode            *payload;
  gint64               attempt;
  gint64               began;      /* monotonic */
  char                *line;       /* (nullable): being said */
  const char          *about;      /* whose answer is waited for */
  GSocketConnection   *connection;
  char                 said[MADO_TERMINAL_MAX_LINE];   /* by the terminal, and not read yet */
  gsize                n_said;
  Heard                heard;
  MadoDelivered        done;
  gpointer             data;
};

static const char *
text_of (const Job *job, const char *pointer)
{
  JsonNode *node = mado_json_get (job->payload, pointer);

  return node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static gint64
number_of (const Job *job, const char *name)
{
  return json_object_get_int_member_with_default (json_node_get_object (job->payload), name, 0);
}

/* @reason: (nullable): it went out */
static void
finish (Job *job, const char *reason)
{
  job->done (reason == NULL, reason, job->data);
  g_clear_pointer (&job->payload, json_node_unref);
  g_object_unref (job->self);
  g_free (job->key);
  g_free (job);
}

/* --- a question and its answer ---------------------------------------------------------------------------------- */

static void
hang_up (Job *job, const MadoTerminalReport *report, gboolean said)
{
  g_clear_object (&job->connection);
  g_clear_pointer (&job->line, g_free);
  job->heard (job, report, said);
}

/* The first line about ours; what it says of another one is passed over: an answer may come twice, or late. */
static gboolean
find_report (Job *job, MadoTerminalReport *report, GError **error)
{
  char *end;

  while ((end = memchr (job->said, '\n', job->n_said)) != NULL) {
    gsize n = (gsize) (end - job->said);
    gboolean read = mado_terminal_read (job->said, n, report, error);

    job->n_said -= n + 1;
    memmove (job->said, end + 1, job->n_said);
    if (!read || g_strcmp0 (report->id, job->about) == 0)
      return read;
  }
  if (job->n_said == sizeof job->said)
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_TOO_LARGE, "a line without an end");
  return FALSE;
}

static void listen_on (Job *job);

static void
on_bytes (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  g_autoptr(GError) error = NULL;
  MadoTerminalReport report;

  if (n <= 0) {
    hang_up (job, NULL, TRUE);
    return;
  }
  job->n_said += (gsize) n;
  if (find_report (job, &report, &error))
    hang_up (job, &report, TRUE);
  else if (error == NULL)
    listen_on (job);
  else {
    g_warning ("%s: %s", job->self->name, error->message);
    hang_up (job, NULL, TRUE);
  }
}

static void
listen_on (Job *job)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (job->connection)), job->said + job->n_said,
                             sizeof job->said - job->n_said, G_PRIORITY_DEFAULT, NULL, on_bytes, job);
}

static void
on_said (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    listen_on (job);
  else
    hang_up (job, NULL, TRUE);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;

  job->connection = g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (source), result, NULL);
  if (job->connection == NULL) {
    hang_up (job, NULL, FALSE);
    return;
  }
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (job->connection)), job->line,
                                   strlen (job->line), G_PRIORITY_DEFAULT, NULL, on_said, job);
}

/* @line: (transfer full) */
static void
say (Job *job, char *line, const char *about, Heard heard)
{
  job->line = line;
  job->n_said = 0;
  job->about = about;
  job->heard = heard;
  g_socket_client_connect_to_host_async (job->self->sockets, job->self->address, 0, NULL, on_connected, job);
}

/* --- telling the service ---------------------------------------------------------------------------------------- */

/* Untold, the item comes again, and with it the question. */
static void
on_told (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoReply) reply = mado_client_send_finish (MADO_CLIENT (source), result, &error);

  if (reply == NULL)
    g_warning ("What the terminal said could not be told: %s", error->message);
  finish (job, reply != NULL ? NULL : "the service did not take what the terminal said");
}

/* @report: (nullable): what it is told from; @reason: (nullable): instead of the terminal's own */
static void
tell (Job *job, MadoPaymentEvent event, const MadoTerminalReport *report, const char *reason)
{
  const char *nick = mado_enum_nick (MADO_TYPE_PAYMENT_EVENT, event);
  g_autofree char *key = g_strconcat (job->key, "/", nick, NULL);
  g_autoptr(MadoCall) call = NULL;

  if (reason == NULL && report != NULL && *report->reason != '\0')
    reason = report->reason;
  call = mado_call_payment_news (text_of (job, "/payment"), nick, key,
                                 event == MADO_PAYMENT_EVENT_CAPTURE ? report->yen : -1,
                                 report != NULL && *report->reference != '\0' ? report->reference : NULL, NULL, reason,
                                 event == MADO_PAYMENT_EVENT_CAPTURE && *report->brand != '\0' ? report->brand : NULL);
  mado_client_send_async (job->self->service, call, NULL, on_told, job);
}

/* --- how it stands ---------------------------------------------------------------------------------------------- */

static void on_stand (Job *job, const MadoTerminalReport *report, gboolean said);

static gboolean
on_time (gpointer data)
{
  Job *job = data;

  say (job, mado_terminal_ask (text_of (job, "/payment")), text_of (job, "/payment"), on_stand);
  return G_SOURCE_REMOVE;
}

static gboolean
is_for (const Job *job, gint64 time)
{
  return g_get_monotonic_time () - job->began >= time;
}

static gboolean
is_decided (const Job *job, const MadoTerminalReport *report, MadoPaymentEvent *event)
{
  return report != NULL && mado_terminal_get_event (report, event) && *event != MADO_PAYMENT_EVENT_LOSE
         && (report->is != MADO_TERMINAL_NONE || is_for (job, NONE_AFTER));
}

static void
on_stand (Job *job, const MadoTerminalReport *report, gboolean said)
{
  MadoPaymentEvent event;

  if (is_decided (job, report, &event))
    tell (job, event, report, report->is == MADO_TERMINAL_NONE ? "none" : NULL);
  else if (!is_for (job, ASK_FOR))
    g_timeout_add (ASK_EVERY_MS, on_time, job);
  else
    finish (job, report != NULL ? "nothing is decided yet" : "the terminal did not answer");
}

static void
ask (Job *job)
{
  on_time (job);
}

/* --- beginning -------------------------------------------------------------------------------------------------- */

static gboolean
is_late (const Job *job)
{
  return mado_clock_now () - number_of (job, "begunAt") > BEGIN_WITHIN;
}

/* Nobody has said "pay" before us. A late item may have been counted anew. */
static gboolean
is_fresh (const Job *job)
{
  return job->attempt == 1 && !is_late (job);
}

static void
on_begun (Job *job, const MadoTerminalReport *report, gboolean said)
{
  MadoPaymentEvent event;

  if (report == NULL && !said && is_fresh (job))
    tell (job, MADO_PAYMENT_EVENT_FAIL, NULL, "unreachable");
  else if (report == NULL)
    tell (job, MADO_PAYMENT_EVENT_LOSE, NULL, "no-answer");
  else if (mado_terminal_get_event (report, &event))
    tell (job, event, report, NULL);
  else
    tell (job, MADO_PAYMENT_EVENT_OPEN, report, NULL);
}

/* Late, it is called off: a card may have been touched, which the terminal says, and if not it never will be. */
static void
create (Job *job)
{
  const char *payment = text_of (job, "/payment");

  say (job, is_late (job) ? mado_terminal_cancel (payment)
                          : mado_terminal_pay (payment, number_of (job, "yen"), text_of (job, "/language")),
       payment, on_begun);
}

static void
drop (Job *job)
{
  say (job, mado_terminal_cancel (text_of (job, "/payment")), text_of (job, "/payment"), on_stand);
}

/* --- giving money back ------------------------------------------------------------------------------------------ */

static void
on_refunded (Job *job, const MadoTerminalReport *report, gboolean said)
{
  g_autoptr(MadoCall) call = NULL;

  if (report == NULL || report->is == MADO_TERMINAL_UNKNOWN) {
    finish (job, "the terminal did not answer");
    return;
  }
  call = mado_call_step_refund (text_of (job, "/refund"), report->is == MADO_TERMINAL_REFUNDED ? "finish" : "fail");
  mado_client_send_async (job->self->service, call, NULL, on_told, job);
}

/* By its own id it is given back once, however often it is said. */
static void
refund (Job *job)
{
  const char *id = text_of (job, "/refund");

  say (job, mado_terminal_refund (text_of (job, "/payment"), id, number_of (job, "yen")), id, on_refunded);
}

/* --- the channel ------------------------------------------------------------------------------------------------ */

static const struct {
  const char *topic;
  void      (*begin) (Job *job);
} topics[] = {
  { "payment.create", create },
  { "payment.ask", ask },
  { "payment.cancel", drop },
  { "payment.refund", refund },
};

static const char *
get_name (MadoChannel *channel)
{
  return MADO_TERMINAL_CHANNEL (channel)->name;
}

static void
deliver (MadoChannel *channel, const MadoErrand *errand, MadoDelivered done, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    if (g_strcmp0 (topics[i].topic, errand->topic) == 0) {
      Job *job = g_new0 (Job, 1);

      *job = (Job) { .self = g_object_ref (MADO_TERMINAL_CHANNEL (channel)), .key = g_strdup (errand->key),
                     .payload = json_node_ref (errand->payload), .attempt = errand->attempt,
                     .began = g_get_monotonic_time (), .done = done, .data = data };
      topics[i].begin (job);
      return;
    }
  done (FALSE, "the terminal knows no such call", data);
}

static void
channel_init (MadoChannelInterface *iface)
{
  iface->get_name = get_name;
  iface->deliver = deliver;
}

static void
mado_terminal_channel_finalize (GObject *object)
{
  MadoTerminalChannel *self = MADO_TERMINAL_CHANNEL (object);

  g_clear_object (&self->service);
  g_clear_object (&self->sockets);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->address, g_free);
  G_OBJECT_CLASS (mado_terminal_channel_parent_class)->finalize (object);
}

static void
mado_terminal_channel_class_init (MadoTerminalChannelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mado_terminal_channel_finalize;
}

static void
mado_terminal_channel_init (MadoTerminalChannel *self)
{
  self->sockets = g_socket_client_new ();
  g_socket_client_set_timeout (self->sockets, ANSWER_SECONDS);
  g_socket_client_set_enable_proxy (self->sockets, FALSE);
}

MadoTerminalChannel *
mado_terminal_channel_new (MadoClient *service, const char *where, GError **error)
{
  const char *address = strchr (where, '=');
  g_autoptr(GSocketConnectable) parsed = address != NULL ? g_network_address_parse (address + 1, 0, NULL) : NULL;
  MadoTerminalChannel *self;

  if (parsed == NULL || address == where || g_network_address_get_port (G_NETWORK_ADDRESS (parsed)) == 0) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_INVALID,
                 _("A terminal is given as DEVICE=HOST:PORT, not as “%s”."), where);
    return NULL;
  }
  self = g_object_new (MADO_TYPE_TERMINAL_CHANNEL, NULL);
  self->service = g_object_ref (service);
  self->address = g_strdup (address + 1);
  self->name = g_strdup_printf (PREFIX "%.*s", (int) (address - where), where);
  return self;
}
