import type { Cause, Charged } from './errors.ts'

/** What a person reads about a failure, in plain English; the locales are made from this table. */
export interface ErrorText {
  /** What happened. */
  readonly what: string
  /** Whether money moved, where the cause alone tells; null where the payment's state decides. */
  readonly charged: Charged | null
  /** What to do. */
  readonly todo: string
}

/** Whether money moved, in words. */
export const CHARGED_TEXTS: Readonly<Record<Charged, string>> = {
  no: 'Nothing was charged.',
  maybe: 'A payment may have been made; the amount is on hold until the chain shows it.',
  yes: 'It was paid for.',
}

/** One sentence for each part: what happened, whether money moved, what to do. */
export function errorSentence(cause: Cause, charged: Charged): string {
  const text = ERROR_TEXTS[cause]
  return `${text.what} ${CHARGED_TEXTS[text.charged ?? charged]} ${text.todo}`
}

/** One row for every cause. A page never reads these: it gets the text of its public type. */
export const ERROR_TEXTS: Readonly<Record<Cause, ErrorText>> = {
  'person-rejected': unpaid('You said no to this request.', 'Ask again on the page if you change your mind.'),
  'approval-timeout': unpaid(
    'Nobody answered in time, so the request was rejected.',
    'Ask again on the page.',
  ),
  'site-silenced': unpaid(
    'This site was refused several times and is silent for ten minutes.',
    'Wait, or give it a budget in the popup.',
  ),
  'site-paused': unpaid('You paused this site.', 'Resume it in the popup.'),
  'site-blocked': unpaid('You blocked this site.', 'Unblock it in the popup.'),
  'no-grant': unpaid('This site has no budget.', 'Give it one in the popup.'),
  'wallet-missing': unpaid('There is no wallet yet.', 'Create or import one.'),
  'wallet-locked': unpaid('The wallet is locked.', 'Unlock it and try again.'),
  'unlock-expired': unpaid('The wallet has locked itself.', 'Unlock it and try again.'),
  frozen: unpaid('All spending is frozen.', 'Lift the freeze in the popup.'),
  'clock-wrong': unpaid(
    "This computer's clock differs from the chain's by more than two minutes.",
    'Set the clock right and try again.',
  ),
  'clock-unknown': unpaid(
    "This computer's clock could not be compared with the chain's, so nothing was signed.",
    'Check the connection and the RPC endpoints in the settings.',
  ),
  'unknown-method': unpaid('The page called something that does not exist.', 'Tell the site.'),
  'unsupported-parameter': unpaid(
    'The gateway cannot do what the page asked for.',
    'Choose another gateway.',
  ),
  'unknown-model': unpaid('No gateway has this model.', 'Choose another model.'),
  'invalid-body': unpaid('The request is not a valid chat request.', 'Tell the site.'),
  'body-too-large': unpaid('The request is too large.', 'Send less text or fewer images.'),
  'unknown-quote': unpaid('The quote is unknown or too old.', 'Ask for a new quote.'),
  'needs-activation': unpaid(
    'The page may ask only after a click in it.',
    'Click in the page and try again.',
  ),
  'already-pending': unpaid('This site is already waiting for an answer.', 'Answer the open question first.'),
  'queue-full': unpaid('Too many requests are waiting for an answer.', 'Answer the open questions first.'),
  'too-many-calls': unpaid('The site makes too many calls.', 'Wait a moment and try again.'),
  'key-conflict': unpaid(
    'The page used one idempotency key for two different requests.',
    'Tell the site to use a new key.',
  ),
  aborted: open('The request was stopped.', 'Ask again if you still want the answer.'),
  'over-budget': unpaid(
    "This would pass the site's budget.",
    'Wait for the next period, or raise the budget.',
  ),
  'over-limit-request': unpaid(
    'This costs more than your own limit for one request.',
    'Raise the limit in the settings, or ask for less.',
  ),
  'over-limit-day': unpaid(
    'This would pass your own limit for the day.',
    'Wait until tomorrow, or raise the limit in the settings.',
  ),
  'currency-off': unpaid('Payments in this currency are switched off.', 'Enable it in the settings.'),
  'over-max-cost': unpaid(
    'This may cost more than the page allows for it.',
    'Tell the site, or ask for less.',
  ),
  'over-approved': open('The price is above what was agreed.', 'Ask again to see the new price.'),
  'insufficient-funds': unpaid('There is not enough money in the wallet.', 'Add funds and try again.'),
  'allowance-missing': unpaid('Permit2 may not move this token yet.', 'Set the allowance in the wallet.'),
  'grant-changed': open("The site's budget was changed meanwhile.", 'Ask again on the page.'),
  'offer-malformed': open("The gateway's payment request cannot be read.", 'Try again, or another gateway.'),
  'offer-version': open('The gateway speaks another version of x402.', 'Choose another gateway.'),
  'offer-unsupported': open(
    'The gateway offers no way to pay that this wallet has.',
    'Choose another gateway.',
  ),
  'offer-unsafe': open("The gateway's payment request is not safe to sign.", 'Do not use this gateway.'),
  'offer-changed': open('The gateway changed what it asks for.', 'Ask again to see the new terms.'),
  'quote-failed': unpaid('The gateway gave no price.', 'Try again, or another gateway.'),
  'gateway-refused': open('The gateway refused the payment.', 'Try again later, or another gateway.'),
  'gateway-unreachable': open('The gateway cannot be reached.', 'Check the connection and try again.'),
  'gateway-error': open('The gateway failed.', 'Try again later, or another gateway.'),
  'stream-truncated': open(
    'The answer broke off before its end.',
    'The text so far is kept; ask again for more.',
  ),
  'stream-too-large': open('The answer was too large and was cut.', 'The text so far is kept; ask for less.'),
  'stream-silent': open('The gateway stopped answering.', 'What came of the answer is kept; ask again.'),
  'answer-gone': open(
    'This request was sent before, and its answer is no longer here.',
    'See its receipt in the history; ask anew with a new key.',
  ),
  'signature-mismatch': open(
    'The signature did not match the payment and was destroyed.',
    'Report this as a defect.',
  ),
  'ledger-failed': open(
    'The books could not be written or read, so nothing more is spent.',
    'Free some disk space and restart the browser.',
  ),
  'rpc-failed': open('The chain cannot be reached.', 'Check the RPC endpoints in the settings.'),
  restarting: unpaid('The extension is restarting.', 'Try again in a moment.'),
}

/** For causes that arise before anything is signed. */
function unpaid(what: string, todo: string): ErrorText {
  return { what, charged: 'no', todo }
}

/** For causes that can also arise after a signature left. */
function open(what: string, todo: string): ErrorText {
  return { what, charged: null, todo }
}
