import { Ban, Pause } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { GRANT_MODES, type GrantMode, SETTLEMENT_MODES } from '../../domain/budget.ts'
import { CURRENCIES, type Currency } from '../../domain/currency.ts'
import { PANEL } from '../../domain/principal.ts'
import type { Settings } from '../../protocol/settings.ts'
import type { GuardsView, SiteView } from '../../protocol/ui-views.ts'
import { useApp } from '../app/app.tsx'
import { Loaded } from '../app/loaded.tsx'
import { Screen, Section } from '../app/screen.tsx'
import { useAct } from '../app/use-act.ts'
import { useResource } from '../app/use-resource.ts'
import { routeTo } from '../app/use-route.ts'
import { type BudgetDraft, draftOf } from '../budget/budget-draft.ts'
import { Button } from '../components/button.tsx'
import { ChoiceGroup } from '../components/choice-group.tsx'
import { Notice } from '../components/notice.tsx'
import { OriginName } from '../components/origin-name.tsx'
import { SelectField } from '../components/select-field.tsx'
import { currencyName, modeHint, modeWords } from '../format/mode-words.ts'
import { originParts } from '../format/origin.ts'
import { settlementWords } from '../format/settlement-words.ts'
import { t } from '../words.ts'
import { BudgetCard } from './budget-card.tsx'
import { BudgetDialog } from './budget-dialog.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'

/** One site: what it may do, its budgets, and the way to end it. */
export function SiteScreen({ principal }: { principal: string }) {
  const [site, reload] = useResource('sites.get', { principal }, { topics: ['ledger', 'guards'] })
  const [settings, reloadSettings] = useResource('settings.get', {}, { topics: ['settings'] })
  const [limits] = useResource('limits.get', {}, { topics: ['guards'] })
  return (
    <Screen title={<OriginName principal={principal} />} back={routeTo('sites')}>
      {originParts(principal).punycode && <Notice tone="held">{t('sites.punycode')}</Notice>}
      <Loaded from={site} onRetry={reload}>
        {(view) => (
          <Loaded from={settings} onRetry={reloadSettings}>
            {(chosen) => (
              <SiteBody
                principal={principal}
                site={view}
                settings={chosen}
                limits={limits.kind === 'ready' ? limits.value : null}
                onChanged={reload}
              />
            )}
          </Loaded>
        )}
      </Loaded>
    </Screen>
  )
}

interface SiteBodyProps {
  readonly principal: string
  readonly site: SiteView | null
  readonly settings: Settings
  readonly limits: GuardsView | null
  readonly onChanged: () => void
}

function SiteBody({ principal, site, settings, limits, onChanged }: SiteBodyProps) {
  const { client, say } = useApp()
  const { busy, act } = useAct()
  const [editing, setEditing] = useState<BudgetDraft | null>(null)
  const [revoking, setRevoking] = useState(false)
  const change = async (work: () => Promise<unknown>) => {
    if (await act(work, t('common.saved'))) onChanged()
  }
  /** For dialogs, which say themselves what failed. */
  const finish = async (work: () => Promise<unknown>) => {
    await work()
    say(t('common.saved'))
    onChanged()
  }
  const setMode = (mode: GrantMode) =>
    void change(() => client.call('sites.setMode', { principals: [principal], mode }))
  const free = CURRENCIES.filter(
    (currency) =>
      !site?.budgets.some((budget) => budget.currency === currency) &&
      limits?.limits[currency].enabled !== false,
  )
  return (
    <>
      {site?.budgets.map((budget) => (
        <BudgetCard
          key={budget.id}
          budget={budget}
          busy={busy}
          onEdit={() => setEditing(draftOf(budget))}
          onRemove={() =>
            void change(() =>
              client.call('sites.revoke', { principals: [principal], currency: budget.currency }),
            )
          }
        />
      ))}
      {(site === null || site.budgets.length === 0) && <p class="soft">{t('sites.noBudgetMeans')}</p>}
      {free.length > 0 && (
        <AddBudget currencies={free} onAdd={(currency) => setEditing(freshDraft(currency, settings))} />
      )}
      {site ? <ModeChoice site={site} onMode={setMode} /> : <StopUnknown busy={busy} onMode={setMode} />}
      {site && (
        <Section title={t('sites.privacy')}>
          <SelectField
            label={t('sites.settlement')}
            hint={t('sites.settlementHint')}
            value={site.settlement ?? 'default'}
            options={[
              {
                value: 'default',
                label: t('sites.settlementDefault', { mode: settlementWords(settings.settlement) }),
              },
              ...SETTLEMENT_MODES.map((value) => ({ value, label: settlementWords(value) })),
            ]}
            onChange={(mode) =>
              void change(() =>
                client.call('sites.setSettlement', {
                  principal,
                  settlement: mode === 'default' ? null : mode,
                }),
              )
            }
          />
        </Section>
      )}
      <div class="row">
        <a href={routeTo('history', 'site', principal)}>{t('sites.itsHistory')}</a>
        {site && principal !== PANEL && (
          <Button size="s" kind="danger" onClick={() => setRevoking(true)}>
            {t('sites.revokeAll')}
          </Button>
        )}
      </div>
      {editing && (
        <BudgetDialog
          draft={editing}
          onClose={() => setEditing(null)}
          onSave={(budget) => finish(() => client.call('sites.putBudget', { principal, budget }))}
        />
      )}
      {revoking && (
        <RevokeDialog
          title={t('sites.revokeAllAsk')}
          action={t('sites.revokeAll')}
          onClose={() => setRevoking(false)}
          onRevoke={() =>
            finish(() => client.call('sites.revoke', { principals: [principal], currency: null }))
          }
        />
      )}
    </>
  )
}

function AddBudget({
  currencies,
  onAdd,
}: {
  currencies: readonly Currency[]
  onAdd: (currency: Currency) => void
}) {
  return (
    <div class="row">
      {currencies.map((currency) => (
        <Button key={currency} size="s" onClick={() => onAdd(currency)}>
          {t('sites.addBudget', { currency: currencyName(currency) })}
        </Button>
      ))}
    </div>
  )
}

function ModeChoice({ site, onMode }: { site: SiteView; onMode: (mode: GrantMode) => void }) {
  return (
    <ChoiceGroup
      legend={t('sites.mode')}
      value={site.mode}
      options={GRANT_MODES.filter((mode) => mode !== 'blocked' || site.principal !== PANEL).map((value) => ({
        value,
        label: modeWords(value),
        hint: modeHint(value),
      }))}
      onChange={onMode}
    />
  )
}

/** A site that was never decided about can be stopped before it asks for anything. */
function StopUnknown({ busy, onMode }: { busy: boolean; onMode: (mode: GrantMode) => void }) {
  return (
    <div class="row">
      <Button size="s" icon={Pause} busy={busy} onClick={() => onMode('paused')}>
        {t('home.pauseSite')}
      </Button>
      <Button size="s" icon={Ban} busy={busy} onClick={() => onMode('blocked')}>
        {t('home.blockSite')}
      </Button>
    </div>
  )
}

function freshDraft(currency: Currency, settings: Settings): BudgetDraft {
  const usual = settings.newSite[currency] ?? { cap: '0', period: 'day' as const, maxPerRequest: '0' }
  return draftOf({ currency, models: 'all', expiresAtMs: null, ...usual })
}
