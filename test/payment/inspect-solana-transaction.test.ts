import {
  AccountRole,
  type Address,
  address,
  appendTransactionMessageInstructions,
  compileTransaction,
  compressTransactionMessageUsingAddressLookupTables,
  createTransactionMessage,
  getAddressEncoder,
  getProgramDerivedAddress,
  type Instruction,
  pipe,
  setTransactionMessageFeePayer,
  setTransactionMessageLifetimeUsingBlockhash,
} from '@solana/kit'
import { beforeAll, describe, expect, it } from 'vitest'
import { SOLANA } from '../../src/domain/network.ts'
import { inspectSolanaTransaction } from '../../src/payment/inspect-solana-transaction.ts'
import { parsePaymentRequired } from '../../src/payment/parse-payment-required.ts'
import type { SigningOrder } from '../../src/payment/payment.ts'
import { header } from './orders.ts'

const USDC = address('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v')
const PAYEE = address('AYYo37bgztqAgP6wp2S9SiYWcijr8gz2o14c8RGWojJZ')
const FEE_PAYER = address('5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp111111111111')
const OURS = address('So11111111111111111111111111111111111111112')
const THIEF = address('Stake11111111111111111111111111111111111111')
const TOKEN = address('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA')
const TOKEN_2022 = address('TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb')
const BUDGET = address('ComputeBudget111111111111111111111111111111')
const MEMO = address('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr')
const BLOCKHASH = 'EkSnNWid2cvwEVnVx9aBqawnmiCNiDgp3gUdkDPTKN1N'

let ours: Address
let theirs: Address
let thiefs: Address
let order: SigningOrder

beforeAll(async () => {
  ours = await tokenAccount(OURS)
  theirs = await tokenAccount(PAYEE)
  thiefs = await tokenAccount(THIEF)
  const entry = {
    scheme: 'exact',
    network: SOLANA,
    amount: '896',
    payTo: PAYEE,
    maxTimeoutSeconds: 300,
    asset: USDC,
    extra: { feePayer: FEE_PAYER },
  }
  const [offer] = parsePaymentRequired(header({ x402Version: 2, accepts: [entry] }), null, {
    ownAddresses: [OURS],
  }).offers
  if (!offer) throw new Error('no offer')
  order = {
    offer,
    resource: null,
    extensions: null,
    nonce: null,
    account: OURS,
    nowMs: 1,
    solana: { blockhash: BLOCKHASH, lastValidBlockHeight: 9n, rpcUrl: '' },
    approveTransaction: null,
  }
})

async function tokenAccount(owner: Address): Promise<Address> {
  const [account] = await getProgramDerivedAddress({
    programAddress: address('ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL'),
    seeds: [owner, TOKEN, USDC].map((seed) => getAddressEncoder().encode(seed)),
  })
  return account
}

const limit: Instruction = { programAddress: BUDGET, data: Uint8Array.of(2, 32, 78, 0, 0) }
const price: Instruction = { programAddress: BUDGET, data: Uint8Array.of(3, 1, 0, 0, 0, 0, 0, 0, 0) }
const memo: Instruction = {
  programAddress: MEMO,
  data: new TextEncoder().encode('0123456789abcdef0123456789abcdef'),
}

interface TransferParts {
  readonly program: Address
  readonly source: Address
  readonly mint: Address
  readonly destination: Address
  readonly authority: Address
  readonly amount: bigint
  readonly decimals: number
  readonly kind: number
}

function transfer(changes: Partial<TransferParts> = {}): Instruction {
  const parts: TransferParts = {
    program: TOKEN,
    source: ours,
    mint: USDC,
    destination: theirs,
    authority: OURS,
    amount: 896n,
    decimals: 6,
    kind: 12,
    ...changes,
  }
  const data = new Uint8Array(10)
  data[0] = parts.kind
  new DataView(data.buffer).setBigUint64(1, parts.amount, true)
  data[9] = parts.decimals
  return {
    programAddress: parts.program,
    accounts: [
      { address: parts.source, role: AccountRole.WRITABLE },
      { address: parts.mint, role: AccountRole.READONLY },
      { address: parts.destination, role: AccountRole.WRITABLE },
      { address: parts.authority, role: AccountRole.READONLY_SIGNER },
    ],
    data,
  }
}

