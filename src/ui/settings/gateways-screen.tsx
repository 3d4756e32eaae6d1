import { Plus } from 'lucide-preact'
import type { GatewayView } from '../../protocol/ui-views.ts'
import { LoadFailed } from '../app/load-failed.tsx'
import { Screen } from '../app/screen.tsx'
import { latestOf, useResource } from '../app/use-resource.ts'
import { routeTo } from '../app/use-route.ts'
import { Badge } from '../components/badge.tsx'
import { LinkButton } from '../components/link-button.tsx'
import { List, ListRow } from '../components/list.tsx'
import { Spinner } from '../components/spinner.tsx'
import { t } from '../words.ts'

/** The services that answer, those that ship first. */
export function GatewaysScreen({ back }: { back: string }) {
  const [read, reload] = useResource('gateways.list', {}, { topics: ['gateways'] })
  const gateways = latestOf(read)
  return (
    <Screen
      title={t('gateways.title')}
      back={back}
      actions={
        <LinkButton size="s" icon={Plus} href={routeTo('settings', 'gateways', 'new')}>
          {t('common.add')}
        </LinkButton>
      }
    >
      <p class="soft">{t('gateways.means')}</p>
      {gateways ? (
        <div class="card">
          <List label={t('gateways.title')}>
            {gateways.map((gateway) => (
              <GatewayRow key={gateway.id} gateway={gateway} />
            ))}
          </List>
        </div>
      ) : read.kind === 'failed' ? (
        <LoadFailed error={read.error} onRetry={reload} />
      ) : (
        <Spinner label={t('common.loading')} />
      )}
    </Screen>
  )
}

function GatewayRow({ gateway }: { gateway: GatewayView }) {
  return (
    <ListRow
      href={routeTo('settings', 'gateways', gateway.id)}
      main={gateway.name}
      sub={<bdi dir="ltr">{gateway.baseUrl}</bdi>}
      endSub={
        gateway.enabled ? <Badge tone="good">{t('gateways.on')}</Badge> : <Badge>{t('gateways.off')}</Badge>
      }
    />
  )
}
