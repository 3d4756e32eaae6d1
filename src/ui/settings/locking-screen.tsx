import { Lock } from 'lucide-preact'
import type { Settings } from '../../protocol/settings.ts'
import type { WalletView } from '../../protocol/ui-views.ts'
import { useApp } from '../app/app.tsx'
import { Screen } from '../app/screen.tsx'
import { useAction } from '../app/use-action.ts'
import { latestOf, useResource } from '../app/use-resource.ts'
import { Button } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'
import { formatMoment } from '../format/time.ts'
import { t } from '../words.ts'
import { NumberField } from './number-field.tsx'
import { type ChangeSettings, WithSettings } from './with-settings.tsx'

/** When the wallet locks itself, and locking it now. */
export function LockingScreen({ back }: { back: string }) {
  return (
    <Screen title={t('locking.title')} back={back}>
      <WithSettings>{(settings, change) => <Locking settings={settings} change={change} />}</WithSettings>
    </Screen>
  )
}

function Locking({ settings, change }: { settings: Settings; change: ChangeSettings }) {
  const { client, say, now } = useApp()
  const [read, reload] = useResource('wallet.status', {}, { topics: ['wallet'] })
  const wallet = latestOf(read)
  const [locking, lock] = useAction(async () => {
    await client.call('wallet.lock', {})
    say(t('locking.locked'))
    reload()
  })
  return (
    <div class="stack">
      <p class="soft">{t('locking.means')}</p>
      <NumberField
        label={t('locking.idle')}
        hint={t('locking.idleHint')}
        suffix={t('locking.minutes')}
        value={settings.idleLockMinutes}
        least={1}
        most={480}
        onChange={(idleLockMinutes) => void change((before) => ({ ...before, idleLockMinutes }))}
      />
      {wallet && (
        <Notice tone={wallet.kind === 'unlocked' ? 'plain' : 'good'}>{stateWords(wallet, now())}</Notice>
      )}
      {wallet?.kind === 'unlocked' && (
        <Button icon={Lock} busy={locking.kind === 'busy'} onClick={() => void lock()}>
          {t('locking.now')}
        </Button>
      )}
    </div>
  )
}

function stateWords(wallet: WalletView, nowMs: number): string {
  switch (wallet.kind) {
    case 'unlocked':
      return wallet.untilMs === null
        ? t('locking.isOpen')
        : t('locking.openUntil', { time: formatMoment(wallet.untilMs, nowMs) })
    case 'locked':
      return t('locking.isLocked')
    case 'none':
      return t('errors.walletMissing.what')
    case 'damaged':
      return t('home.damaged')
  }
}
