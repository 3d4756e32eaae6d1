import { useState } from 'preact/hooks'
import { add } from '../../domain/amount.ts'
import type { Currency } from '../../domain/currency.ts'
import { Loaded } from '../app/loaded.tsx'
import { Section } from '../app/screen.tsx'
import { latestOf, useResource } from '../app/use-resource.ts'
import { OriginName } from '../components/origin-name.tsx'
import { Tabs } from '../components/tabs.tsx'
import { t } from '../words.ts'
import { DAYS, type NamedSpending, shareOf, spendingByName } from './spending.ts'
import { SpendingTable } from './spending-table.tsx'

type Dimension = 'principal' | 'model' | 'gateway'

const DIMENSIONS: readonly Dimension[] = ['principal', 'model', 'gateway']
/** Names shown at first; the rest on demand. */
const FIRST = 10

/** Who, what and through whom: spending by site, model or gateway. */
export function ByName({ currency }: { currency: Currency }) {
  const [by, setBy] = useState<Dimension>('principal')
  const [rows, reload] = useResource('insights.daily', { days: DAYS, by }, { topics: ['ledger'] })
  const [gateways] = useResource('gateways.list', {}, { topics: ['gateways'] })
  const names = new Map((latestOf(gateways) ?? []).map(({ id, name }) => [id, name]))
  return (
    <Section title={t('insights.byName')}>
      <div class="card stack">
        <Tabs
          label={t('insights.byName')}
          value={by}
          options={DIMENSIONS.map((value) => ({ value, label: dimensionName(value) }))}
          onChange={setBy}
        />
        <Loaded from={rows} onRetry={reload}>
          {(spending) => (
            <Names
              key={by}
              by={by}
              all={spendingByName(spending, currency)}
              currency={currency}
              names={names}
            />
          )}
        </Loaded>
      </div>
    </Section>
  )
}

interface NamesProps {
  readonly by: Dimension
  readonly all: readonly NamedSpending[]
  readonly currency: Currency
  readonly names: ReadonlyMap<string, string>
}

function Names({ by, all, currency, names }: NamesProps) {
  const [whole, setWhole] = useState(false)
  const [dearest] = all
  if (!dearest) return <p class="soft">{t('insights.nothing')}</p>
  const top = add(dearest.settled, dearest.live)
  const shown = whole ? all : all.slice(0, FIRST)
  return (
    <>
      <SpendingTable
        caption={t('insights.byNameCaption')}
        heading={dimensionName(by)}
        currency={currency}
        lines={shown.map((one) => ({
          ...one,
          key: one.name,
          name:
            by === 'principal' ? (
              <OriginName principal={one.name} />
            ) : (
              <bdi>{names.get(one.name) ?? one.name}</bdi>
            ),
          share: shareOf(add(one.settled, one.live), top),
        }))}
      />
      {all.length > FIRST && !whole && (
        <button type="button" class="button button-quiet button-s" onClick={() => setWhole(true)}>
          {t('insights.showAll', { count: all.length })}
        </button>
      )}
    </>
  )
}

function dimensionName(by: Dimension): string {
  switch (by) {
    case 'principal':
      return t('insights.site')
    case 'model':
      return t('insights.model')
    case 'gateway':
      return t('insights.gateway')
  }
}
