import type { PreparedTransfer } from '../chains/chains.ts'
import { ChatError } from '../domain/errors.ts'
import type { TransferReview } from './transfers.ts'

/** Reviews that are kept; an older one must be made again. */
const MAX_REVIEWS = 20

/** Reviews in memory only: with the worker they are gone, and nothing was promised by them. */
export interface ReviewBook {
  put(review: TransferReview): void
  /** Throws ChatError 'unknown-quote' where there is none, or it is too old. */
  require(id: string, nowMs: number): TransferReview
  /** The figures, once: a second caller gets 'unknown-quote'. */
  take(id: string, nowMs: number): PreparedTransfer
}

export function createReviewBook(): ReviewBook {
  const reviews = new Map<string, TransferReview>()

  function require(id: string, nowMs: number): TransferReview {
    const review = reviews.get(id)
    if (!review) throw new ChatError('unknown-quote')
    if (nowMs >= review.goodUntilMs) throw new ChatError('unknown-quote', { problem: 'too-old' })
    return review
  }

  return {
    require,
    put(review) {
      reviews.set(review.id, review)
      for (const oldest of reviews.keys()) {
        if (reviews.size <= MAX_REVIEWS) break
        reviews.delete(oldest)
      }
    },
    take(id, nowMs) {
      const { figures } = require(id, nowMs)
      reviews.delete(id)
      return figures
    },
  }
}
