/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The fields of life procedures belong to, in the order they are shown, with their pictures and words. */
const char *mado_category_nth   (unsigned int n);   /* (nullable): NULL after the last */
const char *mado_category_icon  (const char *category);
const char *mado_category_words (const char *category);
