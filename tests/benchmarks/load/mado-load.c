/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Drives a counter, ours or the peer's, over keep-alive connections with one epoll loop, and says how fast it was.
 *
 *   mado-load --url http://127.0.0.1:8700 --token DEVICE --body FILE --connections 32 --requests 20000 \
 *             --pid SERVICE [--pid DATABASE] file|read|pay
 *
 * "file": opens as many visits first (not timed), then files each once, under a key of its own.
 * "read": one resident files 20 cases in 20 visits (not timed), then reads them again and again.
 * "pay": for as many charges, whose numbers are the lines of the file: a payment is begun for each; then the wallet's
 *        notice comes for each; then its word that the money came. A line of figures for each of the three.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <glib.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define READ_SIZE 65536
#define N_OWN     20
#define CARD      "{\"cardNumber\":\"901420510371\",\"pin\":\"1941\"}"   /* of a sample resident */

static char *url = NULL, *token = NULL, *notifier = NULL, *body_file = NULL;
static int   n_connections = 32, n_requests = 20000;
static char **pids = NULL;

static const GOptionEntry options[] = {
  { "url", 0, 0, G_OPTION_ARG_STRING, &url, "Of the counter", "URL" },
  { "token", 0, 0, G_OPTION_ARG_STRING, &token, "Of a device, to open visits; of a clerk, to begin payments", "TOKEN" },
  { "notifier", 0, 0, G_OPTION_ARG_STRING, &notifier, "Of the notifier, who tells what the wallet says", "TOKEN" },
  { "body", 0, 0, G_OPTION_ARG_FILENAME, &body_file, "What is filed; or the numbers of charges", "FILE" },
  { "connections", 0, 0, G_OPTION_ARG_INT, &n_connections, "At once (32)", "N" },
  { "requests", 0, 0, G_OPTION_ARG_INT, &n_requests, "In all (20000)", "N" },
  { "pid", 0, 0, G_OPTION_ARG_STRING_ARRAY, &pids, "Whose processor time counts, with its children", "PID" },
  { NULL }
};

typedef struct {
  char *id;
  char *token;
} Visit;

typedef struct {
  int      fd;
  GString *out;
  GString *in;
  gint64   started_us;
  int      request;     /* which of them is under way; -1: none */
} Connection;

/* What the next request is, and what becomes of its answer. */
typedef struct {
  void (*write)  (int request, GString *out);
  void (*answer) (int request, int status, const char *body, gsize n);
} Scene;

static struct sockaddr_in address;
static char   *host;
static char   *body;
static gsize   body_length;
static Visit  *visits;
static int     n_failed, first_failure;
static gboolean checked;

static void
write_head (GString *out, const char *method, const char *path, const char *bearer, const char *key, gsize length)
{
  g_string_append_printf (out, "%s %s HTTP/1.1\r\nHost: %s\r\n", method, path, host);
  if (bearer != NULL)
    g_string_append_printf (out, "Authorization: Bearer %s\r\n", bearer);
  if (key != NULL)
    g_string_append_printf (out, "Idempotency-Key: %s\r\n", key);
  if (length > 0)
    g_string_append_printf (out, "Content-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n", length);
  g_string_append (out, "\r\n");
}

static void
write_visit (int request, GString *out)
{
  static const char said[] = "{\"language\":\"ja\"}";
  char key[64];

  g_snprintf (key, sizeof key, "visit-%08x-%08x-%d", g_random_int (), g_random_int (), request);
  write_head (out, "POST", "/v1/visits", token, key, sizeof said - 1);
  g_string_append (out, said);
}

/* The text of a member whose name is unique in the answer. */
static char *
member (const char *json, gsize n, const char *name)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", name);
  const char *at = g_strstr_len (json, (gssize) n, quoted), *end;

  if (at == NULL)
    return NULL;
  at = strchr (at + strlen (quoted), '"');
  end = at != NULL ? strchr (at + 1, '"') : NULL;
  return end != NULL ? g_strndup (at + 1, (gsize) (end - at - 1)) : NULL;
}

static void
answer_visit (int request, int status, const char *json, gsize n)
{
  if (status != 201)
    return;
  visits[request].id = member (json, n, "id");
  visits[request].token = member (json, n, "token");
}

