import { describe, expect, it } from 'vitest'
import { chatParams } from '../../src/protocol/chat-protocol.ts'
import { answerError, draft, lastAnswer, makeChat, settle, type TestChat, waitFor } from './make-chat.ts'

async function asked(test: TestChat, text = 'What is x402?') {
  const { id } = await test.chat.create(null)
  await test.chat.send(id, draft(text))
  await waitFor(
    () => test.inference.runs.length,
    (count) => count > 0,
  )
  const upstream = test.inference.runs.at(-1)
  if (!upstream) throw new Error('nothing was asked')
  return { id, upstream }
}

const read = async (test: TestChat, id: string, chat = test.chat) => {
  const view = await chat.get(id)
  if (!view) throw new Error('the conversation is gone')
  return view
}

const finished = (test: TestChat, id: string) =>
  waitFor(
    () => read(test, id),
    (view) => !['waiting', 'streaming'].includes(lastAnswer(view).progress.kind),
  )

describe('send', () => {
  it('stores question, answer and key before anything is asked', async () => {
    const test = makeChat()
    const { id } = await test.chat.create(null)
    await test.chat.send(id, draft('hello'))
    const stored = JSON.parse(test.store.values.get(`conversation ${id}`) ?? '{}')
    expect(stored.messages.map((message: { role: string }) => message.role)).toEqual(['user', 'answer'])
    await waitFor(
      () => test.inference.runs.length,
      (count) => count === 1,
    )
    expect(test.inference.runs[0]?.ask.idempotencyKey).toBe(stored.messages[1].key)
    expect(test.inference.runs[0]?.ask.body).toEqual({
      model: 'default',
      messages: [{ role: 'user', content: 'hello' }],
      stream: true,
    })
  })
  it('asks as the side panel, whose click counts', async () => {
    const { upstream } = await asked(makeChat())
    const { caller } = upstream.ask
    expect([caller.principal, caller.takeActivation(), caller.takeActivation(), caller.isAlive()]).toEqual([
      'panel',
      true,
      true,
      true,
    ])
  })
  it.each([
    ['as many tokens as were allowed', 10, 'stop', 'length'],
    ['as many, of a gateway that says nothing', 10, null, 'length'],
    ['fewer', 11, 'stop', 'stop'],
    ['as many, held back', 10, 'content_filter', 'content_filter'],
  ])('marks an answer as cut off by what was counted: %s', async (_how, maxTokens, said, finish) => {
    const test = makeChat()
    const { id } = await test.chat.create(null)
    const { options } = await read(test, id)
    await test.chat.setOptions(id, { ...options, maxTokens })
    await test.chat.send(id, draft('q'))
    await waitFor(
      () => test.inference.runs.length,
      (count) => count > 0,
    )
    const [upstream] = test.inference.runs
    await upstream?.started()
    await upstream?.say('a')
    if (said !== null) await upstream?.event({ type: 'finish', reason: said })
    await upstream?.end()
    expect(lastAnswer(await finished(test, id)).progress).toEqual({ kind: 'done', finish })
  })
  it('streams, and keeps the whole answer with its receipt', async () => {
    const test = makeChat()
    const { id, upstream } = await asked(test)
    await upstream.started()
    await upstream.event({ type: 'reasoning', text: 'Thinking.' })
    await upstream.say('An open ')
    await upstream.say('standard.')
    await upstream.event({
      type: 'tool-calls',
      deltas: [{ index: 0, id: 'c', function: { name: 'search', arguments: '{}' } }],
    })
    await upstream.event({ type: 'finish', reason: 'stop' })
    await upstream.end()
    const view = await finished(test, id)
    expect(lastAnswer(view)).toMatchObject({
      text: 'An open standard.',
      reasoning: 'Thinking.',
      model: 'ambient/large',
      toolCalls: [{ name: 'search', arguments: '{}' }],
      progress: { kind: 'done', finish: 'stop' },
    })
    expect(view.requestIds).toEqual([lastAnswer(view).requestId])
    expect(await read(test, id, test.restart())).toEqual(view)
  })
  it('tells an open panel every character once, in order', async () => {
    const test = makeChat()
    const { id, upstream } = await asked(test)
    await upstream.started()
    for (const word of ['one ', 'two ', 'three']) await upstream.say(word)
    await upstream.end()
    await finished(test, id)
    let text = ''
    for (const event of test.events) {
      if (event.kind !== 'delta') continue
      expect(event.at).toBe(text.length)
      text += event.text
    }
    expect(text).toBe('one two three')
  })
  it('goes on while nobody looks, and shows the text so far to a panel that opens in between', async () => {
    const test = makeChat()
    const { id, upstream } = await asked(test)
    await upstream.started()
    await upstream.say('half')
    expect(lastAnswer(await read(test, id))).toMatchObject({ text: 'half', progress: { kind: 'streaming' } })
  })
  it('clears the draft, and names the conversation after the first question', async () => {
    const test = makeChat()
    const { id } = await test.chat.create(null)
    await test.chat.saveDraft(id, draft('What is\n x402?'))
    expect(await test.chat.send(id, draft('What is\n x402?'))).toMatchObject({
      title: 'What is x402?',
      draft: { text: '' },
    })
  })
  it('waits for the person where the budget is used up, and goes on with the same request after the yes', async () => {
    const test = makeChat()
    const { id, upstream } = await asked(test)
    await settle()
    expect(lastAnswer(await read(test, id)).progress).toEqual({ kind: 'waiting' })
    await upstream.started()
    await upstream.say('Paid after a yes.')
    await upstream.end()
    expect(lastAnswer(await finished(test, id)).text).toBe('Paid after a yes.')
    expect(test.inference.runs).toHaveLength(1)
  })
  it('refuses a second question while one is on its way', async () => {
    const test = makeChat()
    const { id } = await asked(test)
    await expect(test.chat.send(id, draft('more'))).rejects.toMatchObject({ reason: 'already-pending' })
    expect(test.inference.runs).toHaveLength(1)
  })
  it('refuses an empty question', async () => {
    const test = makeChat()
    const { id } = await test.chat.create(null)
    await expect(test.chat.send(id, draft('  \n'))).rejects.toMatchObject({ reason: 'invalid-body' })
  })
  it('cuts an endless answer, and keeps what came', async () => {
    const test = makeChat()
    const { id, upstream } = await asked(test)
    await upstream.started()
    await upstream.say('x'.repeat(2_000_001))
    expect(lastAnswer(await finished(test, id))).toMatchObject({
      progress: { kind: 'failed', cause: 'stream-too-large', charged: 'maybe' },
    })
  })
  it('cuts endless arguments of a tool alike', async () => {
    const test = makeChat()
    const { id, upstream } = await asked(test)
    await upstream.started()
    for (let part = 0; part < 3; part++) {
      const named = { name: 'search', arguments: 'x'.repeat(700_000) }
      await upstream.event({ type: 'tool-calls', deltas: [{ index: 0, id: 'c', function: named }] })
    }
    expect(lastAnswer(await finished(test, id)).progress).toMatchObject({ cause: 'stream-too-large' })
  })
})

