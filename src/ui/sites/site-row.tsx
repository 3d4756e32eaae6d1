import type { SiteView } from '../../protocol/ui-views.ts'
import { routeTo } from '../app/use-route.ts'
import { Age } from '../components/age.tsx'
import { Badge } from '../components/badge.tsx'
import { Checkbox } from '../components/checkbox.tsx'
import { ListRow } from '../components/list.tsx'
import { Meter } from '../components/meter.tsx'
import { OriginName } from '../components/origin-name.tsx'
import { budgetTitle, modeWords } from '../format/mode-words.ts'
import { t } from '../words.ts'

interface SiteRowProps {
  readonly site: SiteView
  readonly nowMs: number
  /** null: not choosing. */
  readonly selected: boolean | null
  readonly onToggle: () => void
}

/** One site in the list: what it may do, what is left. */
export function SiteRow({ site, nowMs, selected, onToggle }: SiteRowProps) {
  const stopped = site.mode === 'paused' || site.mode === 'blocked'
  if (selected !== null) {
    return (
      <li class="list-item">
        <Checkbox label={<OriginName principal={site.principal} />} checked={selected} onChange={onToggle} />
      </li>
    )
  }
  return (
    <ListRow
      href={routeTo('sites', site.principal)}
      main={<OriginName principal={site.principal} />}
      sub={
        <>
          <Badge tone={stopped ? 'danger' : 'plain'}>{modeWords(site.mode)}</Badge>{' '}
          {site.lastUsedAtMs === null ? t('sites.neverUsed') : <Age atMs={site.lastUsedAtMs} nowMs={nowMs} />}
        </>
      }
      end={site.budgets.length === 0 && <span class="soft small">{t('sites.noBudget')}</span>}
      below={
        site.budgets.length > 0 &&
        site.budgets.map((budget) => (
          <Meter
            key={budget.id}
            meter={budget}
            title={budgetTitle(budget)}
            hideTitle={site.budgets.length === 1}
          />
        ))
      }
    />
  )
}
