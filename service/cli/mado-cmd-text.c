/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-cli.h"

const MadoCommand mado_commands_text[] = {
  { NULL }
};