static void
write_identification (int request, GString *out)
{
  g_autofree char *path = g_strdup_printf ("/v1/visits/%s/identification", visits[request].id);
  char key[64];

  g_snprintf (key, sizeof key, "card-%s", visits[request].id);
  write_head (out, "POST", path, visits[request].token, key, sizeof CARD - 1);
  g_string_append (out, CARD);
}

static void
write_filing (int request, GString *out)
{
  g_autofree char *path = g_strdup_printf ("/v1/visits/%s/submission", visits[request].id);
  char key[64];

  g_snprintf (key, sizeof key, "file-%s-%d", visits[request].id, request);
  write_head (out, "POST", path, visits[request].token, key, body_length);
  g_string_append_len (out, body, (gssize) body_length);
}

static void
write_reading (int request, GString *out)
{
  write_head (out, "GET", "/v1/cases?limit=20", visits[request % N_OWN].token, NULL, 0);
}

/* --- paying ------------------------------------------------------------------------------------------------------- */

static char **charges;
static char **payments;

static void
write_json (GString *out, const char *path, const char *bearer, const char *json)
{
  char key[64];

  g_snprintf (key, sizeof key, "pay-%08x-%08x", g_random_int (), g_random_int ());
  write_head (out, "POST", path, bearer, bearer != NULL ? key : NULL, strlen (json));
  g_string_append (out, json);
}

static void
write_begin (int request, GString *out)
{
  g_autofree char *path = g_strdup_printf ("/v1/charges/%s/payments", charges[request]);

  write_json (out, path, token, "{\"method\":\"qr-wallet\",\"language\":\"ja\"}");
}

static void
answer_begin (int request, int status, const char *json, gsize n)
{
  payments[request] = status == 201 ? member (json, n, "id") : g_strdup ("");
}

static void
write_notice (int request, GString *out)
{
  g_autofree char *json = g_strdup_printf ("{\"notification_type\":\"Transaction\",\"merchant_order_id\":\"%s\","
                                           "\"order_id\":\"P%s\",\"order_amount\":\"300\",\"state\":\"COMPLETED\"}",
                                           payments[request], payments[request]);

  write_json (out, "/v1/providers/qr-wallet/webhook", NULL, json);
}

static void
write_news (int request, GString *out)
{
  g_autofree char *path = g_strdup_printf ("/v1/payments/%s/news", payments[request]);
  g_autofree char *json = g_strdup_printf ("{\"event\":\"capture\",\"key\":\"ask/%s\",\"yen\":300,"
                                           "\"reference\":\"P%s\"}", payments[request], payments[request]);

  write_json (out, path, notifier, json);
}

/* ------------------------------------------------------------------------------------------------------------------ */

static void
answer_any (int request, int status, const char *json, gsize n)
{
}

static void
answer_cases (int request, int status, const char *json, gsize n)
{
  guint found = 0;

  if (checked)
    return;
  for (const char *at = json; (at = g_strstr_len (at, (gssize) (json + n - at), "\"procedure\"")) != NULL; at++)
    found++;
  if (found != N_OWN)
    g_error ("%u cases where there should be %d", found, N_OWN);
  checked = TRUE;
}

static void
start_request (Connection *self, const Scene *scene, int request)
{
  g_string_truncate (self->out, 0);
  g_string_truncate (self->in, 0);
  self->request = request;
  scene->write (request, self->out);
  self->started_us = g_get_monotonic_time ();
  if (write (self->fd, self->out->str, self->out->len) != (gssize) self->out->len)
    g_error ("The line broke before request %d", request);
}

static void
open_connection (Connection *self, int epoll)
{
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = self };
  int on = 1;

  self->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (self->fd < 0 || connect (self->fd, (struct sockaddr *) &address, sizeof address) != 0)
    g_error ("No connection to %s: %s", url, g_strerror (errno));
  setsockopt (self->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  epoll_ctl (epoll, EPOLL_CTL_ADD, self->fd, &event);
  self->out = g_string_sized_new (4096);
  self->in = g_string_sized_new (READ_SIZE);
  self->request = -1;
}

