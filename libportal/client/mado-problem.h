/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include "core/mado-error.h"

#define MADO_PROBLEM_URN "urn:madoguchi:problem:"

/* RFC 9457. @document may be NULL or anything: a balancer in between answers in its own words. */
void mado_problem_to_error (guint status, JsonNode *document, GError **error);
