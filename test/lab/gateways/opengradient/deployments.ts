import { type Address, parseUnits } from 'viem'
import { addresses } from '../../chains/addresses.ts'

/** The terms of one OpenGradient deployment, as its 402 states them. */
export interface Deployment {
  /** Its name in faults and counters. */
  name: 'opengradient' | 'opengradientDocumented'
  network: 'eip155:8453' | 'eip155:84532'
  chainId: number
  token: Address
  spender: Address
  payTo: Address
  /** What the 402 says of the token; the newer deployment adds a facilitator to it. */
  extra: { name: string; version: string; assetTransferMethod: 'permit2' }
  /** Cap of one payment, in atomic OPG (18 decimals). */
  cap: bigint
  maxTimeoutSeconds: number
  /** Whether its witness names a facilitator, and its 402 offers to pay for the approval. */
  namesFacilitator: boolean
  /** The stock server of the newer deployment answers a missing allowance with 412. */
  allowanceStatus: 402 | 412
  paymentHeaders: readonly string[]
  models: readonly string[]
}

/** On Base since April 2026: Permit2 spender is the x402 upto proxy, model ids have no prefix. */
export const newer: Deployment = {
  name: 'opengradient',
  network: 'eip155:8453',
  chainId: 8453,
  token: addresses.baseOpg,
  spender: addresses.baseUptoSpender,
  payTo: '0x9deEBB5D1b22e4a6e027977CeAd13893A7E4cC1a',
  extra: { name: 'OpenGradient', version: '1', assetTransferMethod: 'permit2' },
  cap: parseUnits('0.5', 18),
  maxTimeoutSeconds: 600,
  namesFacilitator: true,
  allowanceStatus: 412,
  paymentHeaders: ['payment-signature'],
  models: [
    'gpt-4.1',
    'gpt-5',
    'gpt-5-mini',
    'claude-haiku-4-5',
    'claude-sonnet-4-6',
    'gemini-2.5-flash',
    'gemini-2.5-pro',
    'grok-4-fast',
    'deepseek-v4-flash',
  ],
}

/** On Base Sepolia, as the service documents it: a witness without facilitator, model ids with a prefix. */
export const documented: Deployment = {
  name: 'opengradientDocumented',
  network: 'eip155:84532',
  chainId: 84532,
  token: addresses.sepoliaOpg,
  spender: addresses.sepoliaUptoSpender,
  payTo: '0x40eFb45552EDfB2502D90A657a8ab41F03ec460d',
  extra: { name: 'OPG', version: '2', assetTransferMethod: 'permit2' },
  cap: parseUnits('0.1', 18),
  maxTimeoutSeconds: 300,
  namesFacilitator: false,
  allowanceStatus: 402,
  paymentHeaders: ['x-payment', 'payment-signature'],
  models: [
    'openai/gpt-4.1-2025-04-14',
    'openai/gpt-4o',
    'openai/o4-mini',
    'anthropic/claude-4.0-sonnet',
    'anthropic/claude-3.7-sonnet',
    'anthropic/claude-3.5-haiku',
    'google/gemini-2.5-flash',
    'google/gemini-2.5-pro',
    'google/gemini-2.5-flash-lite',
    'google/gemini-2.0-flash',
    'x-ai/grok-3-beta',
    'x-ai/grok-3-mini-beta',
    'x-ai/grok-4.1-fast',
    'x-ai/grok-4-1-fast-non-reasoning',
    'x-ai/grok-2-1212',
    'x-ai/grok-2-vision-latest',
  ],
}
