/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "mado-test-vectors.h"

#include "wire/mado-slip-report.h"
#include "wire/mado-zengin.h"

#define TRANSFER_BYTES 120

static gboolean
load (const char *name, char **data, gsize *n)
{
  g_autofree char *path = mado_test_vectors_path (name);

  if (g_file_get_contents (path, data, n, NULL))
    return TRUE;
  g_test_skip ("no third-party vectors here");
  return FALSE;
}

/* "   dataKubun                [0+1] 1" of the record at hand. */
static gboolean
check_field (const char *line, const guint8 *record)
{
  const char *open = strchr (line, '['), *close = open ? strstr (open, "] ") : NULL;
  guint offset, length;
  g_autofree char *text = NULL;

  if (!close || !g_str_has_prefix (line, "   ") || sscanf (open, "[%u+%u]", &offset, &length) != 2)
    return FALSE;
  g_assert_cmpuint (offset + length, <=, TRANSFER_BYTES);
  text = mado_zengin_dup_text (record + offset, length);
  g_assert_cmpstr (*text ? text : "(empty)", ==, close + 2);
  return TRUE;
}

/* Every record and every field of a transfer file, as another reader found them. */
static void
test_zengin (void)
{
  g_auto(GStrv) expected = mado_test_vectors_lines ("zengin/sougou-furikomi.expected.txt");
  g_autofree char *data = NULL;
  g_autoptr(GPtrArray) records = NULL;
  guint n_fields = 0, record = 0;
  gsize n;

  if (!expected || !load ("zengin/sougou-furikomi.txt", &data, &n))
    return;
  records = mado_zengin_split ((const guint8 *) data, n, TRANSFER_BYTES, NULL);
  g_assert_cmpuint (records->len, ==, 5);
  for (guint i = 0; expected[i]; i++)
    if (sscanf (expected[i], "-- record %u", &record) == 0 && record)
      n_fields += check_field (expected[i], records->pdata[record - 1]);
  g_assert_cmpuint (n_fields, >, 50);
  g_test_message ("%u fields agree", n_fields);
}

static void
test_slips (void)
{
  g_autofree char *data = NULL;
  g_autoptr(GArray) rows = NULL;
  g_autoptr(GError) error = NULL;
  guint news[3] = { 0 };
  gsize n;

  if (!load ("cvs-slip/test.csv", &data, &n))
    return;
  rows = mado_slip_report_read ((const guint8 *) data, n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 16);
  for (guint i = 0; i < rows->len; i++)
    news[g_array_index (rows, MadoSlipRow, i).news]++;
  g_assert_cmpuint (news[MADO_SLIP_FLASH], ==, 6);
  g_assert_cmpuint (news[MADO_SLIP_FINAL], ==, 9);
  g_assert_cmpuint (news[MADO_SLIP_CANCELLED], ==, 1);
}

/* Masked numbers, and (in this copy) damaged by a conversion: refused either way. */
static void
test_masked_slips (void)
{
  g_autofree char *data = NULL;
  g_autoptr(GError) error = NULL;
  gsize n;

  if (!load ("cvs-slip/syuno.csv", &data, &n))
    return;
  g_assert_null (mado_slip_report_read ((const guint8 *) data, n, &error));
  g_assert_cmpint (error->domain, ==, MADO_ERROR);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/zengin", test_zengin);
  g_test_add_func ("/wire/slip-report", test_slips);
  g_test_add_func ("/wire/slip-report/masked", test_masked_slips);
  return g_test_run ();
}
