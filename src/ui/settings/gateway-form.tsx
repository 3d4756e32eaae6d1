import { useState } from 'preact/hooks'
import type { GatewayView } from '../../protocol/ui-views.ts'
import { useApp } from '../app/app.tsx'
import { FailureNotice } from '../app/failure-notice.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../components/button.tsx'
import { t } from '../words.ts'
import { type GatewayErrors, gatewayDraftOf, parseGatewayDraft } from './gateway-draft.ts'
import { gatewayFieldErrors } from './gateway-failure.ts'
import { GatewayHeaderFields, GatewayNameFields, GatewayUrlField } from './gateway-fields.tsx'
import { NoAccess } from './no-access.tsx'
import { useHosts } from './use-hosts.ts'

/** Editing a gateway; of one that ships only the address can be changed. Another host is asked for first. */
export function GatewayForm({ gateway }: { gateway: GatewayView }) {
  const { client, say } = useApp()
  const hosts = useHosts()
  const [draft, setDraft] = useState(() => gatewayDraftOf(gateway))
  const [errors, setErrors] = useState<GatewayErrors>({})
  const [denied, setDenied] = useState(false)
  const [state, save] = useAction(async () => {
    const parsed = parseGatewayDraft(draft)
    setErrors(parsed.kind === 'ok' ? {} : parsed.errors)
    setDenied(false)
    if (parsed.kind === 'wrong') return
    if (!(await hosts.request(parsed.gateway.baseUrl))) {
      setDenied(true)
      return
    }
    const saved = await client.call('gateways.save', { gateway: { ...parsed.gateway, id: gateway.id } })
    const newest = saved.find(({ id }) => id === gateway.id)
    if (newest) setDraft(gatewayDraftOf(newest))
    await hosts.release([gateway.baseUrl])
    say(t('common.saved'))
  })
  const refused = state.kind === 'failed' ? gatewayFieldErrors(state.error) : null
  const fields = { draft, errors: { ...errors, ...refused }, onChange: setDraft }
  return (
    <form
      class="card stack"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {!gateway.builtIn && <GatewayNameFields {...fields} />}
      <GatewayUrlField {...fields} />
      {!gateway.builtIn && <GatewayHeaderFields {...fields} />}
      {denied && <NoAccess />}
      {state.kind === 'failed' && refused === null && <FailureNotice error={state.error} />}
      <Button type="submit" kind="primary" busy={state.kind === 'busy'}>
        {t('common.save')}
      </Button>
    </form>
  )
}
