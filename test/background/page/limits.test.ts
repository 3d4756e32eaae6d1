import { afterEach, describe, expect, it } from 'vitest'
import { createActivationPool } from '../../../src/background/page/activation-pool.ts'
import { createRateLimit } from '../../../src/background/page/rate-limit.ts'
import { ChatError } from '../../../src/domain/errors.ts'
import {
  ManualClock,
  makeBackground,
  openPage,
  SITE,
  senderOf,
  type TestPage,
} from '../../page/page-harness.ts'

const BODY = { model: 'm', messages: [{ role: 'user' as const, content: 'Hi' }] }
const pages: TestPage[] = []
afterEach(() => {
  for (const page of pages.splice(0)) page.close()
})
function opened(page: TestPage): TestPage {
  pages.push(page)
  return page
}
const outcome = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    (error: { type?: string }) => error.type,
  )

describe('how often a site may call', () => {
  it('answers 20 calls in a second and refuses the 21st, over all its documents', async () => {
    const background = await makeBackground()
    const one = opened(openPage(background))
    const two = opened(openPage(background, senderOf(SITE, { documentId: 'document-2', tabId: 2 })))
    const calls = Array.from({ length: 21 }, (_, index) => (index % 2 ? one : two).provider.models.list())
    const outcomes = await Promise.all(calls.map(outcome))
    expect(outcomes.filter((end) => end === 'answered')).toHaveLength(20)
    expect(outcomes.filter((end) => end === 'rate_limited')).toHaveLength(1)
    background.clock.atMs += 1_000
    expect(await outcome(one.provider.models.list())).toBe('answered')
  })

  it('does not make another origin wait', async () => {
    const background = await makeBackground()
    const loud = opened(openPage(background))
    const quiet = opened(openPage(background, senderOf('https://quiet.example')))
    const flood = Array.from({ length: 10_000 }, () => outcome(loud.provider.models.list()))
    expect(await outcome(quiet.provider.models.list())).toBe('answered')
    const outcomes = await Promise.all(flood)
    expect(outcomes.filter((end) => end === 'answered')).toHaveLength(20)
    expect(outcomes.filter((end) => end === 'rate_limited')).toHaveLength(9_980)
  })

  it('opens at most one window for 10,000 calls after one click', async () => {
    const background = await makeBackground()
    let windows = 0
    background.inference.onRun = ({ caller }) => {
      if (!caller.takeActivation()) throw new ChatError('needs-activation')
      windows++
      throw new ChatError('person-rejected')
    }
    const page = opened(openPage(background))
    page.click()
    const calls = Array.from({ length: 10_000 }, (_, index) => {
      // A burst each quarter of a second, as a page would that knows the limit.
      if (index % 5 === 0) background.clock.atMs += 1
      return outcome(page.provider.chat.completions.create(BODY))
    })
    await Promise.all(calls)
    expect(windows).toBe(1)
  })

  it('counts in a sliding window', () => {
    const clock = new ManualClock()
    const limit = createRateLimit({ calls: 2, windowMs: 1_000 }, clock)
    const allowed = [0, 500, 400, 200].map((waitMs) => {
      clock.atMs += waitMs
      return limit.allows('a')
    })
    expect(allowed).toEqual([true, true, false, true])
  })
})

describe('clicks and key presses', () => {
  it('are each good for one window, the oldest first', () => {
    const pool = createActivationPool(new ManualClock())
    pool.add([
      [1, 500],
      [2, 100],
    ])
    expect([pool.has(), pool.take(), pool.take(), pool.take(), pool.has()]).toEqual([true, 1, 2, null, false])
  })

  it('do not come back when the bridge names them again', () => {
    const pool = createActivationPool(new ManualClock())
    pool.add([[1, 0]])
    pool.take()
    pool.add([[1, 10]])
    expect(pool.take()).toBeNull()
  })

  it('are good for 60 s from when they were made', () => {
    const clock = new ManualClock()
    const pool = createActivationPool(clock)
    pool.add([[1, 50_000]])
    clock.atMs += 9_999
    expect(pool.has()).toBe(true)
    clock.atMs += 1
    expect([pool.has(), pool.take()]).toEqual([false, null])
  })
})
