import { afterEach, describe, expect, it } from 'vitest'
import { createPageServer } from '../../../src/background/page/create-page-server.ts'
import type { SleepingPages } from '../../../src/background/page/sleeping-pages.ts'
import { toAtomic } from '../../../src/domain/amount.ts'
import { BASE } from '../../../src/domain/network.ts'
import type { BudgetAsk, QuoteView } from '../../../src/inference/inference.ts'
import type { LedgerChange } from '../../../src/ledger/ledger.ts'
import {
  makeBackground,
  makeModel,
  OWN_GATEWAY,
  openPage,
  originOf,
  SITE,
  senderOf,
  type TestPage,
} from '../../page/page-harness.ts'

const BODY = { model: 'm', messages: [{ role: 'user' as const, content: 'Hi' }] }
const BUDGET = {
  currency: 'USDC',
  cap: toAtomic(500_000n),
  period: 'day',
  maxPerRequest: toAtomic(20_000n),
  models: 'all',
  expiresAtMs: null,
} as const
let page: TestPage
afterEach(() => page.close())

async function open() {
  const background = await makeBackground()
  page = openPage(background)
  const grant = () => background.ledger.putBudget(SITE, BUDGET)
  return { ...background, grant, provider: page.provider }
}

describe('requestBudget', () => {
  async function asked(request: object): Promise<BudgetAsk | undefined> {
    const { inference, ledger, provider } = await open()
    let ask: BudgetAsk | undefined
    inference.onBudget = async (_caller, wanted) => {
      ask = wanted
      const grant = await ledger.putBudget(SITE, { ...BUDGET, currency: wanted.currency })
      const budget = grant.budgets[wanted.currency]
      if (!budget) throw new Error('no budget')
      return budget
    }
    const request_ = { cap: '0.50', period: 'day', ...request }
    await provider.requestBudget(request_ as Parameters<typeof provider.requestBudget>[0])
    return ask
  }

  it('reads amounts in whole units of the currency, exactly', async () => {
    expect(await asked({ maxPerRequest: '0.02' })).toMatchObject({
      ...{ currency: 'USDC', cap: 500_000n, maxPerRequest: 20_000n, period: 'day', models: 'all' },
      ...{ expiresAtMs: null, siteWords: null },
    })
    expect((await asked({ currency: 'tOPG', cap: '0.000000000000000001' }))?.cap).toBe(1n)
  })

  it('shows 120 plain characters of the site’s words', async () => {
    const ask = await asked({ justification: `Pay\u202E now\n\n${'x'.repeat(300)}` })
    expect(ask?.siteWords).toMatch(/^Pay now x+…$/)
    expect([...(ask?.siteWords ?? '')]).toHaveLength(120)
  })

  it('gives back what the person granted, not what was asked for', async () => {
    const { inference, ledger, provider } = await open()
    inference.onBudget = async () => {
      const { budgets } = await ledger.putBudget(SITE, { ...BUDGET, cap: toAtomic(100_000n) })
      if (!budgets.USDC) throw new Error('no budget')
      return budgets.USDC
    }
    expect(await provider.requestBudget({ cap: '0.5', period: 'day' })).toMatchObject({
      ...{ origin: SITE, currency: 'USDC', cap: '0.1', period: 'day', maxPerRequest: '0.02', models: 'all' },
      ...{ expiresAt: null, spent: '0', live: '0', remaining: '0.1', renewsAt: expect.stringMatching(/Z$/) },
    })
  })

  it.each([
    ['a number', { cap: 0.5 }],
    ['nothing', { cap: '0' }],
    ['less than nothing', { cap: '-1' }],
    ['an exponent', { cap: '1e3' }],
    ['more digits than the currency has', { cap: '0.0000001' }],
    ['a currency that is none', { currency: 'EUR' }],
    ['a period that is none', { period: 'year' }],
    ['a maximum of nothing', { maxPerRequest: '0.0' }],
    ['no model', { models: [] }],
    ['an end that is past', { expiresAt: '2001-01-01T00:00:00Z' }],
    ['an end that is no time', { expiresAt: 'tomorrow' }],
  ])('refuses %s', async (_name, more) => {
    await expect(asked(more)).rejects.toMatchObject({ type: 'invalid_request' })
  })
})

