import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readImport } from '../../src/wallet/imports.ts'
import { deriveKey } from '../../src/wallet/kdf.ts'
import { COST_FLOOR, type KdfCost } from '../../src/wallet/kdf-cost.ts'
import { packSecrets, parseSecrets } from '../../src/wallet/secrets.ts'
import { createVault, openSecrets, openVault, rewrapVault } from '../../src/wallet/vault.ts'
import { readVault, writeVault } from '../../src/wallet/vault-file.ts'
import { JUNK_PHRASE, PASSWORD, random } from './fakes.ts'

const tools = { random, deriveKey, cost: COST_FLOOR }

async function makeVault(cost: KdfCost = COST_FLOOR) {
  const content = await readImport({ kind: 'phrase', phrase: JUNK_PHRASE })
  const opened = await createVault({ ...content, phraseChecked: true }, PASSWORD, {
    ...tools,
    cost,
    // A vault with refused parameters can only be made by a KDF that does not refuse them.
    deriveKey: cost === COST_FLOOR ? deriveKey : (text, kdf) => deriveKey(text, { ...kdf, ...COST_FLOOR }),
  })
  return { ...opened, content, bytes: await writeVault(opened.file) }
}

const optionalBytes = (...lengths: number[]) =>
  fc.oneof(
    fc.constant(null),
    ...lengths.map((length) =>
      fc.uint8Array({ minLength: length, maxLength: length }).map((a) => Uint8Array.from(a)),
    ),
  )

describe('secrets', () => {
  it('unpacks what it packed', () => {
    const secrets = fc.record({
      entropy: optionalBytes(16, 32),
      evmKey: optionalBytes(32),
      solanaKey: optionalBytes(32),
    })
    fc.assert(
      fc.property(secrets, (value) => {
        expect(parseSecrets(packSecrets(value))).toEqual(value)
      }),
    )
  })

  it('is total: any bytes give secrets that pack to them, or null', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        const secrets = parseSecrets(Uint8Array.from(bytes))
        if (secrets !== null) expect([...packSecrets(secrets)]).toEqual([...bytes])
      }),
    )
  })
})

describe('vault file', () => {
  it('reads what it wrote', async () => {
    const { file, bytes } = await makeVault()
    expect(await readVault(bytes)).toEqual(file)
  })

  it('is total: any bytes are refused', async () => {
    const { bytes } = await makeVault()
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (junk) => {
        expect(await readVault(junk)).toBeNull()
      }),
    )
    for (const length of [0, 1, 31, 32, 33, bytes.length - 1]) {
      expect(await readVault(bytes.subarray(0, length))).toBeNull()
    }
    expect(await readVault(Uint8Array.from([...bytes, 0]))).toBeNull()
  })

  it.each([
    ['below the memory floor', { ...COST_FLOOR, memoryKib: COST_FLOOR.memoryKib - 1 }],
    ['with one pass', { ...COST_FLOOR, iterations: 1 }],
    ['that asks for 4 GiB', { ...COST_FLOOR, memoryKib: 2 ** 22 }],
    ['that asks for a billion passes', { ...COST_FLOOR, iterations: 1e9 }],
  ])('refuses a well-made vault %s', async (_, cost) => {
    const { bytes } = await makeVault(cost)
    expect(await readVault(bytes)).toBeNull()
  })
})

describe('vault', () => {
  it('opens with its password to the same secrets, and with no other', async () => {
    const { file, dataKey, content } = await makeVault()
    const opened = await openVault(file, PASSWORD, deriveKey)
    expect(opened?.dataKey).toEqual(dataKey)
    expect(await openSecrets(file, dataKey)).toEqual(content.secrets)
    expect(await openVault(file, `${PASSWORD} `, deriveKey)).toBeNull()
  })

  it('keeps data key and secrets when the password changes, under a new salt', async () => {
    const opened = await makeVault()
    const file = await rewrapVault(opened, 'another quiet lunch', tools)
    expect(file.secrets).toEqual(opened.file.secrets)
    expect(file.kdf.salt).not.toEqual(opened.file.kdf.salt)
    expect((await openVault(file, 'another quiet lunch', deriveKey))?.dataKey).toEqual(opened.dataKey)
    expect(await openVault(file, PASSWORD, deriveKey)).toBeNull()
  })

  it('shows no other addresses than its own: they are bound to the secrets', async () => {
    const { file } = await makeVault()
    const evm = '0x000000000000000000000000000000000000dEaD' as const
    const forged = { ...file, identity: { ...file.identity, addresses: { ...file.identity.addresses, evm } } }
    expect(await readVault(await writeVault(forged))).toEqual(forged)
    expect(await openVault(forged, PASSWORD, deriveKey)).toBeNull()
  })

  it('binds every KDF parameter to the wrapped key', async () => {
    const { file } = await makeVault()
    const fixed = await deriveKey(PASSWORD, file.kdf)
    expect(await openVault(file, PASSWORD, async () => fixed)).not.toBeNull()
    for (const kdf of [
      { ...file.kdf, memoryKib: file.kdf.memoryKib + 1 },
      { ...file.kdf, iterations: file.kdf.iterations + 1 },
      { ...file.kdf, parallelism: file.kdf.parallelism + 1 },
      { ...file.kdf, salt: random(16) },
    ]) {
      expect(await openVault({ ...file, kdf }, PASSWORD, async () => fixed)).toBeNull()
    }
  })

  it('never writes the same bytes twice for the same wallet', async () => {
    const [a, b] = await Promise.all([makeVault(), makeVault()])
    expect(a.file.id).not.toEqual(b.file.id)
    expect(a.file.secrets.data).not.toEqual(b.file.secrets.data)
  })
})