describe('stop', () => {
  it('aborts the request and keeps the text so far, saying whether money moved', async () => {
    const test = makeChat()
    const { id, upstream } = await asked(test)
    await upstream.started()
    await upstream.say('half')
    expect(await test.chat.stop(id)).toBe(true)
    expect(upstream.ask.signal.aborted).toBe(true)
    expect(lastAnswer(await read(test, id))).toMatchObject({
      text: 'half',
      progress: { kind: 'stopped', charged: 'maybe' },
    })
  })
  it('before anything was signed says that nothing was charged', async () => {
    const test = makeChat()
    const { id } = await asked(test)
    await test.chat.stop(id)
    expect(lastAnswer(await read(test, id)).progress).toEqual({ kind: 'stopped', charged: 'no' })
  })
  it('stops nothing where nothing runs', async () => {
    const test = makeChat()
    const { id } = await test.chat.create(null)
    expect(await test.chat.stop(id)).toBe(false)
  })
})

describe('a failed answer', () => {
  it('keeps the cause and whether money moved', async () => {
    const test = makeChat()
    const { id, upstream } = await asked(test)
    await upstream.fail(answerError('gateway-refused', 'no'))
    expect(lastAnswer(await finished(test, id)).progress).toEqual({
      kind: 'failed',
      cause: 'gateway-refused',
      facts: { said: 'no' },
      charged: 'no',
    })
  })
  it('that broke off after paying keeps its text and its receipt', async () => {
    const test = makeChat()
    const { id, upstream } = await asked(test)
    await upstream.started()
    await upstream.say('The first ha')
    await upstream.fail(answerError('stream-truncated', 'maybe'))
    const view = await finished(test, id)
    expect(lastAnswer(view)).toMatchObject({
      text: 'The first ha',
      progress: { kind: 'failed', cause: 'stream-truncated', charged: 'maybe' },
    })
    expect(view.requestIds).toHaveLength(1)
  })
  it('is told in our own words where the error is none of ours', async () => {
    const test = makeChat()
    const { id, upstream } = await asked(test)
    await upstream.fail(new TypeError('secret detail'))
    expect(lastAnswer(await finished(test, id)).progress).toMatchObject({
      kind: 'failed',
      cause: 'ledger-failed',
      facts: {},
    })
  })
})

