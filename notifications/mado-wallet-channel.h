/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mado-channel.h"

/**
 * MadoWalletChannel:
 *
 * Calls the wallet (PayPay Open Payment API): makes a code, asks how a payment stands, lets go of one, gives money
 * back, and tells the service what it heard. What is not known stays open and is asked again: nothing is guessed.
 */
#define MADO_TYPE_WALLET_CHANNEL (mado_wallet_channel_get_type ())
G_DECLARE_FINAL_TYPE (MadoWalletChannel, mado_wallet_channel, MADO, WALLET_CHANNEL, GObject)

/**
 * mado_wallet_channel_new:
 * @url: of the wallet, without a slash at the end
 * @keys: "KEY:SECRET" or "KEY:SECRET:MERCHANT"
 *
 * Returns: (nullable): %NULL with @error where @keys are none
 */
MadoWalletChannel *mado_wallet_channel_new (MadoClient *service, const char *url, const char *keys, GError **error);
