/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "mado-resources.h"
#include "store/mado-outbox.h"

typedef struct {
  JsonNode   *channels;
  gint64      max;
  gint64      seconds;
} LeaseInput;

const MadoJsonSpec mado_outbox_lease_spec[] = {
  { "channels", MADO_JSON_ARRAY, G_STRUCT_OFFSET (LeaseInput, channels), TRUE, 1, 16, NULL, NULL,
    "What this notifier can deliver, for example `desktop`" },
  { "max", MADO_JSON_INT, G_STRUCT_OFFSET (LeaseInput, max), TRUE, 1, 100, NULL, NULL, "At most so many" },
  { "seconds", MADO_JSON_INT, G_STRUCT_OFFSET (LeaseInput, seconds), TRUE, 5, 600, NULL, NULL,
    "Until others may have what was not settled" },
  { NULL }
};

static GStrv
read_channels (JsonNode *node, GError **error)
{
  JsonArray *array = json_node_get_array (node);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);
    const char *channel = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;

    if (!channel) {
      g_autofree char *pointer = mado_json_pointer_index ("/channels", i);

      mado_set_error_at (error, MADO_ERROR_INVALID, pointer, "type", _("The name of a channel is expected here."));
      return NULL;
    }
    g_strv_builder_add (builder, channel);
  }
  return g_strv_builder_end (builder);
}

MadoAct *
mado_outbox_lease (MadoRequest *request, GError **error)
{
  g_auto(GStrv) channels = NULL;
  LeaseInput input = { 0 };

  if (!mado_request_read (request, &input, error))
    return NULL;
  channels = read_channels (input.channels, error);
  if (!channels)
    return NULL;
  return mado_outbox_take (mado_request_get_store (request), &request->actor, (const char *const *) channels,
                           (guint) input.max, (guint) input.seconds, error);
}

typedef struct {
  const char *outcome;
  const char *reason;
} OutcomeInput;

const MadoJsonSpec mado_outbox_outcome_spec[] = {
  { "outcome", MADO_JSON_STRING, G_STRUCT_OFFSET (OutcomeInput, outcome), TRUE, 1, 16, "delivered|failed", NULL,
    "What became of it" },
  { "reason", MADO_JSON_STRING, G_STRUCT_OFFSET (OutcomeInput, reason), FALSE, 1, 300, NULL, NULL,
    "Why it failed, without personal data" },
  { NULL }
};

MadoAct *
mado_outbox_outcome (MadoRequest *request, GError **error)
{
  OutcomeInput input = { 0 };

  if (!mado_request_read (request, &input, error))
    return NULL;
  return mado_outbox_settle (mado_request_get_store (request), &request->actor, request->params[0],
                             g_str_equal (input.outcome, "delivered"), input.reason, error);
}

MadoAct *
mado_outbox_revival (MadoRequest *request, GError **error)
{
  return mado_outbox_revive (mado_request_get_store (request), &request->actor, request->params[0], error);
}

typedef struct {
  const char *state;
  const char *cursor;
  gint64      limit;
} ShowInput;

const MadoJsonSpec mado_outbox_show_spec[] = {
  { "state", MADO_JSON_STRING, G_STRUCT_OFFSET (ShowInput, state), FALSE, 1, 16, "waiting|delivered|dead", NULL,
    "`dead` unless told: given up" },
  { "limit", MADO_JSON_INT, G_STRUCT_OFFSET (ShowInput, limit), FALSE, 1, 200, NULL, NULL,
    "Of a page; 50 unless told" },
  { "cursor", MADO_JSON_STRING, G_STRUCT_OFFSET (ShowInput, cursor), FALSE, 1, 200, NULL, NULL,
    "`next` of the page before" },
  { NULL }
};

gboolean
mado_outbox_show (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(GPtrArray) items = NULL;
  g_autofree char *next = NULL;
  ShowInput input = { .state = "dead", .limit = 50 };

  if (!mado_request_read (request, &input, error))
    return FALSE;
  items = mado_outbox_list (mado_request_get_store (request), mado_enum_value (MADO_TYPE_OUTBOX_STATE, input.state),
                            input.cursor, (guint) input.limit, &next, error);
  return mado_answer_list (answer, items, next);
}
