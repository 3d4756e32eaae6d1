/** Money out of the wallet and allowances, through the real screens, with balances read from the chains. */
import type { Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Bench, openBench, PASSWORD } from './bench.ts'
import { BASE, BASE_SEPOLIA, BASE_USDC, callRpc, SOLANA, SOLANA_USDC } from './lab-client.ts'

let bench: Bench
let popup: Page

/** Accounts that hold nothing here. Sources: the second account of anvil's phrase, and BIP-39's zero seed on Solana. */
const SOMEBODY_EVM = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const SOMEBODY_SOLANA = 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk'

beforeAll(async () => {
  bench = await openBench({ ownLab: true })
})
afterAll(() => bench?.close())

async function openSend(): Promise<void> {
  await popup?.close()
  popup = await bench.driver.openPopup('#/wallet/send')
  await popup.getByRole('heading', { name: 'Send' }).waitFor()
}

/** Fills the form as far as the review. `unit` is the beginning of an option, such as `USDC on Base`. */
async function review(what: { unit: string; to: string; amount: string | 'all' }): Promise<void> {
  await openSend()
  const select = popup.getByRole('combobox', { name: 'What to send' })
  // The form comes after the heading: without waiting there may be no option yet, and the first asset would be sent.
  await select.waitFor()
  let chosen = false
  for (const option of await select.getByRole('option', { includeHidden: true }).all()) {
    const text = (await option.textContent()) ?? ''
    if (text !== what.unit && !text.startsWith(`${what.unit}:`)) continue
    await select.selectOption((await option.getAttribute('value')) ?? '')
    chosen = true
  }
  if (!chosen) throw new Error(`Nothing to send is called ${what.unit}`)
  await popup.getByRole('textbox', { name: /^To this/ }).fill(what.to)
  if (what.amount === 'all') await popup.getByRole('button', { name: 'All', exact: true }).click()
  else await popup.getByRole('textbox', { name: /^Amount/ }).fill(what.amount)
  await popup.getByRole('button', { name: 'Look at the figures' }).click()
}

async function confirm(action: string, password = PASSWORD): Promise<void> {
  await popup.getByLabel('Password', { exact: true }).fill(password)
  await popup.getByRole('button', { name: action, exact: true }).click()
}

const confirmed = () => popup.getByText('The chain has confirmed it.').waitFor({ timeout: 40_000 })

describe('sending', () => {
  it.each([
    {
      unit: 'USDC on Base',
      to: SOMEBODY_EVM,
      amount: '0.5',
      atomic: 500_000n,
      place: { network: BASE, asset: BASE_USDC },
    },
    {
      unit: 'ETH on Base',
      to: SOMEBODY_EVM,
      amount: '0.001',
      atomic: 10n ** 15n,
      place: { network: BASE, asset: 'native' },
    },
    {
      unit: 'USDC on Solana',
      to: SOMEBODY_SOLANA,
      amount: '0.25',
      atomic: 250_000n,
      place: { network: SOLANA, asset: SOLANA_USDC },
    },
    {
      unit: 'SOL on Solana',
      to: SOMEBODY_SOLANA,
      amount: '0.01',
      atomic: 10_000_000n,
      place: { network: SOLANA, asset: 'native' },
    },
  ])('$amount $unit arrives in full', async ({ unit, to, amount, atomic, place }) => {
    const before = await bench.lab.balanceOf({ ...place, owner: to })
    await review({ unit, to, amount })
    await confirm('Send now')
    await confirmed()
    expect((await bench.lab.balanceOf({ ...place, owner: to })) - before).toBe(atomic)
  })

  it('everything of a token leaves nothing behind', async () => {
    const owner = bench.lab.info.accounts.solana.address
    await review({ unit: 'USDC on Solana', to: SOMEBODY_SOLANA, amount: 'all' })
    await confirm('Send now')
    await confirmed()
    expect(await bench.lab.balanceOf({ network: SOLANA, asset: SOLANA_USDC, owner })).toBe(0n)
  })

  it('does not go out with a wrong password', async () => {
    const before = await bench.payer()
    await review({ unit: 'USDC on Base', to: SOMEBODY_EVM, amount: '0.5' })
    await confirm('Send now', 'not the password at all')
    await popup.getByText('That is not the password').waitFor()
    expect(await bench.payer()).toBe(before)
  })

  it.each([
    ['its own address', () => bench.lab.info.accounts.evm.address, 'This is your own address'],
    ['the token’s address', () => BASE_USDC, 'the address of the token itself'],
    ['somebody new', () => '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC', 'not sent anything here before'],
  ])('warns of %s', async (_, to, words) => {
    await review({ unit: 'USDC on Base', to: to(), amount: '0.1' })
    await popup.getByText(words).waitFor()
  })

  it.each([
    ['a Solana address', SOMEBODY_SOLANA, 'This is a Solana address'],
    ['a name', 'vitalik.eth', 'Names are not looked up here'],
    ['half an address', '0x70997970C51812dc3A010C7d', '40 hexadecimal digits'],
  ])('refuses %s on Base', async (_, to, words) => {
    await review({ unit: 'USDC on Base', to, amount: '0.1' })
    await popup.getByText(words).waitFor()
  })

  it('names the fee that is missing, and where to send it, before any password', async () => {
    const owner = bench.lab.info.accounts.evm.address
    const place = { network: BASE, asset: 'native', owner }
    const held = await bench.lab.balanceOf(place)
    await bench.lab.fund(place, 0n)
    try {
      await review({ unit: 'USDC on Base', to: SOMEBODY_EVM, amount: '0.1' })
      await popup.getByText(/more is needed on Base for the fee/).waitFor()
      expect(await popup.getByText(owner).count()).toBeGreaterThan(0)
      expect(await popup.getByLabel('Password', { exact: true }).count()).toBe(0)
    } finally {
      await bench.lab.fund(place, held)
    }
  })

  it('stands among what was sent, outside budgets', async () => {
    await popup.close()
    popup = await bench.driver.openPopup('#/wallet/transfers')
    await popup.getByText('Confirmed').first().waitFor()
    expect(await popup.getByText('Sent').count()).toBeGreaterThan(3)
    const home = await bench.driver.openPopup()
    await home.getByText('$0.00 spent').first().waitFor()
    await home.close()
  })
})