describe('an answer whose last write fails', () => {
  it('lets the next question be asked: it blocked the conversation until the worker restarted', async () => {
    const test = makeChat()
    const { id, upstream } = await asked(test)
    await upstream.started()
    await upstream.say('All of it.')
    const { put } = test.store
    test.store.put = () => Promise.reject(new Error('the disk is full'))
    await upstream.end()
    await waitFor(
      () => test.events.at(-1),
      (event) => event?.kind === 'message' && JSON.stringify(event).includes('ledger-failed'),
    )
    test.store.put = put
    await test.chat.send(id, draft('and then?'))
    const { messages } = await read(test, id)
    expect(messages.map(({ role }) => role)).toEqual(['user', 'answer', 'user', 'answer'])
    expect(messages[1]).toMatchObject({ text: 'All of it.', progress: { kind: 'done' } })
  })
})

describe('retry', () => {
  it('is another request with another key, in place of the answer', async () => {
    const test = makeChat()
    const { id, upstream } = await asked(test)
    await upstream.started()
    await upstream.say('first')
    await upstream.end()
    const first = lastAnswer(await finished(test, id))
    await test.chat.retry(id, first.id)
    await waitFor(
      () => test.inference.runs.length,
      (count) => count === 2,
    )
    const [one, two] = test.inference.runs
    expect(two?.ask.idempotencyKey).not.toBe(one?.ask.idempotencyKey)
    expect(two?.ask.body).toEqual(one?.ask.body)
    await two?.started()
    await two?.say('second')
    await two?.end()
    const view = await finished(test, id)
    expect(view.messages).toHaveLength(2)
    expect(lastAnswer(view).text).toBe('second')
    expect(view.requestIds).toHaveLength(2)
  })
  it('removes what came after the answer', async () => {
    const test = makeChat()
    const { id, upstream } = await asked(test)
    await upstream.started()
    await upstream.end()
    const first = lastAnswer(await finished(test, id))
    await test.chat.send(id, draft('and then?'))
    await test.chat.stop(id)
    const view = await test.chat.retry(id, first.id)
    expect(view.messages.map(({ role }) => role)).toEqual(['user', 'answer'])
  })
})

describe('edit and resend', () => {
  it('asks the new question in place of the old one and of everything after it', async () => {
    const test = makeChat()
    const { id, upstream } = await asked(test, 'old')
    await upstream.started()
    await upstream.end()
    const { messages } = await finished(test, id)
    const view = await test.chat.editAndResend({ id, messageId: messages[0]?.id ?? '', text: 'new' })
    expect(view.messages.map(({ role, text }) => [role, text])).toEqual([
      ['user', 'new'],
      ['answer', ''],
    ])
    await waitFor(
      () => test.inference.runs.length,
      (count) => count === 2,
    )
    expect(test.inference.runs[1]?.ask.body.messages).toEqual([{ role: 'user', content: 'new' }])
  })
  it('does not edit an answer', async () => {
    const test = makeChat()
    const { id, upstream } = await asked(test)
    await upstream.started()
    await upstream.end()
    const answer = lastAnswer(await finished(test, id))
    await expect(test.chat.editAndResend({ id, messageId: answer.id, text: 'x' })).rejects.toMatchObject({
      reason: 'invalid-body',
    })
  })
})