describe('getBudget and revokeBudget', () => {
  it('know the own budget by its currency', async () => {
    const { grant, provider } = await open()
    expect(await provider.getBudget()).toBeNull()
    await grant()
    expect(await provider.getBudget()).toMatchObject({ cap: '0.5', mode: expect.any(String) })
    expect(await provider.getBudget({ currency: 'OPG' })).toBeNull()
  })

  it('give a budget back', async () => {
    const { grant, provider, ledger } = await open()
    await grant()
    await provider.revokeBudget()
    expect(await provider.getBudget()).toBeNull()
    expect(await ledger.getGrant(SITE)).toBeNull()
  })

  it('cannot lift a block or a pause', async () => {
    const { grant, provider, ledger } = await open()
    await grant()
    await ledger.setMode(SITE, 'blocked')
    expect(await provider.getBudget()).toBeNull()
    await provider.revokeBudget()
    expect((await ledger.getGrant(SITE))?.mode).toBe('blocked')
    await ledger.setMode(SITE, 'paused')
    await provider.revokeBudget()
    expect((await ledger.getGrant(SITE))?.mode).toBe('paused')
    expect(await provider.getBudget()).toBeNull()
  })

  it('leave other origins alone', async () => {
    const { provider, ledger } = await open()
    await ledger.putBudget(originOf('https://other.example'), BUDGET)
    await ledger.putBudget(originOf('https://news.example:8443'), BUDGET)
    expect(await provider.getBudget()).toBeNull()
    await provider.revokeBudget()
    expect(await ledger.listGrants()).toHaveLength(2)
  })
})

describe('quote', () => {
  const priced: QuoteView = {
    id: 'quote-1',
    quote: {
      ...{ gatewayId: 'jumpgate', model: 'm', currency: 'USDC', network: BASE, expected: null },
      ...{ max: toAtomic(4_474n), inputTokens: 3, maxOutputTokens: 1_024, atMs: Date.UTC(2026, 4, 13, 12) },
    },
    needsApproval: true,
  }

  it('needs a click without a grant, does not use it up, and waits 2 s for the next', async () => {
    const { provider, inference, clock } = await open()
    inference.onQuote = async () => priced
    await expect(provider.quote(BODY)).rejects.toMatchObject({ type: 'activation_required' })
    page.click()
    expect(await provider.quote(BODY)).toEqual({
      ...{ id: 'quote-1', expiresAt: '2026-05-13T12:01:00.000Z', model: 'm', gateway: 'jumpgate' },
      ...{ inputTokens: 3, maxOutputTokens: 1_024, expected: null, needsApproval: true },
      max: { currency: 'USDC', value: '0.004474', atomic: '4474', decimals: 6, network: 'eip155:8453' },
    })
    await expect(provider.quote(BODY)).rejects.toMatchObject({ type: 'rate_limited' })
    clock.atMs += 2_000
    await provider.quote(BODY)
    expect(page.received.filter((reply) => 'used' in reply)).toEqual([])
  })

  it('treats a blocked site as one without a grant', async () => {
    const { provider, ledger, grant } = await open()
    await grant()
    await ledger.setMode(SITE, 'blocked')
    await expect(provider.quote(BODY)).rejects.toMatchObject({ type: 'activation_required' })
  })

  it('hints at the tab where a click was missing', async () => {
    const { deps } = await open()
    const tabs: number[] = []
    page.killWorker(createPageServer({ ...deps, onActivationMissing: (tabId) => tabs.push(tabId) }))
    await expect(page.provider.quote(BODY)).rejects.toMatchObject({ type: 'activation_required' })
    expect(tabs).toEqual([1])
  })

  it('needs no click within a grant', async () => {
    const { provider, inference, grant } = await open()
    inference.onQuote = async () => priced
    await grant()
    await provider.quote(BODY)
    await provider.quote(BODY)
  })

  it('quotes a model that ships for a site without a grant, whatever the person prefers', async () => {
    const { provider, inference, gateways, settings } = await open()
    gateways.configs.push(OWN_GATEWAY)
    gateways.list.push(makeModel('mine', 'own-1'))
    settings.defaultModel = 'own-1/mine'
    const named: string[] = []
    inference.onQuote = async ({ body }) => {
      named.push(body.model)
      return priced
    }
    page.click()
    await provider.quote({ ...BODY, model: 'default' })
    expect(named).toEqual(['jumpgate/m'])
  })
})

