// @vitest-environment happy-dom
import '../install-words.ts'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { UiError } from '../../../src/protocol/ui-client.ts'
import type { BackupSummary } from '../../../src/protocol/ui-views.ts'
import { AppProvider } from '../../../src/ui/app/app.tsx'
import { ExportScreen } from '../../../src/ui/backup/export-screen.tsx'
import { Restore } from '../../../src/ui/backup/restore.tsx'
import { createFakeClient, type FakeAnswers } from '../fake-client.ts'
import { createFakeShell } from '../fake-shell.ts'
import { EVM, makeWallet, NOW, SOLANA_ADDRESS } from '../samples.ts'

afterEach(cleanup)

const NONE = { payments: 0, requests: 0, transfers: 0, grants: 0 }

function makeSummary(part: Partial<BackupSummary> = {}): BackupSummary {
  return {
    ...{
      createdAtMs: NOW,
      evm: EVM,
      solana: SOLANA_ADDRESS,
      wallet: 'same',
      ...NONE,
      books: 'inside',
      gateways: 0,
      settings: 'same',
      servers: [],
      adds: NONE,
    },
    ...part,
  }
}

function open(
  wallet: BackupSummary['wallet'],
  answers: FakeAnswers = {},
  shell: Parameters<typeof createFakeShell>[0] = {},
) {
  const client = createFakeClient({
    'backup.put': () => ({ id: 'in' }),
    'backup.inspect': () => makeSummary({ wallet }),
    'backup.restore': () => makeSummary({ wallet }),
    ...answers,
  })
  render(
    <AppProvider client={client} shell={createFakeShell(shell)} now={() => NOW}>
      <Restore />
    </AppProvider>,
  )
  const restores = () =>
    client.calls.filter(({ method }) => method === 'backup.restore').map(({ params }) => params)
  return { client, restores }
}

function lookInside(passphrase = 'violet-harbour-stone-42'): void {
  const file = new File([Uint8Array.of(0x58, 0x34, 0x43, 0x42)], 'a.x402backup')
  fireEvent.change(screen.getByLabelText('Backup file'), { target: { files: [file] } })
  fireEvent.input(screen.getByLabelText('Passphrase of the file'), { target: { value: passphrase } })
  fireEvent.click(screen.getByRole('button', { name: 'Look inside' }))
}

