/** The life of a transfer in words. */
import type { TransferView } from '../../protocol/ui-views.ts'
import { t } from '../words.ts'

/** A word or two for a list. */
export function transferState(transfer: Pick<TransferView, 'state' | 'reason'>): string {
  switch (transfer.state) {
    case 'signed':
      return t('transfers.state.signed')
    case 'sent':
      return t('transfers.state.sent')
    case 'confirmed':
      return t('transfers.state.confirmed')
    case 'failed':
      return isKnownEnd(transfer.reason) ? t('transfers.state.failed') : t('transfers.state.unclear')
  }
}

/** What it was for, and whether that was done. */
export function transferTitle(
  transfer: Pick<TransferView, 'kind' | 'amount' | 'state' | 'reason' | 'doing'>,
): string {
  const kind = transfer.kind === 'send' ? 'send' : transfer.amount === '0' ? 'revoke' : 'allowance'
  switch (transfer.state) {
    case 'signed':
    case 'sent':
      return transfer.doing === 'cancel' ? t('transfers.cancelling') : t(`transfers.underWay.${kind}`)
    case 'confirmed':
      return t(`transfers.done.${kind}`)
    case 'failed':
      return isKnownEnd(transfer.reason) ? t(`transfers.notDone.${kind}`) : t(`transfers.unclear.${kind}`)
  }
}

/** Reasons of which it is certain that nothing was moved. */
const DID_NOTHING: readonly (string | null)[] = ['refused', 'reverted', 'replaced', 'cancelled', 'expired']

function isKnownEnd(reason: string | null): boolean {
  return DID_NOTHING.includes(reason)
}

/** Why it failed, and whether money moved. Reasons: `TRANSFER_FAILURES` of the transfers layer. */
export function failureWords(reason: string | null): { readonly what: string; readonly moved: string } {
  switch (reason) {
    case 'refused':
      return { what: t('transfers.failure.refused'), moved: t('transfers.nothingMoved') }
    case 'reverted':
      return { what: t('transfers.failure.reverted'), moved: t('transfers.feeOnly') }
    case 'replaced':
      return { what: t('transfers.failure.replaced'), moved: t('transfers.nothingMoved') }
    case 'cancelled':
      return { what: t('transfers.failure.cancelled'), moved: t('transfers.feeOnly') }
    case 'expired':
      return { what: t('transfers.failure.expired'), moved: t('transfers.nothingMoved') }
    case 'lost':
      return { what: t('transfers.failure.lost'), moved: t('transfers.lookYourself') }
    default:
      return {
        what: t('transfers.failure.unknown', { code: reason ?? '?' }),
        moved: t('transfers.lookYourself'),
      }
  }
}
