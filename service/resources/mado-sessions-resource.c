/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "mado-resources.h"

typedef struct {
  const char *method;
  const char *account;
  const char *password;
  const char *totp;
  const char *device;
  const char *secret;
  const char *card_number;
  const char *pin;
} Input;

const MadoJsonSpec mado_sessions_open_spec[] = {
  { "method", MADO_JSON_STRING, G_STRUCT_OFFSET (Input, method), TRUE, 1, 8, "password|device|card", NULL,
    "How to sign in: `password` (staff), `device` (a kiosk or notifier) or `card` (a resident)" },
  { "account", MADO_JSON_STRING, G_STRUCT_OFFSET (Input, account), FALSE, 1, 64, NULL, NULL, "Of staff" },
  { "password", MADO_JSON_STRING, G_STRUCT_OFFSET (Input, password), FALSE, 1, 256, NULL, NULL, "Of staff" },
  { "totp", MADO_JSON_STRING, G_STRUCT_OFFSET (Input, totp), FALSE, 6, 6, "[0-9]{6}", NULL,
    "Second factor (RFC 6238); supervisors need it" },
  { "device", MADO_JSON_STRING, G_STRUCT_OFFSET (Input, device), FALSE, 1, 64, NULL, NULL, "Id of the device" },
  { "secret", MADO_JSON_STRING, G_STRUCT_OFFSET (Input, secret), FALSE, 1, 128, NULL, NULL, "Of the device" },
  { "cardNumber", MADO_JSON_STRING, G_STRUCT_OFFSET (Input, card_number), FALSE, 1, 32, NULL, NULL,
    "12 digits; width, spaces and hyphens fold" },
  { "pin", MADO_JSON_STRING, G_STRUCT_OFFSET (Input, pin), FALSE, 4, 16, NULL, NULL, "Of the card" },
  { NULL }
};

static gboolean
require (const char *value, const char *pointer, GError **error)
{
  if (!value)
    mado_set_error_at (error, MADO_ERROR_INVALID, pointer, "required", _("This is needed for this way to sign in."));
  return value != NULL;
}

MadoAct *
mado_sessions_open (MadoRequest *request, GError **error)
{
  MadoStore *store = mado_request_get_store (request);
  Input input = { 0 };

  if (!mado_request_read (request, &input, error))
    return NULL;
  if (g_str_equal (input.method, "password"))
    return require (input.account, "/account", error) && require (input.password, "/password", error)
           ? mado_sign_in_with_password (store, input.account, input.password, input.totp, error) : NULL;
  if (g_str_equal (input.method, "device"))
    return require (input.device, "/device", error) && require (input.secret, "/secret", error)
           ? mado_sign_in_with_device (store, input.device, input.secret, error) : NULL;
  return require (input.card_number, "/cardNumber", error) && require (input.pin, "/pin", error)
         ? mado_sign_in_with_card (store, input.card_number, input.pin, error) : NULL;
}

MadoAct *
mado_sessions_close (MadoRequest *request, GError **error)
{
  return mado_sign_out (mado_request_get_store (request), request->session, error);
}