describe('restoring', () => {
  it('shows what is inside before anything is changed', async () => {
    const { client, restores } = open('same')
    lookInside()
    await screen.findByText('The one that is here')
    expect(restores()).toEqual([])
    expect(client.calls.map(({ params }) => params)).toMatchObject([
      { id: null, part: 'WDRDQg==' },
      { file: 'in', passphrase: { data: 'sealed:violet-harbour-stone-42' } },
    ])
  })
  it('says that spending power does not come back', async () => {
    open('same')
    lookInside()
    await screen.findByText('Spending power does not come back')
  })
  it('never replaces the same wallet or none', async () => {
    const { restores } = open('none-here')
    lookInside()
    fireEvent.click(await screen.findByRole('button', { name: 'Restore' }))
    await screen.findByText('Restored')
    expect(restores()).toMatchObject([{ replaceWallet: false }])
  })
  it('replaces another wallet only after an explicit choice', async () => {
    const { restores } = open('other')
    lookInside()
    const button = await screen.findByRole('button', { name: 'Replace the wallet and restore' })
    fireEvent.click(button)
    expect(restores()).toEqual([])
    fireEvent.click(screen.getByLabelText('Replace the wallet that is here'))
    await waitFor(() => expect(button.getAttribute('aria-disabled')).toBeNull())
    fireEvent.click(button)
    await waitFor(() => expect(restores()).toMatchObject([{ replaceWallet: true }]))
  })
  it.each([true, false])(
    'names foreign servers, and takes them in only when asked and allowed (%s)',
    async (allowed) => {
      const servers = ['https://gateway.example/v1', 'https://rpc.example']
      const asked: (readonly string[])[] = []
      const { restores } = open(
        'same',
        { 'backup.inspect': () => makeSummary({ servers, settings: 'other' }) },
        {
          requestHost: async (...urls) => {
            asked.push(urls)
            return allowed
          },
        },
      )
      lookInside()
      fireEvent.click(await screen.findByRole('radio', { name: /^Take those of the file/ }))
      await screen.findByText('https://rpc.example')
      screen.getByText('Others than here')
      fireEvent.click(screen.getByLabelText('Also use these servers'))
      fireEvent.click(screen.getByRole('button', { name: 'Restore' }))
      await screen.findByText(allowed ? 'Restored' : /gives no access to these servers/)
      expect(asked).toEqual([servers])
      expect(restores()).toMatchObject(allowed ? [{ servers: true }] : [])
    },
  )
  it('leaves foreign servers out otherwise, and asks for no access', async () => {
    const { restores } = open(
      'same',
      { 'backup.inspect': () => makeSummary({ servers: ['https://rpc.example'] }) },
      { requestHost: () => Promise.reject(new Error('asked')) },
    )
    lookInside()
    fireEvent.click(await screen.findByRole('button', { name: 'Restore' }))
    await screen.findByText('Restored')
    expect(restores()).toMatchObject([{ servers: false, replaceWallet: false, settings: 'here' }])
  })
  it.each([
    ['same', 'here'],
    ['none-inside', 'here'],
    ['none-here', 'file'],
  ] as const)('leaves to the person whose settings hold (wallet %s: first %s)', async (wallet, first) => {
    const other = first === 'here' ? 'file' : 'here'
    for (const wanted of [first, other]) {
      const { restores } = open(wallet, {
        'backup.inspect': () => makeSummary({ wallet, settings: 'other' }),
      })
      lookInside()
      const name = wanted === 'file' ? /^Take those of the file/ : /^Keep those of this browser/
      const radio = await screen.findByRole<HTMLInputElement>('radio', { name })
      expect(radio.checked).toBe(wanted === first)
      fireEvent.click(radio)
      fireEvent.click(await screen.findByRole('button', { name: 'Restore' }))
      await screen.findByRole('link', { name: 'Go to Home' })
      expect(restores()).toMatchObject([{ settings: wanted, servers: false }])
      cleanup()
    }
  })
  it('takes no server in that was chosen before the settings of this browser were', async () => {
    const { restores } = open('same', {
      'backup.inspect': () => makeSummary({ servers: ['https://rpc.example'], settings: 'other' }),
    })
    lookInside()
    fireEvent.click(await screen.findByRole('radio', { name: /^Take those of the file/ }))
    fireEvent.click(screen.getByLabelText('Also use these servers'))
    fireEvent.click(screen.getByRole('radio', { name: /^Keep those of this browser/ }))
    fireEvent.click(screen.getByRole('button', { name: 'Restore' }))
    await screen.findByText('Restored')
    expect(restores()).toMatchObject([{ servers: false, settings: 'here' }])
  })
  it('asks nothing where nothing differs', async () => {
    open('same')
    lookInside()
    await screen.findByRole('button', { name: 'Restore' })
    expect(screen.queryByRole('radio')).toBeNull()
  })
  it.each([
    ['same', /stays as it was/],
    ['none-here', /is locked until/],
    ['none-inside', /no wallet in the file/],
  ] as const)(
    'says how the wallet stands afterwards: it once was locked in any case (%s)',
    async (wallet, words) => {
      open(wallet, {
        'backup.restore': () => makeSummary({ wallet, grants: 2, adds: { ...NONE, grants: 2 } }),
      })
      lookInside()
      fireEvent.click(await screen.findByRole('button', { name: 'Restore' }))
      await screen.findByText(words)
      screen.getByText(/Sites from the backup are paused/)
      screen.getByText('2 added')
      expect(screen.queryByText(/is locked until/) !== null).toBe(wallet === 'none-here')
    },
  )
  it('keeps the focus where the person is: it once was nowhere after each step', async () => {
    open('same')
    lookInside()
    const inside = await screen.findByRole('region', { name: 'What is inside' })
    await waitFor(() => expect(document.activeElement).toBe(inside))
    const back = screen.getByRole('button', { name: 'Choose another file' })
    back.focus()
    fireEvent.click(back)
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Backup file')))
    lookInside()
    const button = await screen.findByRole('button', { name: 'Restore' })
    button.focus()
    fireEvent.click(button)
    const end = await screen.findByRole('region', { name: 'Restored' })
    await waitFor(() => expect(document.activeElement).toBe(end))
  })
  it('says a wrong passphrase at its field, and a damaged file below', async () => {
    let problem = 'wrong-passphrase'
    open('same', {
      'backup.inspect': () => {
        throw new UiError('invalid-body', { problem })
      },
    })
    lookInside()
    await screen.findByText('That is not the passphrase of this file.')
    problem = 'backup-damaged'
    lookInside()
    await screen.findByText('The file is damaged.')
  })
  it('asks for a file first', async () => {
    const { client } = open('same')
    fireEvent.input(screen.getByLabelText('Passphrase of the file'), { target: { value: 'word' } })
    fireEvent.click(screen.getByRole('button', { name: 'Look inside' }))
    await screen.findByText('Choose a file first.')
    expect(client.calls).toEqual([])
  })
})

