/** What an answer said, gathered from its events: for the proof, the receipt, and the text so far. */
import type { Proof, Usage } from '../domain/payment.ts'
import { createAnswerCollector } from '../gateways/assemble-completion.ts'
import type { AnswerEvent, AnswerTranscript } from '../gateways/gateway.ts'

export interface Transcript {
  add(event: AnswerEvent): void
  /** The text so far, or its first million characters. */
  text(): string
  usage(): Usage | null
  proof(): Proof
  /** The gateway's word on the cost, a decimal string in whole units, or null. */
  reportedCost(): string | null
  settlementReference(): string | null
  /** Everything that a proof check may need of the answer. */
  forProof(): Omit<AnswerTranscript, 'call'>
}

/** Characters kept where no proof is taken over the whole text: the text so far of an answer that broke off. */
const MAX_KEPT = 1_000_000

/** `provesText`: the gateway proves what it said, so all of it is needed at the end. */
export function createTranscript({ provesText }: { readonly provesText: boolean }): Transcript {
  const answer = createAnswerCollector()
  let kept = 0
  let usage: Usage | null = null
  let proof: Proof = { kind: 'none' }
  let cost: string | null = null
  let reference: string | null = null
  return {
    add(event) {
      if (event.type === 'reasoning') return
      if (event.type === 'text') kept += event.text.length
      if (event.type !== 'text' || provesText || kept <= MAX_KEPT) answer.add(event)
      if (event.type === 'usage') usage = event.usage
      else if (event.type === 'proof') proof = event.proof
      else if (event.type === 'reported-cost') cost = event.value
      else if (event.type === 'settlement') reference = event.reference
    },
    text: () => answer.collected().text,
    usage: () => usage,
    proof: () => proof,
    reportedCost: () => cost,
    settlementReference: () => reference,
    forProof() {
      const { text, toolCalls, receivedToolCalls, finishReason, wireProof } = answer.collected()
      return { text, toolCalls: receivedToolCalls ?? toolCalls, finishReason, wireProof }
    },
  }
}
