import { Button } from '../components/button.tsx'
import { RevealSecret } from '../wallet/reveal-secret.tsx'
import { t } from '../words.ts'

interface WordsStepProps {
  /** From the step before, so that it is not asked for twice; null: ask. */
  readonly password: string | null
  readonly onRevealed: (phrase: string) => void
  readonly onWritten: () => void
  readonly onLater: () => void
}

/** The twelve words: shown for a minute, to be written on paper. */
export function WordsStep({ password, onRevealed, onWritten, onLater }: WordsStepProps) {
  return (
    <section class="stack">
      <h1>{t('onboarding.wordsTitle')}</h1>
      <p>{t('onboarding.wordsMeans')}</p>
      <RevealSecret what="phrase" knownPassword={password} onRevealed={onRevealed}>
        <Button kind="primary" onClick={onWritten}>
          {t('onboarding.written')}
        </Button>
      </RevealSecret>
      <div>
        <Button kind="quiet" onClick={onLater}>
          {t('onboarding.later')}
        </Button>
        <p class="soft small">{t('onboarding.laterMeans')}</p>
      </div>
    </section>
  )
}
