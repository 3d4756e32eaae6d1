// @vitest-environment happy-dom
import '../install-words.ts'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { AppProvider } from '../../../src/ui/app/app.tsx'
import { LimitsScreen } from '../../../src/ui/settings/limits-screen.tsx'
import { createFakeClient } from '../fake-client.ts'
import { createFakeShell } from '../fake-shell.ts'
import { makeGuards, NOW } from '../samples.ts'

afterEach(cleanup)

/** A background that knows the password `right`. */
async function open() {
  const client = createFakeClient({
    'limits.get': () => makeGuards(),
    'limits.set': ({ password }) =>
      password === null || password.data === 'sealed:right' ? makeGuards() : { needsPassword: true },
  })
  render(
    <AppProvider client={client} shell={createFakeShell()} now={() => NOW}>
      <LimitsScreen back="#/settings" />
    </AppProvider>,
  )
  const [perDay] = await screen.findAllByLabelText('At most a day (USD)')
  if (!perDay) throw new Error('No field')
  const write = (value: string) => {
    fireEvent.input(perDay, { target: { value } })
    fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  }
  const sets = () => client.calls.filter(({ method }) => method === 'limits.set').map(({ params }) => params)
  return { write, sets }
}

describe('limits', () => {
  it('are lowered at once, without a password', async () => {
    const { write, sets } = await open()
    write('4')
    await waitFor(() => expect(sets()).toHaveLength(1))
    expect(sets()[0]).toMatchObject({ password: null, limits: { USDC: { perDay: '4000000' } } })
  })
  it('are raised only after the password, which is asked for in a dialog', async () => {
    const { write, sets } = await open()
    write('6')
    const dialog = await screen.findByRole('dialog', { name: 'Raise your limits' })
    expect(sets()).toEqual([])
    fireEvent.input(screen.getByLabelText('Password'), { target: { value: 'nope' } })
    fireEvent.click(screen.getByRole('button', { name: 'Raise' }))
    await screen.findByText('That is not the password.')
    fireEvent.input(screen.getByLabelText('Password'), { target: { value: 'right' } })
    fireEvent.click(screen.getByRole('button', { name: 'Raise' }))
    await waitFor(() => expect(dialog.isConnected).toBe(false))
    expect(sets().at(-1)).toMatchObject({
      password: { data: 'sealed:right' },
      limits: { USDC: { perDay: '6000000' } },
    })
  })
  it('are not set where a figure cannot be read', async () => {
    const { write, sets } = await open()
    write('lots')
    await screen.findByText(/Digits and one decimal point/)
    expect(sets()).toEqual([])
  })
})
