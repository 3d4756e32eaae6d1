import { ChatError } from '../domain/errors.ts'

/** Reviews that are kept; an older one must be made again. */
const MAX_REVIEWS = 20

interface Timed {
  readonly id: string
  readonly goodUntilMs: number
}

/** Reviews in memory only: with the worker they are gone, and nothing was promised by them. */
export interface ReviewBook<Review extends Timed> {
  put(review: Review): void
  /** Throws ChatError 'unknown-quote' where there is none, or it is too old. */
  require(id: string, nowMs: number): Review
  /** The review, once: a second caller gets 'unknown-quote'. */
  take(id: string, nowMs: number): Review
}

export function createReviewBook<Review extends Timed>(): ReviewBook<Review> {
  const reviews = new Map<string, Review>()

  function require(id: string, nowMs: number): Review {
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
      const review = require(id, nowMs)
      reviews.delete(id)
      return review
    },
  }
}
