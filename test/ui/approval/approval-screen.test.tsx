// @vitest-environment happy-dom
import '../install-words.ts'
import { act, cleanup, render, screen } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { UiParams } from '../../../src/protocol/ui-protocol.ts'
import type { ApprovalView } from '../../../src/protocol/ui-views.ts'
import { AppProvider } from '../../../src/ui/app/app.tsx'
import { ApprovalScreen } from '../../../src/ui/approval/approval-screen.tsx'
import { createFakeClient, type FakeClient } from '../fake-client.ts'
import { createFakeShell, type FakeShell } from '../fake-shell.ts'
import { DAY, makeApproval, makeBudget, NOW } from '../samples.ts'
import { trusted } from '../trusted.ts'

let focused = true
let view: ApprovalView | null
let readyInMs: number
let accepts: boolean
let client: FakeClient
let shell: FakeShell

beforeEach(() => {
  vi.useFakeTimers({ now: NOW })
  focused = true
  view = makeApproval()
  readyInMs = 1000
  accepts = true
  vi.spyOn(document, 'hasFocus').mockImplementation(() => focused)
})

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

async function open(): Promise<void> {
  client = createFakeClient({
    'approval.current': () => view,
    'approval.closeEmpty': () => ({}),
    'approval.shown': () => ({ readyInMs }),
    'approval.decide': () => {
      if (!accepts) return { accepted: false }
      view = null
      return { accepted: true }
    },
    'wallet.unlock': () => {
      view = makeApproval({ digest: 'd2' })
      return { kind: 'unlocked', untilMs: NOW }
    },
  })
  shell = createFakeShell()
  render(
    <AppProvider client={client} shell={shell}>
      <ApprovalScreen />
    </AppProvider>,
  )
  await pass(0)
}

async function pass(ms: number): Promise<void> {
  await act(async () => void (await vi.advanceTimersByTimeAsync(ms)))
}

function button(name: string | RegExp): HTMLElement {
  return screen.getByRole('button', { name })
}

function press(element: HTMLElement): void {
  element.dispatchEvent(trusted(new Event('pointerdown', { bubbles: true })))
}

async function click(element: HTMLElement, detail = 1): Promise<void> {
  await act(async () => {
    press(element)
    element.dispatchEvent(trusted(new MouseEvent('click', { bubbles: true, cancelable: true, detail })))
    element.dispatchEvent(trusted(new Event('pointerup', { bubbles: true })))
  })
  await pass(1)
}

function closings(): number {
  return client.calls.filter(({ method }) => method === 'approval.closeEmpty').length
}

function decisions(): readonly UiParams<'approval.decide'>['choice'][] {
  return client.calls.flatMap(({ method, params }) => {
    if (method !== 'approval.decide') return []
    return [(params as UiParams<'approval.decide'>).choice]
  })
}

