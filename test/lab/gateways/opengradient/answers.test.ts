import { constants, createPublicKey, verify } from 'node:crypto'
import {
  concat,
  createPublicClient,
  type Hex,
  hexToBytes,
  http,
  keccak256,
  numberToHex,
  parseAbi,
  stringToBytes,
} from 'viem'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { OpenGradientGateway } from './opengradient-gateway.ts'
import { type Bench, bodyFor, pay, question, startBench } from './test-bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
}, 60_000)
afterAll(() => bench?.stop())
afterEach(() => bench.faults.clear())

interface Proof {
  tee_signature?: string
  tee_timestamp: number
  tee_request_hash: string
  tee_output_hash: string
  tee_id: Hex
}

interface Delta {
  content?: string
  tool_calls?: { index?: number; id?: string; function: { name?: string; arguments?: string } }[]
}

interface Frame extends Proof {
  choices: [{ delta: Delta; finish_reason: string | null }]
  model: string
  usage?: { total_tokens: number }
  opengradient?: { cost_opg: string; cost_usd: string; opg_price_usd: string }
}

const registryAbi = parseAbi([
  'struct TEEInfo { address owner; address paymentAddress; string endpoint; bytes publicKey; bytes tlsCertificate; bytes32 pcrHash; uint8 teeType; bool enabled; uint256 registeredAt; uint256 lastHeartbeatAt; }',
  'function getTEE(bytes32) view returns (TEEInfo)',
  'function isTEEActive(bytes32) view returns (bool)',
  'function getActiveTEEs(uint8) view returns (TEEInfo[])',
])
const registry = '0x703cB174AEadB35D611858369B4b1111dC9Abda6'

function readRegistry() {
  return createPublicClient({ transport: http(bench.chains.ogRegistry.rpcUrl), cacheTime: 0 })
}

const isActive = (teeId: Hex) =>
  readRegistry().readContract({
    address: registry,
    abi: registryAbi,
    functionName: 'isTEEActive',
    args: [teeId],
  })

