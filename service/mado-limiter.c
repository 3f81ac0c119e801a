/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-limiter.h"

#include <math.h>
#include <string.h>

#include <arpa/inet.h>

#define SHARDS      16
#define SHARD_LIMIT 8192   /* buckets; a full one is emptied of those nobody waits at */

typedef struct {
  double tokens;
  double rate;
  double burst;
  gint64 at;
} Bucket;

typedef struct {
  GMutex      lock;
  GHashTable *buckets;   /* kind and name → Bucket */
} Shard;

struct _MadoLimiter {
  Shard shards[SHARDS];
};

MadoLimiter *
mado_limiter_new (void)
{
  MadoLimiter *self = g_new0 (MadoLimiter, 1);

  for (guint i = 0; i < SHARDS; i++) {
    g_mutex_init (&self->shards[i].lock);
    self->shards[i].buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  }
  return self;
}

void
mado_limiter_free (MadoLimiter *self)
{
  for (guint i = 0; i < SHARDS; i++) {
    g_hash_table_unref (self->shards[i].buckets);
    g_mutex_clear (&self->shards[i].lock);
  }
  g_free (self);
}

static void
refill (Bucket *bucket, gint64 now_us)
{
  double elapsed = (double) MAX (now_us - bucket->at, 0) / G_USEC_PER_SEC;

  bucket->tokens = MIN (bucket->tokens + elapsed * bucket->rate, bucket->burst);
  bucket->at = now_us;
}

static gboolean
is_full (gpointer key, gpointer value, gpointer now_us)
{
  Bucket *bucket = value;

  refill (bucket, *(const gint64 *) now_us);
  return bucket->tokens >= bucket->burst;
}

/* Nobody may fill the memory with names: those who have not asked for long are forgotten, or else everybody. */
static void
make_room (Shard *shard, gint64 now_us)
{
  if (g_hash_table_size (shard->buckets) < SHARD_LIMIT)
    return;
  g_hash_table_foreach_remove (shard->buckets, is_full, &now_us);
  if (g_hash_table_size (shard->buckets) >= SHARD_LIMIT)
    g_hash_table_remove_all (shard->buckets);
}

static Bucket *
find_bucket (Shard *shard, const char *name, const MadoLimit *limit, gint64 now_us)
{
  Bucket *bucket = g_hash_table_lookup (shard->buckets, name);

  if (bucket)
    return bucket;
  make_room (shard, now_us);
  bucket = g_new (Bucket, 1);
  *bucket = (Bucket) { limit->burst, limit->rate, limit->burst, now_us };
  g_hash_table_insert (shard->buckets, g_strdup (name), bucket);
  return bucket;
}

guint
mado_limiter_take (MadoLimiter *self, char kind, const char *name, const MadoLimit *limit, gint64 now_us)
{
  char full_name[96];
  Shard *shard;
  Bucket *bucket;
  guint wait = 0;

  if (limit->rate <= 0)
    return 0;
  g_snprintf (full_name, sizeof full_name, "%c/%s", kind, name);
  shard = &self->shards[g_str_hash (full_name) % SHARDS];

  g_mutex_lock (&shard->lock);
  bucket = find_bucket (shard, full_name, limit, now_us);
  refill (bucket, now_us);
  if (bucket->tokens >= 1)
    bucket->tokens -= 1;
  else
    wait = (guint) ceil ((1 - bucket->tokens) / bucket->rate);
  g_mutex_unlock (&shard->lock);
  return wait;
}

void
mado_limiter_name_peer (const char *address, char name[64])
{
  struct in6_addr six;

  if (inet_pton (AF_INET6, address, &six) == 1 && !IN6_IS_ADDR_V4MAPPED (&six)) {
    memset (six.s6_addr + 8, 0, 8);
    inet_ntop (AF_INET6, &six, name, 64);
  } else
    g_strlcpy (name, address, 64);
}
