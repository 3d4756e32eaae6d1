import type { PublicErrorType } from '../../domain/errors.ts'

/** What a page, and whoever reads its console, is told: what happened and what to do. Nothing about the wallet or other sites. */
export const PUBLIC_ERROR_TEXTS: Readonly<Record<PublicErrorType, string>> = {
  user_rejected: 'The request was not allowed. Ask again only when the person wants it.',
  unauthorized: 'This site may not spend at the moment. The person can change that in the extension.',
  locked: 'The wallet cannot pay at the moment. Ask the person to look into the extension, then try again.',
  unsupported: 'This method or parameter is not supported. See the documentation of the page API.',
  invalid_request: 'The request is not valid. Correct it; sending it again as it is will not help.',
  request_pending: 'A request is waiting for the person already. Wait for its end before the next one.',
  activation_required: 'The person must be asked, and that takes a click or key press in the page first.',
  rate_limited: 'Too many calls. Wait a moment before the next one.',
  budget_exceeded: 'This would pass what may be spent. Ask for less, or request a larger budget.',
  insufficient_funds: 'There is not enough money for this request. The person can add funds.',
  quote_exceeded: 'The price is above the quote or above maxCost. Ask for a new quote or allow more.',
  paid_no_answer:
    'A payment may have been made, but there is no whole answer. Do not repeat it unasked; see the receipt.',
  gateway_failed: 'The request failed before anything was paid. Try again later, or another model.',
  disconnected: 'The extension is restarting; nothing was paid. Try again.',
  idempotency_conflict: 'This idempotency key was used for another request. Use a new key.',
}