/** Checks a signature against the key that the registry holds for its id. */
async function isSigned(proof: Proof): Promise<boolean> {
  const tee = await readRegistry().readContract({
    address: registry,
    abi: registryAbi,
    functionName: 'getTEE',
    args: [proof.tee_id],
  })
  expect(keccak256(tee.publicKey)).toBe(proof.tee_id)
  const der = Buffer.from(hexToBytes(tee.publicKey))
  const message = keccak256(
    concat([
      `0x${proof.tee_request_hash}`,
      `0x${proof.tee_output_hash}`,
      numberToHex(proof.tee_timestamp, { size: 32 }),
    ]),
  )
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
  return verify(
    'sha256',
    hexToBytes(message),
    { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
    Buffer.from(proof.tee_signature ?? '', 'base64'),
  )
}

const hashOf = (text: string) => keccak256(stringToBytes(text)).slice(2)

async function readStream(response: Response) {
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const lines = (await response.text()).split('\n\n').filter((event) => event !== '')
  const data = lines.map((line) => line.replace(/^data: /, ''))
  const isDone = data.at(-1) === '[DONE]'
  const frames: Frame[] = (isDone ? data.slice(0, -1) : data).map((text) => JSON.parse(text))
  return { frames, isDone }
}

const weather = {
  type: 'function',
  function: { name: 'get_weather', parameters: { type: 'object', properties: {} } },
}

describe.each(['newer', 'documented'] as const)('an answer of the %s deployment', (name) => {
  let gateway: OpenGradientGateway
  beforeAll(() => {
    gateway = bench.og[name]
  })
  const paid = async (more: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
    pay(gateway, await bench.makePayer(gateway), { body: bodyFor(gateway, more), headers })

  it('streams chunks of choices and model, and closes with proof, usage, cost and [DONE]', async () => {
    const { frames, isDone } = await readStream(await paid({ stream: true }))
    expect(isDone).toBe(true)
    const last = frames.at(-1)
    for (const frame of frames.slice(0, -1)) expect(Object.keys(frame)).toEqual(['choices', 'model'])
    expect(last?.choices[0]).toMatchObject({ delta: {}, finish_reason: 'stop' })
    expect(last?.usage?.total_tokens).toBeGreaterThan(10)
    expect(last?.opengradient?.cost_opg).toMatch(/^[1-9][0-9]*$/)
    const text = frames.map((frame) => frame.choices[0].delta.content ?? '').join('')
    expect(last?.tee_output_hash).toBe(hashOf(text))
  })

  it('proves request and output by the key in the registry', async () => {
    const model = gateway.deployment.models[0]
    const answer = await (await paid({ temperature: 0.5 })).json()
    const text: string = answer.choices[0].message.content
    const canonical = `{"max_tokens": 200, "messages": [{"content": "${question.content}", "role": "user"}], "model": "${model}", "temperature": 0.5}`
    expect(answer.tee_request_hash).toBe(hashOf(canonical))
    expect(answer.tee_output_hash).toBe(hashOf(text))
    expect(await isSigned(answer)).toBe(true)
    expect(await isActive(answer.tee_id)).toBe(true)
  })

  it('calls a tool, whole with its proof, and streamed with an index', async () => {
    const whole = await (await paid({ tools: [weather] })).json()
    const [call] = whole.choices[0].message.tool_calls
    expect(whole.choices[0].finish_reason).toBe('tool_calls')
    const { id, function: made } = call
    const text = `[{"function": {"arguments": ${JSON.stringify(made.arguments)}, "name": "get_weather"}, "id": "${id}", "type": "function"}]`
    expect(whole.tee_output_hash).toBe(hashOf(text))
    const { frames } = await readStream(await paid({ tools: [weather], stream: true }))
    expect(frames[0]?.choices[0].delta.tool_calls?.[0]).toMatchObject({ index: 0, id })
    expect(frames.at(-1)?.tee_output_hash).toBe(hashOf(text))
    expect(frames.at(-1)?.choices[0].finish_reason).toBe('tool_calls')
  })

  it('sends the calls of other makers in pieces that fit together', async () => {
    const model = gateway.deployment.models.find((id) => id.includes('gemini'))
    const { frames } = await readStream(await paid({ model, tools: [weather], stream: true }))
    const pieces = frames.flatMap((frame) => frame.choices[0].delta.tool_calls ?? [])
    expect(pieces).toHaveLength(2)
    expect(pieces.map((piece) => piece.index)).toEqual([0, 0])
    expect(pieces[1]?.id).toBeUndefined()
    expect(JSON.parse(pieces.map((piece) => piece.function.arguments).join(''))).toBeTypeOf('object')
  })

  it.each([
    ['private', []],
    ['individual', ['x-settlement-tx-hash', 'x-settlement-walrus-blob-id']],
    ['batch', ['x-settlement-job-id']],
    ['', ['x-settlement-job-id']],
  ])('names the reference of the settlement mode "%s" in headers', async (mode, expected) => {
    const response = await paid({}, mode ? { 'x-settlement-type': mode } : {})
    const found = [...response.headers.keys()].filter((key) => key.startsWith('x-settlement-'))
    expect(found.sort()).toEqual([...expected].sort())
  })

  it('fails in mid-stream without [DONE], and is not charged', async () => {
    bench.faults.add({ gateway: gateway.deployment.name, fault: 'stream-failed' })
    const response = await paid({ stream: true })
    const { frames, isDone } = await readStream(response)
    expect(isDone).toBe(false)
    expect(frames.at(-1)).toEqual({ error: 'Stream processing failed' })
    const session = gateway.sessions().find(({ id }) => id === response.headers.get('x-upto-session'))
    expect(session?.cost).toBe(0n)
  })

  it('is cut by the fault drop', async () => {
    bench.faults.add({ gateway: gateway.deployment.name, fault: 'drop' })
    const { frames, isDone } = await readStream(await paid({ stream: true }))
    expect(isDone).toBe(false)
    expect(frames).toHaveLength(3)
    bench.faults.add({ gateway: gateway.deployment.name, fault: 'drop' })
    await expect(paid()).rejects.toThrow()
  })

  it.each(['slow-first-token', 'gap'] as const)('waits by the fault %s', async (fault) => {
    bench.faults.add({ gateway: gateway.deployment.name, fault, ms: 300 })
    const start = performance.now()
    const { isDone } = await readStream(await paid({ stream: true }))
    expect(isDone).toBe(true)
    expect(performance.now() - start).toBeGreaterThan(299)
  })

  it('has a signature of another key by forged-proof', async () => {
    bench.faults.add({ gateway: gateway.deployment.name, fault: 'forged-proof' })
    const answer = await (await paid()).json()
    expect(answer.tee_output_hash).toBe(hashOf(answer.choices[0].message.content))
    expect(await isActive(answer.tee_id)).toBe(true)
    expect(await isSigned(answer)).toBe(false)
  })

  it('has a valid signature over other words by wrong-output-hash', async () => {
    bench.faults.add({ gateway: gateway.deployment.name, fault: 'wrong-output-hash' })
    const answer = await (await paid()).json()
    expect(await isSigned(answer)).toBe(true)
    expect(answer.tee_output_hash).not.toBe(hashOf(answer.choices[0].message.content))
  })

  it('comes from an enclave that the registry does not know by unknown-enclave', async () => {
    bench.faults.add({ gateway: gateway.deployment.name, fault: 'unknown-enclave' })
    const answer = await (await paid()).json()
    await expect(isSigned(answer)).rejects.toThrow()
    expect(await isActive(answer.tee_id)).toBe(false)
  })

  it('comes from an enclave that is switched off by disabled-enclave', async () => {
    bench.faults.add({ gateway: gateway.deployment.name, fault: 'disabled-enclave' })
    const answer = await (await paid()).json()
    expect(await isSigned(answer)).toBe(true)
    expect(await isActive(answer.tee_id)).toBe(false)
  })

  it('has no proof by no-proof, and no cost by no-cost', async () => {
    bench.faults.add({ gateway: gateway.deployment.name, fault: 'no-proof' })
    bench.faults.add({ gateway: gateway.deployment.name, fault: 'no-cost' })
    const answer = await (await paid()).json()
    expect(Object.keys(answer).filter((key) => /tee_|opengradient/.test(key))).toEqual([])
  })

  it('completes a prompt', async () => {
    const body = { model: gateway.deployment.models[0], prompt: 'Say hello' }
    const response = await pay(gateway, await bench.makePayer(gateway), { body })
    const answer = await response.json()
    expect(answer.object).toBe('text_completion')
    expect(answer.tee_output_hash).toBe(hashOf(answer.choices[0].text))
  })
})

describe('the enclave registry', () => {
  it('lists the active enclave, and not the disabled one', async () => {
    const active = await readRegistry().readContract({
      address: registry,
      abi: registryAbi,
      functionName: 'getActiveTEEs',
      args: [0],
    })
    expect(active.map((tee) => keccak256(tee.publicKey))).toEqual([bench.og.enclaves.active.teeId])
  })

  it('is switched by the control port', async () => {
    const { teeId } = bench.og.enclaves.active
    await bench.og.setEnclave({ teeId, active: false })
    expect(await isActive(teeId)).toBe(false)
    await bench.og.setEnclave({ teeId, active: true })
    expect(await isActive(teeId)).toBe(true)
  })

  it('agrees with what the gateway says of its own key', async () => {
    const said = await (await fetch(`${bench.og.newer.url}/signing-key`)).json()
    expect(said.tee_id).toBe(bench.og.enclaves.active.teeId)
    const der = createPublicKey(said.public_key).export({ format: 'der', type: 'spki' })
    expect(keccak256(der)).toBe(said.tee_id)
  })
})
