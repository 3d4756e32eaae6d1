import type { Guards } from '../domain/budget.ts'
import { readGuards, writeGuards } from './facts.ts'
import type { Ledger } from './ledger.ts'
import type { Transactor } from './transact.ts'

/** The person's own limits, the freeze switch and the lock's deadline: one row, above every grant. */
export function createGuards(
  transactor: Transactor,
): Pick<Ledger, 'getGuards' | 'setLimits' | 'changeLimits' | 'setFrozen' | 'setUnlockedUntil'> {
  function edit(change: Partial<Omit<Guards, 'revision'>>): Promise<Guards> {
    return transactor.write(['guards'], 'strict', async (tx, note) => {
      const next = await writeGuards(tx, change)
      note({ kind: 'guards', principal: null, id: null })
      return next
    })
  }

  return {
    getGuards: () => transactor.read(['guards'], readGuards),
    setLimits: (limits) => edit({ limits }),
    changeLimits: (decide) =>
      transactor.write(['guards'], 'strict', async (tx, note) => {
        const limits = decide((await readGuards(tx)).limits)
        if (limits === null) return null
        const next = await writeGuards(tx, { limits })
        note({ kind: 'guards', principal: null, id: null })
        return next
      }),
    setFrozen: (frozen) => edit({ frozen }),
    // Each start of the worker says it again: what is known already is not written, and nobody's revision changes.
    setUnlockedUntil: (unlockedUntilMs) =>
      transactor.write(['guards'], 'strict', async (tx, note) => {
        const guards = await readGuards(tx)
        if (guards.unlockedUntilMs === unlockedUntilMs) return guards
        const next = await writeGuards(tx, { unlockedUntilMs })
        note({ kind: 'guards', principal: null, id: null })
        return next
      }),
  }
}
