/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-exchange.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/mado-json.h"
#include "core/mado-language.h"
#include "mado-log.h"
#include "mado-metrics.h"
#include "mado-page.h"

/* What is published in docs/administer: requests a second, and how many at once after a pause. */
static const MadoLimit limit_of_strangers  = { 20, 100 };      /* an address, without a valid credential */
static const MadoLimit limit_of_credential = { 50, 200 };
static const MadoLimit limit_of_secrets    = { 1.0 / 3, 30 };  /* an address, trying PINs and passwords */
static const MadoLimit limit_of_pins       = { 1.0 / 10, 6 };  /* one visit, the same */

static const MadoJsonSpec no_members[] = { { NULL } };

MadoExchange *
mado_exchange_new (MadoService *service)
{
  MadoExchange *self = g_new0 (MadoExchange, 1);

  self->service = service;
  self->started_us = g_get_monotonic_time ();
  self->request.service = service;
  mado_ulid_fill (self->request.id);
  mado_answer_init (&self->answer);
  return self;
}

void
mado_exchange_free (MadoExchange *self)
{
  g_clear_pointer (&self->once, mado_idempotency_free);
  g_clear_pointer (&self->act, mado_act_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  mado_answer_clear (&self->answer);
  mado_request_clear (&self->request);
  g_free (self);
}

/* (nullable): what was asked for, else what was chosen at the kiosk. */
static const MadoLanguage *
choose_language (const MadoExchange *self)
{
  const MadoLanguage *asked = mado_language_choose (self->request.accept_language);
  const MadoSession *session = self->request.session;

  return asked || !session || !session->language ? asked : mado_language_find (session->language);
}

/* Sentences are made wherever something is found wrong, on any thread. */
static void
speak (const MadoExchange *self)
{
  mado_language_speak (choose_language (self));
}

static void
answer_problem (MadoExchange *self, const GError *error)
{
  const MadoRoute *route = self->request.route;
  const MadoLanguage *language = choose_language (self);

  speak (self);
  mado_answer_problem (&self->answer, error, self->request.id);
  if (route && route->gives == MADO_GIVES_PAGE)
    mado_page_write_problem (&self->answer, self->service, error, language ? language->code : "ja");
}

static void
note (MadoExchange *self, const GError *error)
{
  gint64 elapsed_us = g_get_monotonic_time () - self->started_us;

  mado_metrics_count (self->service->metrics, self->request.route, self->answer.status, elapsed_us);
  if (self->service->log_requests || self->answer.status >= 500)
    mado_log_request (&self->request, &self->answer, elapsed_us, error);
}

/* Admission */

static gboolean
take (MadoExchange *self, char kind, const char *name, const MadoLimit *published, GError **error)
{
  MadoLimit limit = { published->rate * self->service->limit_scale, published->burst };
  guint wait = mado_limiter_take (self->service->limiter, kind, name, &limit, g_get_monotonic_time ());

  if (wait == 0)
    return TRUE;
  self->answer.retry_after = wait;
  g_set_error (error, MADO_ERROR, MADO_ERROR_RATE_LIMITED, _("Please try again in %u seconds."), wait);
  return FALSE;
}

static gboolean
take_as_peer (MadoExchange *self, char kind, const MadoLimit *limit, GError **error)
{
  char name[64];

  mado_limiter_name_peer (self->request.peer ? self->request.peer : "", name);
  return take (self, kind, name, limit, error);
}

static gboolean
check_size (MadoExchange *self, GError **error)
{
  gsize limit = self->request.route->body_limit;

  if (self->request.content_length <= (gint64) limit && (limit > 0 || self->request.content_length == 0))
    return TRUE;
  if (limit == 0)
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_TOO_LARGE, _("This address takes no body."));
  else
    g_set_error (error, MADO_ERROR, MADO_ERROR_TOO_LARGE, _("The body may have up to %zu bytes."),
                 limit);
  return FALSE;
}

static gboolean
check_type (MadoExchange *self, GError **error)
{
  const char *type = self->request.content_type;

  if (self->request.content_encoding && g_ascii_strcasecmp (self->request.content_encoding, "identity") != 0) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_UNSUPPORTED,
                         _("Send the body as it is, without a Content-Encoding."));
    return FALSE;
  }
  if (self->request.route->body_limit == 0 || (type && g_ascii_strcasecmp (type, "application/json") == 0))
    return TRUE;
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_UNSUPPORTED,
                       _("Send the body as Content-Type: application/json."));
  return FALSE;
}

static gboolean
admit (MadoExchange *self, GError **error)
{
  MadoRequest *request = &self->request;

  request->route = mado_routes_find (request->method, request->path, request->params, &self->answer.allow, error);
  return request->route && check_size (self, error) && check_type (self, error);
}

