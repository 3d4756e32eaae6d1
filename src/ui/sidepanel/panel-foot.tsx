import type { RefObject } from 'preact'
import { useState } from 'preact/hooks'
import { estimatePrice, estimateTokens } from '../../protocol/chat-estimate.ts'
import type { AnswerMessage, ConversationView } from '../../protocol/chat-views.ts'
import type { BalanceView } from '../../protocol/ui-views.ts'
import { useApp } from '../app/app.tsx'
import { useAct } from '../app/use-act.ts'
import { moneyText } from '../format/money.ts'
import { balanceTotals } from '../home/balance-totals.ts'
import { AttachNotice } from './composer/attach-notice.tsx'
import { Composer } from './composer/composer.tsx'
import { ContextLine } from './composer/context-line.tsx'
import { ContextNotice } from './composer/context-notice.tsx'
import { ModelButton, ModelDialog } from './composer/model-picker.tsx'
import { PriceLine } from './composer/price-line.tsx'
import type { Attach } from './composer/use-attach.ts'
import type { ContextUse } from './composer/use-context-ways.ts'
import type { DraftState } from './composer/use-draft.ts'
import { useEstimate, useLiveQuote } from './composer/use-price.ts'
import type { Gate } from './gate/gate.ts'
import { ArrivedNotice, GateNotice } from './gate/gate-notice.tsx'
import type { PanelHost } from './panel-host.ts'
import { useHeldQuestion } from './use-held-question.ts'
import type { PanelFacts } from './use-panel-facts.ts'

interface PanelFootProps {
  readonly conversation: ConversationView
  readonly host: PanelHost
  readonly nowMs: number
  readonly facts: PanelFacts
  readonly gate: Gate
  readonly balances: readonly BalanceView[] | null
  readonly drafting: DraftState
  readonly attaching: Attach
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly running: AnswerMessage | null
  readonly context: ContextUse
  readonly change: (work: () => Promise<ConversationView>) => Promise<boolean>
  readonly onStop: () => void
  readonly onSent: () => void
  readonly onEditLast: () => void
}

/** Where the next question is written, what it will cost, and what is in the way. */
export function PanelFoot(props: PanelFootProps) {
  const { conversation, facts, gate, drafting, attaching, running, context, change } = props
  const { client } = useApp()
  const { act } = useAct()
  const { id } = conversation
  const { draft } = drafting
  const [choosing, setChoosing] = useState(false)
  const { held, setHeld } = useHeldQuestion(id)
  const { tokens, estimate } = useEstimate({ ...facts, conversation, draft })
  const live = useLiveQuote(
    { conversation, draft, outputLimit: facts.outputLimit, model: facts.model?.name ?? null },
    facts.liveQuotes && gate.kind === 'open',
  )
  const ready = draft.text.trim() !== '' && running === null

  const send = () => {
    if (!ready) return
    if (gate.kind === 'no-funds') setHeld(true)
    if (gate.kind !== 'open') return
    setHeld(false)
    // The field empties at once; a question that was not taken comes back.
    drafting.clear()
    void change(() => client.call('chat.send', { id, draft })).then((sent) => {
      if (sent) props.onSent()
      else drafting.setDraft((typed) => (typed.text === '' ? draft : typed))
    })
    props.field.current?.focus()
  }

  return (
    <footer class="panel-foot">
      <GateNotice
        gate={gate}
        held={held}
        nowMs={props.nowMs}
        onSetUp={() => props.host.openPage('onboarding.html')}
        onUnlock={async (password) => client.call('wallet.unlock', { password: await client.seal(password) })}
        onUnfreeze={() => void act(() => client.call('freeze.set', { frozen: false }))}
      />
      {held && gate.kind === 'open' && ready && (
        <ArrivedNotice amount={fundsText(props.balances)} onSend={send} />
      )}
      <AttachNotice
        state={attaching.state}
        onDismiss={attaching.dismiss}
        onReload={(tabId) => {
          attaching.dismiss()
          void act(() => props.host.reloadTab(tabId))
        }}
      />
      <ContextNotice room={context.room} ways={context.ways} />
      <Composer
        field={props.field}
        draft={draft}
        adds={addedPrices(props, tokens)}
        running={running !== null}
        canSend={ready && (gate.kind === 'open' || gate.kind === 'no-funds')}
        modelButton={
          <ModelButton model={facts.model} name={facts.modelName} onClick={() => setChoosing(true)} />
        }
        onText={(text) => drafting.setDraft((old) => ({ ...old, text }))}
        onRemove={(attachmentId) =>
          drafting.setDraft((old) => ({
            ...old,
            attachments: old.attachments.filter((attachment) => attachment.id !== attachmentId),
          }))
        }
        onAttach={(kind) => void attaching.attach(kind, null)}
        onSend={send}
        onStop={props.onStop}
        onEditLast={props.onEditLast}
      />
      <div class="foot-lines">
        <PriceLine estimate={estimate} live={live} budget={facts.budget} />
        <ContextLine tokens={context.tokens} contextLength={facts.model?.contextLength ?? null} />
      </div>
      {choosing && (
        <ModelDialog
          models={facts.models}
          chosen={facts.model?.name ?? null}
          onClose={() => setChoosing(false)}
          onChoose={(model) => {
            void change(() =>
              client.call('chat.setOptions', { id, options: { ...conversation.options, model } }),
            )
          }}
        />
      )}
    </footer>
  )
}

/** What each attachment adds, as the difference of two estimates. */
function addedPrices({ facts, drafting }: PanelFootProps, tokens: number): ReadonlyMap<string, string> {
  const price = (estimatedTokens: number) =>
    estimatePrice(facts.samples, { estimatedTokens, maxOutputTokens: facts.outputLimit })
  const all = price(tokens)
  if (all.kind === 'unknown') return new Map()
  return new Map(
    drafting.draft.attachments.flatMap(({ id, text }) => {
      const without = price(Math.max(1, tokens - estimateTokens(text)))
      if (without.kind === 'unknown') return []
      const more = BigInt(all.amount) - BigInt(without.amount)
      return more > 0n ? [[id, moneyText(more.toString(), all.currency, { rounding: 'up' })] as const] : []
    }),
  )
}

/** What is in the wallet now. */
function fundsText(balances: readonly BalanceView[] | null): string {
  const totals = balances ? balanceTotals(balances) : []
  return totals
    .flatMap(({ amount, currency }) =>
      amount ? [moneyText(amount.toString(), currency, { rounding: 'down' })] : [],
    )
    .join(' · ')
}