describe('what a site without a grant learns', () => {
  async function withOwnGateway() {
    const opened = await open()
    opened.gateways.configs.push(OWN_GATEWAY)
    opened.gateways.list.push(makeModel('mine', 'own-1'), makeModel('m', 'own-1'))
    return opened
  }

  it('lists the models that ship, named as if there were no others', async () => {
    const { provider, grant } = await withOwnGateway()
    expect((await provider.models.list()).map(({ id }) => id)).toEqual(['m', 'n'])
    await grant()
    const ids = (await provider.models.list()).map(({ id }) => id)
    expect(ids).toEqual(['jumpgate/m', 'n', 'mine', 'own-1/m'])
  })

  it('shows a price in dollars as one in USDC', async () => {
    const { provider } = await open()
    expect((await provider.models.list())[0]).toEqual({
      ...{ id: 'm', gateway: 'jumpgate', owned_by: 'maker', context_length: 8_192 },
      pricing: { currency: 'USDC', input: '0.20', output: '0.60', per: 1_000_000 },
    })
  })

  it('cannot tell a gateway that the person added from one that never was', async () => {
    const { provider, inference, grant } = await withOwnGateway()
    page.click()
    const ends = (model: string) =>
      Promise.all([
        provider.availability({ model }),
        provider.chat.completions.create({ ...BODY, model }).catch(({ type, code, message }) => ({
          ...{ type, code },
          message: message.replace(model, '…'),
        })),
        provider.quote({ ...BODY, model }).catch(({ type, code }) => ({ type, code })),
      ])
    const own = await ends('mine')
    inference.asks.length = 0
    await new Promise((resolve) => setTimeout(resolve, 5))
    const none = await ends('none')
    expect(own.slice(0, 2)).toEqual(none.slice(0, 2))
    expect(await provider.availability({ model: 'own-1/m' })).toBe('unavailable')
    expect(inference.asks).toEqual([])
    await grant()
    expect(await provider.availability({ model: 'mine' })).toBe('needs-approval')
  })
})

describe('receipts', () => {
  it('are of the own origin only', async () => {
    const { provider, ledger } = await open()
    const { reserveFor } = await import('./reserve-for.ts')
    await reserveFor(ledger, SITE, 'a')
    await reserveFor(ledger, SITE, 'b')
    await reserveFor(ledger, originOf('https://other.example'), 'c')
    const ids = (await provider.receipts.list()).map(({ id }) => id)
    expect(ids.toSorted()).toEqual(['a', 'b'])
    expect(await provider.receipts.list({ limit: 1 })).toHaveLength(1)
    const [newest, oldest] = ids
    expect((await provider.receipts.list({ before: newest ?? '' })).map(({ id }) => id)).toEqual([oldest])
    for (const before of ['c', 'none'])
      await expect(provider.receipts.list({ before })).rejects.toMatchObject({
        type: 'invalid_request',
        message: expect.stringContaining('(before)'),
      })
  })
})

