import { Ban, Pause, Play } from 'lucide-preact'
import type { GrantMode } from '../../domain/budget.ts'
import type { HomeView } from '../../protocol/ui-views.ts'
import { routeTo } from '../app/use-route.ts'
import { Badge } from '../components/badge.tsx'
import { Button } from '../components/button.tsx'
import { LinkButton } from '../components/link-button.tsx'
import { Meter } from '../components/meter.tsx'
import { QuietOriginName } from '../components/quiet-origin-name.tsx'
import { budgetTitle, modeWords } from '../format/mode-words.ts'
import { t } from '../words.ts'

interface SiteCardProps {
  readonly site: NonNullable<HomeView['site']>
  readonly busy: boolean
  readonly onMode: (mode: GrantMode) => void
}

/** The site of the tab at hand: its budget, and a switch to stop it. */
export function SiteCard({ site, busy, onMode }: SiteCardProps) {
  const known = 'mode' in site ? site : null
  const stopped = known?.mode === 'paused' || known?.mode === 'blocked'
  return (
    <section class="card stack" aria-label={t('home.thisSite')}>
      <div class="row-spread">
        <div>
          <h2 class="soft small">{t('home.thisSite')}</h2>
          <QuietOriginName principal={site.principal} />
        </div>
        {known && <Badge tone={stopped ? 'danger' : 'plain'}>{modeWords(known.mode)}</Badge>}
      </div>
      {known?.budgets.map((budget) => (
        <Meter key={budget.id} meter={budget} title={budgetTitle(budget)} />
      ))}
      {(known === null || known.budgets.length === 0) && <p class="soft">{t('home.noBudget')}</p>}
      <div class="row">
        {!stopped && (
          <>
            <Button size="s" icon={Pause} busy={busy} onClick={() => onMode('paused')}>
              {t('home.pauseSite')}
            </Button>
            <Button size="s" icon={Ban} busy={busy} onClick={() => onMode('blocked')}>
              {t('home.blockSite')}
            </Button>
          </>
        )}
        {known?.mode === 'paused' && (
          <Button size="s" icon={Play} busy={busy} onClick={() => onMode(known.resumesTo)}>
            {t('home.resumeSite')}
          </Button>
        )}
        <LinkButton size="s" kind={known ? 'quiet' : 'secondary'} href={routeTo('sites', site.principal)}>
          {known ? t('home.editSite') : t('home.giveBudget')}
        </LinkButton>
      </div>
    </section>
  )
}
