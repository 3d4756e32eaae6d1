import {
  address,
  getAddressEncoder,
  getCompiledTransactionMessageDecoder,
  getProgramDerivedAddress,
  type ReadonlyUint8Array,
} from '@solana/kit'
import { ChatError } from '../domain/errors.ts'
import type { SigningOrder } from './payment.ts'

/** Programs that a payment calls. Sources: Solana's native compute budget, SPL Token, SPL Associated Token Account, SPL Memo v2. */
const COMPUTE_BUDGET = 'ComputeBudget111111111111111111111111111111'
const TOKEN = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA'
const ASSOCIATED_TOKEN = 'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL'
const MEMO = 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr'

/** First byte of an instruction: SetComputeUnitLimit, SetComputeUnitPrice, TransferChecked. */
const SET_LIMIT = 2
const SET_PRICE = 3
const TRANSFER_CHECKED = 12
/** USDC's decimals on Solana; TransferChecked names them, and the chain refuses others. */
const DECIMALS = 6

interface Call {
  readonly program: string
  readonly accounts: readonly string[]
  readonly data: Uint8Array
}

/**
 * Looks at a built transaction before it is signed: compute budget twice, one TransferChecked of exactly the order's amount from our
 * token account to the payee's, one memo; two signers, the server's paying the fee; no lookup tables; the order's blockhash.
 * Throws ChatError 'offer-unsafe' naming what differs.
 */
export async function inspectSolanaTransaction(
  messageBytes: ReadonlyUint8Array,
  order: SigningOrder,
): Promise<void> {
  const message = getCompiledTransactionMessageDecoder().decode(messageBytes)
  if (message.version !== 0) throw differs('version')
  requireSame((message.addressTableLookups ?? []).length === 0, 'lookup-tables')
  requireSame(message.lifetimeToken === order.solana?.blockhash, 'blockhash')
  const accounts = message.staticAccounts
  requireSame(message.header.numSignerAccounts === 2, 'signers')
  requireSame(accounts[0] === order.offer.feePayer && accounts[0] !== order.account, 'fee-payer')
  requireSame(accounts[1] === order.account, 'signers')
  const calls = message.instructions.map(
    (instruction): Call => ({
      program: accounts[instruction.programAddressIndex] ?? '',
      accounts: (instruction.accountIndices ?? []).map((index) => accounts[index] ?? ''),
      data: Uint8Array.from(instruction.data ?? []),
    }),
  )
  requireSame(calls.length === 4, 'instructions')
  const [limit, price, transfer, memo] = calls
  requireBudgetCall(limit, SET_LIMIT, 5)
  requireBudgetCall(price, SET_PRICE, 9)
  await requireTransfer(transfer, order)
  requireMemo(memo, order)
}

function requireBudgetCall(call: Call | undefined, kind: number, length: number): void {
  requireSame(call?.program === COMPUTE_BUDGET && call.accounts.length === 0, 'compute-budget')
  requireSame(call?.data[0] === kind && call.data.length === length, 'compute-budget')
}

async function requireTransfer(call: Call | undefined, order: SigningOrder): Promise<void> {
  const { offer, account } = order
  if (call?.program !== TOKEN || call.data.length !== 10) throw differs('transfer')
  const view = new DataView(call.data.buffer, call.data.byteOffset)
  requireSame(call.data[0] === TRANSFER_CHECKED, 'transfer')
  requireSame(view.getBigUint64(1, true) === offer.amount, 'amount')
  requireSame(call.data[9] === DECIMALS, 'decimals')
  const [source, mint, destination, authority, ...others] = call.accounts
  requireSame(others.length === 0 && authority === account, 'authority')
  requireSame(mint === offer.asset.address, 'mint')
  requireSame(source === (await tokenAccountOf(account, offer.asset.address)), 'source')
  requireSame(destination === (await tokenAccountOf(offer.payTo, offer.asset.address)), 'destination')
}

/** The seller's memo where it wants one, else 16 random bytes in hex, which keep two equal payments apart. */
function requireMemo(call: Call | undefined, order: SigningOrder): void {
  if (call?.program !== MEMO || call.accounts.length !== 0) throw differs('memo')
  const text = new TextDecoder().decode(call.data)
  const wanted = sellerMemo(order)
  requireSame(wanted === null ? /^[0-9a-f]{32}$/.test(text) : text === wanted, 'memo')
}

/** `extra.memo` of the requirement, null where there is none; throws ChatError 'offer-unsafe' for one that is no text of at most 256 bytes. */
export function sellerMemo(order: Pick<SigningOrder, 'offer'>): string | null {
  const { extra } = order.offer.accepted
  const memo = typeof extra === 'object' && extra !== null && 'memo' in extra ? extra.memo : undefined
  if (memo === undefined || memo === null || memo === '') return null
  if (typeof memo !== 'string' || new TextEncoder().encode(memo).length > 256) throw differs('memo')
  return memo
}

/** The associated token account of an owner for a mint of the SPL Token program. */
async function tokenAccountOf(owner: string, mint: string): Promise<string> {
  const encoder = getAddressEncoder()
  const [account] = await getProgramDerivedAddress({
    programAddress: address(ASSOCIATED_TOKEN),
    seeds: [owner, TOKEN, mint].map((seed) => encoder.encode(address(seed))),
  })
  return account
}

function requireSame(holds: boolean, field: string): void {
  if (!holds) throw differs(field)
}

function differs(field: string): ChatError {
  return new ChatError('offer-unsafe', { problem: 'transaction-differs', field })
}
