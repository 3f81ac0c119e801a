/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-limiter.h"

#define SECOND G_USEC_PER_SEC

static const MadoLimit two_a_second = { 2, 4 };

static void
test_burst_then_rate (void)
{
  g_autoptr(MadoLimiter) limiter = mado_limiter_new ();

  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (mado_limiter_take (limiter, 'a', "x", &two_a_second, 0), ==, 0);
  g_assert_cmpuint (mado_limiter_take (limiter, 'a', "x", &two_a_second, 0), ==, 1);
  g_assert_cmpuint (mado_limiter_take (limiter, 'a', "x", &two_a_second, SECOND / 2), ==, 0);
  g_assert_cmpuint (mado_limiter_take (limiter, 'a', "x", &two_a_second, SECOND / 2), ==, 1);
}

static void
test_names_apart (void)
{
  g_autoptr(MadoLimiter) limiter = mado_limiter_new ();
  const MadoLimit once = { 0.1, 1 };

  g_assert_cmpuint (mado_limiter_take (limiter, 'a', "x", &once, 0), ==, 0);
  g_assert_cmpuint (mado_limiter_take (limiter, 'a', "y", &once, 0), ==, 0);
  g_assert_cmpuint (mado_limiter_take (limiter, 'b', "x", &once, 0), ==, 0);
  g_assert_cmpuint (mado_limiter_take (limiter, 'a', "x", &once, 0), ==, 10);
}

static void
test_none (void)
{
  g_autoptr(MadoLimiter) limiter = mado_limiter_new ();
  const MadoLimit none = { 0, 1 };

  for (guint i = 0; i < 1000; i++)
    g_assert_cmpuint (mado_limiter_take (limiter, 'a', "x", &none, 0), ==, 0);
}

/* A flood of names costs no more than a fixed room, and those who waited long are let in again. */
static void
test_flood (void)
{
  g_autoptr(MadoLimiter) limiter = mado_limiter_new ();

  for (guint i = 0; i < 500000; i++) {
    g_autofree char *name = g_strdup_printf ("%u", i);

    g_assert_cmpuint (mado_limiter_take (limiter, 'a', name, &two_a_second, i), ==, 0);
  }
  g_assert_cmpuint (mado_limiter_take (limiter, 'a', "1", &two_a_second, 10 * SECOND), ==, 0);
}

static void
test_clock_backwards (void)
{
  g_autoptr(MadoLimiter) limiter = mado_limiter_new ();

  for (guint i = 0; i < 4; i++)
    mado_limiter_take (limiter, 'a', "x", &two_a_second, 10 * SECOND);
  g_assert_cmpuint (mado_limiter_take (limiter, 'a', "x", &two_a_second, 0), >, 0);
}

static void
test_peers (void)
{
  char one[64], other[64];

  mado_limiter_name_peer ("192.0.2.7", one);
  g_assert_cmpstr (one, ==, "192.0.2.7");
  mado_limiter_name_peer ("2001:db8:1:2:3:4:5:6", one);
  mado_limiter_name_peer ("2001:db8:1:2:ffff::9", other);
  g_assert_cmpstr (one, ==, "2001:db8:1:2::");
  g_assert_cmpstr (one, ==, other);
  mado_limiter_name_peer ("::ffff:192.0.2.7", one);
  mado_limiter_name_peer ("::ffff:192.0.2.8", other);
  g_assert_cmpstr (one, !=, other);
  mado_limiter_name_peer ("no address at all, and a very long one that must not run over anything else here", one);
  g_assert_cmpuint (strlen (one), <, 64);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/limiter/burst-then-rate", test_burst_then_rate);
  g_test_add_func ("/limiter/names-apart", test_names_apart);
  g_test_add_func ("/limiter/none", test_none);
  g_test_add_func ("/limiter/flood", test_flood);
  g_test_add_func ("/limiter/clock-backwards", test_clock_backwards);
  g_test_add_func ("/limiter/peers", test_peers);
  return g_test_run ();
}
