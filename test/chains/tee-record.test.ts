import { readFileSync } from 'node:fs'
import { encodeAbiParameters, encodeFunctionData, type Hex, keccak256, parseAbi, toHex } from 'viem'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createChains } from '../../src/chains/create-chains.ts'
import { TEE_REGISTRIES } from '../../src/chains/evm/contracts.ts'
import { BASE, BASE_SEPOLIA, SOLANA } from '../../src/domain/network.ts'
import { addresses } from '../lab/chains/addresses.ts'
import { compileContract } from '../lab/chains/contracts/compile.ts'
import { type EvmChain, startEvmChain } from '../lab/chains/evm-chain.ts'
import { freePort } from '../lab/ports.ts'
import { type Answer, makeFetch, type SeenCall } from './fake-fetch.ts'
import { MovedClock, makeCache, StillClock } from './fake-ports.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 })

/** An enclave's RSA key and its id, from the vectors. */
const VECTOR: { spki_der_b64: string; tee_id: Hex } = JSON.parse(
  readFileSync(new URL('../vectors/tee_vectors.json', import.meta.url), 'utf8'),
)
const KEY: Hex = toHex(Buffer.from(VECTOR.spki_der_b64, 'base64'))
const TEE_ID = VECTOR.tee_id
const DAY_MS = 86_400_000

function make(answer: (call: SeenCall) => Answer) {
  const { fetch, calls } = makeFetch(answer)
  const clock = new StillClock()
  const cache = makeCache()
  const start = () =>
    createChains({
      endpoints: () => ({
        [BASE]: [],
        [BASE_SEPOLIA]: [],
        [SOLANA]: [],
        'og-registry': ['https://og.example'],
      }),
      fetch,
      clock,
      cache,
    })
  return { start, calls, clock }
}

/** The registry's record as GATEWAYS documents it, with two fields appended as newer ones do. */
function encodeRecord(key: Hex): Hex {
  return encodeAbiParameters(
    [
      {
        type: 'tuple',
        components: [
          { name: 'owner', type: 'address' },
          { name: 'paymentAddress', type: 'address' },
          { name: 'endpoint', type: 'string' },
          { name: 'publicKey', type: 'bytes' },
          { name: 'tlsCertificate', type: 'bytes' },
          { name: 'pcrHash', type: 'bytes32' },
          { name: 'teeType', type: 'uint8' },
          { name: 'enabled', type: 'bool' },
          { name: 'registeredAt', type: 'uint256' },
          { name: 'lastHeartbeatAt', type: 'uint256' },
          { name: 'later', type: 'string' },
          { name: 'evenLater', type: 'uint256' },
        ],
      },
    ],
    [
      {
        owner: addresses.permit2,
        paymentAddress: addresses.permit2,
        endpoint: 'https://enclave.example',
        publicKey: key,
        tlsCertificate: '0x1234',
        pcrHash: TEE_ID,
        teeType: 0,
        enabled: true,
        registeredAt: 1n,
        lastHeartbeatAt: 2n,
        later: 'something',
        evenLater: 3n,
      },
    ],
  )
}

const REVERT: Answer = { error: { code: 3, message: 'execution reverted' } }
const word = (value: number): Answer => ({ result: `0x${value.toString(16).padStart(64, '0')}` })

/** A chain on which one registry knows the enclave. */
function registry(at: string, facts: { readonly record?: Hex; readonly active?: boolean } = {}) {
  return ({ params }: SeenCall): Answer => {
    const [call] = params as [{ to: string; data: string }]
    if (call.to !== at) return REVERT
    return call.data.startsWith('0xa3bf31f1')
      ? word(facts.active === false ? 0 : 1)
      : { result: facts.record ?? encodeRecord(KEY) }
  }
}

