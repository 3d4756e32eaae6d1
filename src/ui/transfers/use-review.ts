import { useCallback, useState } from 'preact/hooks'
import type { TransferReviewView, TransferView } from '../../protocol/ui-views.ts'
import { useApp } from '../app/app.tsx'
import { ensureUnlocked } from '../secrets/ensure-unlocked.ts'
import type { TransferInput } from './send-draft.ts'

export type ReviewState =
  | { readonly kind: 'none' }
  | { readonly kind: 'reading'; readonly request: TransferInput }
  | { readonly kind: 'ready'; readonly request: TransferInput; readonly review: TransferReviewView }
  | { readonly kind: 'failed'; readonly request: TransferInput; readonly error: unknown }

export interface ReviewDesk {
  readonly state: ReviewState
  readonly look: (request: TransferInput) => Promise<void>
  readonly drop: () => void
  /** Signs and sends what was looked at. Throws UiError. */
  readonly confirm: (password: string) => Promise<TransferView | 'wrong'>
}

/** The figures of one transfer before it is signed, and its signing. */
export function useReview(): ReviewDesk {
  const { client } = useApp()
  const [state, setState] = useState<ReviewState>({ kind: 'none' })
  const look = useCallback(
    async (request: TransferInput) => {
      setState({ kind: 'reading', request })
      try {
        const review = await client.call('transfers.review', { request })
        setState({ kind: 'ready', request, review })
      } catch (error) {
        setState({ kind: 'failed', request, error })
      }
    },
    [client],
  )
  const drop = useCallback(() => setState({ kind: 'none' }), [])
  const confirm = async (password: string): Promise<TransferView | 'wrong'> => {
    if (state.kind !== 'ready') throw new Error('Nothing was reviewed')
    if ((await ensureUnlocked(client, password)) === 'wrong') return 'wrong'
    const result = await client.call('transfers.confirm', {
      reviewId: state.review.reviewId,
      password: await client.seal(password),
    })
    return 'wrongPassword' in result ? 'wrong' : result
  }
  return { state, look, drop, confirm }
}
