// @vitest-environment happy-dom
import '../install-words.ts'
import { cleanup, fireEvent, render, screen } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { UiError } from '../../../src/protocol/ui-client.ts'
import type { DailyView } from '../../../src/protocol/ui-views.ts'
import { AppProvider } from '../../../src/ui/app/app.tsx'
import { ByName } from '../../../src/ui/insights/by-name.tsx'
import { createFakeClient, type FakeAnswers } from '../fake-client.ts'
import { createFakeShell } from '../fake-shell.ts'
import { NOW } from '../samples.ts'

afterEach(cleanup)

function spent(name: string): readonly DailyView[] {
  return [{ name, dayStartMs: NOW, currency: 'USDC', settled: '4424', live: '0', count: 1 }]
}

function open(daily: NonNullable<FakeAnswers['insights.daily']>) {
  const client = createFakeClient({ 'insights.daily': daily, 'gateways.list': () => [] })
  render(
    <AppProvider client={client} shell={createFakeShell()} now={() => NOW}>
      <ByName currency="USDC" />
    </AppProvider>,
  )
}

describe('spending by name', () => {
  it('never shows sites as models while the models are being read', async () => {
    open(({ by }) =>
      by === 'principal' ? spent('https://reader.example.com') : new Promise(() => undefined),
    )
    await screen.findByText('example.com')
    fireEvent.click(screen.getByRole('radio', { name: 'Model' }))
    expect(screen.queryByText('example.com')).toBeNull()
    screen.getByText('Loading…')
  })
  it('says that it could not be read, and reads again', async () => {
    let broken = true
    open(() => (broken ? Promise.reject(new UiError('ledger-failed')) : spent('https://reader.example.com')))
    const again = await screen.findByRole('button', { name: 'Try again' })
    broken = false
    fireEvent.click(again)
    expect((await screen.findByText('example.com')).textContent).toBe('example.com')
  })
})
