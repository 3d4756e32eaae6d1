/** Makes a wallet through the onboarding pages. */
import type { Page } from '@playwright/test'
import type { WalletView } from '../../src/protocol/ui-views.ts'
import { askUi } from './ask-ui.ts'

/** The wallet that was made. Addresses are null where an imported key gives none. */
export interface Onboarded {
  readonly evm: string | null
  readonly solana: string | null
  /** The twelve words, where the wallet was created here. */
  readonly phrase: string | null
}

export interface WalletChoice {
  /** Absent: a new wallet is created, and its words are checked. */
  readonly phrase?: string
  readonly password: string
}

/** Goes from the welcome to the last step. */
export async function onboardIn(page: Page, { phrase, password }: WalletChoice): Promise<Onboarded> {
  const made = phrase === undefined ? await create(page, password) : await importWords(page, phrase, password)
  await page.getByRole('heading', { name: 'Put a little money in' }).waitFor()
  await page.getByRole('button', { name: /^(Continue|I will do this later)$/ }).click()
  await page.getByRole('heading', { name: 'Ready' }).waitFor()
  const { evm, solana } = await askUi<WalletView>(page, 'wallet.status', {})
  return { evm, solana, phrase: made }
}

async function importWords(page: Page, phrase: string, password: string): Promise<null> {
  await page.getByRole('link', { name: 'Import a wallet' }).click()
  await page.getByRole('textbox', { name: 'Your recovery words' }).fill(phrase)
  await choosePassword(page, password)
  await page.getByRole('button', { name: 'Import the wallet' }).click()
  return null
}

async function create(page: Page, password: string): Promise<string> {
  await page.getByRole('link', { name: 'Create a new wallet' }).click()
  await choosePassword(page, password)
  await page.getByRole('button', { name: 'Create the wallet' }).click()
  const words = await readWords(page)
  await page.getByRole('button', { name: 'I have written them down' }).click()
  for (const field of await page.getByRole('textbox', { name: /^Word \d+$/ }).all()) {
    const label = (await field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent)) ?? ''
    await field.fill(words[Number(label.replace(/\D/g, '')) - 1] ?? '')
  }
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  return words.join(' ')
}

async function readWords(page: Page): Promise<string[]> {
  const list = page.getByRole('list', { name: WORDS_LIST })
  await list.waitFor()
  const items = await list.getByRole('listitem').allTextContents()
  return items.map((item) => item.replace(/[^a-z]/g, ''))
}

/** Name of the list of recovery words. */
const WORDS_LIST = 'Your words, in order'

async function choosePassword(page: Page, password: string): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByLabel('Repeat the password', { exact: true }).fill(password)
}
