/** The life of a transfer in words. */
import type { TransferView } from '../../protocol/ui-views.ts'
import { t } from '../words.ts'

/** A word or two for a list. */
export function transferState(transfer: Pick<TransferView, 'state'>): string {
  switch (transfer.state) {
    case 'signed':
      return t('transfers.state.signed')
    case 'sent':
      return t('transfers.state.sent')
    case 'confirmed':
      return t('transfers.state.confirmed')
    case 'failed':
      return t('transfers.state.failed')
  }
}

/** What it was for. */
export function transferKind(transfer: Pick<TransferView, 'kind' | 'amount'>): string {
  if (transfer.kind === 'send') return t('transfers.kind.send')
  return transfer.amount === '0' ? t('transfers.kind.revoke') : t('transfers.kind.allowance')
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
