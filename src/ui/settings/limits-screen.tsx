import { useEffect, useRef, useState } from 'preact/hooks'
import { CURRENCIES, type Currency, isTestMoney } from '../../domain/currency.ts'
import type { GuardsView } from '../../protocol/ui-views.ts'
import { useApp } from '../app/app.tsx'
import { FailureNotice } from '../app/failure-notice.tsx'
import { LoadFailed } from '../app/load-failed.tsx'
import { Screen } from '../app/screen.tsx'
import { useAction } from '../app/use-action.ts'
import { latestOf, useResource } from '../app/use-resource.ts'
import { Button } from '../components/button.tsx'
import { Disclosure } from '../components/disclosure.tsx'
import { Spinner } from '../components/spinner.tsx'
import { PasswordDialog } from '../secrets/password-dialog.tsx'
import type { PasswordResult } from '../secrets/password-form.tsx'
import { t } from '../words.ts'
import { LimitCard } from './limit-card.tsx'
import {
  type LimitErrors,
  type Limits,
  type LimitsDraft,
  limitsDraftOf,
  parseLimitsDraft,
  raises,
} from './limits-draft.ts'

/** The person's own limits, above every budget. */
export function LimitsScreen({ back }: { back: string }) {
  const [read, reload] = useResource('limits.get', {}, { topics: ['guards'] })
  const guards = latestOf(read)
  return (
    <Screen title={t('limits.title')} back={back}>
      <p class="soft">{t('limits.means')}</p>
      {guards ? (
        <LimitsForm guards={guards} />
      ) : read.kind === 'failed' ? (
        <LoadFailed error={read.error} onRetry={reload} />
      ) : (
        <Spinner label={t('common.loading')} />
      )}
    </Screen>
  )
}

function LimitsForm({ guards: { limits } }: { guards: GuardsView }) {
  const { draft, setDraft, raising, setRaising, set, saving, save } = useLimits(limits)
  const [errors, setErrors] = useState<Partial<Record<Currency, LimitErrors>>>({})
  const cards = (currencies: readonly Currency[]) =>
    currencies.map((currency) => (
      <LimitCard
        key={currency}
        currency={currency}
        draft={draft[currency]}
        enabled={limits[currency].enabled}
        errors={errors[currency] ?? {}}
        onChange={(one) => setDraft({ ...draft, [currency]: one })}
      />
    ))
  return (
    <>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          const parsed = parseLimitsDraft(draft)
          setErrors(parsed.kind === 'ok' ? {} : parsed.errors)
          if (parsed.kind === 'ok') void save(parsed.limits)
        }}
      >
        {cards(CURRENCIES.filter((currency) => !isTestMoney(currency)))}
        <Disclosure summary={t('settings.testMoney')} open={hasErrors(errors)}>
          <div class="stack">{cards(CURRENCIES.filter(isTestMoney))}</div>
        </Disclosure>
        {saving.kind === 'failed' && <FailureNotice error={saving.error} />}
        <Button type="submit" kind="primary" wide busy={saving.kind === 'busy'}>
          {t('common.save')}
        </Button>
      </form>
      {raising && (
        <PasswordDialog
          title={t('limits.raise')}
          action={t('limits.raiseAction')}
          onClose={() => setRaising(null)}
          onPassword={(password) => set(raising, password)}
        >
          {t('limits.raiseMeans')}
        </PasswordDialog>
      )}
    </>
  )
}

/** The limits while they are written, and the password where they are raised. */
function useLimits(limits: Limits) {
  const { client, say } = useApp()
  const [draft, setDraft] = useState<LimitsDraft>(() => limitsDraftOf(limits))
  const [raising, setRaising] = useState<Limits | null>(null)
  const stored = JSON.stringify(limits)
  const shown = useRef(stored)
  useEffect(() => {
    // Only what changed elsewhere replaces what is being written here.
    if (shown.current !== stored) setDraft(limitsDraftOf(limits))
    shown.current = stored
  }, [stored])
  const set = async (wanted: Limits, password: string | null): Promise<PasswordResult> => {
    const sealed = password === null ? null : await client.seal(password)
    const result = await client.call('limits.set', { limits: wanted, password: sealed })
    if ('needsPassword' in result) return 'wrong'
    setRaising(null)
    say(t('common.saved'))
    return 'done'
  }
  const [saving, save] = useAction(async (wanted: Limits) => {
    if (raises(limits, wanted)) setRaising(wanted)
    else if ((await set(wanted, null)) === 'wrong') setRaising(wanted)
  })
  return { draft, setDraft, raising, setRaising, set, saving, save }
}

function hasErrors(errors: Partial<Record<Currency, LimitErrors>>): boolean {
  return errors.tUSDC !== undefined || errors.tOPG !== undefined
}
