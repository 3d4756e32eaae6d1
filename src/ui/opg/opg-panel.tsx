import { useRef } from 'preact/hooks'
import { LoadFailed } from '../app/load-failed.tsx'
import { useNow } from '../app/use-now.ts'
import { latestOf, useResource } from '../app/use-resource.ts'
import { ExternalLink } from '../components/external-link.tsx'
import { Notice } from '../components/notice.tsx'
import { Returned } from '../components/returned.tsx'
import { Spinner } from '../components/spinner.tsx'
import { TransferReview } from '../transfers/transfer-review.tsx'
import { t } from '../words.ts'
import { AllowanceLife } from './allowance-life.tsx'
import { averageCost } from './answer-cost.ts'
import { OpgEnable } from './opg-enable.tsx'
import { OpgFacts } from './opg-facts.tsx'
import { OpgManage } from './opg-manage.tsx'
import { FAUCET_URL, type OpgPlace } from './opg-network.ts'
import { useOpgDesk } from './use-opg-desk.ts'

/** OPG on one network: what it costs, whether it is on, its allowance. */
export function OpgPanel({ place }: { place: OpgPlace }) {
  const nowMs = useNow(1000)
  const [limits, reload] = useResource('limits.get', {}, { topics: ['guards'] })
  const [models] = useResource('models.list', {}, { topics: ['gateways'] })
  const [days] = useResource('insights.daily', { days: 30, by: 'all' }, { topics: [] })
  const [balances] = useResource('balances.get', { refresh: false }, { topics: ['balances'] })
  const desk = useOpgDesk(place)
  const reviewed = useRef(false)
  if (desk.review.state.kind === 'ready') reviewed.current = true
  const guards = latestOf(limits)
  if (!guards) {
    return limits.kind === 'failed' ? (
      <LoadFailed error={limits.error} onRetry={reload} />
    ) : (
      <Spinner label={t('common.loading')} />
    )
  }
  const limit = guards.limits[place.currency]
  const balance = latestOf(balances)?.find(
    ({ network, asset }) => network === place.network && asset === place.asset,
  )
  return (
    <div class="stack">
      {place.currency === 'tOPG' && (
        <Notice tone="held" title={t('opg.testMoney')}>
          {t('opg.testMeans')} <ExternalLink href={FAUCET_URL}>{t('opg.faucet')}</ExternalLink>
        </Notice>
      )}
      <div class="card">
        <OpgFacts
          place={place}
          models={latestOf(models) ?? []}
          average={averageCost(latestOf(days) ?? [], place.currency)}
          balance={balance?.amount ?? null}
        />
      </div>
      {desk.sentId !== null && <AllowanceLife id={desk.sentId} />}
      {desk.review.state.kind === 'ready' ? (
        <TransferReview
          review={desk.review.state.review}
          nowMs={nowMs}
          action={desk.actionWords()}
          onAgain={desk.again}
          onBack={desk.review.drop}
          onPassword={desk.confirm}
        >
          {desk.meaning()}
        </TransferReview>
      ) : (
        <Returned when={reviewed.current}>
          {limit.enabled ? (
            <OpgManage place={place} limit={limit} desk={desk} />
          ) : (
            <OpgEnable place={place} limit={limit} desk={desk} />
          )}
        </Returned>
      )}
    </div>
  )
}
