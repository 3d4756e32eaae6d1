import { useState } from 'preact/hooks'
import { PERIODS } from '../../domain/budget.ts'
import { CURRENCIES, type Currency, isTestMoney } from '../../domain/currency.ts'
import type { Settings } from '../../protocol/settings.ts'
import { useApp } from '../app/app.tsx'
import { Screen } from '../app/screen.tsx'
import type { BudgetDraftErrors } from '../budget/budget-draft.ts'
import { AmountField } from '../components/amount-field.tsx'
import { Button } from '../components/button.tsx'
import { Disclosure } from '../components/disclosure.tsx'
import { SelectField } from '../components/select-field.tsx'
import { currencyName } from '../format/mode-words.ts'
import { periodChoice } from '../format/period-words.ts'
import { t } from '../words.ts'
import { type NewSiteDraft, newSitesDraftOf, parseNewSitesDraft } from './new-sites-draft.ts'
import './settings.css'
import { type ChangeSettings, WithSettings } from './with-settings.tsx'

/** What the approval window offers to a site that has no budget yet. */
export function NewSitesScreen({ back }: { back: string }) {
  return (
    <Screen title={t('newSites.title')} back={back}>
      <p class="soft">{t('newSites.means')}</p>
      <WithSettings>
        {(settings, change) => <NewSitesForm settings={settings} change={change} />}
      </WithSettings>
    </Screen>
  )
}

function NewSitesForm({ settings, change }: { settings: Settings; change: ChangeSettings }) {
  const { say } = useApp()
  const [draft, setDraft] = useState(() => newSitesDraftOf(settings.newSite))
  const [errors, setErrors] = useState<Partial<Record<Currency, BudgetDraftErrors>>>({})
  const save = async () => {
    const parsed = parseNewSitesDraft(draft)
    setErrors(parsed.kind === 'ok' ? {} : parsed.errors)
    if (parsed.kind !== 'ok') return
    if (await change((now) => ({ ...now, newSite: parsed.newSite }))) say(t('common.saved'))
  }
  const cards = (currencies: readonly Currency[]) =>
    currencies.map((currency) => {
      const one = draft[currency]
      return (
        one && (
          <NewSiteCard
            key={currency}
            currency={currency}
            draft={one}
            errors={errors[currency] ?? {}}
            onChange={(next) => setDraft({ ...draft, [currency]: next })}
          />
        )
      )
    })
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {cards(CURRENCIES.filter((currency) => !isTestMoney(currency)))}
      <Disclosure summary={t('settings.testMoney')} open={Object.keys(errors).length > 0}>
        <div class="stack">{cards(CURRENCIES.filter(isTestMoney))}</div>
      </Disclosure>
      <Button type="submit" kind="primary" wide>
        {t('common.save')}
      </Button>
    </form>
  )
}

interface NewSiteCardProps {
  readonly currency: Currency
  readonly draft: NewSiteDraft
  readonly errors: BudgetDraftErrors
  readonly onChange: (draft: NewSiteDraft) => void
}

function NewSiteCard({ currency, draft, errors, onChange }: NewSiteCardProps) {
  return (
    <section class="card stack" aria-label={currencyName(currency)}>
      <h2>{currencyName(currency)}</h2>
      <div class="settings-pair">
        <AmountField
          label={t('budget.cap')}
          currency={currency}
          value={draft.cap}
          error={errors.cap}
          onInput={(cap) => onChange({ ...draft, cap })}
        />
        <AmountField
          label={t('budget.perRequest')}
          currency={currency}
          value={draft.maxPerRequest}
          error={errors.perRequest}
          onInput={(maxPerRequest) => onChange({ ...draft, maxPerRequest })}
        />
      </div>
      <SelectField
        label={t('budget.period')}
        value={draft.period}
        options={PERIODS.map((value) => ({ value, label: periodChoice(value) }))}
        onChange={(period) => onChange({ ...draft, period })}
      />
    </section>
  )
}
