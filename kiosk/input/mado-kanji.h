/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/*
 * Kana to kanji, in this process and without a memory: nothing that is typed is learnt or written anywhere.
 *
 * Returns: (transfer full) (element-type utf8): ways to write @kana, the likeliest first, at most @max; neither the
 * kana themselves nor katakana are among them; empty where there is nothing to convert
 */
GPtrArray *mado_kanji_convert (const char *kana, guint max);
