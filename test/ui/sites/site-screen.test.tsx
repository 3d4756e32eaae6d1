// @vitest-environment happy-dom
import '../install-words.ts'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { UiError } from '../../../src/protocol/ui-client.ts'
import type { SiteView } from '../../../src/protocol/ui-views.ts'
import { AppProvider } from '../../../src/ui/app/app.tsx'
import { SiteScreen } from '../../../src/ui/sites/site-screen.tsx'
import { createFakeClient, type FakeAnswers } from '../fake-client.ts'
import { createFakeShell } from '../fake-shell.ts'
import { makeGuards, makeSettings, makeSite, NOW } from '../samples.ts'

const READER = 'https://reader.example.com'

afterEach(cleanup)

function open(site: SiteView | null, answers: FakeAnswers = {}) {
  const client = createFakeClient({
    'sites.get': () => site,
    'settings.get': () => makeSettings(),
    'limits.get': () => makeGuards(),
    ...answers,
  })
  render(
    <AppProvider client={client} shell={createFakeShell()} now={() => NOW}>
      <SiteScreen principal={READER} />
    </AppProvider>,
  )
  return (method: string) => client.calls.filter((call) => call.method === method).map(({ params }) => params)
}

describe('one site', () => {
  it.each([
    ['Pause this site', 'paused'],
    ['Block it', 'blocked'],
  ])('can be stopped before anything was decided about it: %s', async (name, mode) => {
    const called = open(null, { 'sites.setMode': () => [makeSite()] })
    fireEvent.click(await screen.findByRole('button', { name }))
    await waitFor(() => expect(called('sites.setMode')).toEqual([{ principals: [READER], mode }]))
  })
  it('keeps an edited budget in sight where it could not be saved, and saves it again', async () => {
    let broken = true
    const called = open(makeSite(), {
      'sites.putBudget': () => (broken ? Promise.reject(new UiError('ledger-failed')) : makeSite()),
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Edit' }))
    fireEvent.input(screen.getByRole('textbox', { name: /^Budget/ }), { target: { value: '0.25' } })
    fireEvent.click(screen.getByRole('button', { name: 'Save' }))
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toMatch(/The books could not be written or read/)
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: /^Budget/ }).value).toBe('0.25')
    broken = false
    fireEvent.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    // The live region of short results, which readers say when they are idle.
    expect(document.querySelector('.toasts[role="status"]')?.textContent).toBe('Saved')
    expect(called('sites.putBudget')).toMatchObject([
      { budget: { cap: '250000' } },
      { budget: { cap: '250000' } },
    ])
  })
  it('reads again what could not be read', async () => {
    let broken = true
    open(makeSite(), {
      'settings.get': () => (broken ? Promise.reject(new UiError('unexpected')) : makeSettings()),
    })
    const again = await screen.findByRole('button', { name: 'Try again' })
    broken = false
    fireEvent.click(again)
    await screen.findByRole('button', { name: 'Edit' })
  })
})
