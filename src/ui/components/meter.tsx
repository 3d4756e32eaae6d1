import { type AtomicAmount, parseAtomic } from '../../domain/amount.ts'
import type { MeterView } from '../../protocol/ui-views.ts'
import { exactText, moneyText } from '../format/money.ts'
import { periodWords, renewWords } from '../format/period-words.ts'
import { t } from '../words.ts'
import { Money } from './money.tsx'
import './meter.css'

interface MeterProps {
  readonly meter: MeterView
  readonly title: string
  readonly hideTitle?: boolean
}

/** What is left of a cap: spent, on hold and remaining in one bar, each said in words. */
export function Meter({ meter, title, hideTitle = false }: MeterProps) {
  const { currency } = meter
  const renews = renewWords(meter.period, meter.renewsAtMs)?.again ?? ''
  const cap = parseAtomic(meter.cap)
  const settled = share(parseAtomic(meter.settled), cap)
  const held = Math.min(share(parseAtomic(meter.live), cap), 1 - settled)
  const say = (amount: string, rounding: 'nearest' | 'exact') => moneyText(amount, currency, { rounding })
  const exact = (amount: string) => exactText(amount, currency)
  const spoken = t('meter.spoken', {
    remaining: exact(meter.remaining),
    cap: exact(meter.cap),
    spent: exact(meter.settled),
    held: exact(meter.live),
  })
  return (
    <div class="meter">
      <div class="row-spread">
        <span class={hideTitle ? 'visually-hidden' : 'meter-title'}>{title}</span>
        <span class="meter-left">
          <Money amount={meter.remaining} currency={currency} rounding="down" /> {t('meter.left')}
        </span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: the browser's meter has one part, this bar has two */}
      <div
        class="meter-bar"
        role="meter"
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round((settled + held) * 100)}
        aria-valuetext={spoken}
      >
        <span class="meter-settled" style={{ inlineSize: percent(settled) }} />
        <span class="meter-held" style={{ inlineSize: percent(held) }} />
      </div>
      <div class="meter-words">
        <span title={exact(meter.settled)}>
          {t('meter.spent', { amount: say(meter.settled, 'nearest') })}
        </span>
        {meter.live !== '0' && (
          <span class="meter-held-words" title={exact(meter.live)}>
            {t('meter.held', { amount: say(meter.live, 'nearest') })}
          </span>
        )}
        <span class="meter-cap" title={renews}>
          {t('meter.of', { amount: say(meter.cap, 'exact'), period: periodWords(meter.period) })}
        </span>
      </div>
    </div>
  )
}

/** Part of the cap for drawing only, 0 to 1; a full bar where the cap was lowered below what is used. */
function share(part: AtomicAmount, cap: AtomicAmount): number {
  if (cap === 0n) return part === 0n ? 0 : 1
  return Math.min(1, Number((part * 10_000n) / cap) / 10_000)
}

function percent(part: number): string {
  return `${(part * 100).toFixed(2)}%`
}
