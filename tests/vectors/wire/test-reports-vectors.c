/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mado-test-vectors.h"

#include "core/mado-date.h"
#include "core/mado-fold.h"
#include "wire/mado-slip-report.h"
#include "wire/mado-statement.h"
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

/* The same report as lines of a settlement: what is final is money, at the collecting company's price. */
static void
test_statement (void)
{
  g_autoptr(MadoMapping) mapping = g_object_new (MADO_TYPE_MAPPING, "id", "slips", "provider", "slip", "format",
                                                 MADO_FILE_FORMAT_SLIP_REPORT, "office", "hall",
                                                 "costs", G_GINT64_CONSTANT (57), NULL);
  g_autofree char *data = NULL;
  g_autoptr(MadoStatement) statement = NULL;
  g_autoptr(GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GError) error = NULL;
  gint64 final = 0;
  gsize n;

  if (!load ("cvs-slip/test.csv", &data, &n))
    return;
  statement = mado_statement_read (mapping, (const guint8 *) data, n, mado_date_parse ("2026-11-21"), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (statement->lines->len, ==, 16);
  for (guint i = 0; i < statement->lines->len; i++) {
    const MadoStatementLine *line = &g_array_index (statement->lines, MadoStatementLine, i);

    final += line->news == MADO_STATEMENT_PAID ? line->yen : 0;
    g_assert_true (g_hash_table_add (keys, (gpointer) line->key));
  }
  g_assert_cmpint (statement->yen, ==, final);
  g_assert_cmpint (statement->costs, ==, 9 * 57);
}

/* What banks may not write and what they write instead are one name to us. */
static void
test_kana (void)
{
  g_auto(GStrv) lines = mado_test_vectors_lines ("zengin/kana-substitutions.yaml");
  g_autofree char *from = NULL;
  guint n = 0;

  if (!lines)
    return;
  for (guint i = 0; lines[i]; i++) {
    const char *at = strstr (lines[i], "from: \""), *to = strstr (lines[i], "to: \"");

    if (at) {
      g_free (from);
      from = g_strndup (at + 7, strcspn (at + 7, "\""));
    }
    if (to && from) {
      g_autofree char *target = g_strndup (to + 5, strcspn (to + 5, "\""));
      g_autofree char *typed = g_strdup_printf ("ヤマ%sダ", from), *written = g_strdup_printf ("ヤマ%sダ", target);
      g_autofree char *one = mado_fold_search (typed), *other = mado_fold_search (written);

      g_assert_cmpstr (one, ==, other);
      g_clear_pointer (&from, g_free);
      n++;
    }
  }
  g_assert_cmpuint (n, >, 20);
  g_test_message ("%u substitutions fold alike", n);
}

/* Offsets follow from lengths: each record of the published tables fills its 120 bytes. */
static void
test_tables (void)
{
  static const char *const tables[] = { "zengin/sougou-furikomi.yaml", "zengin/kouza-furikae.yaml" };

  for (guint t = 0; t < G_N_ELEMENTS (tables); t++) {
    g_auto(GStrv) lines = mado_test_vectors_lines (tables[t]);
    guint sum = 0, records = 0;

    for (guint i = 0; lines && lines[i]; i++) {
      const char *length = strstr (lines[i], " length: "), *comment = strchr (lines[i], '#');

      if (length && (!comment || comment > length) && strstr (lines[i], "seq:"))
        sum += (guint) atoi (length + 9);
      if (sum == TRANSFER_BYTES) {
        records++;
        sum = 0;
      }
    }
    g_assert_cmpuint (sum, ==, 0);
    g_assert_true (!lines || records >= 4);
  }
}

/* A bank's name in katakana and in hiragana is one name. */
static void
test_banks (void)
{
  g_autofree char *data = NULL;
  g_autoptr(JsonNode) banks = NULL;
  JsonObjectIter iter;
  JsonNode *bank;
  guint n_banks = 0;
  gsize n;

  if (!load ("zengin/banks.json", &data, &n))
    return;
  banks = json_from_string (data, NULL);
  json_object_iter_init (&iter, json_node_get_object (banks));
  while (json_object_iter_next (&iter, NULL, &bank)) {
    g_autofree char *kana = mado_fold_search (json_object_get_string_member (json_node_get_object (bank), "kana"));
    g_autofree char *hira = mado_fold_search (json_object_get_string_member (json_node_get_object (bank), "hira"));

    g_assert_cmpstr (kana, ==, hira);
    n_banks++;
  }
  g_assert_cmpuint (n_banks, >, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/zengin", test_zengin);
  g_test_add_func ("/wire/zengin/tables", test_tables);
  g_test_add_func ("/wire/zengin/banks", test_banks);
  g_test_add_func ("/wire/kana", test_kana);
  g_test_add_func ("/wire/statement", test_statement);
  g_test_add_func ("/wire/slip-report", test_slips);
  g_test_add_func ("/wire/slip-report/masked", test_masked_slips);
  return g_test_run ();
}
