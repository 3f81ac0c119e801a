/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Everything is hidden (see meson.build) but what bears this mark. */
#define MADO_EXPORT __attribute__ ((visibility ("default")))

/* GETTEXT_PACKAGE in the library and the service: threads may speak different languages (core/mado-language.h). */
MADO_EXPORT const char *mado_language_get_domain (void);
