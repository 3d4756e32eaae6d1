import type { FacilitatorEvmSigner } from '@x402/evm'
import { isHex, parseTransaction, recoverTransactionAddress, type TransactionSerialized } from 'viem'
import type { EvmChain } from '../../chains/evm-chain.ts'

type Request = `0x${string}` | { to: `0x${string}`; data: `0x${string}`; gas?: bigint }

/** A settlement signer that also sends an owner's signed approval ahead of the settlement, and pays for its gas. */
export type SponsoringSigner = FacilitatorEvmSigner & {
  sendTransactions(requests: Request[]): Promise<`0x${string}`[]>
}

/** Adds gas sponsoring to a settlement signer; approval and settlement go out in order, not as one bundle. */
export function createSponsoringSigner(chain: EvmChain, signer: FacilitatorEvmSigner): SponsoringSigner {
  return {
    ...signer,
    async sendTransactions(requests) {
      const hashes: `0x${string}`[] = []
      for (const request of requests) {
        hashes.push(
          typeof request === 'string'
            ? await sendApproval(chain, signer, request as TransactionSerialized)
            : await signer.sendTransaction(request),
        )
      }
      return hashes
    },
  }
}

/** An approval whose account nonce was used by an earlier one is left out: the settlement shows whether it was needed. */
async function sendApproval(
  chain: EvmChain,
  signer: FacilitatorEvmSigner,
  raw: TransactionSerialized,
): Promise<`0x${string}`> {
  const transaction = parseTransaction(raw)
  const owner = await recoverTransactionAddress({ serializedTransaction: raw })
  const count = Number(await chain.rpc('eth_getTransactionCount', [owner, 'latest']))
  if (transaction.nonce !== undefined && transaction.nonce < count) return `0x${'00'.repeat(32)}`
  const price = transaction.maxFeePerGas ?? transaction.gasPrice ?? 0n
  const needed = (transaction.gas ?? 0n) * price + (transaction.value ?? 0n)
  if ((await chain.balanceOf(owner, 'native')) < needed) await chain.fund(owner, 'native', needed)
  const hash = await chain.rpc('eth_sendRawTransaction', [raw])
  if (!isHex(hash)) throw new Error('erc20_approval_tx_failed')
  const receipt = await signer.waitForTransactionReceipt({ hash })
  if (receipt.status !== 'success') throw new Error('erc20_approval_tx_failed')
  return hash
}
