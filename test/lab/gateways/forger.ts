/** Makes the transactions that an honest facilitator would not: somebody else's, and settlements at the last moment. */
import { randomBytes } from 'node:crypto'
import type { SettleResponse } from '@x402/core/types'
import type { FacilitatorEvmSigner } from '@x402/evm'
import { erc20Abi, type Hex, parseAbi, parseSignature } from 'viem'
import type { EvmChain } from '../chains/evm-chain.ts'
import { createSettlementSigner } from '../settlement-signer.ts'
import type { CheckedPayment } from './pay.ts'
import { strangers } from './payees.ts'

type Valid = Extract<CheckedPayment, { kind: 'valid' }>

export type Forgery = 'made-up' | 'other-tx' | 'other-payee'

export interface Forger {
  /** A receipt that claims success: for a transaction that never was, or for somebody else's, real on the chain. */
  forge(kind: Forgery, payment: Valid): Promise<SettleResponse>
  /** Sends an EIP-3009 payment to the chain as it is, past the facilitator's own time limits. True: it settled. */
  submit(payment: Valid): Promise<boolean>
}

/** A forger with an account of its own on each EVM chain; elsewhere every forgery is made up. */
export async function createForger(chains: readonly EvmChain[]): Promise<Forger> {
  const accounts = new Map<string, { chain: EvmChain; signer: FacilitatorEvmSigner }>()
  for (const chain of chains) {
    const signer = await createSettlementSigner(chain, { count: 1, name: 'forger' })
    accounts.set(chain.network, { chain, signer })
  }
  return {
    async forge(kind, { requirements, payer }) {
      const { network } = requirements
      const account = accounts.get(network)
      if (kind === 'made-up' || !account) {
        const transaction = network.startsWith('eip155:')
          ? `0x${randomBytes(32).toString('hex')}`
          : madeUpSignature()
        return { success: true, transaction, network, payer }
      }
      const payTo = kind === 'other-tx' ? requirements.payTo : (strangers['eip155:8453'] as string)
      const transaction = await transfer(account, { ...requirements, payTo })
      return { success: true, transaction, network, payer }
    },
    async submit({ payload, requirements }) {
      const account = accounts.get(requirements.network)
      if (!account) throw new Error(`no account on ${requirements.network}`)
      const { authorization, signature } = parsePayload(payload.payload)
      const { r, s, yParity } = parseSignature(signature)
      const { from, to, value, validAfter, validBefore, nonce } = authorization
      const hash = await account.signer.writeContract({
        address: requirements.asset as Hex,
        abi: transferAbi,
        functionName: 'transferWithAuthorization',
        args: [from, to, BigInt(value), BigInt(validAfter), BigInt(validBefore), nonce, 27 + yParity, r, s],
      })
      return (await account.signer.waitForTransactionReceipt({ hash })).status === 'success'
    },
  }
}

const transferAbi = parseAbi([
  'function transferWithAuthorization(address from, address to, uint256 value, uint256 validAfter, uint256 validBefore, bytes32 nonce, uint8 v, bytes32 r, bytes32 s)',
])

type Authorization = Record<'from' | 'to' | 'value' | 'validAfter' | 'validBefore' | 'nonce', string>

function parsePayload(payload: Record<string, unknown>): { authorization: Authorization; signature: Hex } {
  const { authorization, signature } = payload
  if (typeof authorization !== 'object' || typeof signature !== 'string')
    throw new Error('no EIP-3009 payment')
  return { authorization: authorization as Authorization, signature: signature as Hex }
}

async function transfer(
  { chain, signer }: { chain: EvmChain; signer: FacilitatorEvmSigner },
  { asset, payTo, amount }: { asset: string; payTo: string; amount: string },
): Promise<Hex> {
  const [from] = signer.getAddresses()
  if (!from) throw new Error('the forger has no account')
  await chain.fund(from, asset, BigInt(amount))
  const hash = await signer.writeContract({
    address: asset as Hex,
    abi: erc20Abi,
    functionName: 'transfer',
    args: [payTo, BigInt(amount)],
  })
  await signer.waitForTransactionReceipt({ hash })
  return hash
}

/** 64 bytes in base58, the shape of a Solana signature. */
function madeUpSignature(): string {
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
  let value = BigInt(`0x${randomBytes(64).toString('hex')}`)
  let text = ''
  for (; value > 0n; value /= 58n) text = alphabet.charAt(Number(value % 58n)) + text
  return text
}
