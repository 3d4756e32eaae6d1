/** Figures for a bug report: no secrets, no sites, no prompts. */
import type { Ledger } from '../ledger/ledger.ts'
import type { DiagnosticsView } from '../protocol/ui-views.ts'

/** Newest causes that are remembered while the worker lives. */
const MAX_CAUSES = 20

export function createDiagnostics(deps: {
  readonly ledger: Pick<Ledger, 'countHistory' | 'unfinished'>
  readonly clock: { nowMs(): number }
  readonly words: () => { readonly version: string; readonly browser: string }
  /** Bytes used by this extension's storage; null where the browser does not say. */
  readonly storageBytes: () => Promise<number | null>
}) {
  const lastErrors: { atMs: number; cause: string }[] = []
  return {
    note(cause: string): void {
      lastErrors.push({ atMs: deps.clock.nowMs(), cause })
      if (lastErrors.length > MAX_CAUSES) lastErrors.shift()
    },
    async read(): Promise<DiagnosticsView> {
      const [payments, unfinished, storageBytes] = await Promise.all([
        deps.ledger.countHistory(),
        deps.ledger.unfinished(),
        deps.storageBytes(),
      ])
      const live = unfinished.filter(({ state }) => state === 'presented').length
      return { ...deps.words(), payments, live, storageBytes, lastErrors: [...lastErrors] }
    },
  }
}
