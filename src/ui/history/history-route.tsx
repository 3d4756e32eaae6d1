import type { HistoryFilterInput } from '../../protocol/ui-protocol.ts'
import { Screen } from '../app/screen.tsx'
import { type Route, routeTo } from '../app/use-route.ts'
import { LinkButton } from '../components/link-button.tsx'
import { t } from '../words.ts'
import { HistoryDetail } from './history-detail.tsx'
import { HistoryScreen } from './history-screen.tsx'

/** `#/history`, `…/live`, `…/site/<origin>`, `…/request/<id>`. */
export function HistoryRoute({ route }: { route: Route }) {
  const [which = '', id] = route
  if (which === 'request' && id !== undefined) return <HistoryDetail key={id} requestId={id} />
  return (
    <Screen
      title={t('history.title')}
      actions={
        <LinkButton size="s" kind="quiet" href={routeTo('wallet', 'transfers')}>
          {t('history.transfers')}
        </LinkButton>
      }
    >
      <HistoryScreen key={route.join('/')} first={firstFilter(which, id)} />
    </Screen>
  )
}

function firstFilter(which: string, id: string | undefined): HistoryFilterInput {
  if (which === 'live') return { money: 'live' }
  if (which === 'site' && id !== undefined) return { principal: id }
  return {}
}
