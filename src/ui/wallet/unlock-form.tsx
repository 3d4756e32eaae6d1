import { useState } from 'preact/hooks'
import type { UnlockView } from '../../protocol/ui-views.ts'
import { Button } from '../components/button.tsx'
import { PasswordField } from '../components/password-field.tsx'
import { failureText } from '../format/error-words.ts'
import { formatSpan } from '../format/time.ts'
import { t } from '../words.ts'

export interface UnlockFormProps {
  /** Resolves with how it went; rejects where the background could not be asked. */
  readonly onUnlock: (password: string) => Promise<UnlockView>
  readonly nowMs: number
  /** From an earlier failure; unix ms. */
  readonly retryAtMs: number | null
  readonly onDone?: () => void
}

interface Failed {
  readonly kind: 'failed'
  readonly error: unknown
}

/** The password, and what became of it. The field is emptied after every try. */
export function UnlockForm({ onUnlock, nowMs, retryAtMs, onDone }: UnlockFormProps) {
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [result, setResult] = useState<UnlockView | Failed | null>(null)
  const submit = async () => {
    if (busy || password === '') return
    setBusy(true)
    const done = await onUnlock(password).catch((error: unknown) => ({ kind: 'failed', error }) as const)
    setPassword('')
    setBusy(false)
    setResult(done)
    if (done.kind === 'unlocked') onDone?.()
  }
  return (
    <form
      class="stack-tight"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <PasswordField
        label={t('password.label')}
        value={password}
        onInput={setPassword}
        error={password === '' ? resultWords(result, retryAtMs, nowMs) : undefined}
        autoFocus
      />
      <Button type="submit" kind="primary" wide busy={busy}>
        {t('wallet.unlock')}
      </Button>
    </form>
  )
}

function resultWords(
  result: UnlockView | Failed | null,
  retryAtMs: number | null,
  nowMs: number,
): string | undefined {
  switch (result?.kind) {
    case 'failed':
      return failureText(result.error)
    case 'wrong-password':
      return result.retryAtMs !== null && result.retryAtMs > nowMs
        ? t('password.wrongWait', { span: formatSpan(result.retryAtMs - nowMs) })
        : t('password.wrong')
    case 'damaged':
      return t('wallet.damaged')
    case 'none':
      return t('errors.walletMissing.what')
    case 'wait':
      return result.retryAtMs > nowMs
        ? t('password.wait', { span: formatSpan(result.retryAtMs - nowMs) })
        : undefined
    case 'unlocked':
      return undefined
    case undefined:
      return retryAtMs !== null && retryAtMs > nowMs
        ? t('password.wait', { span: formatSpan(retryAtMs - nowMs) })
        : undefined
  }
}
