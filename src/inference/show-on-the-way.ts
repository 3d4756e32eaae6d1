/** What an open window shows while price and payee are on their way, for the first time or anew. */
import type { GatewayQuote } from '../gateways/gateway.ts'
import { emptyContent, quotedContent } from './approval-content.ts'
import type { ApprovalContent, ApprovalTicket } from './approvals.ts'
import type { Call } from './call.ts'
import type { InferenceDeps } from './ports.ts'
import type { Terms } from './terms.ts'

/** What stands in the way in one of these is looked at every few seconds, and stays on screen meanwhile. */
const STANDS: ReadonlySet<ApprovalContent['state']> = new Set([
  'insufficient-funds',
  'currency-off',
  'allowance-missing',
  'offline',
])

export interface OnTheWay {
  /** The price is there: shown before the payee is known, unless that is known sooner. */
  quoted(quote: GatewayQuote, terms: Promise<Terms>): void
}

/** `last`: what the window waited with before; null at first. Nothing of what this shows can be approved. */
export function showOnTheWay(
  deps: InferenceDeps,
  call: Call,
  { ticket, last }: { readonly ticket: ApprovalTicket; readonly last: ApprovalContent | null },
): OnTheWay {
  if (last && STANDS.has(last.state)) return { quoted: () => undefined }
  // A price that was shown is not taken away while it is asked for anew.
  ticket.show(last?.state === 'ready' ? { ...last, state: 'quoting' } : emptyContent(call, 'quoting'))
  return {
    quoted(quote, terms) {
      let isLearned = false
      const learned = () => {
        isLearned = true
      }
      terms.then(learned, learned)
      // Only for reading: where the ledger cannot be read, the terms say so themselves.
      quotedContent(deps, call, quote).then(
        (content) => {
          if (!isLearned) ticket.show(content)
        },
        () => undefined,
      )
    },
  }
}
