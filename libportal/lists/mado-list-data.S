/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The lists as they are, in read-only pages that processes share; a C array of this size takes half a minute. */
#define LIST(name, file) \
  .globl mado_list_##name; .hidden mado_list_##name; \
  .globl mado_list_##name##_end; .hidden mado_list_##name##_end; \
  mado_list_##name: .incbin file; \
  mado_list_##name##_end: .byte 0

  .section .rodata
  LIST (banks, "banks.txt")
  LIST (furigana, "furigana.txt")
  LIST (holidays, "holidays.txt")
  LIST (offices, "offices.txt")
  LIST (readings, "readings.txt")
  LIST (towns, "towns.txt")
  .section .note.GNU-stack, "", %progbits
