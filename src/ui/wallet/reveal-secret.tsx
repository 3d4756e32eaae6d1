import { Eye } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useApp } from '../app/app.tsx'
import { FailureNotice } from '../app/failure-notice.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../components/button.tsx'
import { CopyButton } from '../components/copy-button.tsx'
import { PasswordField } from '../components/password-field.tsx'
import { takeLostFocus, useLostFocus } from '../components/use-lost-focus.ts'
import { formatCountdown } from '../format/time.ts'
import { t } from '../words.ts'
import './reveal-secret.css'

/** How long a secret stays on screen, in ms. Source: docs/SECURITY.md, secrets. */
const SHOWN_MS = 60_000

interface RevealSecretProps {
  readonly what: 'phrase' | 'evm-key' | 'solana-key'
  /** Known from the step before; otherwise the password is asked for. */
  readonly knownPassword?: string | null
  readonly onRevealed?: (secret: string) => void
  /** Shown beside the secret, while it is shown. */
  readonly children?: ComponentChildren
}

/** A secret after the password, for sixty seconds, then hidden again. */
export function RevealSecret({ what, knownPassword = null, onRevealed, children }: RevealSecretProps) {
  const { client } = useApp()
  const [password, setPassword] = useState('')
  const [wrong, setWrong] = useState(false)
  const [shown, setShown] = useState<{ readonly secret: string; readonly untilMs: number } | null>(null)
  const [state, reveal] = useAction(async (typed: string) => {
    setWrong(false)
    const secret = await client.reveal(typed, what)
    setPassword('')
    if (secret === null) {
      setWrong(true)
      return
    }
    setShown({ secret, untilMs: performance.now() + SHOWN_MS })
    onRevealed?.(secret)
  })
  const started = useRef(false)
  useEffect(() => {
    if (knownPassword === null || started.current) return
    started.current = true
    void reveal(knownPassword)
  }, [knownPassword, reveal])
  const form = useRef<HTMLFormElement>(null)
  const wasShown = useRef(false)
  useEffect(() => {
    // Hidden, by the button or by time: on with the password, unless the person is elsewhere by now.
    if (shown === null && wasShown.current) takeLostFocus(form.current, 'control')
    wasShown.current = shown !== null
  }, [shown])
  if (shown) {
    return (
      <Shown what={what} secret={shown.secret} untilMs={shown.untilMs} onHide={() => setShown(null)}>
        {children}
      </Shown>
    )
  }
  return (
    <form
      ref={form}
      class="stack-tight reveal-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (password !== '') void reveal(password)
      }}
    >
      <PasswordField
        label={t('password.label')}
        value={password}
        onInput={setPassword}
        error={wrong ? t('password.wrong') : undefined}
      />
      {state.kind === 'failed' && <FailureNotice error={state.error} />}
      <Button type="submit" kind="primary" icon={Eye} busy={state.kind === 'busy'}>
        {what === 'phrase' ? t('reveal.showWords') : t('reveal.showKey')}
      </Button>
    </form>
  )
}

interface ShownProps {
  readonly what: RevealSecretProps['what']
  readonly secret: string
  /** By the monotonic clock, ms. */
  readonly untilMs: number
  readonly onHide: () => void
  readonly children: ComponentChildren
}

function Shown({ what, secret, untilMs, onHide, children }: ShownProps) {
  const [leftMs, setLeft] = useState(SHOWN_MS)
  useEffect(() => {
    const timer = setInterval(() => {
      const left = untilMs - performance.now()
      if (left <= 0) onHide()
      else setLeft(left)
    }, 500)
    return () => clearInterval(timer)
  }, [untilMs])
  const part = useLostFocus<HTMLElement>('part')
  return (
    <section
      class="stack-tight part"
      ref={part}
      tabIndex={-1}
      aria-label={what === 'phrase' ? t('secrets.phrase') : t('reveal.key')}
    >
      {what === 'phrase' ? (
        <ol class="phrase" aria-label={t('reveal.words')}>
          {secret.split(' ').map((word, index) => (
            <li key={`${index} ${word}`}>
              <span class="phrase-number">{index + 1}</span>
              <span class="mono">{word}</span>
            </li>
          ))}
        </ol>
      ) : (
        <code class="reveal-key">{secret}</code>
      )}
      <div class="row-spread">
        <span class="soft small" role="timer">
          {t('reveal.hiddenIn', { time: formatCountdown(leftMs) })}
        </span>
        <span class="row">
          <CopyButton text={secret} label={what === 'phrase' ? t('reveal.copyWords') : t('reveal.copyKey')} />
          <Button size="s" kind="quiet" onClick={onHide}>
            {t('reveal.hide')}
          </Button>
        </span>
      </div>
      <p class="soft small">{t('reveal.copyWarning')}</p>
      {children && <div class="row">{children}</div>}
    </section>
  )
}