describe('approving once', () => {
  it('passes on the digest that was shown', async () => {
    await open()
    await pass(1300)
    await click(button('Approve once'))
    const sent = client.calls.find(({ method }) => method === 'approval.decide')
    expect(sent?.params).toEqual({ id: 'approval-1', digest: 'd1', choice: { kind: 'once' } })
  })
  it('does nothing in the first second', async () => {
    await open()
    await pass(800)
    await click(button('Approve once'))
    expect(button('Approve once').getAttribute('aria-disabled')).toBe('true')
    expect(decisions()).toEqual([])
  })
  it('waits for the second that the background counts', async () => {
    readyInMs = 5000
    await open()
    await pass(2000)
    await click(button('Approve once'))
    expect(decisions()).toEqual([])
    await pass(4000)
    await click(button('Approve once'))
    expect(decisions()).toEqual([{ kind: 'once' }])
  })
  it('does nothing without the focus', async () => {
    await open()
    await pass(1500)
    focused = false
    await click(button('Approve once'))
    expect(decisions()).toEqual([])
  })
  it('starts the second anew after the focus was away', async () => {
    await open()
    await pass(1500)
    await act(async () => void window.dispatchEvent(new Event('blur')))
    await pass(500)
    await click(button('Approve once'))
    expect(decisions()).toEqual([])
    await pass(1300)
    await click(button('Approve once'))
    expect(decisions()).toEqual([{ kind: 'once' }])
  })
  it('starts the second anew when the window was moved', async () => {
    await open()
    await pass(1500)
    vi.spyOn(window, 'screenX', 'get').mockReturnValue(40)
    await click(button('Approve once'))
    expect(decisions()).toEqual([])
  })
  it('starts the second anew when the price changed', async () => {
    await open()
    await pass(1500)
    view = makeApproval({ digest: 'd2', request: { ...(view?.request ?? never()), max: '9474' } })
    client.emit({ topic: 'approval' })
    await pass(400)
    await click(button('Approve once'))
    expect(decisions()).toEqual([])
    expect(screen.getByRole('alert').textContent).toContain('The price changed')
  })
  it('does not take a click that a script made', async () => {
    await open()
    await pass(1500)
    await act(async () => button('Approve once').click())
    expect(decisions()).toEqual([])
  })
  it('does not take a press that began too early', async () => {
    await open()
    await pass(900)
    await act(async () => press(button('Approve once')))
    await pass(600)
    await act(async () => {
      button('Approve once').dispatchEvent(trusted(new MouseEvent('click', { bubbles: true, detail: 1 })))
    })
    expect(decisions()).toEqual([])
  })
  it('does not take the second click of a double click', async () => {
    await open()
    await pass(1500)
    await click(button('Approve once'), 2)
    expect(decisions()).toEqual([])
  })
  it('stops Enter that is held down', async () => {
    await open()
    await pass(1500)
    const held = trusted(
      new KeyboardEvent('keydown', { key: 'Enter', repeat: true, bubbles: true, cancelable: true }),
    )
    button('Approve once').dispatchEvent(held)
    expect(held.defaultPrevented).toBe(true)
  })
})

describe('saying no', () => {
  it('has the focus on Reject from the start', async () => {
    await open()
    expect(document.activeElement).toBe(button('Reject'))
  })
  it('works at once', async () => {
    await open()
    await click(button('Reject'))
    expect(decisions()).toEqual([{ kind: 'reject' }])
  })
  it('works by Escape', async () => {
    await open()
    await act(
      async () =>
        void document.dispatchEvent(trusted(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))),
    )
    expect(decisions()).toEqual([{ kind: 'reject' }])
  })
  it('can block the site', async () => {
    await open()
    await click(button('Block this site'))
    expect(decisions()).toEqual([{ kind: 'block' }])
  })
})

describe('a question of the side panel', () => {
  it('speaks of no site, and has none to block', async () => {
    view = makeApproval({ principal: 'panel', reasons: ['over-remaining'], current: makeBudget() })
    await open()
    expect(screen.getByText("The side panel's budget")).toBeTruthy()
    expect(document.body.textContent).not.toMatch(/\bsite\b/i)
  })
})

describe('approving with a budget', () => {
  it('passes on the preset that was chosen', async () => {
    await open()
    await pass(1500)
    await click(button('Approve with a budget of $0.50 a day'))
    expect(decisions()).toEqual([
      {
        kind: 'budget',
        mode: 'auto',
        budget: {
          currency: 'USDC',
          cap: '500000',
          period: 'day',
          maxPerRequest: '50000',
          models: 'all',
          expiresAtMs: null,
        },
      },
    ])
  })
  it('offers what a site asks for as the largest choice', async () => {
    const asked = {
      currency: 'USDC',
      cap: '1000000',
      period: 'day',
      maxPerRequest: null,
      models: 'all',
      expiresAtMs: null,
    } as const
    view = makeApproval({ kind: 'budget', request: null, asked })
    await open()
    expect(screen.queryByRole('button', { name: 'Approve once' })).toBeNull()
    await pass(1500)
    await click(button('Approve with a budget of $1.00 a day'))
    expect(decisions()).toMatchObject([
      { kind: 'budget', budget: { cap: '1000000', maxPerRequest: '50000' } },
    ])
  })
})

describe('a look again', () => {
  const again = async (state: ApprovalView['state']) => {
    view = makeApproval({ state, digest: `of ${state}` })
    client.emit({ topic: 'approval' })
    await pass(400)
  }
  it('leaves the focus where the person put it', async () => {
    await open()
    button('Block this site').focus()
    await again('quoting')
    await again('ready')
    expect(document.activeElement).toBe(button('Block this site'))
  })
  it('takes the focus back to Reject where its place is gone', async () => {
    view = makeApproval({ state: 'locked' })
    await open()
    screen.getByLabelText('Password').focus()
    await again('ready')
    expect(document.activeElement).toBe(button('Reject'))
  })
  it('keeps the price on screen, and says that it is asked for', async () => {
    await open()
    await again('quoting')
    expect(screen.getByText('Asking for the price again…')).toBeTruthy()
    expect(screen.getAllByText('$0.0045', { exact: false }).length).toBeGreaterThan(0)
    await pass(3000)
    await click(button('Approve once'))
    expect(decisions()).toEqual([])
  })
})

