/** What is worth telling the person outside any screen, and no more than that. */
import { PANEL, type Principal } from '../domain/principal.ts'
import type { InferenceNotice } from '../inference/ports.ts'
import type { BudgetUse, Ledger, LedgerChange } from '../ledger/ledger.ts'
import type { Settings } from '../protocol/settings.ts'

/** Failures in a row, of one gateway, before it is said. */
const FAILURES = 3
/** Share of a budget, in percent, at which it is said. */
const BUDGET_PERCENT = 80n
/** A payment writes several times in a row; looking at its budget at once would stand in the way of the next write. */
const LOOK_AFTER_MS = 500

export interface NoticesDeps {
  readonly ledger: Pick<Ledger, 'budgetUse'>
  /** What was counted and said since the browser started: outlives the worker. */
  readonly memory: { get(key: string): Promise<unknown>; set(key: string, value: unknown): Promise<void> }
  readonly settings: () => Promise<Settings>
  readonly notify: (id: string, words: { title: string; message: string }) => Promise<void>
  readonly translate: (key: string, substitutions?: string[]) => string
  readonly gatewayName: (id: string) => Promise<string>
}

export function createNotices(deps: NoticesDeps) {
  const { memory } = deps
  const looking = new Set<Principal>()
  /** One after the other: each reads what the one before wrote. */
  let turn: Promise<void> = Promise.resolve()

  function inTurn(work: () => Promise<void>): Promise<void> {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }

  async function gatewayFailed(gatewayId: string): Promise<void> {
    const key = `failures ${gatewayId}`
    const before = await memory.get(key)
    const count = (typeof before === 'number' ? before : 0) + 1
    await memory.set(key, count)
    if (count !== FAILURES || !(await deps.settings()).notifications.gatewayFailing) return
    const title = deps.translate('notice_gatewayTitle')
    const message = deps.translate('notice_gateway', [await deps.gatewayName(gatewayId)])
    await deps.notify(`gateway ${gatewayId}`, { title, message })
  }

  async function gatewayAnswered(gatewayId: string): Promise<void> {
    const key = `failures ${gatewayId}`
    const before = await memory.get(key)
    if (typeof before === 'number' && before > 0) await memory.set(key, 0)
  }

  async function nearlyUsed(use: BudgetUse, principal: Principal): Promise<void> {
    const used = use.used.settled + use.used.live
    if (used * 100n < use.budget.cap * BUDGET_PERCENT) return
    const key = `told ${use.budget.id}`
    const period = String(use.renewsAtMs ?? 0)
    if ((await memory.get(key)) === period || !(await deps.settings()).notifications.budget80) return
    await memory.set(key, period)
    const title = deps.translate('notice_budget80Title')
    const message = deps.translate('notice_budget80', [nameOf(principal)])
    await deps.notify(`budget ${use.budget.id} ${period}`, { title, message })
  }

  /** The panel in words; a site without its scheme, as screens name it. */
  function nameOf(principal: Principal): string {
    return principal === PANEL ? deps.translate('principal_panel') : principal.replace(/^https:\/\//, '')
  }

  async function lookAt(principal: Principal): Promise<void> {
    looking.delete(principal)
    for (const use of await deps.ledger.budgetUse(principal)) await inTurn(() => nearlyUsed(use, principal))
  }

  return {
    async onInference(notice: InferenceNotice): Promise<void> {
      switch (notice.kind) {
        case 'failed':
          return
        case 'gateway-failing':
          return inTurn(() => gatewayFailed(notice.gatewayId))
        case 'gateway-answered':
          return inTurn(() => gatewayAnswered(notice.gatewayId))
        case 'confirmed-late':
          if (!(await deps.settings()).notifications.confirmedLate) return
          await deps.notify(`late ${notice.paymentId}`, {
            title: deps.translate('notice_lateTitle'),
            message: deps.translate('notice_late'),
          })
      }
    },
    onLedger({ kind, principal }: LedgerChange): void {
      if (kind !== 'request' || principal === null || looking.has(principal)) return
      looking.add(principal)
      setTimeout(() => void lookAt(principal).catch(() => undefined), LOOK_AFTER_MS)
    },
  }
}