function messageOf(
  instructions: readonly Instruction[],
  facts: { feePayer?: Address; blockhash?: string } = {},
) {
  const message = pipe(
    createTransactionMessage({ version: 0 }),
    (made) => setTransactionMessageFeePayer(facts.feePayer ?? FEE_PAYER, made),
    (made) => appendTransactionMessageInstructions(instructions, made),
    (made) =>
      setTransactionMessageLifetimeUsingBlockhash(
        { blockhash: (facts.blockhash ?? BLOCKHASH) as never, lastValidBlockHeight: 9n },
        made,
      ),
  )
  return compileTransaction(message).messageBytes
}

describe('inspectSolanaTransaction', () => {
  it('accepts compute budget twice, one transfer, one memo', async () => {
    await expect(
      inspectSolanaTransaction(messageOf([limit, price, transfer(), memo]), order),
    ).resolves.toBeUndefined()
  })

  it.each<[string, string, () => Parameters<typeof messageOf>]>([
    ['another amount', 'amount', () => [[limit, price, transfer({ amount: 897n }), memo]]],
    ['another payee', 'destination', () => [[limit, price, transfer({ destination: thiefs }), memo]]],
    [
      'a payee in place of their token account',
      'destination',
      () => [[limit, price, transfer({ destination: PAYEE }), memo]],
    ],
    ['another source', 'source', () => [[limit, price, transfer({ source: thiefs }), memo]]],
    ['another mint', 'mint', () => [[limit, price, transfer({ mint: THIEF }), memo]]],
    ['another authority', 'signers', () => [[limit, price, transfer({ authority: THIEF }), memo]]],
    ['other decimals', 'decimals', () => [[limit, price, transfer({ decimals: 9 }), memo]]],
    [
      'an approval in place of the transfer',
      'transfer',
      () => [[limit, price, transfer({ kind: 13 }), memo]],
    ],
    [
      'a token program that is not USDC’s',
      'transfer',
      () => [[limit, price, transfer({ program: TOKEN_2022 }), memo]],
    ],
    ['the fee on us', 'signers', () => [[limit, price, transfer(), memo], { feePayer: OURS }]],
    ['another fee payer', 'fee-payer', () => [[limit, price, transfer(), memo], { feePayer: THIEF }]],
    ['another blockhash', 'blockhash', () => [[limit, price, transfer(), memo], { blockhash: PAYEE }]],
    [
      'a second transfer',
      'instructions',
      () => [[limit, price, transfer(), transfer({ destination: thiefs }), memo]],
    ],
    ['no memo', 'instructions', () => [[limit, price, transfer()]]],
    [
      'another program in place of the memo',
      'memo',
      () => [[limit, price, transfer(), { ...memo, programAddress: THIEF }]],
    ],
    [
      'a memo of the builder’s own',
      'memo',
      () => [[limit, price, transfer(), { ...memo, data: new TextEncoder().encode('hello') }]],
    ],
    [
      'a third signer',
      'signers',
      () => [
        [
          limit,
          price,
          transfer(),
          { ...memo, accounts: [{ address: THIEF, role: AccountRole.READONLY_SIGNER }] },
        ],
      ],
    ],
    [
      'a heap request in place of the limit',
      'compute-budget',
      () => [[{ ...limit, data: Uint8Array.of(1, 0, 0, 4, 0) }, price, transfer(), memo]],
    ],
    ['no price', 'compute-budget', () => [[limit, limit, transfer(), memo]]],
  ])('refuses %s', async (_, field, parts) => {
    await expect(inspectSolanaTransaction(messageOf(...parts()), order)).rejects.toMatchObject({
      reason: 'offer-unsafe',
      facts: { problem: 'transaction-differs', field },
    })
  })

  it('refuses lookup tables, whose accounts nobody here can see', async () => {
    const message = pipe(
      createTransactionMessage({ version: 0 }),
      (made) => setTransactionMessageFeePayer(FEE_PAYER, made),
      (made) => appendTransactionMessageInstructions([limit, price, transfer(), memo], made),
      (made) =>
        setTransactionMessageLifetimeUsingBlockhash(
          { blockhash: BLOCKHASH as never, lastValidBlockHeight: 9n },
          made,
        ),
      (made) => compressTransactionMessageUsingAddressLookupTables(made, { [THIEF]: [theirs] }),
    )
    const { messageBytes } = compileTransaction(message)
    await expect(inspectSolanaTransaction(messageBytes, order)).rejects.toMatchObject({
      facts: { field: 'lookup-tables' },
    })
  })

  it('refuses the legacy format', async () => {
    const v0 = messageOf([limit, price, transfer(), memo])
    const legacy = v0.slice(1, -1)
    await expect(inspectSolanaTransaction(legacy, order)).rejects.toMatchObject({
      facts: { field: 'version' },
    })
  })
})
