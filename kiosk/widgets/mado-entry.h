/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/mado-field-box.h"

/*
 * A field with its label, what to know about it, where its value came from and what is wrong with it.
 *
 * Properties (all may be set in a template): `label`, `note` (faint, beside the label), `hint` (below it), `source`
 * (chip under the box), `mistake` (red, and a bar along the whole), `need` (MadoNeed), `kind` (MadoEntryKind),
 * `masked`, `limit`, `group`, `unknown` (offers わからない). Signals: `changed`, `activate`, `unknown`.
 */
typedef enum {
  MADO_ENTRY_TEXT,       /* anything, kana become kanji */
  MADO_ENTRY_KANA,       /* furigana */
  MADO_ENTRY_LATIN,      /* mail, codes */
  MADO_ENTRY_DIGITS,     /* numbers, PIN */
} MadoEntryKind;

#define MADO_TYPE_ENTRY (mado_entry_get_type ())
G_DECLARE_FINAL_TYPE (MadoEntry, mado_entry, MADO, ENTRY, GtkWidget)

GtkWidget    *mado_entry_new          (const char *label, MadoEntryKind kind);
MadoComposer *mado_entry_get_composer (MadoEntry *self);
char         *mado_entry_dup_value    (MadoEntry *self);
void          mado_entry_set_value    (MadoEntry *self, const char *value);
void          mado_entry_set_mistake  (MadoEntry *self, const char *mistake);
void          mado_entry_set_source   (MadoEntry *self, const char *source);
