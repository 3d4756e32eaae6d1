import { describe, expect, it } from 'vitest'
import type { DailyView, ModelView } from '../../../src/protocol/ui-views.ts'
import { averageCost, priceRange } from '../../../src/ui/opg/answer-cost.ts'

function model(input: string, output: string, part: Partial<ModelView> = {}): ModelView {
  return {
    ...{ name: 'm', id: 'm', gatewayId: 'opengradient', gatewayName: 'OpenGradient', currency: 'OPG' },
    ...{ contextLength: null, proof: 'tee', enabled: true, price: { input, output, unit: 'USD' } },
    ...part,
  }
}

describe('what an answer costs about', () => {
  it('is a thousand tokens in and a thousand out, from the cheapest to the dearest model', () => {
    // gpt-5-mini .25/2 and claude-sonnet-4-6 3/15 dollars per million: $0.00225 and $0.018 for a thousand each.
    expect(priceRange([model('3', '15'), model('.25', '2'), model('0.25', '2')])).toEqual({
      from: '2250',
      to: '18000',
    })
  })
  it('is rounded up to a millionth of a dollar', () => {
    expect(priceRange([model('0.000001', '0')])).toEqual({ from: '1', to: '1' })
  })
  it('leaves out what is not paid in OPG or not priced in dollars', () => {
    const others = [
      model('1', '1', { currency: 'USDC' }),
      model('1', '1', { price: null }),
      model('1', '1', { price: { input: '1', output: '1', unit: 'OPG' } }),
      model('1e-7', 'free'),
    ]
    expect(priceRange(others)).toBeNull()
  })
})

describe('the average so far', () => {
  const day = (settled: string, count: number, currency: DailyView['currency'] = 'OPG'): DailyView => ({
    ...{ dayStartMs: 0, currency, name: 'all', settled, live: '7', count },
  })
  it('is what was settled over the requests, in that currency only', () => {
    expect(averageCost([day('100', 3), day('20', 1), day('999', 1, 'USDC')], 'OPG')).toBe('30')
  })
  it('is not known where nothing was answered, or nothing settled', () => {
    expect(averageCost([], 'OPG')).toBeNull()
    expect(averageCost([day('0', 2)], 'OPG')).toBeNull()
  })
})
