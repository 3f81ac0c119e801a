/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include "../core/mado-error.h"
#include "../core/mado-record.h"
#include "../core/mado-seal.h"

G_BEGIN_DECLS

/*
 * The one door to SQLite and PostgreSQL. Statements are literals with $1, $2 …, columns BIGINT, TEXT or BYTEA (the
 * same words on both engines). Nothing outside store/ names an engine.
 */
#define MADO_TYPE_STORE (mado_store_get_type ())
MADO_EXPORT G_DECLARE_FINAL_TYPE (MadoStore, mado_store, MADO, STORE, GObject)

/**
 * mado_store_check_address:
 * @address: what somebody typed
 * @error: return location: `MADO_ERROR_UNSUPPORTED`, with the addresses there are
 *
 * Returns: whether it is the address of a store; nothing is opened
 */
MADO_EXPORT gboolean mado_store_check_address (const char *address, GError **error);

/**
 * mado_store_open:
 * @address: "sqlite:PATH" or "postgresql://…"
 * @data_key: the city's data key, under which subject keys are wrapped
 * @error: return location; `MADO_ERROR_STORE_VERSION` if the store is of a newer program
 *
 * Migrates and starts the writer.
 *
 * Returns: (transfer full): the store
 */
MADO_EXPORT MadoStore *mado_store_open  (const char *address, const MadoKey *data_key, GError **error);
MADO_EXPORT void       mado_store_close (MadoStore *self);     /* waits for what was accepted */

/* Values bound to a statement. */
typedef struct {
  enum { MADO_VALUE_NULL, MADO_VALUE_INT, MADO_VALUE_TEXT, MADO_VALUE_BYTES } type;
  gint64      number;      /* INT */
  const void *data;        /* TEXT (UTF-8, NUL-terminated) or BYTES */
  gsize       length;      /* BYTES */
} MadoValue;
#define MADO_NULL           ((MadoValue) { .type = MADO_VALUE_NULL })
#define MADO_INT(n)         ((MadoValue) { .type = MADO_VALUE_INT, .number = (n) })
#define MADO_TEXT(s)        mado_value_text (s)                              /* NULL binds NULL */
#define MADO_BLOB(p, n)     ((MadoValue) { .type = MADO_VALUE_BYTES, .data = (p), .length = (n) })
#define MADO_BYTES(gbytes)  mado_value_bytes (gbytes)                        /* NULL binds NULL */
#ifndef __GI_SCANNER__
static inline MadoValue mado_value_text (const char *s)
{ return (MadoValue) { .type = s ? MADO_VALUE_TEXT : MADO_VALUE_NULL, .data = s }; }
#endif
/**
 * mado_value_bytes: (skip)
 */
MADO_EXPORT MadoValue mado_value_bytes (GBytes *bytes);

typedef struct _MadoTx   MadoTx;     /* one transaction (or savepoint in a gathered batch), one thread */
typedef struct _MadoRows MadoRows;   /* a cursor; free before the next statement of the same MadoTx */

#define MADO_BIND(...) ((const MadoValue[]) { __VA_ARGS__ }), G_N_ELEMENTS (((const MadoValue[]) { __VA_ARGS__ }))
#define MADO_NO_BIND   NULL, 0

/*
 * exec: a change. On PostgreSQL it travels in a pipeline and the same statement of several requests is gathered,
 * so an error (say, a unique index: MADO_ERROR_EXISTS) may come only when the batch is sent; it is then tried
 * again alone, so the caller sees no difference. Use exec_n where the number of rows touched decides something.
 */
MADO_EXPORT gboolean  mado_tx_exec    (MadoTx *tx, GError **error, const char *sql, const MadoValue *v, gsize n);
/* Waits, and gives the rows touched; -1 on error. */
MADO_EXPORT gint64    mado_tx_exec_n  (MadoTx *tx, GError **error, const char *sql, const MadoValue *v, gsize n);
/* Does not wait: the transaction fails with @code unless exactly @expected rows were touched. */
MADO_EXPORT gboolean  mado_tx_expect  (MadoTx *tx, gint64 expected, MadoError code, GError **error,
                                       const char *sql, const MadoValue *v, gsize n);
/**
 * mado_tx_query: (skip)
 */
MADO_EXPORT MadoRows *mado_tx_query   (MadoTx *tx, GError **error, const char *sql, const MadoValue *v, gsize n);

