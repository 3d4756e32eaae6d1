// @vitest-environment happy-dom
import '../install-words.ts'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { BASE } from '../../../src/domain/network.ts'
import type { Settings } from '../../../src/protocol/settings.ts'
import { AppProvider } from '../../../src/ui/app/app.tsx'
import { RpcScreen } from '../../../src/ui/settings/rpc-screen.tsx'
import { createFakeClient } from '../fake-client.ts'
import { createFakeShell } from '../fake-shell.ts'
import { makeGateways, makeSettings, NOW } from '../samples.ts'

afterEach(cleanup)

const OWN = 'https://base.example.com/key'

async function open(settings: Settings, allowed = true) {
  let stored = settings
  const done: string[] = []
  const client = createFakeClient({
    'settings.get': () => stored,
    'gateways.list': () => makeGateways(),
    'settings.set': (params) => {
      stored = params.settings
      return stored
    },
    'rpc.test': ({ url }) =>
      url.includes('sepolia')
        ? { ok: false, milliseconds: 20, detail: 'another chain' }
        : { ok: true, milliseconds: 120.4, detail: 'ok' },
  })
  const shell = createFakeShell({
    surface: 'page',
    requestHost: async (...urls) => {
      done.push(`request ${urls.length}`)
      return allowed
    },
    releaseHost: async (url) => void done.push(`release ${url}`),
  })
  render(
    <AppProvider client={client} shell={shell} now={() => NOW}>
      <RpcScreen back="#/settings" />
    </AppProvider>,
  )
  const base = within(await screen.findByRole('region', { name: 'Base' }))
  const save = () => fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  return { base, save, done, stored: () => stored, client }
}

describe('chain servers', () => {
  it('are kept for the network that was changed, after the host was allowed', async () => {
    const { base, save, done, stored } = await open(makeSettings())
    fireEvent.input(base.getByLabelText('First server'), { target: { value: OWN } })
    save()
    await waitFor(() => expect(stored().rpc).toEqual({ [BASE]: [OWN, 'https://base-rpc.publicnode.com'] }))
    expect(done).toEqual(['request 7'])
  })
  it('stay as they are where the host was refused', async () => {
    const { base, save, stored } = await open(makeSettings(), false)
    fireEvent.input(base.getByLabelText('First server'), { target: { value: OWN } })
    save()
    await screen.findByText('The browser was not allowed to reach this server')
    expect(stored().rpc).toBeNull()
  })
  it('are tested for the right chain, and say how fast they are', async () => {
    const { base } = await open(makeSettings())
    const [test] = base.getAllByRole('button', { name: 'Test' })
    if (!test) throw new Error('No button')
    fireEvent.click(test)
    await base.findByText('Answers in 120 ms')
    fireEvent.input(base.getByLabelText('First server'), { target: { value: 'https://sepolia.base.org' } })
    fireEvent.click(test)
    await base.findByText('This server is for another chain.')
  })
  it('go back to what ships, and give the host back', async () => {
    const { done, stored } = await open(makeSettings({ rpc: { [BASE]: [OWN] } }))
    fireEvent.click(screen.getByRole('button', { name: 'Back to the shipped servers' }))
    await waitFor(() => expect(stored().rpc).toBeNull())
    await waitFor(() => expect(done).toEqual(['release https://base.example.com']))
  })
  it('give a host back that was only tested', async () => {
    const { base, done } = await open(makeSettings())
    fireEvent.input(base.getByLabelText('First server'), { target: { value: OWN } })
    const [test] = base.getAllByRole('button', { name: 'Test' })
    if (!test) throw new Error('No button')
    fireEvent.click(test)
    await base.findByText('Answers in 120 ms')
    cleanup()
    await waitFor(() => expect(done.at(-1)).toBe('release https://base.example.com'))
  })
})
