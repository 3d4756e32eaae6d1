/** A known wallet goes through all that has to do with its secrets; then everything that was written, said or sent is searched for them. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { mnemonicToEntropy, mnemonicToSeedSync } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { HDKey } from 'micro-key-producer/slip10.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bench, openBench } from './bench.ts'
import { clickIn } from './page-api.ts'
import { dumpStores } from './secrets/dump-stores.ts'
import { findIn, needlesOf } from './secrets/needles.ts'
import { type NetworkRecord, recordNetwork } from './secrets/record-network.ts'

const PASSWORD = 'canary seventeen turbine meadow'
const NEXT_PASSWORD = 'canary eighteen cobalt harbour'
const PASSPHRASE = 'canary nineteen velvet quarry'

let bench: Bench
let network: NetworkRecord
/** What was said: console lines of all pages and of the worker. */
const lines: string[] = []
/** What our pages were told: replies to their calls, and what came over their ports. */
const told: string[] = []
const TOLD = 'told:'
/** Every message that reached the worker, over messages and ports. */
let messages: readonly string[] = []
let stores = ''
let backup = Buffer.alloc(0)
const disk = mkdtempSync(join(tmpdir(), 'x402-chat-secrets-'))

beforeAll(async () => {
  network = await recordNetwork()
  bench = await openBench({ phrase: null, args: network.switches })
  const { context } = bench.driver
  context.on('console', (line) => (line.text().startsWith(TOLD) ? told : lines).push(line.text()))
  await context.addInitScript(tellWhatIsTold, TOLD)
  await listen()
  await bench.driver.onboard({ phrase: bench.lab.info.accounts.phrase, password: PASSWORD })
  await useEverything()
  messages = await heard()
  const popup = await bench.driver.openPopup()
  stores = await dumpStores(popup)
  await popup.close()
}, 180_000)
afterAll(async () => {
  await bench?.close()
  await network?.close()
  rmSync(disk, { recursive: true, force: true })
})

/** Lets the worker write down what it is told. */
async function listen(): Promise<void> {
  const worker = await bench.driver.worker()
  worker.on('console', (line) => lines.push(line.text()))
  await worker.evaluate(() => {
    const kept: string[] = []
    Object.assign(globalThis, { kept })
    chrome.runtime.onMessage.addListener((message) => {
      kept.push(JSON.stringify(message))
    })
    chrome.runtime.onConnect.addListener((port) => {
      port.onMessage.addListener((message) => {
        kept.push(JSON.stringify(message))
      })
    })
  })
}

/** Runs in each of our pages before their own code, and writes down what the worker says to them. */
function tellWhatIsTold(mark: string): void {
  const runtime = globalThis.chrome?.runtime
  if (location.protocol !== 'chrome-extension:' || !runtime) return
  const tell = (what: unknown) => console.debug(mark, JSON.stringify(what))
  const send = runtime.sendMessage.bind(runtime) as (message: unknown) => Promise<unknown>
  const connect = runtime.connect.bind(runtime) as (...given: unknown[]) => chrome.runtime.Port
  Object.assign(runtime, {
    sendMessage: (message: unknown) =>
      send(message).then((reply) => {
        tell(reply)
        return reply
      }),
    connect: (...given: unknown[]) => {
      const port = connect(...given)
      port.onMessage.addListener(tell)
      return port
    },
  })
}

async function heard(): Promise<readonly string[]> {
  const worker = await bench.driver.worker()
  return worker.evaluate(() => (globalThis as unknown as { kept: string[] }).kept)
}

async function useEverything(): Promise<void> {
  const { driver } = bench
  const page = await bench.openSite()
  expect(await bench.pay(page, 'A question of no consequence')).toMatchObject({ kind: 'answer' })
  await driver.lock()
  expect(await driver.unlock('canary twenty wrong password')).toBe(false)
  expect(await driver.unlock(PASSWORD)).toBe(true)
  for (const name of [
    'Recovery words',
    'Private key of the Base account',
    'Private key of the Solana account',
  ])
    await reveal(name)
  await send()
  await saveBackup()
  await restoreBackup()
  await changePassword()
  await driver.lock()
  expect(await driver.unlock(NEXT_PASSWORD)).toBe(true)
  await clickIn(page)
  expect(await bench.pay(page, 'Another question of no consequence')).toMatchObject({ kind: 'answer' })
  await page.close()
}

async function inSettings<T>(place: string, work: (page: Page) => Promise<T>): Promise<T> {
  const page = await bench.driver.openPopup(`#/settings/${place}`)
  try {
    return await work(page)
  } finally {
    await page.close()
  }
}

const reveal = (name: string) =>
  inSettings('reveal', async (page) => {
    await page.getByRole('radio', { name }).check({ force: true })
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: /^Show the (words|key)$/ }).click()
    await page.getByText(/^Hidden again in/).waitFor()
  })

async function send(): Promise<void> {
  const page = await bench.driver.openPopup('#/wallet/send')
  await page.getByRole('textbox', { name: /^To this/ }).fill('0x70997970C51812dc3A010C7d01b50e0d17dc79C8')
  await page.getByRole('textbox', { name: /^Amount/ }).fill('0.01')
  await page.getByRole('button', { name: 'Look at the figures' }).click()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Send now' }).click()
  await page.getByText('The chain has confirmed it.').waitFor({ timeout: 40_000 })
  await page.close()
}

