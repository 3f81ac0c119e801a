/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules-testing.h"

/* The vocabulary of the rules and people that are made up here. */
extern const char random_words[];

/* @inside: of an element of the group “list”. */
void random_rule   (GRand *rand, GString *out, guint depth, gboolean inside);
void random_person (GRand *rand, GString *out, gboolean inside);
