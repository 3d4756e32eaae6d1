/** Every figure of a Solana transfer, and the transaction that will be signed for it. */
import { type AtomicAmount, toAtomic, ZERO } from '../../domain/amount.ts'
import { findAsset } from '../../domain/asset.ts'
import { ChatError } from '../../domain/errors.ts'
import { SOLANA } from '../../domain/network.ts'
import type { PreparedTransfer, RecipientKind, TransferRequest } from '../chains.ts'
import { parseRecipient } from '../parse-recipient.ts'
import type { Endpoint } from '../rpc/endpoint-pool.ts'
import { formatUnsignedSolana } from '../unsigned-transfer.ts'
import { buildSolanaTransfer, type SolanaTransfer, solanaFee } from './build-solana-transfer.ts'
import { RENT_EMPTY, RENT_TOKEN_ACCOUNT } from './programs.ts'
import { recipientKind } from './recipient-kind.ts'
import { type Blockhash, readAccounts, readBlockhash } from './solana-reads.ts'
import { findTokenAccount, readTokenAmount } from './token-account.ts'

type SendRequest = Extract<TransferRequest, { kind: 'send' }>

interface Ground {
  readonly native: AtomicAmount
  /** Of the asset that is sent. */
  readonly held: AtomicAmount
  readonly recipient: RecipientKind
  /** The recipient's own account, or their token account, exists. */
  readonly exists: boolean
}

/** Throws RpcError, or ChatError as `Chains.prepareTransfer` says. */
export async function prepareSolanaTransfer(
  endpoint: Endpoint,
  request: TransferRequest,
  from: string,
): Promise<PreparedTransfer> {
  const checked = checkRequest(request)
  const [ground, blockhash] = await Promise.all([
    readGround(endpoint, checked, from),
    readBlockhash(endpoint),
  ])
  const createsAccount = checked.asset !== 'native' && !ground.exists
  const fee = solanaFee({ asset: checked.asset, createsAccount })
  const maxFee = toAtomic(fee + (createsAccount ? RENT_TOKEN_ACCOUNT : 0n))
  const amount = resolveAmount(checked, ground, maxFee)
  const transfer: SolanaTransfer = { from, to: checked.to, asset: checked.asset, amount, createsAccount }
  return {
    request: checked,
    from,
    amount,
    maxFee,
    nativeBalance: ground.native,
    missingFee: missingFee(checked, { ...ground, amount, maxFee }),
    createsAccount,
    recipient: ground.recipient,
    ...(await bindTransfer(transfer, blockhash)),
  }
}

/** The same transfer under a fresh blockhash. Throws RpcError. */
export async function renewSolanaTransfer(
  endpoint: Endpoint,
  prepared: PreparedTransfer & { readonly request: SendRequest },
): Promise<PreparedTransfer> {
  const { request, from, amount, createsAccount } = prepared
  const transfer: SolanaTransfer = { from, to: request.to, asset: request.asset, amount, createsAccount }
  return { ...prepared, ...(await bindTransfer(transfer, await readBlockhash(endpoint))) }
}

async function bindTransfer(
  transfer: SolanaTransfer,
  blockhash: Blockhash,
): Promise<Pick<PreparedTransfer, 'unsigned' | 'lifetime'>> {
  return {
    unsigned: formatUnsignedSolana(await buildSolanaTransfer(transfer, blockhash)),
    lifetime: { kind: 'solana', lastValidBlockHeight: blockhash.lastValidBlockHeight },
  }
}

function checkRequest(request: TransferRequest): SendRequest {
  if (request.kind !== 'send' || (request.asset !== 'native' && !findAsset(SOLANA, request.asset))) {
    throw new ChatError('invalid-body', { field: 'asset', problem: 'unknown' })
  }
  if (request.amount === ZERO) throw new ChatError('invalid-body', { field: 'amount', problem: 'zero' })
  return { ...request, to: parseRecipient(SOLANA, request.to) }
}

async function readGround(endpoint: Endpoint, request: SendRequest, from: string): Promise<Ground> {
  const { asset, to } = request
  const tokens =
    asset === 'native' ? [] : [await findTokenAccount(from, asset), await findTokenAccount(to, asset)]
  const [payer, recipient, source, destination] = await readAccounts(endpoint, [from, to, ...tokens])
  const native = toAtomic(payer?.lamports ?? 0n)
  return {
    native,
    held: asset === 'native' ? native : readTokenAmount(source ?? null, { owner: from, mint: asset }),
    recipient: recipientKind(to, recipient ?? null),
    exists: asset === 'native' ? Boolean(recipient) : Boolean(destination),
  }
}

function resolveAmount(request: SendRequest, ground: Ground, maxFee: AtomicAmount): AtomicAmount {
  const amount = request.amount === 'all' ? everything(request, ground, maxFee) : request.amount
  if (amount > ground.held) throw insufficient(request.asset, amount - ground.held)
  if (request.asset !== 'native') return amount
  if (!ground.exists && amount < RENT_EMPTY) throw refuseAmount('below-rent')
  const left = ground.native - amount - maxFee
  if (left > 0n && left < RENT_EMPTY) throw refuseAmount('leaves-dust')
  return amount
}

function everything(request: SendRequest, ground: Ground, maxFee: AtomicAmount): AtomicAmount {
  const fee = request.asset === 'native' ? maxFee : 0n
  if (ground.held <= fee) throw insufficient(request.asset, fee - ground.held + 1n)
  return toAtomic(ground.held - fee)
}

/** An account keeps nothing or at least its rent: the chain refuses what lies between. */
function missingFee(
  request: SendRequest,
  figures: { readonly native: AtomicAmount; readonly amount: AtomicAmount; readonly maxFee: AtomicAmount },
): AtomicAmount | null {
  const { native, maxFee } = figures
  if (request.asset === 'native') {
    const needed = figures.amount + maxFee
    return needed > native ? toAtomic(needed - native) : null
  }
  if (native === maxFee || native >= maxFee + RENT_EMPTY) return null
  return toAtomic(maxFee + RENT_EMPTY - native)
}

function refuseAmount(problem: 'below-rent' | 'leaves-dust'): ChatError {
  return new ChatError('invalid-body', { field: 'amount', problem, least: RENT_EMPTY.toString() })
}

function insufficient(what: string, missing: bigint): ChatError {
  return new ChatError('insufficient-funds', { what, missing: missing.toString() })
}
