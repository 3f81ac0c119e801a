/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mado-cli.h"

/* A change of the catalogue, for programs and for people. */
void mado_cli_build_change (JsonBuilder *builder, const MadoChange *change);
void mado_cli_print_change (const MadoChange *change);