describe('the death of the worker', () => {
  it('in mid-answer keeps the text so far, marks it, and asks nothing again', async () => {
    const test = makeChat()
    const { id, upstream } = await asked(test)
    await upstream.started()
    await upstream.say('The text so far')
    await waitFor(
      () => test.store.values.get(`live ${id}`),
      (live) => live !== undefined,
    )
    const next = test.restart()
    const view = await read(test, id, next)
    expect(lastAnswer(view)).toMatchObject({
      text: 'The text so far',
      progress: { kind: 'interrupted', charged: 'maybe' },
    })
    expect(view.requestIds).toHaveLength(1)
    expect(test.inference.runs).toHaveLength(1)
    expect(test.store.values.has(`live ${id}`)).toBe(false)
  })
  it('is told to a panel that stayed open', async () => {
    const test = makeChat()
    const { id } = await asked(test)
    test.events.length = 0
    await test.restart().resume()
    expect(test.events).toEqual([{ kind: 'conversation', id }, { kind: 'list' }])
  })
  it('before anything was signed says that nothing was charged', async () => {
    const test = makeChat()
    const { id } = await asked(test)
    const view = await read(test, id, test.restart())
    expect(lastAnswer(view).progress).toEqual({ kind: 'interrupted', charged: 'no' })
    expect(test.inference.runs).toHaveLength(1)
  })
  it('finds a payment that was signed before the answer began', async () => {
    const test = makeChat()
    const { id, upstream } = await asked(test)
    const { makeRow } = await import('./make-chat.ts')
    const key = upstream.ask.idempotencyKey ?? ''
    test.inference.rows.set(key, makeRow('signed', { money: 'live', key }))
    const view = await read(test, id, test.restart())
    expect(lastAnswer(view)).toMatchObject({
      requestId: 'signed',
      progress: { kind: 'interrupted', charged: 'maybe' },
    })
    expect(view.requestIds).toEqual(['signed'])
  })
  it('lets the person ask again, as a new request', async () => {
    const test = makeChat()
    const { id, upstream } = await asked(test)
    await upstream.started()
    const next = test.restart()
    await next.retry(id, lastAnswer(await read(test, id, next)).id)
    await waitFor(
      () => test.inference.runs.length,
      (count) => count === 2,
    )
    expect(test.inference.runs[1]?.ask.idempotencyKey).not.toBe(upstream.ask.idempotencyKey)
  })
  it('keeps the draft', async () => {
    const test = makeChat()
    const { id } = await test.chat.create(null)
    await test.chat.saveDraft(id, draft('half a thou'))
    expect((await read(test, id, test.restart())).draft.text).toBe('half a thou')
  })
})

describe('a live quote', () => {
  it('is refused while the switch is off: what is typed stays here', async () => {
    const test = makeChat()
    const { id } = await test.chat.create(null)
    await expect(test.chat.quoteLive(id, draft('secret thought'))).rejects.toMatchObject({
      reason: 'unsupported-parameter',
    })
    expect(test.inference.quotes).toHaveLength(0)
  })
  it('asks the gateway where the person switched it on, and teaches the estimate', async () => {
    const test = makeChat()
    test.settings = { ...test.settings, privacy: { ...test.settings.privacy, liveQuotes: true } }
    const { id } = await test.chat.create(null)
    expect(await test.chat.quoteLive(id, draft('hello'))).toMatchObject({
      max: '4474',
      inputTokens: 17,
      currency: 'USDC',
    })
    expect(test.inference.quotes[0]?.messages).toEqual([{ role: 'user', content: 'hello' }])
    expect(await test.chat.samples()).toHaveLength(1)
    expect((await read(test, id)).messages).toHaveLength(0)
  })
})

describe('estimates', () => {
  it('learn from what a request was quoted and how many tokens the gateway counted', async () => {
    const test = makeChat()
    const { id, upstream } = await asked(test)
    await upstream.started()
    await upstream.end()
    await finished(test, id)
    expect(
      await waitFor(
        () => test.chat.samples(),
        ({ length }) => length > 0,
      ),
    ).toMatchObject([
      {
        model: 'jumpgate/ambient/large',
        max: '4474',
        inputTokens: 17,
        maxOutputTokens: 1024,
        currency: 'USDC',
      },
    ])
  })
})

describe('the schemas', () => {
  it('take no draft beyond their bounds', () => {
    const page = { id: 'a', kind: 'page', title: '', url: '', text: '', truncated: false }
    const six = Array.from({ length: 6 }, () => page)
    expect(
      chatParams['chat.send'].safeParse({ id: 'x', draft: { text: '', attachments: six } }).success,
    ).toBe(false)
    expect(
      chatParams['chat.send'].safeParse({ id: 'x', draft: { text: 'x'.repeat(200_001), attachments: [] } })
        .success,
    ).toBe(false)
    expect(
      chatParams['chat.send'].safeParse({ id: 'x', draft: { text: 'x', attachments: [page] } }).success,
    ).toBe(true)
  })
})
