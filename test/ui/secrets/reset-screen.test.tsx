// @vitest-environment happy-dom
import '../install-words.ts'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { AppProvider } from '../../../src/ui/app/app.tsx'
import { ChangePasswordScreen } from '../../../src/ui/secrets/change-password-screen.tsx'
import { ResetScreen } from '../../../src/ui/secrets/reset-screen.tsx'
import { createFakeClient } from '../fake-client.ts'
import { createFakeShell } from '../fake-shell.ts'
import { makeHome, makeWallet, NOW } from '../samples.ts'

afterEach(cleanup)

describe('resetting the wallet', () => {
  it('needs the word, typed exactly', async () => {
    const client = createFakeClient({
      'home.get': () => makeHome(),
      'wallet.reset': () => makeWallet({ kind: 'none' }),
    })
    const shell = createFakeShell()
    render(
      <AppProvider client={client} shell={shell} now={() => NOW}>
        <ResetScreen back="#/" />
      </AppProvider>,
    )
    const field = await screen.findByLabelText('Type RESET to go on')
    const press = () => fireEvent.click(screen.getByRole('button', { name: 'Delete the wallet' }))
    const resets = () => client.calls.filter(({ method }) => method === 'wallet.reset')
    for (const typed of ['', 'reset', 'RESE', 'RESET it']) {
      fireEvent.input(field, { target: { value: typed } })
      press()
    }
    expect(resets()).toEqual([])
    fireEvent.input(field, { target: { value: 'RESET' } })
    press()
    await waitFor(() => expect(shell.done).toEqual(['openPage onboarding.html']))
    expect(resets()).toEqual([{ method: 'wallet.reset', params: { confirmation: 'RESET' } }])
  })
  it('says how many payments are on hold', async () => {
    const client = createFakeClient({ 'home.get': () => makeHome({ livePayments: 2 }) })
    render(
      <AppProvider client={client} shell={createFakeShell()} now={() => NOW}>
        <ResetScreen back="#/" />
      </AppProvider>,
    )
    await screen.findByText(/2 payments are still on hold/)
  })
})

describe('changing the password', () => {
  function open(changed: boolean) {
    const client = createFakeClient({ 'wallet.changePassword': () => ({ changed }) })
    render(
      <AppProvider client={client} shell={createFakeShell()} now={() => NOW}>
        <ChangePasswordScreen back="#/settings" />
      </AppProvider>,
    )
    const write = (label: string, value: string) =>
      fireEvent.input(screen.getByLabelText(label), { target: { value } })
    const submit = (old: string, next: string, repeated: string) => {
      write('Password now', old)
      write('New password', next)
      write('Repeat the password', repeated)
      fireEvent.click(screen.getByRole('button', { name: 'Change the password' }))
    }
    /** The word lists are fetched at the first try; until then the button is busy. */
    const idle = () =>
      waitFor(
        () => {
          const button = screen.getByRole('button', { name: 'Change the password' })
          expect(button.getAttribute('aria-busy')).toBeNull()
        },
        { timeout: 20_000 },
      )
    return { client, submit, idle }
  }
  it('asks nothing where the two differ or the new one is weak', async () => {
    const { client, submit, idle } = open(true)
    submit('old password here', 'violet-harbour-stone-42', 'violet-harbour-stone-43')
    await screen.findByText('The two passwords differ.')
    await idle()
    submit('old password here', 'short', 'short')
    await screen.findByText('7 more characters needed.', {}, { timeout: 20_000 })
    expect(client.calls).toEqual([])
  })
  it('says a wrong old one', async () => {
    const { submit } = open(false)
    submit('not the old one', 'violet-harbour-stone-42', 'violet-harbour-stone-42')
    await screen.findByText('That is not the password.', {}, { timeout: 20_000 })
  })
  it('sends both sealed', async () => {
    const { client, submit } = open(true)
    submit('the old one', 'violet-harbour-stone-42', 'violet-harbour-stone-42')
    await waitFor(() => expect(client.calls).toHaveLength(1), { timeout: 20_000 })
    expect(client.calls[0]?.params).toMatchObject({
      oldPassword: { data: 'sealed:the old one' },
      newPassword: { data: 'sealed:violet-harbour-stone-42' },
    })
  })
})