describe('teeRecord', () => {
  it.each(TEE_REGISTRIES)('reads the key from the registry at %s', async (at) => {
    const { start } = make(registry(at))
    const record = await start().teeRecord(TEE_ID)
    expect(record?.active).toBe(true)
    expect(keccak256(record?.publicKey ?? '0x')).toBe(TEE_ID)
  })

  it('is null for an enclave that no registry knows, and asks again the next time', async () => {
    const { start, calls } = make(() => REVERT)
    const chains = start()
    expect(await chains.teeRecord(TEE_ID)).toBeNull()
    expect(await chains.teeRecord(TEE_ID)).toBeNull()
    expect(calls).toHaveLength(4)
  })

  it('is null where the key does not hash to the id', async () => {
    const { start } = make(registry(TEE_REGISTRIES[0], { record: encodeRecord('0x30820122') }))
    expect(await start().teeRecord(TEE_ID)).toBeNull()
  })

  it.each<[string, Hex]>([
    ['nothing', '0x'],
    ['a word', `0x${'0'.repeat(63)}1`],
    ['an offset out of range', `0x${'0'.repeat(62)}20${'f'.repeat(64 * 12)}`],
    ['a cut record', encodeRecord(KEY).slice(0, 900) as Hex],
  ])('is null where the registry answers %s', async (_, record) => {
    const { start } = make(registry(TEE_REGISTRIES[0], { record }))
    expect(await start().teeRecord(TEE_ID)).toBeNull()
  })

  it('is null without a call for what is no id', async () => {
    const { start, calls } = make(() => REVERT)
    expect(await start().teeRecord('0x1234')).toBeNull()
    expect(calls).toEqual([])
  })

  it('is kept for five minutes, also for the next worker', async () => {
    const { start, calls, clock } = make(registry(TEE_REGISTRIES[0]))
    const first = await start().teeRecord(TEE_ID)
    const asked = calls.length
    clock.move(5 * 60_000 - 1)
    expect(await start().teeRecord(TEE_ID)).toEqual(first)
    expect(calls).toHaveLength(asked)
    clock.move(1)
    await start().teeRecord(TEE_ID)
    expect(calls.length).toBeGreaterThan(asked)
  })

  it('keeps its key for a day where the registry cannot be read, without calling the enclave active', async () => {
    const answer = registry(TEE_REGISTRIES[0])
    let down = false
    const { start, clock } = make((call) => (down ? { throws: new TypeError('down') } : answer(call)))
    const first = await start().teeRecord(TEE_ID)
    down = true
    clock.move(DAY_MS - 1)
    expect(await start().teeRecord(TEE_ID)).toEqual({ ...first, active: false })
    clock.move(1)
    await expect(start().teeRecord(TEE_ID)).rejects.toMatchObject({ reason: 'rpc-failed' })
  })

  // Once: a retired enclave stayed active for the rest of its day.
  it('of an enclave that was retired meanwhile says so', async () => {
    let active = true
    const { start, clock } = make((call) => registry(TEE_REGISTRIES[0], { active })(call))
    await start().teeRecord(TEE_ID)
    active = false
    clock.move(5 * 60_000)
    expect(await start().teeRecord(TEE_ID)).toMatchObject({ active: false })
  })

  it('of a retired enclave says so, and is not kept', async () => {
    const { start, calls } = make(registry(TEE_REGISTRIES[0], { active: false }))
    const chains = start()
    expect((await chains.teeRecord(TEE_ID))?.active).toBe(false)
    const asked = calls.length
    await chains.teeRecord(TEE_ID)
    expect(calls.length).toBe(asked * 2)
  })

  it('fails where no endpoint answers', async () => {
    const { start } = make(() => ({ throws: new TypeError('down') }))
    await expect(start().teeRecord(TEE_ID)).rejects.toMatchObject({ reason: 'rpc-failed' })
  })
})

describe('teeRecord over a registry contract', () => {
  let chain: EvmChain

  beforeAll(async () => {
    const { deployedBytecode } = compileContract({ file: 'tee-registry.sol', contract: 'TEERegistry' })
    chain = await startEvmChain({
      chainId: 10_740,
      port: await freePort(0),
      contracts: [{ address: addresses.teeRegistry, runtime: deployedBytecode }],
    })
  })

  afterAll(() => chain?.stop())

  it('reads what was registered, and that it was retired', async () => {
    const abi = parseAbi([
      'function register(bytes publicKey,string endpoint,uint8 teeType)',
      'function setActive(bytes32 teeId,bool active)',
    ])
    const [from] = (await chain.rpc('eth_accounts')) as string[]
    const send = async (data: Hex) => {
      await chain.rpc('eth_sendTransaction', [{ from, to: addresses.teeRegistry, data, gas: '0x4c4b40' }])
      await chain.rpc('evm_mine')
    }
    await send(encodeFunctionData({ abi, functionName: 'register', args: [KEY, 'https://e.example', 0] }))
    const chains = createChains({
      endpoints: () => ({ [BASE]: [], [BASE_SEPOLIA]: [], [SOLANA]: [], 'og-registry': [chain.rpcUrl] }),
      fetch: (url, init) => fetch(url, init),
      clock: new MovedClock(),
      cache: { get: async () => null, set: async () => undefined },
    })
    const record = await chains.teeRecord(TEE_ID)
    expect([record?.active, keccak256(record?.publicKey ?? '0x')]).toEqual([true, TEE_ID])
    expect(await chains.teeRecord(`0x${'1'.repeat(64)}`)).toBeNull()
    await send(encodeFunctionData({ abi, functionName: 'setActive', args: [TEE_ID, false] }))
    expect((await chains.teeRecord(TEE_ID))?.active).toBe(false)
  })
})
