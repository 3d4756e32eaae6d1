import { useEffect, useRef, useState } from 'preact/hooks'
import { CURRENCIES, type Currency } from '../../domain/currency.ts'
import type { HistoryFilterInput } from '../../protocol/ui-protocol.ts'
import { latestOf, useResource } from '../app/use-resource.ts'
import { Button } from '../components/button.tsx'
import { DateField } from '../components/date-field.tsx'
import { Disclosure } from '../components/disclosure.tsx'
import { SelectField } from '../components/select-field.tsx'
import { TextField } from '../components/text-field.tsx'
import { currencyName } from '../format/mode-words.ts'
import { principalText } from '../format/principal-text.ts'
import { t } from '../words.ts'

interface HistoryFiltersProps {
  readonly filter: HistoryFilterInput
  readonly onFilter: (filter: HistoryFilterInput) => void
  /** All of it, the text too. */
  readonly onClear: () => void
}

/** How long typing rests before it is searched for, in ms. */
const REST_MS = 250

/** What to look for: text at once, the rest on demand. */
export function HistoryFilters({ filter, onFilter, onClear }: HistoryFiltersProps) {
  const [text, setText] = useState(filter.text ?? '')
  const [seen] = useResource('history.seen', {}, { topics: [] })
  const names = latestOf(seen) ?? { principals: [], models: [], gateways: [] }
  const gatewayNames = new Map(names.gateways.map(({ id, name }) => [id, name]))
  /** What is typed is set later than it is typed: by then another field may have changed. */
  const latest = useRef(filter)
  latest.current = filter
  const set = (part: HistoryFilterInput) => onFilter(withoutEmpty({ ...latest.current, ...part }))
  useEffect(() => {
    if (text === (filter.text ?? '')) return
    const timer = setTimeout(() => set({ text: text.trim() }), REST_MS)
    return () => clearTimeout(timer)
  }, [text])
  const active = countSet(filter)
  return (
    <div class="stack-tight">
      <TextField
        label={t('history.search')}
        hideLabel
        placeholder={t('history.search')}
        type="search"
        maxLength={200}
        value={text}
        onInput={setText}
      />
      <Disclosure
        open={active > 0}
        summary={active > 0 ? t('history.filtersActive', { count: active }) : t('history.filters')}
      >
        <div class="filters">
          <SelectField
            label={t('history.site')}
            value={filter.principal ?? ''}
            options={withAll(withCurrent(names.principals, filter.principal), principalText)}
            onChange={(principal) => set({ principal })}
          />
          <SelectField
            label={t('approval.model')}
            value={filter.model ?? ''}
            options={withAll(withCurrent(names.models, filter.model))}
            onChange={(model) => set({ model })}
          />
          <SelectField
            label={t('history.gateway')}
            value={filter.gatewayId ?? ''}
            options={withAll(
              withCurrent([...gatewayNames.keys()], filter.gatewayId),
              (id) => gatewayNames.get(id) ?? id,
            )}
            onChange={(gatewayId) => set({ gatewayId })}
          />
          <SelectField<MoneyChoice | ''>
            label={t('history.money')}
            value={moneyChoice(filter)}
            options={[
              { value: '', label: t('common.all') },
              { value: 'settled', label: t('history.moneySettled') },
              { value: 'gateway', label: t('history.moneyReported') },
              { value: 'chain', label: t('history.moneyConfirmed') },
              { value: 'live', label: t('history.moneyLive') },
              { value: 'released', label: t('history.moneyReleased') },
            ]}
            onChange={(choice) => set(moneyFilter(choice))}
          />
          <SelectField<'answered' | 'failed' | ''>
            label={t('history.answer')}
            value={filter.answer ?? ''}
            options={[
              { value: '', label: t('common.all') },
              { value: 'answered', label: t('history.answerWhole') },
              { value: 'failed', label: t('history.state.failed') },
            ]}
            onChange={(value) => set({ answer: value === '' ? undefined : value })}
          />
          <SelectField<Currency | ''>
            label={t('history.currency')}
            value={filter.currency ?? ''}
            options={[
              { value: '', label: t('common.all') },
              ...CURRENCIES.map((value) => ({ value, label: currencyName(value) })),
            ]}
            onChange={(value) => set({ currency: value === '' ? undefined : value })}
          />
          <DateField
            label={t('history.from')}
            valueMs={filter.fromMs ?? null}
            onChange={(ms) => set({ fromMs: ms ?? undefined })}
          />
          <DateField
            label={t('history.to')}
            valueMs={filter.toMs === undefined ? null : lastDayBefore(filter.toMs)}
            onChange={(ms) => set({ toMs: ms === null ? undefined : nextMidnight(ms) })}
          />
        </div>
        {active > 0 && (
          <Button size="s" kind="quiet" onClick={onClear}>
            {t('history.clearFilters')}
          </Button>
        )}
      </Disclosure>
    </div>
  )
}

function withAll(values: readonly string[], label: (value: string) => string = (value) => value) {
  return [{ value: '', label: t('common.all') }, ...values.map((value) => ({ value, label: label(value) }))]
}

function withCurrent(values: readonly string[], current: string | undefined): readonly string[] {
  return current === undefined || values.includes(current) ? values : [current, ...values]
}

/** Charged and whose word that is stand in one list, and in two fields of the filter. */
type MoneyChoice = 'settled' | 'gateway' | 'chain' | 'live' | 'released'

function moneyChoice({ money, settledBy }: HistoryFilterInput): MoneyChoice | '' {
  return settledBy ?? money ?? ''
}

function moneyFilter(choice: MoneyChoice | ''): Pick<HistoryFilterInput, 'money' | 'settledBy'> {
  if (choice === '') return { money: undefined, settledBy: undefined }
  return choice === 'gateway' || choice === 'chain'
    ? { money: 'settled', settledBy: choice }
    : { money: choice, settledBy: undefined }
}

/** Filters that are set beside the text; charged by whose word counts once. */
function countSet({ text: _, settledBy: __, ...rest }: HistoryFilterInput): number {
  return Object.keys(rest).length
}

function withoutEmpty(filter: HistoryFilterInput): HistoryFilterInput {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''))
}

/** The end of a local day, which may last 23 or 25 hours. */
function nextMidnight(dayStartMs: number): number {
  const day = new Date(dayStartMs)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime()
}

/** Start of the last local day before an end that is left out. */
function lastDayBefore(endMs: number): number {
  return new Date(endMs - 1).setHours(0, 0, 0, 0)
}