describe('what is read out', () => {
  const regionOf = (text: string) => screen.getAllByText(text, { exact: false })[0]?.closest('[aria-live]')

  it('is the price, in the region that stood there before it', async () => {
    view = makeApproval({ state: 'quoting', request: null, today: null })
    await open()
    const region = regionOf('Asking for the price…')
    expect(region?.getAttribute('aria-live')).toBe('polite')
    view = makeApproval({ digest: 'd2' })
    client.emit({ topic: 'approval' })
    await pass(400)
    expect(region?.isConnected).toBe(true)
    expect(region?.textContent).toContain('At most $0.0045')
  })
  it('is how the answer went', async () => {
    accepts = false
    await open()
    const region = regionOf('Approving works after a second')
    await pass(1500)
    expect(region?.textContent).toBe('Nothing is paid before you approve.')
    await click(button('Approve once'))
    await pass(400)
    expect(region?.textContent).toBe('This changed meanwhile. Look again, then decide.')
    expect(region?.getAttribute('aria-live')).toBe('polite')
  })
})

describe('the time that the question stands', () => {
  it.each(['no-wallet', 'insufficient-funds', 'currency-off', 'allowance-missing'] as const)(
    'is not counted while it stands still: %s',
    async (state) => {
      view = makeApproval({ state })
      await open()
      expect(screen.queryByRole('timer')).toBeNull()
    },
  )
  it('is counted otherwise', async () => {
    await open()
    expect(screen.getByRole('timer').textContent).toContain('1:45')
  })
})

describe('before it may be approved', () => {
  it.each([
    'quoting',
    'offer',
    'locked',
    'no-wallet',
    'insufficient-funds',
    'currency-off',
    'allowance-missing',
    'offline',
    'failed',
  ] as const)('stays off while %s, however long', async (state) => {
    view = makeApproval({ state })
    await open()
    await pass(3000)
    await click(button('Approve once'))
    expect(decisions()).toEqual([])
  })
  it('unlocks in the same window, and counts the second from then on', async () => {
    view = makeApproval({ state: 'locked' })
    await open()
    await pass(1500)
    const field = screen.getByLabelText<HTMLInputElement>('Password')
    await act(async () => {
      field.value = 'correct horse battery'
      field.dispatchEvent(new Event('input', { bubbles: true }))
    })
    await click(button('Unlock'))
    await pass(100)
    expect(client.calls).toContainEqual({
      method: 'wallet.unlock',
      params: { password: { publicKey: 'key', iv: 'iv', data: 'sealed:correct horse battery' } },
    })
    await click(button('Approve once'))
    expect(decisions()).toEqual([])
    await pass(1500)
    await click(button('Approve once'))
    expect(decisions()).toEqual([{ kind: 'once' }])
  })
})

describe('the window', () => {
  it('closes when nothing waits, but not before a question that is asked anew could come', async () => {
    view = null
    await open()
    await pass(1_500)
    expect(closings()).toBe(0)
    await pass(1_000)
    expect(closings()).toBe(1)
  })
  it('is never closed by itself: the background would take that for a no', async () => {
    view = null
    await open()
    await pass(10_000)
    expect(shell.done).not.toContain('closeWindow')
  })
  it('that is asked anew in time is left open', async () => {
    view = null
    await open()
    await pass(1_500)
    view = makeApproval()
    client.emit({ topic: 'approval' })
    await pass(400)
    await pass(5_000)
    expect(closings()).toBe(0)
  })
  it('shows the domain that answers for the site, and the exact amount to screen readers', async () => {
    await open()
    expect(screen.getByRole('heading', { level: 1 }).querySelector('strong')?.textContent).toBe('example.com')
    expect(document.body.textContent).toContain('$0.0045, exactly $0.004474')
  })
  it('shows the words of a site without control and direction marks, at most 120 characters', async () => {
    view = makeApproval({ siteWords: `\u202eevil\u0000 ${'x'.repeat(200)}` })
    await open()
    const words = document.querySelector('blockquote')?.textContent ?? ''
    expect(words.startsWith('evil x')).toBe(true)
    expect([...words]).toHaveLength(120)
  })
})

