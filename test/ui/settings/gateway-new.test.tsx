// @vitest-environment happy-dom
import '../install-words.ts'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { BASE } from '../../../src/domain/network.ts'
import { UiError } from '../../../src/protocol/ui-client.ts'
import { AppProvider } from '../../../src/ui/app/app.tsx'
import { GatewayNewScreen } from '../../../src/ui/settings/gateway-new-screen.tsx'
import { createFakeClient, type FakeAnswers } from '../fake-client.ts'
import { createFakeShell } from '../fake-shell.ts'
import { makeGateways, makeSettings, NOW, PAYEE } from '../samples.ts'

afterEach(() => {
  cleanup()
  location.hash = ''
})

const OFFER = { network: BASE, currency: 'USDC', amount: '4424', payTo: PAYEE } as const

function open(answers: FakeAnswers = {}, { allowed = true, surface = 'page' as 'page' | 'popup' } = {}) {
  const client = createFakeClient({
    'gateways.probe': () => ({ offers: [OFFER], skipped: [], streams: null }),
    'gateways.save': () => makeGateways(),
    'gateways.list': () => makeGateways(),
    'settings.get': () => makeSettings(),
    ...answers,
  })
  const done: string[] = []
  const shell = createFakeShell({
    surface,
    requestHost: async (...urls) => {
      done.push(`request ${urls.join(' ')}`)
      return allowed
    },
    releaseHost: async (url) => void done.push(`release ${url}`),
    openPage: (path) => void done.push(`open ${path}`),
  })
  render(
    <AppProvider client={client} shell={shell} now={() => NOW}>
      <GatewayNewScreen back="#/settings/gateways" />
    </AppProvider>,
  )
  const called = (method: string) =>
    client.calls.filter((call) => call.method === method).map(({ params }) => params)
  return { called, done }
}

function look(url = 'https://llm.example.com/v1/chat/completions', model = 'llama-4'): void {
  fireEvent.input(screen.getByLabelText('Address'), { target: { value: url } })
  fireEvent.input(screen.getByLabelText('One of its models'), { target: { value: model } })
  fireEvent.click(screen.getByRole('button', { name: 'Look at its offer' }))
}

describe('adding a gateway', () => {
  it('asks for access to the host before anything is sent there', async () => {
    const { called, done } = open({}, { allowed: false })
    look()
    await screen.findByText('The browser was not allowed to reach this server')
    expect(done).toEqual(['request https://llm.example.com/v1'])
    expect(called('gateways.probe')).toEqual([])
  })
  it('shows the offer, then saves it under a name with its models', async () => {
    const { called } = open()
    look()
    await screen.findByText(PAYEE)
    fireEvent.input(screen.getByLabelText('Name'), { target: { value: 'Llamas' } })
    fireEvent.click(screen.getByRole('button', { name: 'Save the gateway' }))
    await waitFor(() => expect(location.hash).toBe('#/settings/gateways'))
    expect(called('gateways.probe')).toEqual([
      {
        kind: 'openai-compatible',
        baseUrl: 'https://llm.example.com/v1',
        model: 'llama-4',
        extraHeaders: {},
      },
    ])
    expect(called('gateways.save')).toEqual([
      {
        gateway: {
          kind: 'openai-compatible',
          name: 'Llamas',
          baseUrl: 'https://llm.example.com/v1',
          models: ['llama-4'],
          extraHeaders: {},
        },
      },
    ])
  })
  it('offers nothing to save where nothing can be paid', async () => {
    const skipped = [{ what: 'network', value: 'eip155:137' }] as const
    open({ 'gateways.probe': () => ({ offers: [], skipped, streams: null }) })
    look()
    await screen.findByText('This wallet cannot pay what the service asks for')
    expect(screen.getByRole('listitem', { hidden: true }).textContent).toBe(
      'Not a network of this wallet: eip155:137',
    )
    expect(screen.queryByRole('button', { name: 'Save the gateway' })).toBeNull()
  })
  it('says why there is no offer', async () => {
    open({
      'gateways.probe': () => {
        throw new UiError('offer-malformed', { status: '401' })
      },
    })
    look()
    await screen.findByText('The service did not ask to be paid (status 401)')
  })
  it('says that a service speaks an older version of x402', async () => {
    open({
      'gateways.probe': () => {
        throw new UiError('offer-version', { version: '1' })
      },
    })
    look()
    await screen.findByText('The gateway speaks another version of x402.')
    expect(screen.queryByRole('button', { name: 'Save the gateway' })).toBeNull()
  })
  it('asks for no access where the address cannot be right', async () => {
    const { done } = open()
    look('http://llm.example.com', '')
    await screen.findByText('The address must begin with https://.')
    await screen.findByText('Name at least one model.')
    expect(done).toEqual([])
  })
  it('gives the access back when it came to nothing', async () => {
    const { done } = open()
    look()
    await screen.findByText(PAYEE)
    cleanup()
    await waitFor(() => expect(done.at(-1)).toBe('release https://llm.example.com'))
  })
  it('keeps the access to a host that another gateway uses', async () => {
    const { done, called } = open()
    look('https://gateway.example.com/v2')
    await screen.findByText(PAYEE)
    cleanup()
    await waitFor(() => expect(called('settings.get')).toHaveLength(1))
    expect(done).toEqual(['request https://gateway.example.com/v2'])
  })
  it('goes on in a tab from the popup, which the question would close', async () => {
    const { done } = open({}, { surface: 'popup' })
    fireEvent.click(screen.getByRole('button', { name: 'Open in a tab' }))
    expect(done).toEqual(['open popup.html#/settings/gateways/new'])
  })
})