gboolean
mado_exchange_admit (MadoExchange *self)
{
  g_autoptr(GError) error = NULL;

  speak (self);
  if (admit (self, &error))
    return TRUE;
  if (self->answer.allow && g_str_equal (self->request.method, "OPTIONS"))
    self->answer.status = 204;
  else
    answer_problem (self, error);
  self->answer.close = self->request.content_length != 0;
  note (self, error);
  return FALSE;
}

void
mado_exchange_refuse_body (MadoExchange *self)
{
  g_autoptr(GError) error = NULL;

  speak (self);
  self->request.content_length = G_MAXINT64;
  check_size (self, &error);
  answer_problem (self, error);
  self->answer.close = TRUE;
  note (self, error);
}

/* Preparation: any thread, writes nothing */

static gboolean
find_session (MadoExchange *self, GError **error)
{
  MadoRequest *request = &self->request;
  const char *token = mado_request_get_token (request);

  if (!token) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED,
                         _("Send the token of your session as Authorization: Bearer."));
    return FALSE;
  }
  request->session = mado_sessions_find (mado_counter_get_sessions (self->service->counter), token, error);
  if (!request->session)
    return FALSE;
  request->actor = mado_session_get_actor (request->session);
  speak (self);
  return TRUE;
}

static gboolean
authenticate (MadoExchange *self, GError **error)
{
  const MadoRoute *route = self->request.route;

  if (route->roles == 0)
    return take_as_peer (self, 'a', &limit_of_strangers, error);
  if (!find_session (self, error)) {
    g_autoptr(GError) limited = NULL;

    if (take_as_peer (self, 'a', &limit_of_strangers, &limited))
      return FALSE;
    g_clear_error (error);
    g_propagate_error (error, g_steal_pointer (&limited));
    return FALSE;
  }
  if (!mado_actor_require (&self->request.actor, route->roles, error))
    return FALSE;
  return take (self, 'c', self->request.session->id, &limit_of_credential, error);
}

static gboolean
limit_secrets (MadoExchange *self, GError **error)
{
  if (!(self->request.route->flags & MADO_ROUTE_SECRET))
    return TRUE;
  if (self->request.session && !take (self, 'p', self->request.session->id, &limit_of_pins, error))
    return FALSE;
  return take_as_peer (self, 's', &limit_of_secrets, error);
}

static gboolean
is_key (const char *key)
{
  gsize length = strlen (key);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (key[i]))
      return FALSE;
  return length >= 8 && length <= 128;
}

static gboolean
wants_key (const MadoRoute *route)
{
  return mado_route_writes (route) && !(route->flags & MADO_ROUTE_KEYLESS);
}

static gboolean
check_key (MadoExchange *self, GError **error)
{
  if (self->once || !wants_key (self->request.route))
    return TRUE;
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_KEY_REQUIRED,
                       _("Send an Idempotency-Key of 8 to 128 visible characters, new for each change."));
  return FALSE;
}

/* What is asked for, under this key: with If-Match, since the same words on another version are another change. */
static void
begin_once (MadoExchange *self)
{
  const MadoRequest *request = &self->request;
  const char *token = mado_request_get_token (request);
  g_autofree char *what = NULL;

  if (!wants_key (request->route) || !token || !request->key || !is_key (request->key))
    return;
  what = g_strjoin (" ", request->method, request->path, request->if_match, NULL);
  self->once = mado_idempotency_new (mado_request_get_store (request), token, request->key, what, request->body);
}

static gboolean
read_body (MadoRequest *request, GError **error)
{
  MadoJsonLimits limits = MADO_JSON_LIMITS_BODY;
  gsize n = 0;
  const char *data = request->body ? g_bytes_get_data (request->body, &n) : "";

  limits.max_bytes = request->route->body_limit;
  request->input = mado_json_parse (data, n, &limits, error);
  return request->input != NULL;
}

static gboolean
read_query (MadoRequest *request, GError **error)
{
  const MadoJsonSpec *spec = request->route->spec ? request->route->spec : no_members;

  request->input = mado_query_parse (request->query, spec, error);
  return request->input && (spec != no_members || mado_json_read (request->input, spec, NULL, error));
}

static gboolean
read_input (MadoRequest *request, GError **error)
{
  return request->route->body_limit > 0 ? read_body (request, error) : read_query (request, error);
}

static gboolean
handle (MadoExchange *self, GError **error)
{
  const MadoRoute *route = self->request.route;

  self->answer.status = route->status;
  if (route->read)
    return route->read (&self->request, &self->answer, error);
  self->act = route->prepare (&self->request, error);
  g_clear_pointer (&self->request.input, json_node_unref);   /* many may wait for the writer */
  return self->act != NULL;
}

static gboolean
prepare (MadoExchange *self, GError **error)
{
  speak (self);
  begin_once (self);
  return authenticate (self, error) && limit_secrets (self, error) && check_key (self, error)
         && read_input (&self->request, error) && handle (self, error);
}

