import { TransferLife } from '../transfers/transfer-life.tsx'
import { useTransfers } from '../transfers/use-transfers.ts'

/** The allowance that was just sent, until its end. */
export function AllowanceLife({ id }: { id: string }) {
  const { transfers } = useTransfers()
  const transfer = transfers?.find((one) => one.id === id)
  return transfer ? <TransferLife transfer={transfer} /> : null
}
