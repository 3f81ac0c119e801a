/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "counter/mado-counter.h"

#include "core/mado-date.h"
#include "counter/mado-fees.h"
#include "payments/mado-payments.h"
#include "procedures/mado-catalogue.h"
#include "procedures/mado-drafts.h"
#include "residents/mado-unknown-names.h"

struct _MadoCounter {
  GObject        parent;
  MadoStore     *store;
  MadoCity      *city;
  MadoCatalogue *catalogue;
  MadoSessions  *sessions;
  MadoKey       *secret_key;       /* what kiosks kept while offline is sealed to its public half */
  guint8         public_key[32];
};

G_DEFINE_TYPE (MadoCounter, mado_counter, G_TYPE_OBJECT)

static void
mado_counter_finalize (GObject *object)
{
  MadoCounter *self = MADO_COUNTER (object);

  g_clear_object (&self->sessions);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->city);
  g_clear_object (&self->store);
  g_clear_pointer (&self->secret_key, mado_key_unref);
  G_OBJECT_CLASS (mado_counter_parent_class)->finalize (object);
}

static void
mado_counter_class_init (MadoCounterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mado_counter_finalize;
}

static void
mado_counter_init (MadoCounter *self)
{
}

/* The keypair comes from the city's data key: every service of the city opens what was sealed for any of them. */
MadoCounter *
mado_counter_new (MadoStore *store, MadoCity *city, MadoCatalogue *catalogue)
{
  MadoCounter *self = g_object_new (MADO_TYPE_COUNTER, NULL);

  self->store = g_object_ref (store);
  self->city = g_object_ref (city);
  self->catalogue = g_object_ref (catalogue);
  self->sessions = mado_sessions_new (store);
  self->secret_key = mado_store_get_city_key (store, "sealed-filings");
  mado_box_public_key (self->secret_key, self->public_key);
  mado_fees_join (store);
  return self;
}

MadoStore *
mado_counter_get_store (MadoCounter *self)
{
  return self->store;
}

MadoCity *
mado_counter_get_city (MadoCounter *self)
{
  return self->city;
}

MadoCatalogue *
mado_counter_get_catalogue (MadoCounter *self)
{
  return self->catalogue;
}

MadoSessions *
mado_counter_get_sessions (MadoCounter *self)
{
  return self->sessions;
}

JsonNode *
mado_counter_describe_city (MadoCounter *self)
{
  JsonNode *node = mado_record_to_json (MADO_RECORD (self->city), MADO_JSON_PUBLIC);
  g_autofree char *key = g_base64_encode (self->public_key, sizeof self->public_key);
  g_autofree char *today = mado_date_format (mado_date_today ());

  json_object_set_string_member (json_node_get_object (node), "publicKey", key);
  json_object_set_string_member (json_node_get_object (node), "today", today);
  return node;
}

MadoAct *
mado_counter_file_sealed (MadoCounter *self, const MadoActor *actor, GBytes *box, GError **error)
{
  return mado_offline_file (self->store, self->catalogue, actor, self->public_key, self->secret_key, box, error);
}

gint
mado_counter_tidy (MadoCounter *self, guint max, GError **error)
{
  gint expired, swept, signed_out, unknown, lapsed, shut, forgotten, given_up;

  if ((expired = mado_visits_expire (self->store, max, error)) < 0
      || (swept = mado_visits_sweep (self->store, max, error)) < 0
      || (signed_out = mado_sessions_sweep (self->store, max, error)) < 0
      || (unknown = mado_unknown_names_sweep (self->store, max, error)) < 0
      || (lapsed = mado_cases_lapse (self->store, self->catalogue, max, error)) < 0
      || (shut = mado_links_sweep (self->store, max, error)) < 0
      || (forgotten = mado_drafts_sweep (self->store, max, error)) < 0
      || (given_up = mado_payments_lapse (self->store, max, error)) < 0)
    return -1;
  return expired + swept + signed_out + unknown + lapsed + shut + forgotten + given_up;
}
