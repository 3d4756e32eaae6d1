import { t } from '../../words.ts'

/** Below this share of the context nobody needs to think of it. */
const WORTH_SAYING = 0.1

/** How much of what the model can take goes out with the next question: a rough count, said as such. */
export function ContextLine({ tokens, contextLength }: { tokens: number; contextLength: number | null }) {
  if (contextLength !== null && tokens < contextLength * WORTH_SAYING) return null
  const number = (value: number) =>
    new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 }).format(value)
  return (
    <p class="context-line" title={t('chat.context.usedMeans')}>
      {contextLength === null
        ? t('chat.context.usedOnly', { used: number(tokens) })
        : t('chat.context.used', { used: number(tokens), length: number(contextLength) })}
    </p>
  )
}
