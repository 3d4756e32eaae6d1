import '../install-words.ts'
import { describe, expect, it } from 'vitest'
import { budgetPresets } from '../../../src/ui/approval/budget-presets.ts'
import { makeApproval, makeBudget } from '../samples.ts'

const request = makeApproval().request

function caps(view: ReturnType<typeof makeApproval>): readonly string[] {
  return budgetPresets(view)?.presets.map(({ draft }) => draft.cap) ?? []
}

describe('budgetPresets', () => {
  it('offers a fifth, the suggestion and four times as much for a request', () => {
    expect(caps(makeApproval())).toEqual(['0.1', '0.5', '2'])
    expect(budgetPresets(makeApproval())?.preferred).toBe('middle')
  })
  it('never offers one that could not pay for the request at hand', () => {
    const view = makeApproval({ request: request && { ...request, max: '700000' } })
    expect(caps(view)).toEqual(['0.7', '2'])
    for (const { draft } of budgetPresets(view)?.presets ?? []) expect(draft.perRequest).toBe('0.7')
  })
  it('offers what a site asks for, half and a fifth of it, and never more', () => {
    const asked = {
      currency: 'USDC',
      cap: '1000000',
      period: 'week',
      maxPerRequest: '20000',
      models: ['m'],
      expiresAtMs: 7,
    } as const
    const view = makeApproval({ kind: 'budget', request: null, asked })
    expect(caps(view)).toEqual(['0.2', '0.5', '1'])
    expect(budgetPresets(view)?.presets[0]?.draft).toMatchObject({
      period: 'week',
      models: 'listed',
      modelLines: 'm',
      expiresAtMs: 7,
    })
  })
  it('lowers the amount per request to a cap that is below it', () => {
    const asked = {
      currency: 'USDC',
      cap: '30000',
      period: 'day',
      maxPerRequest: '30000',
      models: 'all',
      expiresAtMs: null,
    } as const
    const presets = budgetPresets(makeApproval({ kind: 'budget', request: null, asked }))?.presets
    expect(presets?.map(({ draft }) => draft.perRequest)).toEqual(['0.006', '0.015', '0.03'])
  })
  it('keeps the id of a budget that is there, so that its spending goes on counting', () => {
    const view = makeApproval({ current: makeBudget({ id: 'budget-7' }) })
    expect(budgetPresets(view)?.presets.map(({ draft }) => draft.id)).toEqual([
      'budget-7',
      'budget-7',
      'budget-7',
    ])
  })
  it('starts from the budget that is there: its models, end, period and cap', () => {
    const current = makeBudget({
      ...{ cap: '100000', period: 'week', maxPerRequest: '5000' },
      ...{ models: ['ambient/large'], expiresAtMs: 7 },
    })
    const view = makeApproval({ current })
    expect(caps(view)).toEqual(['0.02', '0.1', '0.4'])
    for (const { draft } of budgetPresets(view)?.presets ?? [])
      expect(draft).toMatchObject({
        ...{ period: 'week', models: 'listed', modelLines: 'ambient/large' },
        ...{ expiry: 'keep', expiresAtMs: 7, perRequest: '0.005' },
      })
  })
  it('gives a budget that has ended a new life without an end', () => {
    const view = makeApproval({ current: makeBudget({ expiresAtMs: 7 }), reasons: ['budget-expired'] })
    expect(budgetPresets(view)?.presets[0]?.draft.expiresAtMs).toBeNull()
  })
  it('offers nothing where nothing is known', () => {
    expect(budgetPresets(makeApproval({ request: null }))).toBeNull()
  })
})
