import type { ComponentChildren } from 'preact'
import type { UnlockView } from '../../../protocol/ui-views.ts'
import { Button } from '../../components/button.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { Notice } from '../../components/notice.tsx'
import { ReceivePage } from '../../receive/receive-page.tsx'
import { UnlockForm } from '../../wallet/unlock-form.tsx'
import { t } from '../../words.ts'
import type { Gate } from './gate.ts'

interface GateNoticeProps {
  readonly gate: Gate
  /** A question was sent without funds: it waits for the deposit. */
  readonly held: boolean
  readonly nowMs: number
  readonly onSetUp: () => void
  readonly onUnlock: (password: string) => Promise<UnlockView>
  readonly onUnfreeze: () => void
}

/** What is in the way, and the way on, in place. */
export function GateNotice({
  gate,
  held,
  nowMs,
  onSetUp,
  onUnlock,
  onUnfreeze,
}: GateNoticeProps): ComponentChildren {
  switch (gate.kind) {
    case 'open':
      return null
    case 'no-wallet':
      return (
        <Notice
          title={t('chat.gate.noWallet')}
          actions={
            <Button size="s" kind="primary" onClick={onSetUp}>
              {t('chat.gate.setUp')}
            </Button>
          }
        >
          {t('chat.gate.noWalletMeans')}
        </Notice>
      )
    case 'damaged':
      return (
        <Notice
          tone="danger"
          title={t('chat.gate.damaged')}
          actions={
            <Button size="s" onClick={onSetUp}>
              {t('chat.gate.setUp')}
            </Button>
          }
        >
          {t('chat.gate.damagedMeans')}
        </Notice>
      )
    case 'locked':
      return (
        <section class="gate-card" aria-label={t('chat.gate.locked')}>
          <h2>{t('chat.gate.locked')}</h2>
          <p class="soft small">{t('chat.gate.lockedMeans')}</p>
          <UnlockForm onUnlock={onUnlock} nowMs={nowMs} retryAtMs={gate.retryAtMs} />
        </section>
      )
    case 'frozen':
      return (
        <Notice
          tone="held"
          title={t('chat.gate.frozen')}
          actions={
            <Button size="s" onClick={onUnfreeze}>
              {t('chat.gate.unfreeze')}
            </Button>
          }
        >
          {t('chat.gate.frozenMeans')}
        </Notice>
      )
    case 'offline':
      return (
        <Notice tone="held" title={t('chat.gate.offline')} role="status">
          {t('chat.gate.offlineMeans')}
        </Notice>
      )
    case 'no-funds':
      return (
        <section class="gate-card" aria-label={t('chat.gate.noFunds')}>
          <h2>{t('chat.gate.noFunds')}</h2>
          <p class="soft small">
            {held ? t('chat.gate.held') : t('chat.gate.noFundsMeans')} {t('chat.gate.watching')}
          </p>
          <Disclosure summary={t('chat.gate.showAddresses')} open={held}>
            <ReceivePage evm={gate.wallet.evm} solana={gate.wallet.solana} />
          </Disclosure>
        </section>
      )
  }
}

interface ArrivedNoticeProps {
  readonly amount: string
  readonly onSend: () => void
}

/** The deposit is here; the question goes out when the person says so. */
export function ArrivedNotice({ amount, onSend }: ArrivedNoticeProps) {
  return (
    <Notice
      tone="good"
      role="status"
      title={t('chat.gate.arrived', { amount })}
      actions={
        <Button size="s" kind="primary" onClick={onSend}>
          {t('chat.gate.sendHeld')}
        </Button>
      }
    >
      {t('chat.gate.arrivedMeans')}
    </Notice>
  )
}
