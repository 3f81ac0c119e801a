/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/mado-code128.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FNC1    102
#define START_C 105
#define PRIME   103
#define STOP    "2331112"

/* Bar, space, bar, space, bar, space of each value. */
static const char *const widths[] = {
  "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213",
  "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132",
  "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211",
  "212123", "212321", "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313",
  "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331",
  "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
  "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214",
  "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",
  "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
  "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311", "113141",
  "114131", "311141", "411131", "211412", "211214", "211232",
};

/* Each value counts with its place; the start counts once. */
typedef struct {
  GString *bars;
  guint    place, sum;
} Writer;

static void
put (Writer *self, guint value)
{
  g_string_append (self->bars, widths[value]);
  self->sum += value * MAX (self->place, 1);
  self->place++;
}

char *
mado_code128_gs1 (const char *digits, GError **error)
{
  gsize n = strspn (digits, "0123456789");
  Writer writer = { NULL, 0, 0 };

  if (digits[n] != '\0' || n == 0 || n % 2) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/code", "pattern", _("A bar code takes an even number of digits."));
    return NULL;
  }
  writer.bars = g_string_new (NULL);
  put (&writer, START_C);
  put (&writer, FNC1);
  for (gsize i = 0; i < n; i += 2)
    put (&writer, (guint) ((digits[i] - '0') * 10 + digits[i + 1] - '0'));
  put (&writer, writer.sum % PRIME);
  g_string_append (writer.bars, STOP);
  return g_string_free (writer.bars, FALSE);
}
