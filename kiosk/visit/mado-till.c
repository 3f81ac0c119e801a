/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit/mado-till.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-clock.h"
#include "core/mado-json.h"
#include "model/mado-payment.h"

#define ASK_EVERY_MS    800     /* the service, how it stands */
#define OPENING_SECONDS 25      /* until nobody waits for a code any longer */
#define CLOSING_SECONDS 20      /* until we say that it is not known */
#define MORE_SECONDS    300     /* for somebody who needs longer, as often as they ask */
#define LONGEST_SECONDS 900     /* so much, and no more, stands before anybody at once */
#define CASE            "case/"

enum { PROP_STATE = 1, N_PROPS };
static GParamSpec *props[N_PROPS];

struct _MadoTill {
  GObject        parent;
  MadoVisitLine *line;
  MadoTillState  state;
  JsonNode      *charge;        /* (nullable) */
  char          *slip;          /* (nullable): digits of the slip it was found by, which is enough to pay it */
  JsonNode      *payment;       /* (nullable): as the service gave it last */
  JsonNode      *released;      /* (nullable): the case that waited */
  char          *trouble;       /* (nullable) */
  char          *method, *language;   /* (nullable): of the attempt, and of the next code of the same */
  gint64         since;         /* monotonic: in this state */
  gint64         until;         /* µs UTC: one may pay here; 0: not known */
  gboolean       extended;      /* beyond what the wallet gives one code: then the next one comes by itself */
  guint          whole;
  gboolean       terminal;      /* a card is asked for, not a code shown */
  guint          timer;
};

G_DEFINE_FINAL_TYPE (MadoTill, mado_till, G_TYPE_OBJECT)

static void
mado_till_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_int (value, MADO_TILL (object)->state);
}

static void
mado_till_dispose (GObject *object)
{
  MadoTill *self = MADO_TILL (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->line);
  g_clear_pointer (&self->charge, json_node_unref);
  g_clear_pointer (&self->slip, g_free);
  g_clear_pointer (&self->payment, json_node_unref);
  g_clear_pointer (&self->released, json_node_unref);
  g_clear_pointer (&self->trouble, g_free);
  g_clear_pointer (&self->method, g_free);
  g_clear_pointer (&self->language, g_free);
  G_OBJECT_CLASS (mado_till_parent_class)->dispose (object);
}

static void
mado_till_class_init (MadoTillClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = mado_till_get_property;
  G_OBJECT_CLASS (klass)->dispose = mado_till_dispose;
  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, MADO_TILL_EXPIRED, 0,
                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
}

static void
mado_till_init (MadoTill *self)
{
}

MadoTill *
mado_till_new (MadoVisitLine *line)
{
  MadoTill *self = g_object_new (MADO_TYPE_TILL, NULL);

  self->line = g_object_ref (line);
  return self;
}

static void
set_state (MadoTill *self, MadoTillState state)
{
  if (self->state == state)
    return;
  self->state = state;
  self->since = g_get_monotonic_time ();
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static const char *
text_of (JsonNode *node, const char *pointer)
{
  JsonNode *found = node != NULL ? mado_json_get (node, pointer) : NULL;

  return found != NULL && JSON_NODE_HOLDS_VALUE (found) ? json_node_get_string (found) : NULL;
}

static gint64
yen_of (JsonNode *node, const char *pointer)
{
  JsonNode *found = node != NULL ? mado_json_get (node, pointer) : NULL;

  return found != NULL && JSON_NODE_HOLDS_VALUE (found) ? json_node_get_int (found) : 0;
}

/* --- what is owed ----------------------------------------------------------------------------------------------- */

void
mado_till_list_async (MadoTill *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr(MadoCall) call = mado_call_charges (NULL, NULL, NULL);
  GTask *task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, mado_till_list_async);
  mado_visit_line_send_async (self->line, call, NULL, mado_visit_line_return_json, task);
}

