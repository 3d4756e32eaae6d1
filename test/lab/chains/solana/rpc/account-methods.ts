import type { Address, EncodedAccount } from '@solana/kit'
import type { SolanaLedger } from '../solana-ledger.ts'
import { isTokenProgram, readMint, readTokenAccount } from '../token-program.ts'
import { accountJson, decimalsAt, tokenAmountJson } from './account-json.ts'
import { type RpcMethod, readSlot, withContext } from './rpc-context.ts'
import { invalidParams } from './rpc-error.ts'
import { parseConfig, parseCount, parseList, parsePubkey, requireParam } from './rpc-params.ts'

/** Most accounts that `getMultipleAccounts` gives at once. */
const MAX_ACCOUNTS = 100

/** Methods that read accounts. */
export const accountMethods: Record<string, RpcMethod> = {
  getAccountInfo(ledger, params) {
    const address = parsePubkey(requireParam(params, 0))
    const config = parseConfig(params[1])
    const slot = readSlot(ledger, config)
    const account = ledger.account(address, slot)
    return withContext(slot, account && accountJson(account, config, decimalsAt(ledger, slot)))
  },

  getMultipleAccounts(ledger, params) {
    const addresses = parseList(requireParam(params, 0), MAX_ACCOUNTS).map(parsePubkey)
    const config = { encoding: 'base64', ...parseConfig(params[1]) }
    const slot = readSlot(ledger, config)
    const decimals = decimalsAt(ledger, slot)
    const accounts = addresses.map((address) => ledger.account(address, slot))
    return withContext(
      slot,
      accounts.map((account) => account && accountJson(account, config, decimals)),
    )
  },

  getBalance(ledger, params) {
    const address = parsePubkey(requireParam(params, 0))
    const slot = readSlot(ledger, parseConfig(params[1]))
    return withContext(slot, ledger.account(address, slot)?.lamports ?? 0)
  },

  getTokenAccountBalance(ledger, params) {
    const address = parsePubkey(requireParam(params, 0))
    const slot = readSlot(ledger, parseConfig(params[1]))
    const held = readTokenAccount(requireAccount(ledger, address, slot))
    if (held === null) throw invalidParams('Invalid param: not a Token account')
    return withContext(slot, tokenAmountJson(held.amount, decimalsAt(ledger, slot)(held.mint)))
  },

  getTokenSupply(ledger, params) {
    const address = parsePubkey(requireParam(params, 0))
    const slot = readSlot(ledger, parseConfig(params[1]))
    const mint = readMint(requireAccount(ledger, address, slot))
    if (mint === null) throw invalidParams('Invalid param: not a Token mint')
    return withContext(slot, tokenAmountJson(mint.supply, mint.decimals))
  },

  getTokenAccountsByOwner(ledger, params) {
    const owner = parsePubkey(requireParam(params, 0))
    const config = parseConfig(params[2])
    const slot = readSlot(ledger, config)
    const matches = accountFilter(ledger, slot, requireParam(params, 1))
    const decimals = decimalsAt(ledger, slot)
    const found = ledger
      .tokenAccounts(slot)
      .filter((account) => readTokenAccount(account)?.owner === owner && matches(account))
    return withContext(
      slot,
      found.map((account) => ({ account: accountJson(account, config, decimals), pubkey: account.address })),
    )
  },

  getMinimumBalanceForRentExemption: (ledger, params) =>
    ledger.rentExemption(parseCount(requireParam(params, 0))),
}

function requireAccount(ledger: SolanaLedger, address: Address, slot: number): EncodedAccount {
  const account = ledger.account(address, slot)
  if (account === null) throw invalidParams('Invalid param: could not find account')
  return account
}

function accountFilter(
  ledger: SolanaLedger,
  slot: number,
  value: unknown,
): (account: EncodedAccount) => boolean {
  const filter = parseConfig(value)
  if (filter.mint !== undefined) {
    const mint = parsePubkey(filter.mint)
    const account = ledger.account(mint, slot)
    if (account === null || readMint(account) === null)
      throw invalidParams('Invalid param: could not find mint')
    return (found) => readTokenAccount(found)?.mint === mint
  }
  const program = parsePubkey(filter.programId)
  if (!isTokenProgram(program)) throw invalidParams('Invalid param: unrecognized Token program id')
  return (found) => found.programAddress === program
}