/* The body's place and length once the whole answer is there, if any; chunked answers end with an empty chunk. */
static gboolean
is_complete (Connection *self, gsize *start, gsize *length)
{
  const char *end = g_strstr_len (self->in->str, (gssize) self->in->len, "\r\n\r\n"), *header;

  if (end == NULL)
    return FALSE;
  *start = (gsize) (end - self->in->str) + 4;
  *length = 0;
  if (g_str_has_prefix (self->in->str, "HTTP/1.1 204"))
    return TRUE;
  header = strcasestr (self->in->str, "\r\nContent-Length:");
  if (header != NULL && header < end) {
    *length = strtoul (header + 17, NULL, 10);
    return self->in->len >= *start + *length;
  }
  *length = self->in->len - *start;
  return g_str_has_suffix (self->in->str, "0\r\n\r\n");
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  return (*(const gint64 *) a > *(const gint64 *) b) - (*(const gint64 *) a < *(const gint64 *) b);
}

static void
finish_request (Connection *self, const Scene *scene, gsize start, gsize length, GArray *times)
{
  gint64 took = g_get_monotonic_time () - self->started_us;
  int status = atoi (self->in->str + 9);

  g_array_append_val (times, took);
  if (status >= 300) {
    n_failed++;
    if (first_failure == 0)
      fprintf (stderr, "first refusal: %d %.300s\n", status, self->in->str + start);
    first_failure = status;
  }
  scene->answer (self->request, status, self->in->str + start, length);
  self->request = -1;
}

static void
read_answer (Connection *self, const Scene *scene, GArray *times, int *next, int n)
{
  char buffer[READ_SIZE];
  ssize_t got = read (self->fd, buffer, sizeof buffer);
  gsize start, length;

  if (got <= 0)
    g_error ("The line broke in request %d", self->request);
  g_string_append_len (self->in, buffer, got);
  if (!is_complete (self, &start, &length))
    return;
  finish_request (self, scene, start, length, times);
  if (*next < n)
    start_request (self, scene, (*next)++);
}