describe('a transfer that hangs', () => {
  const rpc = (method: string, parameters: readonly unknown[]) =>
    callRpc<unknown>(bench.lab.info.rpc.base, method, parameters)
  const received = () => bench.lab.balanceOf({ network: BASE, asset: BASE_USDC, owner: SOMEBODY_EVM })

  /** Base makes no block any more. */
  async function stopBlocks(): Promise<void> {
    await rpc('evm_setAutomine', [false])
    await rpc('evm_setIntervalMining', [0])
  }

  async function goOn(): Promise<void> {
    await rpc('evm_setAutomine', [true])
    await rpc('evm_setIntervalMining', [1])
    await rpc('evm_mine', [])
  }

  /** Sends, and waits until the wallet says by itself that it takes long. */
  async function sendInVain(): Promise<void> {
    await review({ unit: 'USDC on Base', to: SOMEBODY_EVM, amount: '0.3' })
    await stopBlocks()
    await confirm('Send now')
    await popup.getByRole('region', { name: 'It takes long' }).waitFor({ timeout: 40_000 })
  }

  afterEach(goOn)

  it('is sped up: the same is sent once, with the higher fee', async () => {
    const before = await received()
    await sendInVain()
    await popup.getByRole('button', { name: 'Speed up', exact: true }).click()
    await popup.getByText('The same is signed once more with a higher fee.').waitFor()
    await confirm('Speed up')
    await popup.getByText('The new transaction is on its way.').waitFor()
    expect(await received()).toBe(before)
    await goOn()
    await confirmed()
    expect((await received()) - before).toBe(300_000n)
  }, 120_000)

  it('is cancelled: nothing is sent', async () => {
    const before = await received()
    await sendInVain()
    await popup.getByRole('button', { name: 'Cancel it', exact: true }).click()
    await popup.getByText('A transaction that moves nothing takes its place.').waitFor()
    await confirm('Cancel the transfer')
    await popup.getByText('A transaction that moves nothing was sent in its place.').waitFor()
    await goOn()
    await popup.getByText('You cancelled it').waitFor({ timeout: 40_000 })
    await popup.getByText('Nothing was sent; the network').waitFor()
    expect(await received()).toBe(before)
  }, 120_000)
})

describe('the allowance of OPG', () => {
  const PERMIT2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
  const TOPG = '0x240b09731D96979f50B2C649C9CE10FcF9C7987F'

  /** allowance(owner, Permit2) */
  async function allowance(): Promise<bigint> {
    const word = (address: string) => address.slice(2).toLowerCase().padStart(64, '0')
    const data = `0xdd62ed3e${word(bench.lab.info.accounts.evm.address)}${word(PERMIT2)}`
    const call = [{ to: TOPG, data }, 'latest']
    return BigInt(await callRpc<string>(bench.lab.info.rpc.baseSepolia, 'eth_call', call))
  }

  it('is set with the password that switches it on, finite, and revoked again', async () => {
    await popup.close()
    popup = await bench.driver.openPopup(`#/opg/${encodeURIComponent(BASE_SEPOLIA)}`)
    await popup.getByRole('radio', { name: /Base Sepolia/ }).check({ force: true })
    expect(await allowance()).toBe(0n)
    await popup.getByRole('button', { name: 'Look at the fee' }).click()
    await confirm('Switch on and set the allowance')
    await confirmed()
    expect(await allowance()).toBe(10n ** 19n)
    await popup.getByRole('button', { name: 'Revoke the allowance' }).click()
    await confirm('Revoke the allowance')
    await popup.getByText('No allowance yet').waitFor({ timeout: 40_000 })
    await expect.poll(allowance).toBe(0n)
  })
})
