// @vitest-environment happy-dom
import '../install-words.ts'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { AppProvider } from '../../../src/ui/app/app.tsx'
import { RevealSecret } from '../../../src/ui/wallet/reveal-secret.tsx'
import { createFakeClient } from '../fake-client.ts'
import { createFakeShell } from '../fake-shell.ts'
import { NOW } from '../samples.ts'

afterEach(() => {
  vi.useRealTimers()
  cleanup()
})

async function show() {
  const client = createFakeClient({}, async () => 'abandon ability able')
  render(
    <AppProvider client={client} shell={createFakeShell()} now={() => NOW}>
      <RevealSecret what="phrase" />
      <button type="button">Elsewhere</button>
    </AppProvider>,
  )
  fireEvent.input(screen.getByLabelText('Password'), { target: { value: 'right' } })
  const button = screen.getByRole('button', { name: 'Show the words' })
  button.focus()
  fireEvent.click(button)
  return screen.findByRole('region', { name: 'Recovery words' })
}

describe('a secret on screen', () => {
  it('has the focus when it appears, and gives it to the password when it is hidden: it once was nowhere', async () => {
    const shown = await show()
    await waitFor(() => expect(document.activeElement).toBe(shown))
    const hide = screen.getByRole('button', { name: 'Hide' })
    hide.focus()
    fireEvent.click(hide)
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Password')))
  })

  it('takes no focus from where the person is when its time is over', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
    await show()
    const elsewhere = screen.getByRole('button', { name: 'Elsewhere' })
    elsewhere.focus()
    vi.advanceTimersByTime(61_000)
    await screen.findByLabelText('Password')
    expect(document.activeElement).toBe(elsewhere)
  })
})