/* Processor time so far, user and system. */
static gint64
count_ticks (const char *pid)
{
  g_autofree char *stat_file = g_strdup_printf ("/proc/%s/stat", pid);
  g_autofree char *children_file = g_strdup_printf ("/proc/%s/task/%s/children", pid, pid);
  g_autofree char *stat = NULL, *text = NULL;
  g_auto(GStrv) children = NULL;
  unsigned long user = 0, system = 0;
  gint64 ticks;

  if (!g_file_get_contents (stat_file, &stat, NULL, NULL) || !g_file_get_contents (children_file, &text, NULL, NULL))
    return 0;
  sscanf (strrchr (stat, ')'), ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
  ticks = (gint64) (user + system);
  children = g_strsplit (g_strstrip (text), " ", -1);
  for (guint i = 0; children[i] && *children[i]; i++)
    ticks += count_ticks (children[i]);
  return ticks;
}

/* Called twice, it leaves what passed between. */
static void
count_all_ticks (gint64 *ticks)
{
  for (guint i = 0; pids && pids[i]; i++)
    ticks[i] = count_ticks (pids[i]) - ticks[i];
}

/* Runs @n requests over all connections; the seconds it took. */
static double
run_scene (Connection *connections, int epoll, const Scene *scene, int n, GArray *times)
{
  struct epoll_event events[512];
  gint64 begun = g_get_monotonic_time ();
  int next = 0;

  g_array_set_size (times, 0);
  for (int i = 0; i < n_connections && next < n; i++)
    start_request (&connections[i], scene, next++);
  while ((int) times->len < n) {
    int ready = epoll_wait (epoll, events, G_N_ELEMENTS (events), 10000);

    if (ready == 0)
      g_error ("No answer in 10 s; %u of %d answered", times->len, n);
    for (int i = 0; i < ready; i++)
      read_answer (events[i].data.ptr, scene, times, &next, n);
  }
  return (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC;
}

static double
percentile_ms (GArray *times, double p)
{
  return (double) g_array_index (times, gint64, (guint) ((times->len - 1) * p)) / 1000;
}

/* Microseconds of processor time a request, a number for each --pid. */
static char *
print_cpu (const gint64 *ticks, guint n)
{
  g_autoptr(GString) text = g_string_new ("[");

  for (guint i = 0; pids && pids[i]; i++)
    g_string_append_printf (text, "%s%.0f", i > 0 ? "," : "", (double) ticks[i] * 1e6 / sysconf (_SC_CLK_TCK) / n);
  return g_string_free (g_string_append_c (g_steal_pointer (&text), ']'), FALSE);
}

static void
print_result (const char *scene, GArray *times, double seconds, const gint64 *ticks)
{
  g_autofree char *cpu = print_cpu (ticks, times->len);

  g_array_sort (times, compare_times);
  printf ("{\"scene\":\"%s\",\"connections\":%d,\"requests\":%u,\"rate\":%.0f,\"p50\":%.2f,\"p99\":%.2f,\"max\":%.2f,"
          "\"cpu\":%s,\"failed\":%d}\n", scene, n_connections, times->len, times->len / seconds,
          percentile_ms (times, 0.5), percentile_ms (times, 0.99), percentile_ms (times, 1), cpu, n_failed);
}

static void
prepare (void)
{
  g_autoptr(GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  g_autoptr(GError) error = NULL;

  if (uri == NULL)
    g_error ("No such address: %s", url);
  address.sin_family = AF_INET;
  address.sin_port = htons ((guint16) g_uri_get_port (uri));
  inet_pton (AF_INET, g_uri_get_host (uri), &address.sin_addr);
  host = g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri));
  if (!g_file_get_contents (body_file, &body, &body_length, &error))
    g_error ("%s", error->message);
}

/* Timed and told. */
static void
measure (Connection *connections, int epoll, const char *name, const Scene *scene, GArray *times)
{
  g_autofree gint64 *ticks = g_new0 (gint64, pids ? g_strv_length (pids) : 0);
  double seconds;

  count_all_ticks (ticks);
  seconds = run_scene (connections, epoll, scene, n_requests, times);
  count_all_ticks (ticks);
  print_result (name, times, seconds, ticks);
}

static void
pay (Connection *connections, int epoll, GArray *times)
{
  static const Scene begin = { write_begin, answer_begin }, notice = { write_notice, answer_any },
                     news = { write_news, answer_any };

  charges = g_strsplit (g_strstrip (body), "\n", -1);
  n_requests = MIN (n_requests, (int) g_strv_length (charges));
  payments = g_new0 (char *, n_requests + 1);
  measure (connections, epoll, "begin", &begin, times);
  measure (connections, epoll, "notice", &notice, times);
  measure (connections, epoll, "money", &news, times);
}

static void
file_or_read (Connection *connections, int epoll, gboolean reads, GArray *times)
{
  static const Scene opening = { write_visit, answer_visit }, filing = { write_filing, answer_any },
                     reading = { write_reading, answer_cases },
                     identifying = { write_identification, answer_any };

  visits = g_new0 (Visit, MAX (n_requests, N_OWN));
  run_scene (connections, epoll, &opening, reads ? N_OWN : n_requests, times);
  if (reads && n_failed == 0) {
    run_scene (connections, epoll, &identifying, N_OWN, times);
    run_scene (connections, epoll, &filing, N_OWN, times);
  }
  if (n_failed == 0)
    measure (connections, epoll, reads ? "read" : "file", reads ? &reading : &filing, times);
}

int
main (int argc, char **argv)
{
  g_autoptr(GOptionContext) context = g_option_context_new ("file|read|pay");
  g_autoptr(GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree Connection *connections = NULL;
  int epoll = epoll_create1 (EPOLL_CLOEXEC);

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc != 2 || url == NULL || body_file == NULL) {
    fputs ("usage: mado-load --url URL --token TOKEN --body FILE [options] file|read|pay\n", stderr);
    return 2;
  }
  prepare ();
  connections = g_new0 (Connection, n_connections);
  for (int i = 0; i < n_connections; i++)
    open_connection (&connections[i], epoll);
  if (g_str_equal (argv[1], "pay"))
    pay (connections, epoll, times);
  else
    file_or_read (connections, epoll, g_str_equal (argv[1], "read"), times);
  return n_failed > 0;
}
