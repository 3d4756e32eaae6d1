import { type Address, type EncodedAccount, getBase58Decoder } from '@solana/kit'
import type { SolanaLedger } from '../solana-ledger.ts'
import { readMint, readTokenAccount, TOKEN_PROGRAM } from '../token-program.ts'
import { invalidParams, RpcError } from './rpc-error.ts'
import { parseConfig, parseCount, parseWord, type RpcConfig } from './rpc-params.ts'

const ENCODINGS = ['base58', 'base64', 'jsonParsed'] as const

/** Most bytes of an account that are given as base58. */
const MAX_BASE58_BYTES = 128

/** Rent epoch of an account that is exempt from rent (u64::MAX). */
const RENT_EXEMPT_EPOCH = 18_446_744_073_709_551_615n

/** An account as `getAccountInfo` gives it. */
export function accountJson(account: EncodedAccount, config: RpcConfig, decimals: DecimalsOf): unknown {
  return {
    data: dataJson(account, config, decimals),
    executable: account.executable,
    lamports: account.lamports,
    owner: account.programAddress,
    rentEpoch: RENT_EXEMPT_EPOCH,
    space: account.data.length,
  }
}

/** Decimals of a mint. */
export type DecimalsOf = (mint: Address) => number

/** Looks decimals up on the chain as of a slot; 0 where the mint is unknown. */
export function decimalsAt(ledger: SolanaLedger, slot: number): DecimalsOf {
  return (mint) => {
    const account = ledger.account(mint, slot)
    return account === null ? 0 : (readMint(account)?.decimals ?? 0)
  }
}

/** A token amount as the RPC gives it: atomic units, and the same with the decimal point. */
export function tokenAmountJson(amount: bigint, decimals: number): unknown {
  const digits = amount.toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '')
  const text = fraction === '' ? whole : `${whole}.${fraction}`
  return { amount: amount.toString(), decimals, uiAmount: Number(text), uiAmountString: text }
}

function dataJson(account: EncodedAccount, config: RpcConfig, decimals: DecimalsOf): unknown {
  const encoding = config.encoding === undefined ? 'binary' : parseWord(config.encoding, ENCODINGS, 'base64')
  if (encoding === 'jsonParsed') {
    const parsed = parsedData(account, decimals)
    if (parsed !== null) return parsed
  }
  const bytes = slice(Uint8Array.from(account.data), config.dataSlice)
  if (encoding === 'base64' || encoding === 'jsonParsed')
    return [Buffer.from(bytes).toString('base64'), 'base64']
  if (bytes.length > MAX_BASE58_BYTES) {
    throw new RpcError(
      'invalidRequest',
      'Encoded binary (base 58) data should be less than 128 bytes, please use Base64 encoding.',
    )
  }
  const text = getBase58Decoder().decode(bytes)
  return encoding === 'base58' ? [text, 'base58'] : text
}

function slice(data: Uint8Array, value: unknown): Uint8Array {
  if (value === undefined || value === null) return data
  const { offset, length } = parseConfig(value)
  if (offset === undefined || length === undefined)
    throw invalidParams('Invalid params: missing field `offset` or `length`.')
  return data.slice(parseCount(offset), parseCount(offset) + parseCount(length))
}

function parsedData(account: EncodedAccount, decimals: DecimalsOf): unknown {
  const program = account.programAddress === TOKEN_PROGRAM ? 'spl-token' : 'spl-token-2022'
  const space = account.data.length
  const held = readTokenAccount(account)
  if (held !== null) {
    const tokenAmount = tokenAmountJson(held.amount, decimals(held.mint))
    const info = { isNative: false, mint: held.mint, owner: held.owner, state: held.state, tokenAmount }
    return { program, parsed: { info, type: 'account' }, space }
  }
  const mint = readMint(account)
  if (mint === null) return null
  const info = { ...mint, supply: mint.supply.toString(), isInitialized: true }
  return { program, parsed: { info, type: 'mint' }, space }
}
