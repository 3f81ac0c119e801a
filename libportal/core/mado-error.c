/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/mado-error.h"

#include <glib/gi18n-lib.h>

typedef struct {
  GArray *violations;   /* (nullable): of MadoViolation */
} MadoErrorPrivate;

static void
violation_clear (MadoViolation *violation)
{
  g_free (violation->pointer);
  g_free (violation->code);
  g_free (violation->message);
}

static void
append_violation (MadoErrorPrivate *priv, MadoViolation violation)
{
  if (priv->violations == NULL) {
    priv->violations = g_array_new (FALSE, FALSE, sizeof (MadoViolation));
    g_array_set_clear_func (priv->violations, (GDestroyNotify) violation_clear);
  }
  g_array_append_val (priv->violations, violation);
}

static void
mado_error_private_init (MadoErrorPrivate *priv)
{
}

static void
mado_error_private_copy (const MadoErrorPrivate *from, MadoErrorPrivate *to)
{
  for (guint i = 0; from->violations != NULL && i < from->violations->len; i++) {
    const MadoViolation *violation = &g_array_index (from->violations, MadoViolation, i);

    append_violation (to, (MadoViolation) { g_strdup (violation->pointer), g_strdup (violation->code),
                                            g_strdup (violation->message) });
  }
}

static void
mado_error_private_clear (MadoErrorPrivate *priv)
{
  g_clear_pointer (&priv->violations, g_array_unref);
}

G_DEFINE_EXTENDED_ERROR (MadoError, mado_error)

static const struct {
  const char *wire_name;
  guint       status;
  const char *title;
} codes[] = {
  [MADO_ERROR_MALFORMED]       = { "malformed", 400, N_("The request could not be read") },
  [MADO_ERROR_TOO_LARGE]       = { "too-large", 413, N_("The request is too large") },
  [MADO_ERROR_INVALID]         = { "invalid", 422, N_("Some of what was entered needs correcting") },
  [MADO_ERROR_UNAUTHENTICATED] = { "unauthenticated", 401, N_("Please identify yourself first") },
  [MADO_ERROR_FORBIDDEN]       = { "forbidden", 403, N_("You are not entitled to do this") },
  [MADO_ERROR_LOCKED]          = { "locked", 423, N_("This card or account is locked; please ask at the counter") },
  [MADO_ERROR_NOT_FOUND]       = { "not-found", 404, N_("There is nothing here by that name") },
  [MADO_ERROR_METHOD]          = { "method-not-allowed", 405, N_("This cannot be done here") },
  [MADO_ERROR_CONFLICT]        = { "conflict", 409, N_("This is not possible as things stand") },
  [MADO_ERROR_EXISTS]          = { "exists", 409, N_("This is already there") },
  [MADO_ERROR_STALE]           = { "stale", 412, N_("Somebody changed this in the meantime; please look again") },
  [MADO_ERROR_KEY_REUSED]      = { "key-reused", 422, N_("This Idempotency-Key was used for something else") },
  [MADO_ERROR_KEY_REQUIRED]    = { "key-required", 400, N_("This request needs an Idempotency-Key") },
  [MADO_ERROR_PRECONDITION]    = { "precondition-required", 428, N_("This request needs an If-Match") },
  [MADO_ERROR_RATE_LIMITED]    = { "rate-limited", 429, N_("Too many requests; please wait a moment") },
  [MADO_ERROR_UNSUPPORTED]     = { "unsupported", 415, N_("This kind of content is not understood") },
  [MADO_ERROR_STORE]           = { "store", 500, N_("The records could not be reached") },
  [MADO_ERROR_STORE_VERSION]   = { "store-version", 500, N_("The records come from a newer version") },
  [MADO_ERROR_STORE_BUSY]      = { "store-busy", 503, N_("The records are busy; please try again in a moment") },
  [MADO_ERROR_STORE_FULL]      = { "store-full", 503, N_("There is no room for more records: nothing was changed. "
                                                         "Please try again later; the staff have to make room") },
  [MADO_ERROR_CRYPTO]          = { "crypto", 500, N_("A sealed record could not be opened") },
  [MADO_ERROR_UNAVAILABLE]     = { "unavailable", 503, N_("The service cannot be reached at the moment") },
  [MADO_ERROR_INTERNAL]        = { "internal", 500, N_("Something went wrong on our side") },
};

/* An error of another domain has no violations; adding to one is a mistake of the caller. */
static MadoErrorPrivate *
get_private (const GError *error)
{
  return error != NULL && error->domain == MADO_ERROR ? mado_error_get_private (error) : NULL;
}

