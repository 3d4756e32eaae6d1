import OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import { createStandIn } from '../../src/author-kit/stand-in/create-stand-in.ts'

const BODY = { model: 'stand-in', messages: [{ role: 'user' as const, content: 'Hi' }] }

describe('the stand-in', () => {
  it('answers whole and streamed, through the OpenAI client too', async () => {
    const page = createStandIn({ answer: () => 'Hello there' })
    const whole = await page.chat.completions.create(BODY)
    expect(whole.choices[0]?.message.content).toBe('Hello there')
    let text = ''
    for await (const chunk of await page.chat.completions.create({ ...BODY, stream: true }))
      text += chunk.choices[0]?.delta.content ?? ''
    expect(text).toBe('Hello there')
    const client = new OpenAI({ ...page.clientOptions })
    const final = await client.chat.completions.stream(BODY).finalChatCompletion()
    expect(final.choices[0]?.message.content).toBe('Hello there')
    expect((await client.models.list()).data[0]?.id).toBe('stand-in')
  })

  it('plays the person and the budget', async () => {
    const page = createStandIn({
      price: '0.3',
      grant: (request) => ({ ...request, cap: '0.5' }),
      approve: () => false,
    })
    await expect(page.chat.completions.create(BODY)).rejects.toMatchObject({ type: 'user_rejected' })
    const heard: unknown[] = []
    page.addEventListener('budgetchange', ({ detail }) => heard.push(detail.budget?.remaining))
    expect(await page.requestBudget({ cap: '1', period: 'day' })).toMatchObject({
      cap: '0.5',
      remaining: '0.5',
    })
    expect(await page.availability()).toBe('available')
    await page.chat.completions.create(BODY)
    expect(await page.getBudget()).toMatchObject({ spent: '0.3', remaining: '0.2' })
    await expect(page.chat.completions.create(BODY)).rejects.toMatchObject({ code: 4001 })
    expect(await page.receipts.list()).toMatchObject([{ charged: { value: '0.3', atomic: '300000' } }])
    await page.revokeBudget()
    expect([await page.getBudget(), heard]).toEqual([null, ['0.5', '0.2', undefined]])
  })

  it('fails as it is told, before and in the middle of an answer', async () => {
    const page = createStandIn({
      answer: ({ seed }) =>
        seed === 1 ? { error: 'locked' } : { error: 'paid_no_answer', charged: 'yes', after: 'Half' },
    })
    await expect(page.chat.completions.create({ ...BODY, seed: 1 })).rejects.toMatchObject({
      code: 4100,
      charged: 'no',
    })
    const stream = await page.chat.completions.create({ ...BODY, stream: true })
    const texts: unknown[] = []
    const reading = (async () => {
      for await (const chunk of stream) texts.push(chunk.choices[0]?.delta.content)
    })()
    await expect(reading).rejects.toMatchObject({ code: 4405, charged: 'yes', partial: 'Half' })
    expect(texts).toEqual(['Half'])
    const response = await page.fetch(`${page.clientOptions.baseURL}/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ ...BODY, seed: 1 }),
    })
    expect(response.status).toBe(403)
  })

  it('ends a loop over the receipts, and refuses one that it never gave', async () => {
    const page = createStandIn()
    for (let call = 0; call < 3; call++) await page.chat.completions.create(BODY)
    const ids: string[] = []
    for (let before = {}; ; before = { before: ids.at(-1) }) {
      const found = await page.receipts.list({ limit: 2, ...before })
      if (found.length === 0) break
      ids.push(...found.map(({ id }) => id))
    }
    expect(new Set(ids).size).toBe(3)
    expect(ids).toHaveLength(3)
    await expect(page.receipts.list({ before: 'none' })).rejects.toMatchObject({ type: 'invalid_request' })
  })

  it('knows its models, by id, with their gateway, and the first as the default', async () => {
    const page = createStandIn()
    for (const model of ['default', 'stand-in', 'stand-in/stand-in'])
      expect((await page.chat.completions.create({ ...BODY, model })).model).toBe('stand-in')
    expect(await page.availability({ model: 'gpt-9' })).toBe('unavailable')
    const body = { ...BODY, model: 'gpt-9' }
    for (const call of [page.chat.completions.create(body), page.quote(body)])
      await expect(call).rejects.toMatchObject({ type: 'invalid_request', charged: 'no' })
  })

  it('keeps to the models of the budget', async () => {
    const second = { id: 'second', gateway: 'g', owned_by: 'o', context_length: null, pricing: null }
    const page = createStandIn({ approve: () => false, models: [{ ...second, id: 'first' }, second] })
    await page.requestBudget({ cap: '1', period: 'day', models: ['second'] })
    expect(await page.availability({ model: 'second' })).toBe('available')
    expect(await page.availability()).toBe('needs-approval')
    await page.chat.completions.create({ ...BODY, model: 'g/second' })
    await expect(page.chat.completions.create({ ...BODY, model: 'first' })).rejects.toMatchObject({
      type: 'user_rejected',
    })
  })

  it('charges nothing above maxCost, asked either way', async () => {
    const page = createStandIn({ price: '0.03' })
    const create = (maxCost: { value: string; currency?: 'OPG' }) =>
      page.chat.completions.create(BODY, { maxCost })
    await create({ value: '0.03' })
    for (const maxCost of [{ value: '0.029999' }, { value: '1', currency: 'OPG' as const }])
      await expect(create(maxCost)).rejects.toMatchObject({ type: 'quote_exceeded', code: 4404 })
    const fetched = await page.fetch(`${page.clientOptions.baseURL}/chat/completions`, {
      method: 'POST',
      headers: { 'x402-max-cost': '0.02 USDC' },
      body: JSON.stringify(BODY),
    })
    expect(fetched.status).toBe(402)
    expect(await page.receipts.list()).toHaveLength(1)
  })

  it('charges once for each idempotency key, and refuses another body under it', async () => {
    let said = 0
    const page = createStandIn({ answer: () => `Answer ${++said}` })
    const options = { idempotencyKey: 'mine' }
    const both = await Promise.all([
      page.chat.completions.create(BODY, options),
      page.chat.completions.create(BODY, options),
    ])
    expect(both.map(({ choices }) => choices[0]?.message.content)).toEqual(['Answer 1', 'Answer 1'])
    expect(await page.receipts.list()).toHaveLength(1)
    await expect(page.chat.completions.create({ ...BODY, seed: 1 }, options)).rejects.toMatchObject({
      type: 'idempotency_conflict',
    })
  })

  it('starts afresh under a key of which nothing was charged', async () => {
    let willing = false
    const page = createStandIn({ approve: () => willing })
    const create = () => page.chat.completions.create(BODY, { idempotencyKey: 'mine' })
    await expect(create()).rejects.toMatchObject({ type: 'user_rejected' })
    willing = true
    expect((await create()).x402?.receipt?.outcome).toBe('settled')
  })
})
