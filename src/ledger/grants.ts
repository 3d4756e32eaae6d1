import { ZERO } from '../domain/amount.ts'
import { type Budget, type Grant, type GrantMode, isPayingMode } from '../domain/budget.ts'
import { CURRENCIES } from '../domain/currency.ts'
import { ChatError } from '../domain/errors.ts'
import { headroom } from '../domain/headroom.ts'
import { periodBounds } from '../domain/period.ts'
import type { Principal } from '../domain/principal.ts'
import { readGrant, writeGuards } from './facts.ts'
import type { BudgetUse, Ledger } from './ledger.ts'
import { replaceOwnRows } from './own-rows.ts'
import type { LedgerDeps } from './ports.ts'
import { parseGrant, toStoredGrant } from './rows/grant-row.ts'
import type { StoreName } from './schema.ts'
import { createTotals, type Totals } from './totals.ts'
import { type NoteChange, put, type Transactor, type WriteTx } from './transact.ts'

const GRANT_STORES: readonly StoreName[] = ['grants', 'guards', 'totals', 'payments', 'requests']

/** What the person decided about each principal. Every change takes a revision that no grant ever had before. */
export function createGrants(
  transactor: Transactor,
  { clock, newId }: Pick<LedgerDeps, 'clock' | 'newId'>,
): Pick<
  Ledger,
  'getGrant' | 'listGrants' | 'putBudget' | 'setMode' | 'setSettlement' | 'revoke' | 'budgetUse'
> {
  function edit(principal: Principal, change: (grant: Grant, tx: WriteTx) => Promise<Grant>): Promise<Grant> {
    return transactor.write(GRANT_STORES, 'strict', async (tx, note) => {
      const nowMs = clock.nowMs()
      const old = (await readGrant(tx, principal)) ?? newGrant(principal, nowMs)
      return writeGrant(tx, { ...(await change(old, tx)), updatedAtMs: nowMs }, note)
    })
  }

  return {
    getGrant: (principal) => transactor.read(['grants'], (tx) => readGrant(tx, principal)),
    listGrants: () =>
      transactor.read(['grants'], async (tx) => (await tx.objectStore('grants').getAll()).map(parseGrant)),

    putBudget: (principal, { id, ...figures }, mode) =>
      edit(principal, async (grant, tx) => {
        const current = grant.budgets[figures.currency]
        // An edit of a budget that is gone would start a new one under an old name.
        if (id !== undefined && current?.id !== id) throw new ChatError('grant-changed', { budget: id })
        const budget: Budget = { ...figures, id: id ?? newId() }
        await replaceOwnRows(tx, principal, { old: current ?? null, next: budget, nowMs: clock.nowMs() })
        const budgets = { ...grant.budgets, [budget.currency]: budget }
        return withMode({ ...grant, budgets }, mode ?? grant.mode)
      }),

    setMode: (principal, mode) => edit(principal, async (grant) => withMode(grant, mode)),
    setSettlement: (principal, settlement) => edit(principal, async (grant) => ({ ...grant, settlement })),

    revoke: (principal, currency) =>
      transactor.write(GRANT_STORES, 'strict', async (tx, note) => {
        const grant = await readGrant(tx, principal)
        if (grant === null) return
        if (currency === undefined) {
          await writeGuards(tx, {})
          await tx.objectStore('grants').delete(principal)
          note({ kind: 'grant', principal, id: null })
          return
        }
        const { [currency]: _dropped, ...budgets } = grant.budgets
        await writeGrant(tx, { ...grant, budgets, updatedAtMs: clock.nowMs() }, note)
      }),

    budgetUse: (principal) =>
      transactor.read(['grants', 'totals'], async (tx) => {
        const grant = await readGrant(tx, principal)
        const budgets = CURRENCIES.map((currency) => grant?.budgets[currency]).filter(
          (budget) => budget !== undefined,
        )
        const totals = createTotals(tx)
        return Promise.all(budgets.map((budget) => useOf(totals, { budget, nowMs: clock.nowMs() })))
      }),
  }
}

/** Writes a grant under a revision that no grant had before. */
export async function writeGrant(tx: WriteTx, grant: Grant, note: NoteChange): Promise<Grant> {
  const { revision } = await writeGuards(tx, {})
  const next: Grant = { ...grant, revision }
  put(tx.objectStore('grants'), toStoredGrant(next))
  note({ kind: 'grant', principal: grant.principal, id: null })
  return next
}

/** Remembers how the site pays, for the end of a pause. */
function withMode(grant: Grant, mode: GrantMode): Grant {
  return { ...grant, mode, resumesTo: isPayingMode(mode) ? mode : grant.resumesTo }
}

function newGrant(principal: Principal, nowMs: number): Grant {
  return {
    principal,
    mode: 'auto',
    resumesTo: 'auto',
    budgets: {},
    settlement: null,
    revision: 0,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  }
}

async function useOf(
  totals: Totals,
  { budget, nowMs }: { readonly budget: Budget; readonly nowMs: number },
): Promise<BudgetUse> {
  const used = await totals.used(budget, { nowMs, sinceMs: nowMs })
  const room = headroom(budget.cap, used)
  return {
    budget,
    used,
    remaining: room.kind === 'left' ? room.amount : ZERO,
    renewsAtMs: periodBounds(budget.period, nowMs).endMs,
  }
}
