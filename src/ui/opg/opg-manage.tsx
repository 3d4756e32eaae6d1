import type { GuardsView } from '../../protocol/ui-views.ts'
import { useApp } from '../app/app.tsx'
import { FailureNotice } from '../app/failure-notice.tsx'
import { useAction } from '../app/use-action.ts'
import { latestOf, useResource } from '../app/use-resource.ts'
import { routeTo } from '../app/use-route.ts'
import { Button } from '../components/button.tsx'
import { FactList } from '../components/fact-list.tsx'
import { Money } from '../components/money.tsx'
import { Notice } from '../components/notice.tsx'
import { t } from '../words.ts'
import { AllowanceForm } from './allowance-form.tsx'
import { AllowanceValue } from './allowance-value.tsx'
import type { OpgCurrency, OpgPlace } from './opg-network.ts'
import type { OpgDesk } from './use-opg-desk.ts'

interface OpgManageProps {
  readonly place: OpgPlace
  readonly limit: GuardsView['limits'][OpgPlace['currency']]
  readonly desk: OpgDesk
}

/** OPG that is on: its allowance and limits, and the way to change or end them. */
export function OpgManage({ place, limit, desk }: OpgManageProps) {
  const { currency, network } = place
  const [allowance, readAgain] = useResource('allowance.get', { network }, { topics: ['ledger'] })
  const now = latestOf(allowance)?.amount ?? null
  return (
    <>
      {now === '0' && (
        <Notice tone="held" title={t('opg.noAllowance')}>
          {t('opg.noAllowanceMeans')}
        </Notice>
      )}
      <div class="card">
        <FactList
          facts={[
            {
              name: t('opg.allowanceNow'),
              value: <AllowanceValue allowance={allowance} currency={currency} onRetry={readAgain} />,
            },
            {
              name: t('opg.perDay'),
              value: <Money amount={limit.perDay} currency={currency} rounding="exact" />,
            },
            {
              name: t('opg.perSession'),
              value: <Money amount={limit.maxPerRequest} currency={currency} rounding="exact" />,
              note: <a href={routeTo('settings', 'limits')}>{t('opg.changeLimits')}</a>,
            },
          ]}
        />
      </div>
      <AllowanceForm currency={currency} revocable={now !== null && now !== '0'} desk={desk} />
      <SwitchOff currency={currency} limit={limit} />
    </>
  )
}

function SwitchOff({ currency, limit }: { currency: OpgCurrency; limit: OpgManageProps['limit'] }) {
  const { client, say } = useApp()
  const [state, switchOff] = useAction(async () => {
    await client.call('limits.set', { limits: { [currency]: { ...limit, enabled: false } }, password: null })
    say(t('opg.isOff'))
  })
  return (
    <>
      {state.kind === 'failed' && <FailureNotice error={state.error} />}
      <Button busy={state.kind === 'busy'} onClick={() => void switchOff()}>
        {t('opg.switchOff')}
      </Button>
      <p class="soft small">{t('opg.switchOffMeans')}</p>
    </>
  )
}
