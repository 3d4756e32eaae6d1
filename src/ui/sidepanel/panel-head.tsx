import { ExternalLink, Keyboard, MessagesSquare, Settings2, Snowflake, SquarePen } from 'lucide-preact'
import { IconButton } from '../components/icon-button.tsx'
import { moneyText } from '../format/money.ts'
import { t } from '../words.ts'
import type { CostLine } from './conversation/conversation-cost.ts'

interface PanelHeadProps {
  readonly title: string
  readonly cost: readonly CostLine[]
  /** Null where the list stands beside the conversation anyway. */
  readonly onList: (() => void) | null
  /** Stops all spending; null where there is nothing to stop. */
  readonly onFreeze: (() => void) | null
  readonly onNew: () => void
  readonly onOptions: () => void
  readonly onShortcuts: () => void
  readonly onOpenInTab: (() => void) | null
}

/** The conversation's name, what it has cost so far, and what can be done. */
export function PanelHead(props: PanelHeadProps) {
  return (
    <header class="panel-head">
      {props.onList && <IconButton icon={MessagesSquare} label={t('chat.openList')} onClick={props.onList} />}
      <div class="panel-title">
        <h1 dir="auto">{props.title || t('chat.untitled')}</h1>
        <p>{costWords(props.cost)}</p>
      </div>
      {props.onFreeze && <IconButton icon={Snowflake} label={t('home.freeze')} onClick={props.onFreeze} />}
      <IconButton icon={SquarePen} label={t('chat.newConversation')} onClick={props.onNew} />
      <IconButton icon={Settings2} label={t('chat.options')} onClick={props.onOptions} />
      <span class="panel-extra">
        <IconButton icon={Keyboard} label={t('chat.shortcuts')} onClick={props.onShortcuts} />
        {props.onOpenInTab && (
          <IconButton icon={ExternalLink} label={t('chat.openInTab')} onClick={props.onOpenInTab} />
        )}
      </span>
    </header>
  )
}

function costWords(cost: readonly CostLine[]): string {
  if (cost.length === 0) return t('chat.price.nothingSpent')
  return cost
    .flatMap(({ currency, spent, held }) => [
      ...(spent === '0' ? [] : [t('chat.price.spent', { amount: moneyText(spent, currency) })]),
      ...(held === '0'
        ? []
        : [t('chat.price.held', { amount: moneyText(held, currency, { rounding: 'up' }) })]),
    ])
    .join(' · ')
}
