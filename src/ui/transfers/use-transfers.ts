import type { TransferView } from '../../protocol/ui-views.ts'
import { latestOf, useResource } from '../app/use-resource.ts'

/** How many transfers are shown: money is sent out rarely. */
const NEWEST = 200

export interface TransfersRead {
  /** Newest first; null: not read yet. */
  readonly transfers: readonly TransferView[] | null
  readonly error: unknown
  readonly reload: () => void
}

/** Money sent out and allowances, renewed by every event of the ledger. */
export function useTransfers(): TransfersRead {
  const [read, reload] = useResource(
    'transfers.list',
    { limit: NEWEST, before: null },
    { topics: ['ledger'] },
  )
  return { transfers: latestOf(read), error: read.kind === 'failed' ? read.error : null, reload }
}
