import { useMemo, useRef, useState } from 'preact/hooks'
import { BASE } from '../../domain/network.ts'
import type { WalletView } from '../../protocol/ui-views.ts'
import { Screen } from '../app/screen.tsx'
import { useNow } from '../app/use-now.ts'
import { latestOf, useResource } from '../app/use-resource.ts'
import { routeTo } from '../app/use-route.ts'
import { Returned } from '../components/returned.tsx'
import { t } from '../words.ts'
import { ReviewFailure } from './review-failure.tsx'
import { parseSendDraft, reviewErrors, type SendDraft, type SendErrors } from './send-draft.ts'
import { SendForm } from './send-form.tsx'
import { type SendUnit, sendUnits, unitOf } from './send-units.ts'
import { TransferReview } from './transfer-review.tsx'
import { useReview } from './use-review.ts'
import { WithWallet } from './with-wallet.tsx'

/** Sending money out: write, look at every figure, password. */
export function SendScreen() {
  return (
    <Screen
      title={t('send.title')}
      back="#/"
      actions={
        <a class="small" href={routeTo('wallet', 'transfers')}>
          {t('transfers.title')}
        </a>
      }
    >
      <WithWallet>{(wallet) => <Send wallet={wallet} />}</WithWallet>
    </Screen>
  )
}

function Send({ wallet }: { wallet: WalletView }) {
  const nowMs = useNow(1000)
  const units = useMemo(() => sendUnits(wallet), [wallet.evm, wallet.solana])
  const [balances] = useResource('balances.get', { refresh: false }, { topics: ['balances'] })
  const [draft, setDraft] = useState<SendDraft>(() => emptyDraft(units))
  const [errors, setErrors] = useState<SendErrors>({})
  const desk = useReview()
  const { state } = desk
  const reviewed = useRef(false)
  if (state.kind === 'ready') {
    reviewed.current = true
    return (
      <TransferReview
        review={state.review}
        nowMs={nowMs}
        action={t('send.send')}
        onAgain={() => void desk.look(state.request)}
        onBack={desk.drop}
        onPassword={async (password) => {
          const sent = await desk.confirm(password)
          if (sent === 'wrong') return 'wrong'
          location.hash = routeTo('wallet', 'transfers', sent.id)
          return 'done'
        }}
      />
    )
  }
  const refused = state.kind === 'failed' ? reviewErrors(state.error, draft.unit) : null
  const review = () => {
    const parsed = parseSendDraft(draft)
    setErrors(parsed.kind === 'ok' ? {} : parsed.errors)
    if (parsed.kind === 'ok') void desk.look(parsed.request)
  }
  return (
    <Returned when={reviewed.current}>
      <SendForm
        units={units}
        balances={latestOf(balances) ?? []}
        draft={draft}
        errors={{ ...errors, ...refused }}
        busy={state.kind === 'reading'}
        onReview={review}
        onChange={(next) => {
          setDraft(next)
          setErrors({})
          desk.drop()
        }}
      />
      {refused === null && <ReviewFailure state={state} />}
    </Returned>
  )
}

function emptyDraft(units: readonly SendUnit[]): SendDraft {
  return { unit: units[0] ?? unitOf(BASE, 'native'), to: '', amount: '', all: false }
}
