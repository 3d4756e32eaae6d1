import { useState } from 'preact/hooks'
import type { ReplacementReviewView } from '../../protocol/ui-views.ts'
import { useApp } from '../app/app.tsx'
import { ensureUnlocked } from '../secrets/ensure-unlocked.ts'
import type { PasswordResult } from '../secrets/password-form.tsx'

export type Does = ReplacementReviewView['does']

export type ReplacementState =
  /** after: a look at the figures, or the signature of a replacement. */
  | { readonly kind: 'none'; readonly after: 'nothing' | 'look' | 'signature' }
  | { readonly kind: 'reading'; readonly does: Does }
  | { readonly kind: 'ready'; readonly review: ReplacementReviewView }
  | { readonly kind: 'failed'; readonly error: unknown }

/** What takes the place of a transfer that hangs: its figures, and its signing. */
export function useReplacement(transferId: string) {
  const { client } = useApp()
  const [state, setState] = useState<ReplacementState>({ kind: 'none', after: 'nothing' })
  return {
    state,
    drop: () => setState({ kind: 'none', after: 'look' }),
    async look(does: Does): Promise<void> {
      setState({ kind: 'reading', does })
      try {
        const review = await client.call('transfers.reviewReplacement', { transferId, does })
        setState({ kind: 'ready', review })
      } catch (error) {
        setState({ kind: 'failed', error })
      }
    },
    /** Signs and sends what was looked at. Throws UiError. */
    async confirm({ reviewId }: ReplacementReviewView, password: string): Promise<PasswordResult> {
      if ((await ensureUnlocked(client, password)) === 'wrong') return 'wrong'
      const result = await client.call('transfers.confirmReplacement', {
        reviewId,
        password: await client.seal(password),
      })
      if ('wrongPassword' in result) return 'wrong'
      setState({ kind: 'none', after: 'signature' })
      return 'done'
    },
  }
}
