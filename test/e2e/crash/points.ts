/** Where in the life of a paid answer the worker is stopped, as source text of the built worker. */

/** What goes on around the point: how the call is made that passes it. */
export type Scene =
  /** A call within a budget; nobody is asked. */
  | 'budget'
  /** A call that the person is asked about. */
  | 'asked'
  /** As `asked`, where nothing is known of the gateway yet. */
  | 'first offer'
  /** A call within a budget, to a gateway that answers the payment with a new offer. */
  | 'new offer'
  /** The look at the chain after an answer. */
  | 'reconcile'
  /** The person changes a budget. */
  | 'budget edit'

export interface Point {
  readonly name: string
  /** Stands exactly once in the built worker; it stops before this line runs. */
  readonly text: string
  /** Of the worker's own variables at that line. */
  readonly condition?: string
  readonly scene: Scene
}

export const POINTS: readonly Point[] = [
  { name: 'quote received', text: 'return call.gateway.parseQuote(call.prepared, response', scene: 'budget' },
  {
    name: '402 received',
    text: 'if (response.status === 402) return parseOffers(deps, response',
    condition: 'response.status === 402',
    scene: 'first offer',
  },
  { name: 'approval open', text: 'entry.shownAtMs = clock.monotonicMs()', scene: 'asked' },
  { name: 'just approved', text: 'deps.memory.remember(call, {', scene: 'asked' },
  { name: 'reserved', text: 'let { payment } = reserved;', scene: 'budget' },
  { name: 'signed', text: 'const result = await deps.ledger.present(payment.id, attempted', scene: 'budget' },
  { name: 'presented', text: 'const sending = sendPaid(deps, call, {', scene: 'budget' },
  { name: 'another 402', text: 'const next = await nextTerms(deps, call, {', scene: 'new offer' },
  { name: 'headers in', text: 'requestId = opened.request.id;', scene: 'budget' },
  {
    name: 'mid-stream',
    text: 'else room = forward(event, job)',
    condition: 'transcript.text().length > 8',
    scene: 'budget',
  },
  { name: 'after [DONE]', text: 'await writes;', scene: 'budget' },
  {
    name: 'during reconcile',
    text: 'await deps.ledger.noteCheck(payment.id, finding.check)',
    scene: 'reconcile',
  },
  {
    name: 'during a budget edit',
    text: 'put(tx.objectStore("grants"), toStoredGrant(next))',
    scene: 'budget edit',
  },
]

/** The line of a point in the built worker, from 0; throws unless the text stands there exactly once. */
export function findLine(script: string, { name, text }: Point): number {
  const places = script.split(text).length - 1
  if (places !== 1) throw new Error(`"${name}": its text stands ${places} times in the worker: ${text}`)
  return script.slice(0, script.indexOf(text)).split('\n').length - 1
}