describe('events', () => {
  it('tell an origin of its own budget and receipts, and nobody else', async () => {
    const background = await open()
    const { provider, grant, ledger } = background
    const other = openPage(background, senderOf('https://other.example', { documentId: 'd2' }))
    const heard: string[] = []
    for (const [name, target] of [
      ['own', provider],
      ['other', other.provider],
    ] as const)
      for (const type of ['budgetchange', 'settled'])
        target.addEventListener(type, (event) =>
          heard.push(`${name} ${type} ${JSON.stringify((event as CustomEvent).detail).slice(0, 60)}`),
        )
    await Promise.all([provider.getBudget(), other.provider.getBudget()])
    await grant()
    await expect.poll(() => heard.length).toBe(1)
    const { reserveFor, settleFor } = await import('./reserve-for.ts')
    await reserveFor(ledger, SITE, 'a')
    await settleFor(ledger, 'a')
    await expect.poll(() => heard.some((text) => text.includes('settled'))).toBe(true)
    await provider.revokeBudget()
    await expect.poll(() => heard.at(-1)).toBe('own budgetchange {"budget":null}')
    expect(heard.filter((text) => text.startsWith('other'))).toEqual([])
    expect(heard.filter((text) => text.includes('settled'))).toHaveLength(1)
    other.close()
  })

  it('reach a page whose port ended with an earlier worker, until its document has gone', async () => {
    const { provider, grant, deps, ledger } = await open()
    let kept: unknown = null
    const told: string[] = []
    const sleeping: SleepingPages = {
      load: async () => kept,
      async save(pages) {
        kept = structuredClone(pages)
      },
      async tell({ documentId }, event) {
        told.push(documentId)
        if (documentId === 'document-1') page.hear(event)
        return documentId === 'document-1'
      },
    }
    let alive = true
    const mortal = {
      ...ledger,
      onChange: (listener: (change: LedgerChange) => void) =>
        ledger.onChange((change) => alive && listener(change)),
    }
    const first = createPageServer({ ...deps, ledger: mortal, sleeping })
    page.killWorker(first)
    const gone = openPage({ server: first }, senderOf(SITE, { documentId: 'gone' }))
    await gone.provider.getBudget()
    await provider.getBudget()
    await expect.poll(() => JSON.stringify(kept)).toMatch(/gone.*document-1/)
    gone.close()
    // Both workers are gone; only the books and the kept list go on.
    alive = false
    const heard: unknown[] = []
    for (const type of ['budgetchange', 'settled'])
      provider.addEventListener(type, (event) => heard.push(type, (event as CustomEvent).detail))
    page.killWorker()
    const later = createPageServer({ ...deps, sleeping })
    await grant()
    await expect.poll(() => heard).toMatchObject(['budgetchange', { budget: { cap: '0.5' } }])
    await expect.poll(() => JSON.stringify(kept)).not.toContain('gone')
    const asked = told.length
    await ledger.putBudget(SITE, { ...BUDGET, cap: toAtomic(1n) })
    await expect.poll(() => heard.length).toBe(4)
    expect(told.slice(asked)).toEqual(['document-1'])
    let changes = 0
    provider.addEventListener('modelschange', () => changes++)
    later.modelsChanged()
    await expect.poll(() => changes).toBe(1)
  })

  it('tell of new models only where there is a budget, and no site that is blocked', async () => {
    const { provider, grant, server, ledger } = await open()
    let heard = 0
    provider.addEventListener('modelschange', () => heard++)
    await provider.getBudget()
    server.modelsChanged()
    await grant()
    await new Promise((resolve) => setTimeout(resolve, 80))
    expect(heard).toBe(0)
    server.modelsChanged()
    await expect.poll(() => heard).toBe(1)
    await ledger.setMode(SITE, 'blocked')
    server.modelsChanged()
    await new Promise((resolve) => setTimeout(resolve, 80))
    expect(heard).toBe(1)
  })
})
