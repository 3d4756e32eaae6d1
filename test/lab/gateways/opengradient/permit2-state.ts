import type { FacilitatorEvmSigner } from '@x402/evm'
import { type Address, erc20Abi, parseAbi } from 'viem'
import { addresses } from '../../chains/addresses.ts'

const permit2Abi = parseAbi(['function nonceBitmap(address owner, uint256 word) view returns (uint256)'])

/** Whether that unordered nonce of Permit2 was used or cancelled by its owner. */
export async function isNonceUsed(
  signer: FacilitatorEvmSigner,
  owner: Address,
  nonce: bigint,
): Promise<boolean> {
  const bitmap = await signer.readContract({
    address: addresses.permit2,
    abi: permit2Abi,
    functionName: 'nonceBitmap',
    args: [owner, nonce >> 8n],
  })
  return ((BigInt(String(bitmap)) >> (nonce & 255n)) & 1n) === 1n
}

/** What the owner holds of a token, and how much of it Permit2 may move. Atomic units. */
export async function readHoldings(
  signer: FacilitatorEvmSigner,
  token: Address,
  owner: Address,
): Promise<{ balance: bigint; allowance: bigint }> {
  const read = (functionName: 'balanceOf' | 'allowance', args: Address[]) =>
    signer.readContract({ address: token, abi: erc20Abi, functionName, args })
  const [balance, allowance] = await Promise.all([
    read('balanceOf', [owner]),
    read('allowance', [owner, addresses.permit2]),
  ])
  return { balance: BigInt(String(balance)), allowance: BigInt(String(allowance)) }
}
