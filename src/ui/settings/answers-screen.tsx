import { SETTLEMENT_MODES } from '../../domain/budget.ts'
import { PAYMENT_NETWORKS } from '../../domain/network.ts'
import type { Settings } from '../../protocol/settings.ts'
import type { ModelView } from '../../protocol/ui-views.ts'
import { Screen } from '../app/screen.tsx'
import { latestOf, useResource } from '../app/use-resource.ts'
import { ChoiceGroup } from '../components/choice-group.tsx'
import { SelectField } from '../components/select-field.tsx'
import { networkName } from '../format/network-name.ts'
import { settlementWords } from '../format/settlement-words.ts'
import { t } from '../words.ts'
import { NumberField } from './number-field.tsx'
import { type ChangeSettings, WithSettings } from './with-settings.tsx'

/** Longest answer that may be set as a default, tokens. Source: the settings' schema. */
const MOST_TOKENS = 200_000

/** Which model answers, how long, paid over which network. */
export function AnswersScreen({ back }: { back: string }) {
  return (
    <Screen title={t('answers.title')} back={back}>
      <WithSettings>{(settings, change) => <Answers settings={settings} change={change} />}</WithSettings>
    </Screen>
  )
}

function Answers({ settings, change }: { settings: Settings; change: ChangeSettings }) {
  const [models] = useResource('models.list', {}, { topics: ['gateways'] })
  return (
    <div class="stack">
      <SelectField
        label={t('answers.defaultModel')}
        hint={t('answers.defaultModelHint')}
        value={settings.defaultModel ?? ''}
        options={modelOptions(latestOf(models) ?? [], settings.defaultModel)}
        onChange={(name) => void change((now) => ({ ...now, defaultModel: name === '' ? null : name }))}
      />
      <NumberField
        label={t('answers.outputLimit')}
        hint={t('answers.outputLimitHint')}
        suffix={t('answers.tokens')}
        value={settings.outputLimitTokens}
        least={16}
        most={MOST_TOKENS}
        onChange={(outputLimitTokens) => void change((now) => ({ ...now, outputLimitTokens }))}
      />
      <ChoiceGroup
        legend={t('answers.network')}
        value={settings.networkPreference}
        options={PAYMENT_NETWORKS.map((value) => ({ value, label: networkName(value) }))}
        onChange={(networkPreference) => void change((now) => ({ ...now, networkPreference }))}
      />
      <p class="soft small">{t('answers.networkHint')}</p>
      <ChoiceGroup
        legend={t('answers.settlement')}
        value={settings.settlement}
        options={SETTLEMENT_MODES.map((value) => ({ value, label: settlementWords(value) }))}
        onChange={(settlement) => void change((now) => ({ ...now, settlement }))}
      />
      <p class="soft small">{t('answers.settlementHint')}</p>
    </div>
  )
}

/** Enabled models by name; one that is chosen and gone stays in the list, so that it can be seen. */
function modelOptions(models: readonly ModelView[], chosen: string | null) {
  const options = models
    .filter(({ enabled }) => enabled)
    .map(({ name, id, gatewayName }) => ({
      value: name,
      label: t('answers.modelOf', { model: id, gateway: gatewayName }),
    }))
  const gone = chosen !== null && !options.some(({ value }) => value === chosen)
  return [
    { value: '', label: t('answers.firstModel') },
    ...options,
    ...(gone ? [{ value: chosen, label: t('answers.modelGone', { model: chosen }) }] : []),
  ]
}
