/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* What libFuzzer, and in the ordinary build the replay of the corpus, calls for each input. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
