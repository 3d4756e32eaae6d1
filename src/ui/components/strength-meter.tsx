import { t } from '../words.ts'
import './field.css'

/** How hard a password is to guess, 0 to 4, in words and in four bars. */
export function StrengthMeter({ score }: { score: number | null }) {
  const words = score === null ? '' : strengthWords(score)
  return (
    <div class="strength">
      <div class={`strength-bars${score !== null && score >= 3 ? ' strength-good' : ''}`} aria-hidden="true">
        {[1, 2, 3, 4].map((step) => (
          <span key={step} class={score !== null && score >= step ? 'strength-on' : undefined} />
        ))}
      </div>
      <p class="soft small" aria-live="polite">
        {words || '\u00a0'}
      </p>
    </div>
  )
}

function strengthWords(score: number): string {
  if (score <= 1) return t('password.strength.weak')
  if (score === 2) return t('password.strength.fair')
  if (score === 3) return t('password.strength.good')
  return t('password.strength.strong')
}