JsonNode *
mado_till_list_finish (MadoTill *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

JsonNode *
mado_till_find_for (JsonNode *list, const char *case_id)
{
  JsonNode *items = mado_json_get (list, "/items");
  guint n = items != NULL && JSON_NODE_HOLDS_ARRAY (items) ? json_array_get_length (json_node_get_array (items)) : 0;

  for (guint i = 0; i < n; i++) {
    JsonNode *charge = json_array_get_element (json_node_get_array (items), i);
    const char *subject = text_of (charge, "/subject");

    if (g_strcmp0 (text_of (charge, "/state"), "open") == 0 && subject != NULL && g_str_has_prefix (subject, CASE)
        && g_strcmp0 (subject + strlen (CASE), case_id) == 0)
      return charge;
  }
  return NULL;
}

void
mado_till_choose (MadoTill *self, JsonNode *charge)
{
  JsonNode *chosen = json_node_ref (charge);

  g_clear_pointer (&self->charge, json_node_unref);
  self->charge = chosen;
  g_clear_pointer (&self->slip, g_free);
  g_clear_pointer (&self->payment, json_node_unref);
  g_clear_pointer (&self->released, json_node_unref);
  set_state (self, MADO_TILL_RESTING);
}

static void
on_slip (GObject *source, GAsyncResult *result, gpointer data)
{
  MadoTill *self;
  g_autoptr(GTask) task = data;
  GError *error = NULL;
  g_autoptr(MadoReply) reply = mado_visit_line_send_finish (MADO_VISIT_LINE (source), result, &error);

  if (reply == NULL) {
    g_task_return_error (task, error);
    return;
  }
  self = g_task_get_source_object (task);
  mado_till_choose (self, mado_reply_get_json (reply));
  self->slip = g_strdup (g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

void
mado_till_find_slip_async (MadoTill *self, const char *code, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr(MadoCall) call = mado_call_slip (code);
  GTask *task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, mado_till_find_slip_async);
  g_task_set_task_data (task, g_strdup (code), g_free);
  mado_visit_line_send_async (self->line, call, NULL, on_slip, task);
}

gboolean
mado_till_find_slip_finish (MadoTill *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
mado_till_is_for_another (MadoTill *self)
{
  return self->slip != NULL && mado_json_get (self->charge, "/lines") == NULL;
}

JsonNode *
mado_till_get_charge (MadoTill *self)
{
  return self->charge;
}

gint64
mado_till_get_owed (MadoTill *self)
{
  return MAX (yen_of (self->charge, "/amount") - yen_of (self->charge, "/paid"), 0);
}

/* --- how it stands ---------------------------------------------------------------------------------------------- */

static gboolean ask (gpointer data);

static void
ask_again (MadoTill *self)
{
  if (self->timer == 0 && mado_till_is_busy (self))
    self->timer = g_timeout_add (ASK_EVERY_MS, ask, self);
}

static gboolean
waited (MadoTill *self, gint64 seconds)
{
  return g_get_monotonic_time () - self->since > seconds * G_USEC_PER_SEC;
}

/* The case is looked for among the person's own, so that its paper can come out at once. */
static void
take_released (MadoTill *self, JsonNode *list)
{
  JsonNode *items = mado_json_get (list, "/items");
  const char *subject = text_of (self->charge, "/subject");
  guint n = items != NULL && JSON_NODE_HOLDS_ARRAY (items) ? json_array_get_length (json_node_get_array (items)) : 0;

  for (guint i = 0; subject != NULL && i < n; i++) {
    JsonNode *item = json_array_get_element (json_node_get_array (items), i);

    if (g_str_has_prefix (subject, CASE) && g_strcmp0 (text_of (item, "/id"), subject + strlen (CASE)) == 0) {
      g_clear_pointer (&self->released, json_node_unref);
      self->released = json_node_ref (item);
    }
  }
}

static void
on_cases (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoTill) self = data;
  g_autoptr(MadoReply) reply = mado_visit_line_send_finish (MADO_VISIT_LINE (source), result, NULL);

  if (reply != NULL)
    take_released (self, mado_reply_get_json (reply));
  set_state (self, MADO_TILL_PAID);
}

static void
find_released (MadoTill *self)
{
  g_autoptr(MadoCall) call = mado_call_cases (NULL, NULL, 50, NULL);

  mado_visit_line_send_async (self->line, call, NULL, on_cases, g_object_ref (self));
}

static void
take_offer (MadoTill *self)
{
  const char *until = text_of (self->payment, "/offer/expiresAt");

  if (self->until == 0 && until != NULL) {
    self->until = mado_clock_parse_time (until);
    self->whole = mado_till_get_left (self);
  }
}

static gboolean
is_over (MadoTill *self)
{
  return self->until > 0 && mado_till_get_left (self) == 0;
}

/* While somebody waits for a code, or for what became of the one they let go of, time decides as well. */
static MadoTillState
judge_open (MadoTill *self)
{
  if (self->state == MADO_TILL_CLOSING || self->state == MADO_TILL_UNKNOWN)
    return waited (self, CLOSING_SECONDS) ? MADO_TILL_UNKNOWN : self->state;
  if (mado_till_is_at_terminal (self))
    return g_strcmp0 (text_of (self->payment, "/state"), "pending") == 0 ? MADO_TILL_WAITING : MADO_TILL_OPENING;
  return mado_till_get_url (self) != NULL ? MADO_TILL_WAITING : MADO_TILL_OPENING;
}

static MadoTillState
judge (MadoTill *self)
{
  switch ((MadoPaymentState) mado_enum_value (MADO_TYPE_PAYMENT_STATE, text_of (self->payment, "/state"))) {
  case MADO_PAYMENT_STATE_CREATED:
  case MADO_PAYMENT_STATE_PENDING:
    return judge_open (self);
  case MADO_PAYMENT_STATE_FAILED:
    return MADO_TILL_FAILED;
  case MADO_PAYMENT_STATE_CANCELLED:
    return is_over (self) ? MADO_TILL_EXPIRED : MADO_TILL_CANCELLED;
  case MADO_PAYMENT_STATE_EXPIRED:
    return MADO_TILL_EXPIRED;
  case MADO_PAYMENT_STATE_CAPTURED:
  case MADO_PAYMENT_STATE_SETTLED:
  case MADO_PAYMENT_STATE_PARTLY_REFUNDED:
  case MADO_PAYMENT_STATE_REFUNDED:
    return MADO_TILL_PAID;
  case MADO_PAYMENT_STATE_AUTHORISED:
  case MADO_PAYMENT_STATE_UNKNOWN:
  default:
    return self->state == MADO_TILL_CLOSING && !waited (self, CLOSING_SECONDS) ? MADO_TILL_CLOSING
                                                                               : MADO_TILL_UNKNOWN;
  }
}

static void begin (MadoTill *self);

/* Nobody waits any longer for it to come, or to be paid. */
static gboolean
is_given_up (MadoTill *self)
{
  return (self->state == MADO_TILL_OPENING && waited (self, OPENING_SECONDS))
         || (self->state == MADO_TILL_WAITING && is_over (self));
}

static void
take_payment (MadoTill *self, JsonNode *payment)
{
  MadoTillState state;

  g_clear_pointer (&self->payment, json_node_unref);
  self->payment = json_node_ref (payment);
  self->terminal = g_strcmp0 (text_of (payment, "/provider"), "terminal") == 0;
  take_offer (self);
  state = judge (self);
  if (state == MADO_TILL_PAID) {
    find_released (self);
    return;
  }
  if (state == MADO_TILL_EXPIRED && self->extended && !is_over (self)) {
    begin (self);   /* the wallet itself says that nobody paid by the one before */
    return;
  }
  set_state (self, state);
  if (is_given_up (self))
    mado_till_cancel (self);
  ask_again (self);
}

/* The line is down: what happens at the wallet meanwhile is not known here. */
static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoTill) self = data;
  g_autoptr(MadoReply) reply = mado_visit_line_send_finish (MADO_VISIT_LINE (source), result, NULL);

  if (reply != NULL)
    take_payment (self, mado_reply_get_json (reply));
  else {
    if (waited (self, CLOSING_SECONDS) && (self->state != MADO_TILL_WAITING || mado_till_get_left (self) == 0))
      set_state (self, MADO_TILL_UNKNOWN);
    ask_again (self);
  }
}

