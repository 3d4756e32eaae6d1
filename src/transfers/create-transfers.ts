/** Review, confirm, and see through: what is signed equals what was reviewed, and is signed once. */
import type { PreparedTransfer, TransferRequest } from '../chains/chains.ts'
import { ChatError } from '../domain/errors.ts'
import { isEvmNetwork, type PaymentNetwork } from '../domain/network.ts'
import type { Transfer } from '../domain/payment.ts'
import type { Addresses } from '../wallet/wallet.ts'
import { advanceTransfer, isFinished, sendTransfer } from './advance-transfer.ts'
import { createInTurn, type InTurn } from './in-turn.ts'
import type { TransfersDeps } from './ports.ts'
import { prepareReplacement, replaceTransfer } from './replace-transfer.ts'
import { createReviewBook, type ReviewBook } from './review-book.ts'
import { recipientOf, requireNoCollision, signReviewed } from './sign-reviewed.ts'
import type { ConfirmResult, ReplacementReview, TransferReview, Transfers } from './transfers.ts'
import { warnOfRecipient } from './warn-of-recipient.ts'

/** How long the figures of a review hold. */
export const REVIEW_TTL_MS = 60_000
/** Earlier transfers in which a recipient is looked for. */
const EARLIER = 200
/** How a fresh transfer is followed before it is left to the alarm. */
const FOLLOW_EVERY_MS = 2_000
const FOLLOW_TIMES = 60

export function createTransfers(deps: TransfersDeps): Transfers {
  const context: Context = {
    deps,
    followed: new Set(),
    reviews: createReviewBook(),
    replacements: createReviewBook(),
    inTurn: createInTurn(),
    stopped: new Set(),
  }
  return {
    review: (request) => review(request, context),
    // One confirmation at a time, so that no two signatures are made on the same ground.
    confirm: (reviewId, password) => context.inTurn('confirm', () => confirm(reviewId, password, context)),
    reviewReplacement: (transferId, does) => reviewReplacement(transferId, does, context),
    confirmReplacement: (reviewId, password) =>
      context.inTurn('confirm', () => confirmReplacement(reviewId, password, context)),
    resume: () => resume(context),
    stop: () => stop(context),
  }
}

interface Context {
  readonly deps: TransfersDeps
  readonly reviews: ReviewBook<TransferReview>
  readonly replacements: ReviewBook<ReplacementReview>
  readonly inTurn: InTurn
  /** Ids of transfers that this worker follows. */
  readonly followed: Set<string>
  /** Ids of transfers that nobody looks after any more. */
  readonly stopped: Set<string>
}

async function review(request: TransferRequest, context: Context): Promise<TransferReview> {
  const { deps, reviews } = context
  const addresses = await requireAddresses(deps)
  // What an earlier one came to is looked up first: it may stand in the way no longer.
  await resume(context)
  const figures = await deps.chains.prepareTransfer(request, accountOn(request.network, addresses))
  await requireNoCollision(figures, deps)
  const to = recipientOf(figures)
  const made: TransferReview = {
    id: deps.newId(),
    figures,
    to,
    warnings:
      request.kind === 'allowance'
        ? []
        : warnOfRecipient({
            network: request.network,
            to,
            kind: figures.recipient,
            own: [addresses.evm, addresses.solana],
            earlier: await deps.ledger.listTransfers({ limit: EARLIER }),
          }),
    goodUntilMs: deps.clock.nowMs() + REVIEW_TTL_MS,
  }
  reviews.put(made)
  return made
}

async function confirm(reviewId: string, password: string, context: Context): Promise<ConfirmResult> {
  const { deps, reviews } = context
  const { figures } = reviews.require(reviewId, deps.clock.nowMs())
  if (!(await mayBeSigned(figures, password, deps))) return { kind: 'wrong-password' }
  const taken = reviews.take(reviewId, deps.clock.nowMs())
  const { transfer, entry } = await signReviewed(taken.figures, deps)
  const sent = await sendTransfer(transfer, entry, deps)
  if (!isFinished(sent)) void follow(sent, context)
  return { kind: 'signed', transfer: sent }
}

