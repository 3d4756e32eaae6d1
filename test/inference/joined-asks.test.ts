import { describe, expect, it } from 'vitest'
import { toAtomic } from '../../src/domain/amount.ts'
import type { Budget } from '../../src/domain/budget.ts'
import type { BudgetAsk } from '../../src/inference/inference.ts'
import { joinAsks } from '../../src/inference/joined-asks.ts'
import { budgetOf, makeAsk } from './consent-world.ts'

const BUDGET: Budget = { ...budgetOf(), id: 'budget' }
const ASK: BudgetAsk = {
  ...{ currency: 'USDC', cap: toAtomic(1n), period: 'day', maxPerRequest: null },
  ...{ models: 'all', expiresAtMs: null, siteWords: null },
}

function open() {
  const started: { readonly signal: AbortSignal; readonly answer: (budget: Budget) => void }[] = []
  const join = joinAsks((_caller, _ask, signal) => {
    return new Promise((answer) => started.push({ signal, answer }))
  })
  const ask = (more: Partial<BudgetAsk> = {}) => {
    const controller = new AbortController()
    const answer = join(makeAsk().caller, { ...ASK, ...more }, controller.signal)
    answer.catch(() => undefined)
    return { answer, leave: () => controller.abort() }
  }
  return { started, ask }
}

describe('identical budget questions', () => {
  it('are one, and every asker reads its answer', async () => {
    const { started, ask } = open()
    const [first, second, other] = [ask(), ask(), ask({ cap: toAtomic(2n) })]
    expect(started).toHaveLength(2)
    started[0]?.answer(BUDGET)
    expect(await Promise.all([first.answer, second.answer])).toEqual([BUDGET, BUDGET])
    other.leave()
  })

  it('go on for the second asker when the first has left, who hears of its own leaving', async () => {
    const { started, ask } = open()
    const [first, second] = [ask(), ask()]
    first.leave()
    await expect(first.answer).rejects.toMatchObject({ reason: 'aborted' })
    expect(started[0]?.signal.aborted).toBe(false)
    started[0]?.answer(BUDGET)
    expect(await second.answer).toEqual(BUDGET)
  })

  it('end when the last asker has left; the next one asks anew', () => {
    const { started, ask } = open()
    const [first, second] = [ask(), ask()]
    first.leave()
    second.leave()
    expect(started[0]?.signal.aborted).toBe(true)
    ask()
    expect(started).toHaveLength(2)
  })
})