static void
send (MadoTill *self, MadoCall *call, GAsyncReadyCallback callback)
{
  g_autoptr(MadoCall) sent = call;

  mado_visit_line_send_async (self->line, sent, NULL, callback, g_object_ref (self));
}

static gboolean
ask (gpointer data)
{
  MadoTill *self = data;

  self->timer = 0;
  send (self, self->slip != NULL ? mado_call_slip_payment (self->slip, text_of (self->payment, "/id"))
                                 : mado_call_payment (text_of (self->payment, "/id")), on_answer);
  return G_SOURCE_REMOVE;
}

/* --- paying ----------------------------------------------------------------------------------------------------- */

static JsonNode *
find_live (JsonNode *list)
{
  JsonNode *items = mado_json_get (list, "/items");

  for (guint i = json_array_get_length (json_node_get_array (items)); i > 0; i--) {
    JsonNode *payment = json_array_get_element (json_node_get_array (items), i - 1);
    int state = mado_enum_value (MADO_TYPE_PAYMENT_STATE, text_of (payment, "/state"));

    if (state >= 0 && mado_payment_state_is_live ((MadoPaymentState) state))
      return payment;
  }
  return NULL;
}

/* One that was begun before, perhaps at another visit, goes on. */
static void
on_others (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoTill) self = data;
  g_autoptr(MadoReply) reply = mado_visit_line_send_finish (MADO_VISIT_LINE (source), result, NULL);
  JsonNode *live = reply != NULL ? find_live (mado_reply_get_json (reply)) : NULL;

  if (live != NULL)
    take_payment (self, live);
  else
    set_state (self, MADO_TILL_FAILED);
}

