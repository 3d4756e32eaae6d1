import { useMemo, useState } from 'preact/hooks'
import { FailureNotice } from '../app/failure-notice.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../components/button.tsx'
import { TextField } from '../components/text-field.tsx'
import { t } from '../words.ts'
import { pickPositions } from './pick-positions.ts'

interface CheckStepProps {
  readonly phrase: string
  readonly onChecked: () => Promise<void>
  readonly onBack: () => void
}

/** Three of the words, from paper: proof that they were written down. */
export function CheckStep({ phrase, onChecked, onBack }: CheckStepProps) {
  const words = useMemo(() => phrase.split(' '), [phrase])
  const positions = useMemo(
    () => pickPositions(words.length, crypto.getRandomValues(new Uint32Array(8))),
    [words],
  )
  const [typed, setTyped] = useState<readonly string[]>(['', '', ''])
  const [tried, setTried] = useState(false)
  const wrong = (index: number) => (typed[index] ?? '').trim().toLowerCase() !== words[positions[index] ?? -1]
  const [state, check] = useAction(async () => {
    setTried(true)
    if (positions.every((_, index) => !wrong(index))) await onChecked()
  })
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void check()
      }}
    >
      <h1>{t('onboarding.checkTitle')}</h1>
      <p class="soft">{t('onboarding.checkMeans')}</p>
      {positions.map((position, index) => (
        <TextField
          key={position}
          label={t('onboarding.wordNumber', { number: position + 1 })}
          value={typed[index] ?? ''}
          autoFocus={index === 0}
          error={tried && wrong(index) ? t('onboarding.wordWrong') : undefined}
          onInput={(value) => setTyped(typed.map((old, at) => (at === index ? value : old)))}
        />
      ))}
      {state.kind === 'failed' && <FailureNotice error={state.error} />}
      <div class="row">
        <Button type="submit" kind="primary" busy={state.kind === 'busy'}>
          {t('onboarding.check')}
        </Button>
        <Button kind="quiet" onClick={onBack}>
          {t('onboarding.showAgain')}
        </Button>
      </div>
    </form>
  )
}