describe('saving a backup', () => {
  it.each(['inside', 'unread'] as const)(
    'needs a good passphrase and the wallet password, hands the file to the browser, and says what it lacks (books %s)',
    async (books) => {
      const client = createFakeClient({
        'wallet.status': () => makeWallet(),
        'backup.export': ({ password }) =>
          password.data === 'sealed:right' ? { id: 'out', parts: 2, books } : { wrongPassword: true },
        'backup.part': ({ id, index }) => ({ part: id === 'out' && index === 0 ? 'WDRD' : 'Qg==' }),
      })
      const saved: { name: string; bytes: number }[] = []
      const shell = createFakeShell({
        saveFile: (name, _type, parts) => void saved.push({ name, bytes: new Blob([...parts]).size }),
      })
      render(
        <AppProvider client={client} shell={shell} now={() => new Date(2026, 10, 21).getTime()}>
          <ExportScreen back="#/settings" />
        </AppProvider>,
      )
      const write = (label: string, value: string) =>
        fireEvent.input(screen.getByLabelText(label), { target: { value } })
      const save = () => fireEvent.click(screen.getByRole('button', { name: 'Save the backup' }))
      const exports = () => client.calls.filter(({ method }) => method === 'backup.export')
      await screen.findByLabelText('Passphrase for this file')
      write('Passphrase for this file', 'violet-harbour-stone-42')
      write('Repeat the passphrase', 'violet-harbour-stone')
      write("Your wallet's password", 'wrong')
      save()
      await screen.findByText('The two passwords differ.')
      expect(exports()).toEqual([])
      write('Repeat the passphrase', 'violet-harbour-stone-42')
      // The word lists are fetched at the first try; until then the button is busy.
      const button = screen.getByRole('button', { name: 'Save the backup' })
      await waitFor(() => expect(button.getAttribute('aria-busy')).toBeNull(), { timeout: 20_000 })
      save()
      await screen.findByText('That is not the password.', {}, { timeout: 20_000 })
      write("Your wallet's password", 'right')
      save()
      await screen.findByText('Saved as x402-chat-2026-11-21.x402backup', {}, { timeout: 20_000 })
      expect(saved).toEqual([{ name: 'x402-chat-2026-11-21.x402backup', bytes: 4 }])
      const without = screen.queryByText('Without the history and the budgets')
      expect(without !== null).toBe(books === 'unread')
    },
  )
})
