import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { PANEL } from '../../../domain/principal.ts'
import type { HistoryRowView } from '../../../protocol/ui-views.ts'
import { useApp } from '../../app/app.tsx'

export type Receipts = ReadonlyMap<string, HistoryRowView>

/** How long changes of the ledger are gathered before receipts are read again, ms. */
const GATHER_MS = 400

/** What the requests of a conversation cost and proved; read again while anything about them may still change. */
export function useReceipts(requestIds: readonly string[]): Receipts {
  const { client } = useApp()
  const [receipts, setReceipts] = useState<Receipts>(new Map())
  const known = useRef<Receipts>(receipts)
  const key = requestIds.join(' ')

  const read = useCallback(() => {
    const wanted = key.split(' ').filter((id) => id !== '' && !isFinal(known.current.get(id)))
    if (wanted.length === 0) return
    client.call('chat.receipts', { requestIds: wanted }).then(
      (rows) => {
        const next = new Map(known.current)
        for (const row of rows) next.set(row.id, row)
        known.current = next
        setReceipts(next)
      },
      // The next change of the ledger reads them again; until then the conversation shows without.
      () => undefined,
    )
  }, [client, key])

  useEffect(() => {
    read()
    let timer: ReturnType<typeof setTimeout> | null = null
    const off = client.onEvent((event) => {
      if (event.topic !== 'ledger' || (event.principal !== PANEL && event.principal !== null)) return
      timer ??= setTimeout(() => {
        timer = null
        read()
      }, GATHER_MS)
    })
    return () => {
      if (timer !== null) clearTimeout(timer)
      off()
    }
  }, [client, read])

  return receipts
}

/** Proven by the chain and answered: nothing about it changes any more. */
function isFinal(row: HistoryRowView | undefined): boolean {
  if (!row || row.answer === 'paying' || row.answer === 'streaming') return false
  return (row.money === 'settled' && row.settledBy === 'chain') || row.money === 'released'
}