static GError *
new_at (MadoError code, const char *pointer, const char *violation_code, char *message)
{
  GError *error = g_error_new_literal (MADO_ERROR, code, message);

  if (pointer != NULL)
    append_violation (get_private (error),
                      (MadoViolation) { g_strdup (pointer), g_strdup (violation_code), message });
  else
    g_free (message);

  return error;
}

/**
 * mado_error_new_at:
 * @code: what was refused
 * @pointer: (nullable): JSON Pointer of the place; with %NULL the error carries no violation
 * @violation_code: (nullable): stable machine name of the mistake
 * @format: a sentence for people; it never repeats the value
 *
 * Returns: (transfer full): an error whose message is that of its first violation
 */
GError *
mado_error_new_at (MadoError code, const char *pointer, const char *violation_code, const char *format, ...)
{
  va_list args;
  char *message;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  return new_at (code, pointer, violation_code, message);
}

/**
 * mado_set_error_at:
 * @error: (out) (optional): where to put it
 * @code: what was refused
 * @pointer: (nullable): JSON Pointer of the place; with %NULL the error carries no violation
 * @violation_code: (nullable): stable machine name of the mistake
 * @format: a sentence for people; it never repeats the value
 */
void
mado_set_error_at (GError **error, MadoError code, const char *pointer, const char *violation_code,
                   const char *format, ...)
{
  va_list args;
  char *message;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  g_propagate_error (error, new_at (code, pointer, violation_code, message));
}

/**
 * mado_error_add_violation:
 * @error: an error of %MADO_ERROR
 * @pointer: JSON Pointer of the place
 * @violation_code: stable machine name of the mistake
 * @format: a sentence for people
 */
void
mado_error_add_violation (GError *error, const char *pointer, const char *violation_code, const char *format, ...)
{
  MadoErrorPrivate *priv = get_private (error);
  va_list args;

  g_return_if_fail (priv != NULL);

  va_start (args, format);
  append_violation (priv, (MadoViolation) { g_strdup (pointer), g_strdup (violation_code),
                                            g_strdup_vprintf (format, args) });
  va_end (args);
}

/**
 * mado_error_get_n_violations:
 * @error: (nullable): any error
 *
 * Returns: how many places were wrong; 0 for errors of other domains
 */
guint
mado_error_get_n_violations (const GError *error)
{
  MadoErrorPrivate *priv = get_private (error);

  return priv != NULL && priv->violations != NULL ? priv->violations->len : 0;
}

/**
 * mado_error_get_violation:
 *
 * Returns: (transfer none): lives as long as @error and until the next violation is added
 */
const MadoViolation *
mado_error_get_violation (const GError *error, guint i)
{
  g_return_val_if_fail (i < mado_error_get_n_violations (error), NULL);

  return &g_array_index (get_private (error)->violations, MadoViolation, i);
}

/**
 * mado_error_prefix_pointers:
 * @error: an error whose pointers are relative to a part
 * @prefix: JSON Pointer of that part in the whole
 */
void
mado_error_prefix_pointers (GError *error, const char *prefix)
{
  for (guint i = 0; i < mado_error_get_n_violations (error); i++) {
    MadoViolation *violation = &g_array_index (get_private (error)->violations, MadoViolation, i);
    char *pointer = g_strconcat (prefix, violation->pointer, NULL);

    g_free (violation->pointer);
    violation->pointer = pointer;
  }
}

/**
 * mado_error_get_wire_name:
 *
 * Returns: (transfer none): its stable name, "too-large"
 */
const char *
mado_error_get_wire_name (MadoError code)
{
  g_return_val_if_fail ((guint) code < G_N_ELEMENTS (codes), "internal");

  return codes[code].wire_name;
}

/**
 * mado_error_get_status:
 *
 * Returns: the HTTP status
 */
guint
mado_error_get_status (MadoError code)
{
  g_return_val_if_fail ((guint) code < G_N_ELEMENTS (codes), 500);

  return codes[code].status;
}

/**
 * mado_error_get_title:
 *
 * Returns: (transfer none): a sentence for people, translated
 */
const char *
mado_error_get_title (MadoError code)
{
  g_return_val_if_fail ((guint) code < G_N_ELEMENTS (codes), "");

  return _(codes[code].title);
}

/**
 * mado_error_from_wire_name:
 * @name: (nullable): a wire name
 * @code: (out): its code
 *
 * Returns: whether there is such a code
 */
gboolean
mado_error_from_wire_name (const char *name, MadoError *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    if (g_strcmp0 (name, codes[i].wire_name) == 0) {
      *code = i;
      return TRUE;
    }
  }

  return FALSE;
}