/* The change, on the writer: short, and afresh each time */

static void
answer_act (MadoExchange *self)
{
  const MadoRoute *route = self->request.route;

  self->answer.status = route->status;
  if (route->finish)
    route->finish (&self->request, self->act, &self->answer);
  else if (route->gives == MADO_GIVES_RECORD)
    mado_answer_record (&self->answer, self->act->result);
  else
    mado_answer_none (&self->answer);
}

static MadoOutcome
apply (MadoTx *tx, gpointer data, GError **error)
{
  MadoExchange *self = data;
  g_autoptr(GError) refusal = NULL;
  MadoOutcome outcome;

  speak (self);
  outcome = mado_act_apply (tx, self->act, &refusal);
  if (refusal && outcome == MADO_OUTCOME_ROLL_BACK) {
    g_propagate_error (error, g_steal_pointer (&refusal));
    return outcome;
  }
  mado_answer_clear (&self->answer);
  if (refusal)
    answer_problem (self, refusal);
  else
    answer_act (self);
  if (self->once) {
    g_autoptr(GBytes) packed = mado_answer_pack (&self->answer);

    if (!mado_idempotency_keep (self->once, tx, packed, error))
      return MADO_OUTCOME_ROLL_BACK;
  }
  if (refusal)
    g_propagate_error (error, g_steal_pointer (&refusal));
  return MADO_OUTCOME_COMMIT;
}

/* The end */

/* The credential it came with, and where a device ends a visit, that of the visit. */
static void
forget_sessions (MadoExchange *self)
{
  MadoSessions *sessions = mado_counter_get_sessions (self->service->counter);

  mado_sessions_forget (sessions, self->request.session->id);
  if (self->request.params[0])
    mado_sessions_forget (sessions, self->request.params[0]);
}

static void
finish (MadoExchange *self, const GError *error)
{
  if (self->request.route->read)
    mado_answer_match (&self->answer, self->request.if_none_match);
  if (self->request.session && self->act && self->request.route->flags & MADO_ROUTE_REBINDS)
    forget_sessions (self);
  note (self, error);
}

/* Was it done before under its key, even for a session that has ended since? Then that answer is given again. */
static gboolean
repeat (MadoExchange *self, GError **error)
{
  g_autoptr(GBytes) packed = self->once ? mado_idempotency_find (self->once, error) : NULL;

  return packed && mado_answer_unpack (&self->answer, packed);
}

static void
refuse (MadoExchange *self, const GError *error)
{
  g_autoptr(GError) reused = NULL;
  guint retry_after = self->answer.retry_after;

  if (!g_error_matches (error, MADO_ERROR, MADO_ERROR_RATE_LIMITED) && repeat (self, &reused)) {
    finish (self, NULL);
    return;
  }
  if (reused)
    error = reused;
  mado_answer_clear (&self->answer);
  self->answer.retry_after = retry_after;
  answer_problem (self, error);
  finish (self, error);
}

static void
on_written (gpointer data, const GError *error)
{
  MadoExchange *self = data;

  if (error)
    refuse (self, error);
  else
    finish (self, NULL);
  self->done (self, self->data);
}

static gboolean
on_worked (gpointer data)
{
  MadoExchange *self = data;

  self->done (self, self->data);
  return G_SOURCE_REMOVE;
}

void
mado_exchange_work (MadoExchange *self)
{
  /* Once its source is attached, the exchange may be done with elsewhere, and its context let go: before our source. */
  g_autoptr(GMainContext) context = g_main_context_ref (self->context);
  g_autoptr(GSource) source = g_idle_source_new ();
  g_autoptr(GError) error = NULL;

  if (prepare (self, &error)
      && (!self->act || mado_store_write (mado_request_get_store (&self->request), apply, self, &error)))
    finish (self, NULL);
  else
    refuse (self, error);

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_worked, self, NULL);
  g_source_attach (source, context);
}

static void
run_here (MadoExchange *self)
{
  g_autoptr(GError) error = NULL;

  if (!prepare (self, &error))
    refuse (self, error);
  else if (self->act) {
    mado_store_write_async (mado_request_get_store (&self->request), apply, self, on_written);
    return;
  } else
    finish (self, NULL);
  self->done (self, self->data);
}

void
mado_exchange_run (MadoExchange *self, MadoExchangeDone done, gpointer data)
{
  self->done = done;
  self->data = data;
  self->context = g_main_context_ref_thread_default ();
  switch (self->request.route->weight) {
  case MADO_WEIGHT_LIGHT:
    run_here (self);
    break;
  case MADO_WEIGHT_WAITS:
    g_thread_pool_push (self->service->waiting, self, NULL);
    break;
  case MADO_WEIGHT_HEAVY:
    g_thread_pool_push (self->service->burning, self, NULL);
    break;
  }
}