MADO_EXPORT gboolean    mado_rows_next    (MadoRows *rows, GError **error);   /* FALSE at the end, or with error */
/* The same, where the end and an error are told apart: FALSE is an error. */
MADO_EXPORT gboolean    mado_rows_step    (MadoRows *rows, gboolean *more, GError **error);
MADO_EXPORT gint64      mado_rows_int     (MadoRows *rows, const char *column);     /* NULL is 0 */
MADO_EXPORT const char *mado_rows_text    (MadoRows *rows, const char *column);     /* until the next row */
MADO_EXPORT gboolean    mado_rows_bytes   (MadoRows *rows, const char *column, const guint8 **data, gsize *n);
MADO_EXPORT gboolean    mado_rows_is_null (MadoRows *rows, const char *column);
MADO_EXPORT void        mado_rows_free    (MadoRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoRows, mado_rows_free)
/* The record whose columns the row has (sealed and no-row fields are left for the domain). */
MADO_EXPORT gpointer    mado_rows_dup_record (MadoRows *rows, GType type);

/* A refusal that must be remembered (a wrong PIN) commits and still reports its error. */
typedef enum { MADO_OUTCOME_ROLL_BACK, MADO_OUTCOME_COMMIT } MadoOutcome;

/* Runs on the writer, maybe more than once: start afresh each time. On refusal set @error and say whether to
 * keep. */
typedef MadoOutcome (*MadoApply) (MadoTx *tx, gpointer data, GError **error);
typedef gboolean    (*MadoRead)  (MadoTx *tx, gpointer data, GError **error);
/* Called in the thread-default main context of the caller of mado_store_write_async(), after the durable
 * commit. */
typedef void        (*MadoWritten) (gpointer data, const GError *error);

/**
 * mado_store_read:
 * @read: (scope call)
 * @data: for @read
 *
 * Returns: %FALSE with @error, as @read gave it
 */
MADO_EXPORT gboolean mado_store_read        (MadoStore *self, MadoRead read, gpointer data, GError **error);
/**
 * mado_store_look:
 * @look: (scope call): asks a single query
 * @data: for @look
 *
 * Like mado_store_read(), without the cost of a transaction around one query.
 *
 * Returns: %FALSE with @error, as @look gave it
 */
MADO_EXPORT gboolean mado_store_look        (MadoStore *self, MadoRead look, gpointer data, GError **error);
/**
 * mado_store_write:
 * @apply: (scope call)
 * @data: for @apply
 *
 * Returns: %FALSE with @error, as @apply gave it
 */
MADO_EXPORT gboolean mado_store_write       (MadoStore *self, MadoApply apply, gpointer data, GError **error);
/**
 * mado_store_check:
 * @error: return location: of the read that failed; or of a change, where the last one failed for want of room, rights
 *   or a connection, and trying again does not help
 *
 * The process itself changes something every second, so this is known though nobody files.
 *
 * Returns: whether records can be read and changed
 */
MADO_EXPORT gboolean mado_store_check       (MadoStore *self, GError **error);
/**
 * mado_store_write_async:
 * @apply: (scope async)
 * @data: for both
 * @done: (scope async)
 */
MADO_EXPORT void     mado_store_write_async (MadoStore *self, MadoApply apply, gpointer data, MadoWritten done);
/**
 * mado_tx_get_store:
 *
 * Returns: (transfer none): the store it belongs to
 */
MADO_EXPORT MadoStore *mado_tx_get_store    (MadoTx *tx);
MADO_EXPORT gint64     mado_tx_now          (MadoTx *tx);      /* one instant a transaction, µs UTC */

/* Subject keys: in a key store of their own, durable before anything sealed with them. */
MADO_EXPORT MadoKey *mado_tx_subject_key    (MadoTx *tx, const char *subject, const char *retention,
                                             GError **error);
MADO_EXPORT gboolean mado_tx_forget_subject (MadoTx *tx, const char *subject, const char *retention,
                                             GError **error);
/* For prepare halves and reads: NULL with NOT_FOUND when forgotten or never made. Cached. */
MADO_EXPORT MadoKey *mado_store_get_subject_key (MadoStore *self, const char *subject, const char *retention,
                                                 GError **error);
/*
 * To seal in a prepare half under a key that may not exist yet: the known key, or a new one which nothing keeps
 * until mado_tx_keep_subject_key() in the apply half. STORE_BUSY there, if another process made one first.
 */
MADO_EXPORT MadoKey *mado_store_draw_subject_key (MadoStore *self, const char *subject, const char *retention,
                                                  GError **error);
MADO_EXPORT gboolean mado_tx_keep_subject_key    (MadoTx *tx, const char *subject, const char *retention,
                                                  MadoKey *key, GError **error);
/* Derived from the data key by purpose: blind indexes, PIN pepper, idempotency. Cached. */
MADO_EXPORT MadoKey *mado_store_get_city_key (MadoStore *self, const char *purpose);

G_END_DECLS
