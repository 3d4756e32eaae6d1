import type { PriceEstimate } from '../../../protocol/chat-estimate.ts'
import { Button } from '../../components/button.tsx'
import { moneyText } from '../../format/money.ts'
import { t } from '../../words.ts'

export interface ContextWaysProps {
  /** What summing up will cost at most. */
  readonly summaryPrice: PriceEstimate
  /** Null where nothing may be asked, or where the whole is too long to be asked about. */
  readonly onSummarise: (() => void) | null
  /** Null where there is nothing older than the last question. */
  readonly onDropOldest: (() => void) | null
  readonly onNew: () => void
}

/** The ways out of a conversation that grew too long, with the price of the one that costs. */
export function ContextWays({ summaryPrice, onSummarise, onDropOldest, onNew }: ContextWaysProps) {
  return (
    <>
      <Button size="s" disabled={!onSummarise} onClick={() => onSummarise?.()}>
        {summaryPrice.kind === 'estimate'
          ? t('chat.context.summarise', {
              amount: t('chat.price.estimate', {
                amount: moneyText(summaryPrice.amount, summaryPrice.currency, { rounding: 'up' }),
              }),
            })
          : t('chat.context.summarisePlain')}
      </Button>
      <Button size="s" disabled={!onDropOldest} onClick={() => onDropOldest?.()}>
        {t('chat.context.dropOldest')}
      </Button>
      <Button size="s" onClick={onNew}>
        {t('chat.newConversation')}
      </Button>
    </>
  )
}
