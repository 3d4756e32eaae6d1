import { describe, expect, it } from 'vitest'
import type { ChatError } from '../../src/domain/errors.ts'
import { type Principal, parseOrigin } from '../../src/domain/principal.ts'
import { type ApprovalContent, createApprovals } from '../../src/inference/approvals.ts'
import { createSilence } from '../../src/inference/silence.ts'
import { createFakeClock, settle } from './fake-clock.ts'

function memoryStore() {
  const values = new Map<string, unknown>()
  return {
    get: async (key: string) => values.get(key),
    set: async (key: string, value: unknown) => void values.set(key, value),
    remove: async (key: string) => void values.delete(key),
  }
}

function origin(name: string): Principal {
  const parsed = parseOrigin(`https://${name}.example`)
  if (!parsed) throw new Error(name)
  return parsed
}

function content(
  principal: Principal,
  state: ApprovalContent['state'] = 'ready',
  max = '4474',
): ApprovalContent {
  return {
    kind: 'request',
    principal,
    state,
    failure: null,
    reasons: ['no-grant'],
    request: null,
    asked: null,
    current: null,
    asksEach: false,
    today: null,
    suggested: { cap: max, period: 'day', maxPerRequest: '0' },
    siteWords: null,
    balance: null,
    fundAddress: null,
  }
}

function setUp() {
  const time = createFakeClock()
  const calls = { opened: 0, closed: 0 }
  let closedByPerson: () => void = () => undefined
  let ids = 0
  const approvals = createApprovals({
    clock: time.clock,
    newId: () => `id-${++ids}`,
    silence: createSilence(time.clock, memoryStore()),
    window: {
      open: async () => void calls.opened++,
      close: async () => void calls.closed++,
      onClosed: (listener) => {
        closedByPerson = listener
      },
    },
    digest: (text) => text,
  })
  return { ...time, approvals, calls, closeWindow: () => closedByPerson() }
}

const live = () => new AbortController().signal
const reasonOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: ChatError) => error.reason,
  )

describe('a yes', () => {
  it('counts only after a second of showing that very content', async () => {
    const { approvals, pass } = setUp()
    const site = origin('a')
    const answer = approvals.begin(site, live()).ask(content(site), null)
    const view = approvals.current()
    if (!view) throw new Error('nothing is shown')
    expect(approvals.decide(view.id, view.digest, { kind: 'once' })).toBe(false)
    approvals.shown(view.id, view.digest)
    await pass(999)
    expect(approvals.decide(view.id, view.digest, { kind: 'once' })).toBe(false)
    await pass(1)
    expect(approvals.decide(view.id, view.digest, { kind: 'once' })).toBe(true)
    expect(await answer).toEqual({ kind: 'decided', choice: { kind: 'once' } })
    expect(approvals.decide(view.id, view.digest, { kind: 'once' })).toBe(false)
  })

  it('never releases another content', async () => {
    const { approvals, pass } = setUp()
    const site = origin('a')
    const ticket = approvals.begin(site, live())
    void ticket.ask(content(site), null)
    const before = approvals.current()
    if (!before) throw new Error('nothing is shown')
    approvals.shown(before.id, before.digest)
    await pass(2_000)
    ticket.show(content(site, 'ready', '9999'))
    expect(approvals.decide(before.id, before.digest, { kind: 'once' })).toBe(false)
    const after = approvals.current()
    expect(approvals.decide(after?.id ?? '', after?.digest ?? '', { kind: 'once' })).toBe(false)
  })

  it('does not count for content that is not ready', async () => {
    const { approvals, pass } = setUp()
    const site = origin('a')
    void approvals.begin(site, live()).ask(content(site, 'offer'), null)
    const view = approvals.current()
    approvals.shown(view?.id ?? '', view?.digest ?? '')
    await pass(5_000)
    expect(approvals.decide(view?.id ?? '', view?.digest ?? '', { kind: 'once' })).toBe(false)
  })
})

