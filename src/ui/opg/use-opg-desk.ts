import { useState } from 'preact/hooks'
import { type AtomicAmount, formatAtomic } from '../../domain/amount.ts'
import { useApp } from '../app/app.tsx'
import { moneyText } from '../format/money.ts'
import type { PasswordResult } from '../secrets/password-form.tsx'
import { type ReviewDesk, useReview } from '../transfers/use-review.ts'
import { t } from '../words.ts'
import type { OpgFigures } from './opg-draft.ts'
import type { OpgCurrency, OpgPlace } from './opg-network.ts'

/** What a confirmation does besides setting the allowance. */
type Intent =
  | { readonly kind: 'enable'; readonly figures: OpgFigures }
  | { readonly kind: 'set' }
  | { readonly kind: 'revoke' }

export interface OpgDesk {
  readonly review: ReviewDesk
  /** The allowance that was sent last from here. */
  readonly sentId: string | null
  readonly actionWords: () => string
  /** What the password does besides; null: nothing. */
  readonly meaning: () => string | null
  /** Looks at the allowance that enabling would set; the limits change with the same password. */
  readonly lookEnable: (figures: OpgFigures) => void
  readonly lookAllowance: (amount: string) => void
  readonly again: () => void
  readonly confirm: (password: string) => Promise<PasswordResult>
  /** Only the limits: the allowance may come later, or with the first payment. */
  readonly switchOn: (
    figures: Pick<OpgFigures, 'perDay' | 'perSession'>,
    password: string,
  ) => Promise<PasswordResult>
}

/** Enabling OPG and its allowance: figures, review, password, transaction. */
export function useOpgDesk({ network, currency, asset }: OpgPlace): OpgDesk {
  const { client } = useApp()
  const review = useReview()
  const [intent, setIntent] = useState<Intent>({ kind: 'set' })
  const [sentId, setSentId] = useState<string | null>(null)
  const look = (amount: string) => void review.look({ kind: 'allowance', network, asset, amount })
  const switchOn: OpgDesk['switchOn'] = async ({ perDay, perSession }, password) => {
    const limit = { enabled: true, maxPerRequest: formatAtomic(perSession), perDay: formatAtomic(perDay) }
    const result = await client.call('limits.set', {
      limits: { [currency]: limit },
      password: await client.seal(password),
    })
    return 'needsPassword' in result ? 'wrong' : 'done'
  }
  return {
    review,
    sentId,
    actionWords: () => intentWords(intent),
    meaning: () => intentMeaning(intent, currency),
    lookEnable: (figures) => {
      setIntent({ kind: 'enable', figures })
      look(formatAtomic(figures.allowance))
    },
    lookAllowance: (amount) => {
      setIntent({ kind: amount === '0' ? 'revoke' : 'set' })
      look(amount)
    },
    again: () => {
      if (review.state.kind !== 'none') void review.look(review.state.request)
    },
    async confirm(password) {
      if (intent.kind === 'enable' && (await switchOn(intent.figures, password)) === 'wrong') return 'wrong'
      const sent = await review.confirm(password)
      if (sent === 'wrong') return 'wrong'
      setSentId(sent.id)
      review.drop()
      return 'done'
    },
    switchOn,
  }
}

function intentWords(intent: Intent): string {
  switch (intent.kind) {
    case 'enable':
      return t('opg.enable')
    case 'set':
      return t('opg.setAllowance')
    case 'revoke':
      return t('opg.revoke')
  }
}

function intentMeaning(intent: Intent, currency: OpgCurrency): string | null {
  if (intent.kind !== 'enable') return null
  const say = (amount: AtomicAmount) => moneyText(formatAtomic(amount), currency, { rounding: 'exact' })
  return t('opg.enableMeans', {
    perDay: say(intent.figures.perDay),
    perSession: say(intent.figures.perSession),
  })
}