/* Refused, nothing was begun; without an answer nobody has seen a code to pay by. */
static void
on_begun (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoTill) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoReply) reply = mado_visit_line_send_finish (MADO_VISIT_LINE (source), result, &error);

  if (reply != NULL) {
    take_payment (self, mado_reply_get_json (reply));
    return;
  }
  g_free (self->trouble);
  self->trouble = g_strdup (error->message);
  if (g_error_matches (error, MADO_ERROR, MADO_ERROR_CONFLICT))
    send (self, mado_call_payments (text_of (self->charge, "/number")), on_others);
  else
    set_state (self, MADO_TILL_FAILED);
}

static void
begin (MadoTill *self)
{
  g_clear_pointer (&self->payment, json_node_unref);
  g_clear_pointer (&self->trouble, g_free);
  set_state (self, MADO_TILL_OPENING);
  send (self, self->slip != NULL ? mado_call_pay_slip (self->slip, self->method, self->language)
                                 : mado_call_pay (text_of (self->charge, "/number"), self->method, NULL,
                                                  self->language), on_begun);
}

void
mado_till_pay (MadoTill *self, const char *method, const char *language)
{
  g_return_if_fail (self->charge != NULL);

  self->until = 0;
  self->whole = 0;
  self->extended = FALSE;
  self->terminal = g_strcmp0 (method, "terminal") == 0;
  g_free (self->method);
  self->method = g_strdup (method);
  g_free (self->language);
  self->language = g_strdup (language);
  begin (self);
}

gboolean
mado_till_may_extend (MadoTill *self)
{
  return self->state == MADO_TILL_WAITING && self->until > 0
         && mado_till_get_left (self) + MORE_SECONDS <= LONGEST_SECONDS;
}

void
mado_till_extend (MadoTill *self)
{
  if (!mado_till_may_extend (self))
    return;
  self->until = MAX (self->until, mado_clock_now ()) + MORE_SECONDS * G_USEC_PER_SEC;
  self->whole = mado_till_get_left (self);
  self->extended = TRUE;
}

void
mado_till_cancel (MadoTill *self)
{
  if (self->payment == NULL || (self->state != MADO_TILL_WAITING && self->state != MADO_TILL_OPENING))
    return;
  set_state (self, MADO_TILL_CLOSING);
  send (self, self->slip != NULL ? mado_call_cancel_slip_payment (self->slip, text_of (self->payment, "/id"))
                                 : mado_call_cancel_payment (text_of (self->payment, "/id")), on_answer);
}

/* --- for pages -------------------------------------------------------------------------------------------------- */

MadoTillState
mado_till_get_state (MadoTill *self)
{
  return self->state;
}

gboolean
mado_till_is_busy (MadoTill *self)
{
  return self->state >= MADO_TILL_OPENING && self->state <= MADO_TILL_UNKNOWN;
}

gboolean
mado_till_is_at_terminal (MadoTill *self)
{
  return self->terminal;
}

const char *
mado_till_get_url (MadoTill *self)
{
  return text_of (self->payment, "/offer/url");
}

guint
mado_till_get_left (MadoTill *self)
{
  return self->until > 0 ? (guint) (MAX (self->until - mado_clock_now (), 0) / G_USEC_PER_SEC) : 0;
}

guint
mado_till_get_whole (MadoTill *self)
{
  return self->whole;
}

const char *
mado_till_get_reason (MadoTill *self)
{
  return text_of (self->payment, "/reason");
}

const char *
mado_till_get_trouble (MadoTill *self)
{
  return self->trouble;
}

JsonNode *
mado_till_get_case (MadoTill *self)
{
  return self->released;
}
