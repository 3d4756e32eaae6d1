/** The lab's wallets, made from phrases that everybody knows: worth nothing outside it. */
import { mnemonicToSeedSync } from '@scure/bip39'
import { getAddressDecoder } from '@solana/kit'
import { HDKey } from 'micro-key-producer/slip10.js'
import { mnemonicToAccount } from 'viem/accounts'
import { addresses } from './chains/addresses.ts'
import type { Chain } from './chains/chain.ts'
import { SOLANA_NETWORK, SOLANA_USDC } from './chains/solana-chain.ts'

/** The phrase of the funded wallet, the one that development chains use everywhere. */
export const fundedPhrase = 'test test test test test test test test test test test junk'
/** A phrase from BIP-39's own vectors, whose wallet holds nothing here. */
export const emptyPhrase = 'legal winner thank year wave sausage worth useful legal winner thank yellow'

export interface LabAccounts {
  phrase: string
  /** m/44'/60'/0'/0/0 */
  evm: { address: string; privateKey: string }
  /** m/44'/501'/0'/0' */
  solana: { address: string }
  empty: { phrase: string }
}

/** Derives the funded wallet's addresses. */
export function createAccounts(): LabAccounts {
  const account = mnemonicToAccount(fundedPhrase)
  const privateKey = account.getHdKey().privateKey
  if (!privateKey) throw new Error('the phrase gives no key')
  return {
    phrase: fundedPhrase,
    evm: { address: account.address, privateKey: `0x${Buffer.from(privateKey).toString('hex')}` },
    solana: { address: solanaAddress(fundedPhrase) },
    empty: { phrase: emptyPhrase },
  }
}

/** Gives the funded wallet what it starts with, and nothing else. */
export async function fundAccounts(accounts: LabAccounts, chains: readonly Chain[]): Promise<void> {
  await Promise.all(
    holdings.map(async ({ network, asset, amount }) => {
      const chain = chains.find((one) => one.network === network)
      const owner = network === SOLANA_NETWORK ? accounts.solana.address : accounts.evm.address
      await chain?.fund(owner, asset, amount)
    }),
  )
}

const usdc = 10n ** 6n
const ether = 10n ** 18n

/** In atomic units. */
const holdings: readonly { network: string; asset: string; amount: bigint }[] = [
  { network: 'eip155:8453', asset: addresses.baseUsdc, amount: 25n * usdc },
  { network: 'eip155:8453', asset: addresses.baseOpg, amount: 100n * ether },
  { network: 'eip155:8453', asset: 'native', amount: ether / 20n },
  { network: 'eip155:84532', asset: addresses.sepoliaUsdc, amount: 25n * usdc },
  { network: 'eip155:84532', asset: addresses.sepoliaOpg, amount: 100n * ether },
  { network: 'eip155:84532', asset: 'native', amount: ether / 20n },
  { network: SOLANA_NETWORK, asset: 'native', amount: 100_000_000n },
  { network: SOLANA_NETWORK, asset: SOLANA_USDC, amount: 25n * usdc },
]

function solanaAddress(phrase: string): string {
  const key = HDKey.fromMasterSeed(mnemonicToSeedSync(phrase)).derive("m/44'/501'/0'/0'")
  return getAddressDecoder().decode(key.publicKeyRaw)
}
