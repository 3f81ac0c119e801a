/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Keys of what an index holds: 64 bits of what they are made from, so that two never meet in practice. */
typedef guint64 MadoKey;

#define MADO_KEY_HEARD   G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)
#define MADO_KEY_WRITTEN G_GUINT64_CONSTANT (0xc2b2ae3d27d4eb4f)
#define MADO_KEY_WORDS   G_GUINT64_CONSTANT (0x165667b19e3779f9)
#define MADO_KEY_CONCEPT G_GUINT64_CONSTANT (0x27d4eb2f165667c5)

static inline MadoKey
mado_key_add (MadoKey key, gunichar c)
{
  key = (key ^ c) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);

  return key ^ (key >> 32);
}

static inline MadoKey
mado_key_add_text (MadoKey key, const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    key = mado_key_add (key, (guchar) *p);

  return mado_key_add (key, 0);
}
