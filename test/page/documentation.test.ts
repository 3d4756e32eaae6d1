import { readFile } from 'node:fs/promises'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { streamText } from 'ai'
import OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import { installLanguageModel } from '../../src/author-kit/install-language-model.ts'
import { createStandIn } from '../../src/author-kit/stand-in/create-stand-in.ts'
import type { StandInOptions } from '../../src/author-kit/stand-in/stand-in-options.ts'
import type { X402Chat } from '../../src/author-kit/x402chat.d.ts'
import { toPageFailure } from '../../src/background/page/to-page-failure.ts'
import { toAtomic } from '../../src/domain/amount.ts'
import { CAUSES, type Cause, ChatError, PUBLIC_ERRORS } from '../../src/domain/errors.ts'
import { BASE } from '../../src/domain/network.ts'
import type { QuoteView } from '../../src/inference/inference.ts'
import { reserveFor } from '../background/page/reserve-for.ts'
import { answer, makeBackground, openPage, SITE, type TestPage } from './page-harness.ts'

const text = await readFile('docs/PAGE_API.md', 'utf8')
const examples = [...text.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code = '']) => code)

/** Runs an example as a page would, with what it uses of its page and its packages. */
async function run(code: string, x402Chat: X402Chat): Promise<void> {
  const clicks: (() => Promise<void>)[] = []
  const page = {
    x402Chat,
    window: Object.assign(new EventTarget(), { x402Chat }),
    output: { textContent: '', title: '' },
    button: { addEventListener: (_type: string, listener: () => Promise<void>) => clicks.push(listener) },
    showBudget: () => {},
    showReceipt: () => {},
    installLanguageModel: () => installLanguageModel({ provider: x402Chat, target: {} }),
    ...{ OpenAI, createOpenAICompatible, streamText },
  }
  const body = `return (async () => {${code}\n})()`
  await new Function(...Object.keys(page), body)(...Object.values(page))
  for (const click of clicks) await click()
}

/** The page script, its bridge and the background, with their schemas; inference alone is played. */
async function openWhole(): Promise<TestPage> {
  const background = await makeBackground()
  const { ledger, inference, clock } = background
  await reserveFor(ledger, SITE, 'earlier')
  inference.onRun = ({ body }) => answer([body.response_format ? '{"colour":"blue"}' : 'Because of the air.'])
  inference.onQuote = async () => quoteAt(clock.nowMs())
  inference.onBudget = async (_caller, wanted) => {
    const { budgets } = await ledger.putBudget(SITE, {
      ...wanted,
      maxPerRequest: wanted.maxPerRequest ?? wanted.cap,
    })
    if (!budgets.USDC) throw new Error('no budget')
    return budgets.USDC
  }
  const page = openPage(background)
  page.click()
  return page
}

const quoteAt = (atMs: number): QuoteView => ({
  id: 'quote-1',
  quote: {
    ...{ gatewayId: 'jumpgate', model: 'm', currency: 'USDC', network: BASE, expected: null },
    ...{ max: toAtomic(4_474n), inputTokens: 3, maxOutputTokens: 1_024, atMs },
  },
  needsApproval: true,
})

describe('the documentation of the page API', () => {
  const named = examples.map((code) => [code.split('\n')[0], code] as const)

  it.each(named)('runs over the stand-in: %s', async (_first, code) => {
    const answer: StandInOptions['answer'] = ({ response_format }) =>
      response_format ? '{"colour":"blue"}' : 'Because of the air.'
    await run(code, createStandIn({ answer }))
  })

  it.each(named)('runs over what answers a page, and nothing of it is refused: %s', async (_first, code) => {
    const page = await openWhole()
    try {
      await run(code, page.provider)
      expect(page.received.filter((reply) => 'fail' in reply)).toEqual([])
    } finally {
      page.close()
    }
  })

  it('has an example for every method', () => {
    const all = examples.join('\n')
    for (const method of [
      ...['chat.completions', 'fetch', 'requestBudget', 'getBudget', 'revokeBudget', 'quote', 'models.list'],
      ...['receipts.list', 'availability', 'addEventListener'],
    ])
      expect(all).toMatch(new RegExp(`x402Chat(\\n  )?\\.${method.replace('.', '(\\n  )?\\.')}\\b`))
  })

  it('has the error table that holds', () => {
    const rows = [...text.matchAll(/^\| [^|]+ \| `(\w+)` \| (-?\d+) \| (\d+) \|/gm)]
    const written = rows.map(([, type = '', code, status]) => [type, Number(code), Number(status)])
    const held = Object.entries(PUBLIC_ERRORS).map(([type, code]) => {
      const causes = Object.keys(CAUSES) as Cause[]
      const cause = causes.find((candidate) => CAUSES[candidate] === type)
      if (!cause) throw new Error(`no cause for ${type}`)
      return [type, code, toPageFailure(new ChatError(cause), true).status]
    })
    expect(written.toSorted()).toEqual(held.toSorted())
  })
})
