/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-metrics.h"

#include <unistd.h>

#define CLASSES 5   /* 1xx … 5xx */

static const gint64 bounds_us[] = { 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 5000000 };
#define BUCKETS (G_N_ELEMENTS (bounds_us) + 1)

typedef struct {
  guint64 by_class[CLASSES];
  guint64 by_time[BUCKETS];
  guint64 total_us;
} Cell;

struct _MadoMetrics {
  Cell  *cells;       /* one a route, and one for what found none */
  guint  n_routes;
  gint64 started_us;
  int    connections;
  int    streams;
};

MadoMetrics *
mado_metrics_new (void)
{
  MadoMetrics *self = g_new0 (MadoMetrics, 1);

  for (const MadoRoute *route = mado_routes_get (); route->method; route++)
    self->n_routes++;
  self->cells = g_new0 (Cell, self->n_routes + 1);
  self->started_us = g_get_monotonic_time ();
  return self;
}

void
mado_metrics_free (MadoMetrics *self)
{
  g_free (self->cells);
  g_free (self);
}

static void
add (guint64 *counter, guint64 n)
{
  __atomic_fetch_add (counter, n, __ATOMIC_RELAXED);
}

static guint64
get (const guint64 *counter)
{
  return __atomic_load_n (counter, __ATOMIC_RELAXED);
}

void
mado_metrics_count (MadoMetrics *self, const MadoRoute *route, guint status, gint64 elapsed_us)
{
  Cell *cell = &self->cells[route ? (gsize) (route - mado_routes_get ()) : self->n_routes];
  guint bucket = 0;

  while (bucket < G_N_ELEMENTS (bounds_us) && elapsed_us > bounds_us[bucket])
    bucket++;
  add (&cell->by_class[CLAMP (status / 100, 1, CLASSES) - 1], 1);
  add (&cell->by_time[bucket], 1);
  add (&cell->total_us, elapsed_us);
}

void
mado_metrics_connections (MadoMetrics *self, int change)
{
  g_atomic_int_add (&self->connections, change);
}

void
mado_metrics_streams (MadoMetrics *self, int change)
{
  g_atomic_int_add (&self->streams, change);
}

static char *
label_of (const MadoRoute *route)
{
  return g_strdup_printf ("method=\"%s\",route=\"%s\"", route->method ? route->method : "",
                          route->method ? route->path : "");
}

static guint64
total_of (const Cell *cell)
{
  guint64 total = 0;

  for (guint i = 0; i < CLASSES; i++)
    total += get (&cell->by_class[i]);
  return total;
}

static void
write_requests (MadoMetrics *self, GString *out)
{
  g_string_append (out, "# HELP mado_http_requests_total Requests answered.\n"
                        "# TYPE mado_http_requests_total counter\n");
  for (guint r = 0; r <= self->n_routes; r++) {
    g_autofree char *label = label_of (mado_routes_get () + r);

    for (guint i = 0; i < CLASSES; i++)
      if (get (&self->cells[r].by_class[i]) > 0)
        g_string_append_printf (out, "mado_http_requests_total{%s,status=\"%uxx\"} %" G_GUINT64_FORMAT "\n",
                                label, i + 1, get (&self->cells[r].by_class[i]));
  }
}

static void
write_histogram (const Cell *cell, const char *label, GString *out)
{
  guint64 below = 0;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (bounds_us); i++) {
    below += get (&cell->by_time[i]);
    g_ascii_formatd (number, sizeof number, "%g", (double) bounds_us[i] / G_USEC_PER_SEC);
    g_string_append_printf (out, "mado_http_request_seconds_bucket{%s,le=\"%s\"} %" G_GUINT64_FORMAT "\n",
                            label, number, below);
  }
  below += get (&cell->by_time[BUCKETS - 1]);
  g_ascii_formatd (number, sizeof number, "%.6f", (double) get (&cell->total_us) / G_USEC_PER_SEC);
  g_string_append_printf (out,
                          "mado_http_request_seconds_bucket{%s,le=\"+Inf\"} %" G_GUINT64_FORMAT "\n"
                          "mado_http_request_seconds_sum{%s} %s\n"
                          "mado_http_request_seconds_count{%s} %" G_GUINT64_FORMAT "\n",
                          label, below, label, number, label, below);
}

static void
write_times (MadoMetrics *self, GString *out)
{
  g_string_append (out, "# HELP mado_http_request_seconds Time from the headers to the answer.\n"
                        "# TYPE mado_http_request_seconds histogram\n");
  for (guint r = 0; r < self->n_routes; r++)
    if (total_of (&self->cells[r]) > 0) {
      g_autofree char *label = label_of (mado_routes_get () + r);

      write_histogram (&self->cells[r], label, out);
    }
}

static void
write_gauge (GString *out, const char *name, const char *help, gint64 value)
{
  g_string_append_printf (out, "# HELP %s %s\n# TYPE %s gauge\n%s %" G_GINT64_FORMAT "\n",
                          name, help, name, name, value);
}

static gint64
resident_bytes (void)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) words = NULL;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;
  words = g_strsplit (text, " ", 3);
  return words[0] && words[1] ? g_ascii_strtoll (words[1], NULL, 10) * sysconf (_SC_PAGESIZE) : 0;
}

void
mado_metrics_write (MadoMetrics *self, GString *out)
{
  write_requests (self, out);
  write_times (self, out);
  write_gauge (out, "mado_connections", "Connections open now.", g_atomic_int_get (&self->connections));
  write_gauge (out, "mado_event_streams", "Listeners to events now.", g_atomic_int_get (&self->streams));
  write_gauge (out, "mado_uptime_seconds", "Since the start.",
               (g_get_monotonic_time () - self->started_us) / G_USEC_PER_SEC);
  write_gauge (out, "process_resident_memory_bytes", "Resident memory.", resident_bytes ());
}
