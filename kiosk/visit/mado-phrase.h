/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

/* What pages say of dates, money and what comes next, in a language of the counter. Each: (transfer full). */

char      *mado_phrase_day      (int day, const char *language);      /* "12月4日（金）", "Fri, 4 December" */
char      *mado_phrase_by       (int day, const char *language);      /* "12月4日（金）まで", "By Fri, 4 December" */
char      *mado_phrase_moment   (gint64 time_us, const char *language);   /* "11月20日（金）10時42分" */
/* A number of state, spaced to be read out: "K7M4 - R29". */
char      *mado_phrase_number   (const char *number);

/* One station of what happens next. */
typedef struct {
  int   day;    /* by which, or G_MAXINT */
  char *when;
  char *what;
} MadoNext;

/*
 * @filed: a case as the service gave it (state, nextStep, dueDate); @procedure: (nullable).
 * (element-type MadoNext): free with g_ptr_array_unref()
 */
GPtrArray *mado_phrase_next     (JsonNode *filed, JsonNode *procedure, const char *language);

/* (transfer none) (nullable): a language map in @node at @pointer; a plain text as it is. */
const char *mado_phrase_text    (JsonNode *node, const char *pointer, const char *language);
/* (nullable): the text of a fact of law or money; 確認中 where nobody could verify it and so there is none. */
char       *mado_phrase_fact    (JsonNode *node, const char *pointer, const char *language);

/* (nullable): the last words that came with a step of the case. */
char       *mado_phrase_last_message (JsonNode *found);
