/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../questions/mado-form.h"

G_BEGIN_DECLS

/**
 * MadoOverlay:
 *
 * How the answers of a form are printed onto the city's official one (様式): the sheets as SVG, and on each the places
 * of the answers, in millimetres from the upper left corner. Immutable; any number of threads print with it.
 *
 * The file is `forms/official/ID.json` (docs/extend-procedure.md): pages[] → items[]. What has no place on the sheet,
 * or does not fit into it at the smallest size, is printed on a sheet of its own (別紙).
 */
#define MADO_TYPE_OVERLAY (mado_overlay_get_type ())
typedef struct _MadoOverlay MadoOverlay;
MADO_EXPORT GType        mado_overlay_get_type (void);

/* (transfer full): the SVG called @name; in any thread. */
typedef GBytes *(*MadoOverlayOpen) (const char *name, gpointer data, GError **error);

/**
 * mado_overlay_new: (skip)
 * @json: a layout as its author wrote it
 * @form: whose answers are printed
 * @open: (scope notified) (closure data) (destroy free_data): finds the sheets it names, when one is first printed or
 *   linted
 * @error: return location: `MADO_ERROR_INVALID`, every mistake with its JSON Pointer: a fact the form does not ask, a
 *   place beyond the sheet, an option that is none
 *
 * Returns: (transfer full): the layout
 */
MADO_EXPORT MadoOverlay *mado_overlay_new   (JsonNode *json, const MadoForm *form, MadoOverlayOpen open, gpointer data,
                                             GDestroyNotify free_data, GError **error);
/**
 * mado_overlay_new_frozen: (skip)
 * @frozen: what mado_overlay_freeze() gave
 * @error: return location: as of mado_overlay_new()
 *
 * Returns: (transfer full): the layout, with the sheets it had then
 */
MADO_EXPORT MadoOverlay *mado_overlay_new_frozen (JsonNode *frozen, const MadoForm *form, GError **error);
/**
 * mado_overlay_freeze:
 * @error: return location: of who opens the sheets
 *
 * Returns: (transfer full): the layout and its sheets in one object, to be kept with the revision of the form
 */
MADO_EXPORT JsonNode    *mado_overlay_freeze (const MadoOverlay *self, GError **error);
MADO_EXPORT MadoOverlay *mado_overlay_ref   (MadoOverlay *self);
MADO_EXPORT void         mado_overlay_unref (MadoOverlay *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoOverlay, mado_overlay_unref)

/**
 * mado_overlay_lint:
 * @error: return location: `MADO_ERROR_INVALID`, every mistake with its JSON Pointer
 *
 * What should not be published: places that overlap, fewer boxes than the longest answer has characters, an option
 * without a place, a fact of the form that is neither placed nor left out on purpose, a sheet that is missing or cannot
 * be drawn.
 *
 * Returns: whether there is nothing to mend
 */
MADO_EXPORT gboolean     mado_overlay_lint  (const MadoOverlay *self, const MadoForm *form, GError **error);

/**
 * MadoOverlayFilling:
 * @form: the revision it was filed with
 * @answers: an object, as they are kept
 * @context: of the answers
 * @number: of the case
 * @made_at: when it was filed, µs since 1970
 *
 * What is printed. Borrowed for the call.
 */
typedef struct {
  const MadoForm          *form;
  JsonNode                *answers;
  const MadoAnswerContext *context;
  const char              *number;
  gint64                   made_at;
} MadoOverlayFilling;

/**
 * mado_overlay_print: (skip)
 * @error: return location: `MADO_ERROR_INTERNAL`; of who opens a sheet, if one is not there any more
 *
 * Returns: (transfer full): the PDF
 */
MADO_EXPORT GBytes      *mado_overlay_print (const MadoOverlay *self, const MadoOverlayFilling *filling,
                                             GError **error);
/**
 * mado_overlay_proof:
 * @error: return location: `MADO_ERROR_INTERNAL`
 *
 * For who adjusts the places: the sheets with a grid of millimetres, each place with its frame and name, filled with
 * answers about as long as they may be.
 *
 * Returns: (transfer full): the PDF
 */
MADO_EXPORT GBytes      *mado_overlay_proof (const MadoOverlay *self, const MadoForm *form, GError **error);

G_END_DECLS
