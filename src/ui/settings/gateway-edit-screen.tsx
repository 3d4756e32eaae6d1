import { SearchX } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { GatewayView } from '../../protocol/ui-views.ts'
import { useApp } from '../app/app.tsx'
import { FailureNotice } from '../app/failure-notice.tsx'
import { LoadFailed } from '../app/load-failed.tsx'
import { Screen } from '../app/screen.tsx'
import { useAction } from '../app/use-action.ts'
import { latestOf, useResource } from '../app/use-resource.ts'
import { routeTo } from '../app/use-route.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { Spinner } from '../components/spinner.tsx'
import { Switch } from '../components/switch.tsx'
import { t } from '../words.ts'
import { GatewayForm } from './gateway-form.tsx'
import { InATab } from './in-a-tab.tsx'
import { useHosts } from './use-hosts.ts'

/** One gateway: on or off, its figures, removing it. */
export function GatewayEditScreen({ id, back }: { id: string; back: string }) {
  const [read, reload] = useResource('gateways.list', {}, { topics: ['gateways'] })
  const gateways = latestOf(read)
  const gateway = gateways?.find((one) => one.id === id)
  return (
    <Screen title={gateway?.name ?? t('gateways.title')} back={back}>
      {gateway ? (
        <Gateway key={id} gateway={gateway} back={back} />
      ) : read.kind === 'failed' ? (
        <LoadFailed error={read.error} onRetry={reload} />
      ) : gateways ? (
        <EmptyState icon={SearchX} title={t('gateways.notFound')} />
      ) : (
        <Spinner label={t('common.loading')} />
      )}
    </Screen>
  )
}

interface GatewayProps {
  readonly gateway: GatewayView
  readonly back: string
}

function Gateway({ gateway, back }: GatewayProps) {
  const { client, shell, say } = useApp()
  const hosts = useHosts()
  const [state, act] = useAction(async (work: () => Promise<void>) => work())
  const { id, name, enabled } = gateway
  const remove = async () => {
    await client.call('gateways.remove', { id })
    await hosts.release([gateway.baseUrl])
    say(t('gateways.removed'))
    location.hash = back
  }
  return (
    <div class="stack">
      <div class="card">
        <Switch
          label={t('gateways.enabled')}
          hint={t('gateways.enabledHint')}
          on={enabled}
          onChange={(on) =>
            void act(async () => void (await client.call('gateways.setEnabled', { id, enabled: on })))
          }
        />
      </div>
      {shell.surface === 'popup' ? (
        <InATab path={routeTo('settings', 'gateways', id)}>{t('gateways.inATab')}</InATab>
      ) : (
        <GatewayForm gateway={gateway} />
      )}
      {state.kind === 'failed' && <FailureNotice error={state.error} />}
      {!gateway.builtIn && (
        <RemoveGateway name={name} busy={state.kind === 'busy'} onRemove={() => void act(remove)} />
      )}
    </div>
  )
}

interface RemoveGatewayProps {
  readonly name: string
  readonly busy: boolean
  readonly onRemove: () => void
}

function RemoveGateway({ name, busy, onRemove }: RemoveGatewayProps) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button kind="danger" onClick={() => setAsking(true)}>
        {t('gateways.remove')}
      </Button>
      {asking && (
        <Dialog
          title={t('gateways.removeTitle', { name })}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{t('common.cancel')}</Button>
              <Button kind="danger" busy={busy} onClick={onRemove}>
                {t('gateways.remove')}
              </Button>
            </>
          }
        >
          <p>{t('gateways.removeMeans')}</p>
        </Dialog>
      )}
    </>
  )
}