function never(): never {
  throw new Error('The sample has a request')
}

describe('a site that has a budget', () => {
  const current = makeBudget({ models: ['ambient/large'], expiresAtMs: NOW + DAY, maxPerRequest: '1000' })

  it('is shown with what a yes changes, and keeps asking each time where it did', async () => {
    view = makeApproval({ current, asksEach: true })
    await open()
    await pass(1300)
    const changes = screen.getByRole('region', { name: 'What changes' }).textContent
    expect(changes).toContain('At most per request$0.001 → $0.004474')
    for (const name of ['Models', 'Ends', 'Ask me']) expect(changes).not.toContain(name)
    await click(button(/^Approve with a budget/))
    expect(decisions()).toMatchObject([
      { kind: 'budget', mode: 'ask', budget: { models: ['ambient/large'], expiresAtMs: NOW + DAY } },
    ])
  })

  it('that asks for more is shown with what it has, term by term, before its own words', async () => {
    const asked = {
      currency: 'USDC',
      cap: '1000000',
      period: 'week',
      maxPerRequest: '20000',
      models: 'all',
      expiresAtMs: NOW + DAY,
    } as const
    view = makeApproval({ kind: 'budget', request: null, asked, current })
    await open()
    expect(screen.getByText('Now it has $0.50 a day.')).toBeTruthy()
    const facts = screen.getByRole('region', { name: 'What is paid' }).textContent
    expect(facts).toContain('At most per request$0.001 → $0.02')
    expect(facts).toContain('Modelsambient/large → All')
    expect(facts).toMatch(/Ends[^→]*$/)
  })

  it('reads what is left after the request, where it counts against the budget', async () => {
    view = makeApproval({ current: makeBudget({ remaining: '100000' }) })
    await open()
    expect(screen.getByText(/left after this/).textContent).toContain('0.0955')
    view = makeApproval({ digest: 'd2', current, reasons: ['over-per-request'] })
    client.emit({ topic: 'approval' })
    await pass(500)
    expect(screen.queryByText(/left after this/)).toBeNull()
  })
})

describe('the next question', () => {
  it('does not inherit that the one before was refused', async () => {
    await open()
    await pass(1300)
    accepts = false
    await click(button('Approve once'))
    expect(screen.getByText(/This changed meanwhile/)).toBeTruthy()
    view = makeApproval({ id: 'approval-2', digest: 'd9' })
    client.emit({ topic: 'approval' })
    await pass(500)
    expect(screen.queryByText(/This changed meanwhile/)).toBeNull()
  })

  it('does not inherit that each request is to ask, nor does a preset', async () => {
    const asksEach = () => screen.getByRole('switch', { name: /Ask me before each request/ })
    await open()
    await click(screen.getByRole('radio', { name: 'Custom' }))
    await click(asksEach())
    expect(asksEach().getAttribute('aria-checked')).toBe('true')
    view = makeApproval({ id: 'approval-2', digest: 'd9' })
    client.emit({ topic: 'approval' })
    await pass(500)
    await click(screen.getByRole('radio', { name: 'Custom' }))
    expect(asksEach().getAttribute('aria-checked')).toBe('false')
    await click(asksEach())
    await click(screen.getByRole('radio', { name: '$0.50' }))
    await pass(4000)
    await click(button(/^Approve with a budget/))
    expect(decisions()).toMatchObject([{ kind: 'budget', mode: 'auto' }])
  })
})

describe('a currency that is off', () => {
  it.each([
    ['OPG', 'OPG', 'Enable OPG', 'popup.html#/opg'],
    ['tOPG', 'Test OPG', 'Enable OPG', 'popup.html#/opg'],
    ['USDC', 'US dollars (USDC)', 'Open your limits', 'popup.html#/settings/limits'],
  ] as const)('%s: is switched on where it can be', async (currency, name, label, href) => {
    const { request } = makeApproval()
    view = makeApproval({ state: 'currency-off', request: request && { ...request, currency } })
    await open()
    expect(screen.getByText(`Payments in ${name} are off`)).toBeTruthy()
    expect(screen.getByRole('link', { name: label }).getAttribute('href')).toBe(href)
  })
})
