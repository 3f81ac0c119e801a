/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "questions/mado-kind-private.h"

#define CHECK(name)   mado_kind_check_##name
#define DISPLAY(name) mado_kind_display_##name

static const MadoKind kinds[] = {
  { "text", MADO_FACT_TEXT, CHECK (text), DISPLAY (text), NULL, MADO_KIND_HAS_MIN_MAX, .written = TRUE },
  { "long-text", MADO_FACT_TEXT, CHECK (long_text), DISPLAY (text), NULL, MADO_KIND_HAS_MIN_MAX, .written = TRUE },
  { "name", MADO_FACT_TEXT, CHECK (name), DISPLAY (text), .written = TRUE },
  { "kana", MADO_FACT_TEXT, CHECK (kana), DISPLAY (text), .written = TRUE },
  { "number", MADO_FACT_NUMBER, CHECK (number), DISPLAY (number), NULL, MADO_KIND_HAS_MIN_MAX },
  { "yen", MADO_FACT_YEN, CHECK (number), DISPLAY (yen), NULL, MADO_KIND_HAS_MIN_MAX },
  { "date", MADO_FACT_DATE, CHECK (date), DISPLAY (date), mado_kind_note_date, MADO_KIND_HAS_DATES },
  { "month", MADO_FACT_TEXT, CHECK (month), DISPLAY (month) },
  { "time", MADO_FACT_TEXT, CHECK (time), DISPLAY (text) },
  { "yes-no", MADO_FACT_BOOLEAN, CHECK (yes_no), DISPLAY (yes_no) },
  { "consent", MADO_FACT_BOOLEAN, CHECK (consent), DISPLAY (yes_no) },
  { "one-of", MADO_FACT_OPTION, CHECK (one_of), DISPLAY (one_of), NULL, MADO_KIND_HAS_OPTIONS },
  { "several-of", MADO_FACT_LIST, CHECK (several_of), DISPLAY (several_of), NULL,
    MADO_KIND_HAS_OPTIONS | MADO_KIND_HAS_MIN_MAX },
  { "person", MADO_FACT_TEXT, CHECK (person), DISPLAY (person), .written = TRUE },
  { "people", MADO_FACT_LIST, CHECK (people), DISPLAY (people), NULL, MADO_KIND_HAS_MIN_MAX, .written = TRUE },
  { "address", MADO_FACT_TEXT, CHECK (address), DISPLAY (text), NULL, MADO_KIND_HAS_MIN_MAX, .written = TRUE },
  { "postcode", MADO_FACT_TEXT, CHECK (postcode), DISPLAY (text) },
  { "phone", MADO_FACT_TEXT, CHECK (phone), DISPLAY (phone) },
  { "mail", MADO_FACT_TEXT, CHECK (mail), DISPLAY (text), .written = TRUE },
  { "my-number", MADO_FACT_TEXT, CHECK (my_number), DISPLAY (secret) },
  { "corporate-number", MADO_FACT_TEXT, CHECK (corporate_number), DISPLAY (text) },
  { "bank-branch", MADO_FACT_TEXT, CHECK (bank_branch), DISPLAY (bank_branch), .written = TRUE },
  { "account-number", MADO_FACT_TEXT, CHECK (account_number), DISPLAY (text) },
  { "document", MADO_FACT_LIST, CHECK (document), DISPLAY (document), NULL, MADO_KIND_HAS_MIN_MAX },
  { "signature", MADO_FACT_TEXT, CHECK (signature), DISPLAY (signature), .written = TRUE },
  { "information", MADO_FACT_ANY },
};

const MadoKind *
mado_kind_find (const char *name)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, name))
      return &kinds[i];

  return NULL;
}

const MadoKind *
mado_kind_list (guint *n_kinds)
{
  *n_kinds = G_N_ELEMENTS (kinds);
  return kinds;
}