async function reviewReplacement(
  transferId: string,
  does: 'transfer' | 'cancel',
  { deps, replacements, inTurn }: Context,
): Promise<ReplacementReview> {
  await requireAddresses(deps)
  const made = {
    id: deps.newId(),
    transferId,
    ...(await inTurn(transferId, () => prepareReplacement(transferId, does, deps))),
    goodUntilMs: deps.clock.nowMs() + REVIEW_TTL_MS,
  }
  replacements.put(made)
  return made
}

async function confirmReplacement(
  reviewId: string,
  password: string,
  context: Context,
): Promise<ConfirmResult> {
  const { deps, replacements, inTurn } = context
  const { figures, transferId } = replacements.require(reviewId, deps.clock.nowMs())
  if (!(await mayBeSigned(figures, password, deps))) return { kind: 'wrong-password' }
  const taken = replacements.take(reviewId, deps.clock.nowMs())
  const sent = await inTurn(transferId, () => replaceTransfer(taken, deps))
  if (!isFinished(sent)) void follow(sent, context)
  return { kind: 'signed', transfer: sent }
}

/** False: the password is wrong. Throws ChatError 'insufficient-funds' before it is looked at, and 'wallet-locked'. */
async function mayBeSigned(
  { missingFee, from }: Pick<PreparedTransfer, 'missingFee' | 'from'>,
  password: string,
  deps: TransfersDeps,
): Promise<boolean> {
  if (missingFee !== null) {
    throw new ChatError('insufficient-funds', { what: 'native', missing: missingFee.toString(), to: from })
  }
  if ((await deps.wallet.status()).kind !== 'unlocked') throw new ChatError('wallet-locked')
  if (!(await deps.wallet.checkPassword(password))) return false
  // Before anything is signed: from then on somebody has to see it through.
  await deps.wake()
  return true
}

/** Where this stops early, by an error or with the worker, the alarm's `resume` goes on. One at a time for each transfer. */
async function follow({ id }: Transfer, context: Context): Promise<void> {
  if (context.followed.has(id)) return
  context.followed.add(id)
  for (let look = 0; look < FOLLOW_TIMES; look++) {
    await context.deps.sleep(FOLLOW_EVERY_MS)
    if (context.stopped.has(id)) break
    if (await advance(id, context).catch(() => false)) break
  }
  context.followed.delete(id)
}

async function resume(context: Context): Promise<number> {
  const rows = await context.deps.ledger.unfinishedTransfers()
  const over = await Promise.all(rows.map(({ id }) => advance(id, context)))
  return over.filter((isOver) => !isOver).length
}

/** One look at a time, at the row as it is by then; none at what was stopped meanwhile. True once it has an end. */
function advance(id: string, { deps, inTurn, stopped }: Context): Promise<boolean> {
  return inTurn(id, async () => {
    if (stopped.has(id)) return false
    const row = (await deps.ledger.unfinishedTransfers()).find((one) => one.id === id)
    return row === undefined || isFinished(await advanceTransfer(row, deps))
  })
}

/** After whoever confirms or looks right now. Books that cannot be read name nobody else who could. */
async function stop({ deps, followed, inTurn, stopped }: Context): Promise<void> {
  await inTurn('confirm', async () => undefined)
  const rows = await deps.ledger.unfinishedTransfers().catch(() => [])
  const ids = [...new Set([...followed, ...rows.map(({ id }) => id)])]
  for (const id of ids) stopped.add(id)
  await Promise.all(ids.map((id) => inTurn(id, async () => undefined)))
}

async function requireAddresses(deps: TransfersDeps): Promise<Addresses> {
  const status = await deps.wallet.status()
  if (status.kind === 'locked' || status.kind === 'unlocked') return status.addresses
  throw new ChatError('wallet-missing')
}

function accountOn(network: PaymentNetwork, addresses: Addresses): string {
  const account = isEvmNetwork(network) ? addresses.evm : addresses.solana
  if (account === null) throw new ChatError('wallet-missing', { network })
  return account
}
