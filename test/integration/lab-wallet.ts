/** The lab's funded wallet as tests hold it. */
import { mnemonicToSeedSync } from '@scure/bip39'
import { HDKey } from 'micro-key-producer/slip10.js'
import { createPublicClient, createWalletClient, erc20Abi, http, type PrivateKeyAccount } from 'viem'
import type { AtomicAmount } from '../../src/domain/amount.ts'
import type { Lab } from '../lab/lab.ts'

const PERMIT2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'

/** Ed25519 seed of m/44'/501'/0'/0'. */
export function labSolanaSeed(phrase: string): Uint8Array {
  return HDKey.fromMasterSeed(mnemonicToSeedSync(phrase)).derive("m/44'/501'/0'/0'").privateKey
}

/** Sets the owner's Permit2 allowance by a real transaction. */
export async function setAllowance(
  lab: Lab,
  network: string,
  token: string,
  account: PrivateKeyAccount,
  amount: AtomicAmount,
): Promise<void> {
  const transport = http(lab.chain(network).rpcUrl)
  const reader = createPublicClient({ transport, pollingInterval: 100 })
  const writer = createWalletClient({ account, transport })
  const hash = await writer.writeContract({
    address: token as `0x${string}`,
    abi: erc20Abi,
    functionName: 'approve',
    args: [PERMIT2, amount],
    chain: null,
  })
  await reader.waitForTransactionReceipt({ hash })
}
