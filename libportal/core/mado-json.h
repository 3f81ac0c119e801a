/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include "mado-error.h"

G_BEGIN_DECLS

/* Input from outside. json-glib is lenient and recurses without bound, so a strict scan comes first. */
typedef struct {
  gsize max_bytes;
  guint max_depth;
  guint max_members;   /* of one object or list */
} MadoJsonLimits;

#define MADO_JSON_LIMITS_BODY ((MadoJsonLimits) { 256 * 1024, 32, 2000 })
#define MADO_JSON_LIMITS_FILE ((MadoJsonLimits) { 16 * 1024 * 1024, 64, 200000 })

/* 2⁵³ - 1 (RFC 7493): numbers beyond are not kept exactly by every reader of JSON, so none are taken. */
#define MADO_JSON_EXACT_MAX G_GINT64_CONSTANT (9007199254740991)

/**
 * mado_json_parse:
 * @data: (array length=length) (element-type guint8): bytes, not necessarily terminated
 * @limits: what is taken at most
 *
 * Strict RFC 8259: valid UTF-8, no duplicate members, no unpaired surrogates, no NUL, numbers in range, nothing
 * after the value. 1, 1.0 and 1e0 all become the integer 1. Errors say line and column (MALFORMED) or the cap that
 * was passed (TOO_LARGE).
 *
 * Returns: (transfer full): the tree
 */
MADO_EXPORT JsonNode *mado_json_parse (const char *data, gsize length, const MadoJsonLimits *limits, GError **error);

/* (transfer full): the tree of a file compiled in; what is wrong with one stops the program. */
MADO_EXPORT JsonNode *mado_json_load (GResource *resource, const char *path);

/* What a request body may hold. An array of these, ended by { NULL }, is both the check and the schema. */
typedef struct _MadoJsonSpec MadoJsonSpec;
struct _MadoJsonSpec {
  const char *name;             /* member, "postalCode" */
  enum {
    MADO_JSON_STRING, MADO_JSON_INT, MADO_JSON_BOOL, MADO_JSON_TIME, MADO_JSON_DATE,
    MADO_JSON_OBJECT, MADO_JSON_ARRAY, MADO_JSON_ANY,
  } type;
  guint       offset;           /* in the caller's struct: char *, gint64, gboolean, JsonNode * (borrowed) */
  gboolean    required;
  gint64      min, max;         /* characters, value or elements; max 0 = the type's default cap */
  const char *pattern;          /* (nullable): anchored regular expression */
  const MadoJsonSpec *members;  /* (nullable): of an OBJECT or each element of an ARRAY (not stored by offset) */
  const char *summary;
};

/*
 * Fills @out (nullable: check only) from the members of @node; what it puts there is borrowed. The node of an OBJECT
 * or ARRAY goes to its own offset; the @members below it are checked, not stored. An optional member that is absent
 * or null leaves @out as it was. Every mistake (up to 50) is a violation with its JSON Pointer; unknown members too.
 */
MADO_EXPORT gboolean  mado_json_read (JsonNode *node, const MadoJsonSpec *spec, gpointer out, GError **error);
MADO_EXPORT JsonNode *mado_json_spec_get_schema (const MadoJsonSpec *spec);

/* Output without a tree. */
MADO_EXPORT void  mado_json_append_string (GString *out, const char *text);      /* quoted and escaped */
MADO_EXPORT void  mado_json_append_int    (GString *out, gint64 value);
MADO_EXPORT void  mado_json_append_node   (GString *out, JsonNode *node);        /* compact; members in their order */
MADO_EXPORT void  mado_json_append_time   (GString *out, gint64 time_us);        /* quoted RFC 3339, UTC, ms */
/* For people who edit files: one member or element a line, two spaces a level, a newline at the end. */
MADO_EXPORT char *mado_json_print         (JsonNode *node);
/* RFC 8785 (canonical): for digests. */
MADO_EXPORT char *mado_json_canonical     (JsonNode *node);

/* RFC 6901. */
MADO_EXPORT JsonNode *mado_json_get       (JsonNode *root, const char *pointer);  /* (transfer none) (nullable) */
MADO_EXPORT char     *mado_json_pointer   (const char *base, const char *token);  /* escaped and appended */
MADO_EXPORT void      mado_json_pointer_append (GString *pointer, const char *token);
MADO_EXPORT char     *mado_json_pointer_index (const char *base, guint index);

/* Language maps {"ja": …, "en": …}: the chosen language, else ja, else the first. (transfer none) */
MADO_EXPORT const char *mado_json_text    (JsonNode *map, const char *language);

G_END_DECLS