const saveBackup = () =>
  inSettings('backup', async (page) => {
    await page.getByLabel('Passphrase for this file', { exact: true }).fill(PASSPHRASE)
    await page.getByLabel('Repeat the passphrase', { exact: true }).fill(PASSPHRASE)
    await page.getByLabel("Your wallet's password", { exact: true }).fill(PASSWORD)
    const download = page.waitForEvent('download', { timeout: 60_000 })
    await page.getByRole('button', { name: 'Save the backup' }).click()
    const file = join(disk, 'backup')
    await (await download).saveAs(file)
    backup = readFileSync(file)
  })

const restoreBackup = () =>
  inSettings('restore', async (page) => {
    await page.getByLabel('Backup file').setInputFiles(join(disk, 'backup'))
    await page.getByLabel('Passphrase of the file', { exact: true }).fill(PASSPHRASE)
    await page.getByRole('button', { name: 'Look inside' }).click()
    await page.getByText('The one that is here').waitFor({ timeout: 60_000 })
    await page.getByRole('button', { name: 'Restore', exact: true }).click()
    await page.getByText('Restored', { exact: true }).waitFor({ timeout: 60_000 })
  })

const changePassword = () =>
  inSettings('password', async (page) => {
    await page.getByLabel('Password now', { exact: true }).fill(PASSWORD)
    await page.getByLabel('New password', { exact: true }).fill(NEXT_PASSWORD)
    await page.getByLabel('Repeat the password', { exact: true }).fill(NEXT_PASSWORD)
    await page.getByRole('button', { name: 'Change the password' }).click()
    await page.getByText('The password is changed').waitFor()
  })

/** All that must never be seen outside of the vault. */
function needles() {
  const { accounts } = bench.lab.info
  const text = (value: string) => new TextEncoder().encode(value)
  const seed = mnemonicToSeedSync(accounts.phrase)
  const solana = HDKey.fromMasterSeed(seed).derive("m/44'/501'/0'/0'").privateKey
  return [
    ...needlesOf('the phrase', text(accounts.phrase)),
    ...needlesOf('its entropy', mnemonicToEntropy(accounts.phrase, wordlist)),
    ...needlesOf('its seed', seed),
    ...needlesOf('the Base key', Buffer.from(accounts.evm.privateKey.slice(2), 'hex')),
    ...needlesOf('the Solana key', solana),
    ...needlesOf('the password', text(PASSWORD)),
    ...needlesOf('the next password', text(NEXT_PASSWORD)),
    ...needlesOf('the passphrase', text(PASSPHRASE)),
  ]
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile())
}

describe('the search', () => {
  it('finds each form of a secret where there is one', () => {
    const secret = Buffer.from('a secret of the search itself', 'utf8')
    const inside = Buffer.concat([Buffer.from('xy'), secret, Buffer.from('z')])
    const hays = [
      inside,
      Buffer.from(inside.toString('base64')),
      Buffer.from(secret.toString('hex')),
      Buffer.from(JSON.stringify([...secret])),
      Buffer.from(BigInt(`0x${secret.toString('hex')}`).toString()),
    ]
    for (const hay of hays) expect(findIn(hay, needlesOf('it', secret)).length).toBeGreaterThan(0)
    expect(findIn(Buffer.from('nothing here'), needlesOf('it', secret))).toEqual([])
  })
})

describe('no secret is to be found', () => {
  it('in any store', () => {
    expect(stores).toContain(bench.lab.info.accounts.evm.address)
    expect(stores.length).toBeGreaterThan(5000)
    expect(findIn(Buffer.from(stores), needles())).toEqual([])
  })

  it('in any message to the worker', () => {
    expect(messages.filter((one) => one.includes('wallet.unlock')).length).toBeGreaterThan(2)
    expect(messages.filter((one) => one.includes('chat.create')).length).toBeGreaterThan(0)
    expect(findIn(Buffer.from(messages.join('\n')), needles())).toEqual([])
  })

  it('in any reply or event that our pages are told', () => {
    const count = (part: string) => told.filter((one) => one.includes(part)).length
    // The secrets that were shown came as sealed boxes; balances and the wallet's state as events.
    expect(count('"secret":{')).toBeGreaterThan(2)
    expect(count('"topic":"wallet"')).toBeGreaterThan(0)
    expect(count('"part":"')).toBeGreaterThan(0)
    expect(findIn(Buffer.from(told.join('\n')), needles())).toEqual([])
  })

  it('in any console line', () => {
    expect(findIn(Buffer.from(lines.join('\n')), needles())).toEqual([])
  })

  it('in any byte on the network', () => {
    const bytes = network.bytes()
    expect(bytes.includes('payment-signature') || bytes.includes('PAYMENT-SIGNATURE')).toBe(true)
    expect(bytes.includes('eth_sendRawTransaction')).toBe(true)
    expect(findIn(bytes, needles())).toEqual([])
  })

  it('in a backup', () => {
    expect(backup.length).toBeGreaterThan(500)
    expect(findIn(backup, needles())).toEqual([])
  })

  it('in any file of the profile, after the browser has ended', async () => {
    await bench.driver.context.close()
    const files = filesUnder(bench.driver.profileDir)
    expect(files.length).toBeGreaterThan(20)
    const found = files.flatMap((file) =>
      findIn(readFileSync(file), needles()).map((name) => `${name}: ${file}`),
    )
    expect(found).toEqual([])
  })
})
