import type { Settings } from '../../protocol/settings.ts'
import { useApp } from '../app/app.tsx'
import { FailureNotice } from '../app/failure-notice.tsx'
import { Screen } from '../app/screen.tsx'
import { routeTo } from '../app/use-route.ts'
import { Button } from '../components/button.tsx'
import { t } from '../words.ts'
import { InATab } from './in-a-tab.tsx'
import { NoAccess } from './no-access.tsx'
import { RpcCard } from './rpc-card.tsx'
import { RPC_NETWORKS } from './rpc-draft.ts'
import { useRpcForm } from './use-rpc-form.ts'
import { type ChangeSettings, WithSettings } from './with-settings.tsx'

/** The servers that the chains are read through and that carry transactions. */
export function RpcScreen({ back }: { back: string }) {
  return (
    <Screen title={t('rpc.title')} back={back}>
      <p class="soft">{t('rpc.means')}</p>
      <WithSettings>{(settings, change) => <RpcForm settings={settings} change={change} />}</WithSettings>
    </Screen>
  )
}

function RpcForm({ settings: { rpc }, change }: { settings: Settings; change: ChangeSettings }) {
  const { shell } = useApp()
  const desk = useRpcForm(rpc, change)
  const editable = shell.surface === 'page'
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        desk.save()
      }}
    >
      {RPC_NETWORKS.map((network) => (
        <RpcCard
          key={network}
          network={network}
          urls={desk.draft[network]}
          errors={desk.errors[network] ?? [undefined, undefined]}
          editable={editable}
          onChange={(urls) => desk.write(network, urls)}
        />
      ))}
      {desk.denied && <NoAccess />}
      {desk.state.kind === 'failed' && <FailureNotice error={desk.state.error} />}
      {editable ? (
        <Button type="submit" kind="primary" wide busy={desk.state.kind === 'busy'}>
          {t('common.save')}
        </Button>
      ) : (
        <InATab path={routeTo('settings', 'rpc')}>{t('rpc.inATab')}</InATab>
      )}
      {rpc !== null && (
        <Button kind="quiet" onClick={desk.reset}>
          {t('rpc.reset')}
        </Button>
      )}
    </form>
  )
}