describe('an empty window', () => {
  it('is closed where nothing waits, and left alone where something does', () => {
    const { approvals, calls } = setUp()
    approvals.closeEmpty()
    expect(calls.closed).toBe(1)
    const ticket = approvals.begin(origin('a'), live())
    approvals.closeEmpty()
    expect(calls.closed).toBe(1)
    ticket.done()
    expect(calls.closed).toBe(2)
  })
})

describe('a no', () => {
  it.each([
    ['Reject', 'person-rejected'],
    ['closing the window', 'person-rejected'],
    ['120 s of silence', 'approval-timeout'],
    ['the page going away', 'aborted'],
    ['the freeze switch', 'frozen'],
  ])('%s ends the question', async (way, reason) => {
    const { approvals, pass, closeWindow } = setUp()
    const site = origin('a')
    const controller = new AbortController()
    const answer = reasonOf(approvals.begin(site, controller.signal).ask(content(site), null))
    const view = approvals.current()
    if (way === 'Reject') approvals.decide(view?.id ?? '', view?.digest ?? '', { kind: 'reject' })
    if (way === 'closing the window') closeWindow()
    if (way === '120 s of silence') await pass(121_000)
    if (way === 'the page going away') controller.abort()
    if (way === 'the freeze switch') approvals.rejectAll('frozen')
    expect(await answer).toBe(reason)
  })

  it('three times in ten minutes silences the site for ten', async () => {
    const { approvals, pass } = setUp()
    const site = origin('a')
    for (let round = 0; round < 3; round++) {
      const ticket = approvals.begin(site, live())
      const answer = reasonOf(ticket.ask(content(site), null))
      const view = approvals.current()
      approvals.decide(view?.id ?? '', view?.digest ?? '', { kind: 'reject' })
      expect(await answer).toBe('person-rejected')
      ticket.done()
    }
    expect(() => approvals.begin(site, live())).toThrow('site-silenced')
    expect(approvals.isSilenced(origin('b'))).toBe(false)
    await pass(10 * 60_000)
    expect(approvals.isSilenced(site)).toBe(false)
  })
})

describe('the queue', () => {
  it('takes one question of an origin, and five behind the one that is shown', () => {
    const { approvals } = setUp()
    approvals.begin(origin('first'), live())
    expect(() => approvals.begin(origin('first'), live())).toThrow('already-pending')
    for (const name of ['b', 'c', 'd', 'e', 'f']) approvals.begin(origin(name), live())
    expect(() => approvals.begin(origin('g'), live())).toThrow('queue-full')
  })

  it('shows the next one with its whole time when the first is done', async () => {
    const { approvals, pass, calls } = setUp()
    const first = approvals.begin(origin('a'), live())
    void first.ask(content(origin('a')), null)
    const second = approvals.begin(origin('b'), live())
    const answer = reasonOf(second.ask(content(origin('b')), null))
    await pass(100_000)
    first.done()
    expect(approvals.current()?.principal).toBe(origin('b'))
    await pass(110_000)
    expect(approvals.current()?.principal).toBe(origin('b'))
    await pass(15_000)
    expect(await answer).toBe('approval-timeout')
    second.done()
    await settle()
    expect(calls.closed).toBe(1)
  })

  it('stands still while the person sets the wallet up, for half an hour at most', async () => {
    const { approvals, pass } = setUp()
    const site = origin('a')
    const answer = reasonOf(approvals.begin(site, live()).ask(content(site, 'no-wallet'), null))
    let ended = false
    void answer.then(() => {
      ended = true
    })
    await pass(25 * 60_000)
    expect(ended).toBe(false)
    await pass(10 * 60_000)
    expect(await answer).toBe('approval-timeout')
  })
})

describe('silence', () => {
  it('outlives the worker', async () => {
    const { clock } = createFakeClock()
    const store = memoryStore()
    const site = origin('a')
    const before = createSilence(clock, store)
    for (let round = 0; round < 3; round++) before.noteRefusal(site)
    const after = createSilence(clock, store)
    await after.restore()
    expect(after.isSilenced(site)).toBe(true)
  })
})
