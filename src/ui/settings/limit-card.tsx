import type { Currency } from '../../domain/currency.ts'
import { isTestMoney } from '../../domain/currency.ts'
import { BASE, BASE_SEPOLIA } from '../../domain/network.ts'
import { routeTo } from '../app/use-route.ts'
import { AmountField } from '../components/amount-field.tsx'
import { LinkButton } from '../components/link-button.tsx'
import { Switch } from '../components/switch.tsx'
import { currencyName } from '../format/mode-words.ts'
import { isDollars } from '../format/money.ts'
import { t } from '../words.ts'
import type { LimitDraft, LimitErrors } from './limits-draft.ts'
import './settings.css'

interface LimitCardProps {
  readonly currency: Currency
  readonly draft: LimitDraft
  /** On as stored; OPG is switched on by its own screen, with an allowance. */
  readonly enabled: boolean
  readonly errors: LimitErrors
  readonly onChange: (draft: LimitDraft) => void
}

/** One currency's limits above every budget. */
export function LimitCard({ currency, draft, enabled, errors, onChange }: LimitCardProps) {
  const change = (part: Partial<LimitDraft>) => onChange({ ...draft, ...part })
  const byOwnScreen = !isDollars(currency) && !enabled
  return (
    <section class="card stack" aria-label={currencyName(currency)}>
      {byOwnScreen ? (
        <div class="row-spread">
          <h2>{currencyName(currency)}</h2>
          <LinkButton size="s" href={routeTo('opg', isTestMoney(currency) ? BASE_SEPOLIA : BASE)}>
            {t('limits.enableOpg')}
          </LinkButton>
        </div>
      ) : (
        <Switch
          label={currencyName(currency)}
          hint={draft.enabled ? null : t('limits.off')}
          on={draft.enabled}
          onChange={(on) => change({ enabled: on })}
        />
      )}
      {!byOwnScreen && draft.enabled && (
        <div class="settings-pair">
          <AmountField
            label={t('limits.perRequest')}
            currency={currency}
            value={draft.maxPerRequest}
            error={errors.maxPerRequest}
            onInput={(maxPerRequest) => change({ maxPerRequest })}
          />
          <AmountField
            label={t('limits.perDay')}
            currency={currency}
            value={draft.perDay}
            error={errors.perDay}
            onInput={(perDay) => change({ perDay })}
          />
        </div>
      )}
    </section>
  )
}
