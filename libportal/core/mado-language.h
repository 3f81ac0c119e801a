/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include "mado-export.h"

G_BEGIN_DECLS

/**
 * MadoLanguage:
 * @code: key of language maps and requests, and what gettext's LANGUAGE takes: "ja", "ja@easy", "en"
 * @name: in its own words, "やさしい日本語"
 * @locale: for setlocale(), where it is installed: "ja_JP.UTF-8"
 * @tag: BCP 47, for HTML, PDF and speech
 * @complete: every text there is has been translated; only such languages are offered
 */
typedef struct {
  const char *code;
  const char *name;
  const char *locale;
  const char *tag;
  gboolean    complete;
} MadoLanguage;

/*
 * Sentences. mado_language_init() comes once in a program, before any thread: they come in the language its
 * environment asks for. After mado_language_part(), which a service calls next, each thread may speak another.
 */
MADO_EXPORT void                mado_language_init    (const char *folder);
MADO_EXPORT const MadoLanguage *mado_language_get_own (void);
MADO_EXPORT void                mado_language_part    (void);
MADO_EXPORT void                mado_language_speak   (const MadoLanguage *language);
MADO_EXPORT const MadoLanguage *mado_language_get_spoken (void);   /* NULL: this thread was told nothing */
MADO_EXPORT const MadoLanguage *mado_language_choose  (const char *accept);

/* The seven the counter sets out to speak, in the order of its tiles; static. */
MADO_EXPORT const MadoLanguage *mado_language_list (guint *n);
MADO_EXPORT const MadoLanguage *mado_language_find (const char *code);   /* NULL if it is none of them */

/* 2026年11月20日, November 20, 2026, 20 de novembro de 2026; unknown languages as in Japanese. */
MADO_EXPORT char *mado_language_format_date    (int days, const char *code);
MADO_EXPORT char *mado_language_format_weekday (int days, const char *code);   /* 金曜日, Friday */

G_END_DECLS
