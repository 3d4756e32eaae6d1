import { useState } from 'preact/hooks'
import type { GuardsView } from '../../protocol/ui-views.ts'
import { AmountField } from '../components/amount-field.tsx'
import { Button } from '../components/button.tsx'
import { PasswordDialog } from '../secrets/password-dialog.tsx'
import { ReviewFailure } from '../transfers/review-failure.tsx'
import { t } from '../words.ts'
import { type OpgErrors, type OpgFigures, opgDraftOf, parseOpgDraft } from './opg-draft.ts'
import type { OpgPlace } from './opg-network.ts'
import type { OpgDesk } from './use-opg-desk.ts'

interface OpgEnableProps {
  readonly place: OpgPlace
  readonly limit: GuardsView['limits'][OpgPlace['currency']]
  readonly desk: OpgDesk
}

/** The figures with which OPG is switched on. */
export function OpgEnable({ place: { currency }, limit, desk }: OpgEnableProps) {
  const [draft, setDraft] = useState(() => opgDraftOf(limit))
  const [errors, setErrors] = useState<OpgErrors>({})
  const [switching, setSwitching] = useState<OpgFigures | null>(null)
  const { state } = desk.review
  const take = (act: (figures: OpgFigures) => void) => {
    const parsed = parseOpgDraft(draft)
    setErrors(parsed.kind === 'ok' ? {} : parsed.errors)
    if (parsed.kind === 'ok') act(parsed.figures)
  }
  const field = (name: keyof typeof draft, label: string, hint: string) => (
    <AmountField
      label={label}
      hint={hint}
      currency={currency}
      value={draft[name]}
      error={errors[name]}
      onInput={(value) => setDraft({ ...draft, [name]: value })}
    />
  )
  return (
    <>
      <form
        class="card stack"
        onSubmit={(event) => {
          event.preventDefault()
          take(desk.lookEnable)
        }}
      >
        <h2>{t('opg.enableTitle')}</h2>
        {field('allowance', t('opg.allowance'), t('opg.allowanceHint'))}
        {field('perDay', t('opg.perDay'), t('opg.perDayHint'))}
        {field('perSession', t('opg.perSession'), t('opg.perSessionHint'))}
        <ReviewFailure state={state} />
        <Button type="submit" kind="primary" wide busy={state.kind === 'reading'}>
          {t('opg.look')}
        </Button>
        <div class="stack-tight">
          <Button kind="quiet" onClick={() => take(setSwitching)}>
            {t('opg.onlySwitchOn')}
          </Button>
          <p class="soft small">{t('opg.onlySwitchOnMeans')}</p>
        </div>
      </form>
      {switching && (
        <PasswordDialog
          title={t('opg.enableTitle')}
          action={t('opg.switchOn')}
          onClose={() => setSwitching(null)}
          onPassword={async (password) => {
            const result = await desk.switchOn(switching, password)
            if (result === 'done') setSwitching(null)
            return result
          }}
        >
          {t('opg.switchOnMeans')}
        </PasswordDialog>
      )}
    </>
  )
}
