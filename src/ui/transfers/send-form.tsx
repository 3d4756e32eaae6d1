import type { BalanceView } from '../../protocol/ui-views.ts'
import { Button } from '../components/button.tsx'
import { SelectField } from '../components/select-field.tsx'
import { TextField } from '../components/text-field.tsx'
import { formatCoin } from '../format/coin.ts'
import { networkName } from '../format/network-name.ts'
import { t } from '../words.ts'
import type { SendDraft, SendErrors } from './send-draft.ts'
import { type SendUnit, unitName } from './send-units.ts'
import './transfers.css'

interface SendFormProps {
  readonly units: readonly SendUnit[]
  readonly balances: readonly BalanceView[]
  readonly draft: SendDraft
  readonly errors: SendErrors
  readonly busy: boolean
  readonly onChange: (draft: SendDraft) => void
  readonly onReview: () => void
}

/** What to send, where to, and how much. */
export function SendForm({ units, balances, draft, errors, busy, onChange, onReview }: SendFormProps) {
  const { unit } = draft
  const change = (part: Partial<SendDraft>) => onChange({ ...draft, ...part })
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) onReview()
      }}
    >
      <SelectField
        label={t('send.what')}
        value={unit.key}
        options={units.map((one) => ({ value: one.key, label: unitLabel(one, balances) }))}
        onChange={(key) => {
          const chosen = units.find((one) => one.key === key)
          if (chosen) change({ unit: chosen, all: false })
        }}
      />
      <TextField
        label={t('send.toOn', { network: networkName(unit.network) })}
        hint={t('send.toHint', { network: networkName(unit.network) })}
        value={draft.to}
        error={errors.to}
        mono
        maxLength={100}
        onInput={(to) => change({ to })}
      />
      <div class="send-amount">
        <TextField
          label={t('money.field', { label: t('send.amount'), unit: unit.symbol })}
          inputMode="decimal"
          value={draft.all ? '' : draft.amount}
          placeholder={draft.all ? t('send.everything') : '0'}
          error={errors.amount}
          maxLength={60}
          onInput={(amount) => change({ all: false, amount })}
        />
        <Button pressed={draft.all} onClick={() => change({ all: !draft.all })}>
          {t('send.all')}
        </Button>
      </div>
      {draft.all && unit.asset === 'native' && <p class="soft small">{t('send.allCoin')}</p>}
      <Button type="submit" kind="primary" wide busy={busy}>
        {t('send.review')}
      </Button>
    </form>
  )
}

/** `USDC on Base: 4.3876 USDC`. */
function unitLabel(unit: SendUnit, balances: readonly BalanceView[]): string {
  const balance = balances.find(({ network, asset }) => network === unit.network && asset === unit.asset)
  const name = unitName(unit)
  if (!balance || balance.amount === null) return name
  return t('send.unitBalance', {
    unit: name,
    balance: formatCoin(balance.amount, unit, { rounding: 'down' }).short,
  })
}
