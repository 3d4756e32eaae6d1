import { generateKeyPairSync } from 'node:crypto'
import { getBase58Decoder } from '@solana/kit'
import { describe, expect, it } from 'vitest'
import { isChatError } from '../../src/domain/errors.ts'
import { readImport } from '../../src/wallet/imports.ts'
import type { ImportSource } from '../../src/wallet/wallet.ts'
import { JUNK_PHRASE } from './fakes.ts'
import { SOLANA_BASE58, SOLANA_PAIR } from './vectors.ts'

const ANVIL_KEY = 'ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'
const ANVIL_ADDRESS = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'
const ORDER = 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'

const base58 = (bytes: readonly number[]): string => getBase58Decoder().decode(Uint8Array.from(bytes))

describe('imports', () => {
  it.each([
    ['with 0x', `0x${ANVIL_KEY}`],
    ['bare', ANVIL_KEY],
    ['in capitals', ANVIL_KEY.toUpperCase()],
    ['with space around', `  0x${ANVIL_KEY}\n`],
  ])('reads an EVM key %s', async (_, key) => {
    const { identity, secrets } = await readImport({ kind: 'evm-key', key })
    expect(identity).toEqual({ hasPhrase: false, addresses: { evm: ANVIL_ADDRESS, solana: null } })
    expect([secrets.entropy, secrets.solanaKey]).toEqual([null, null])
  })

  it.each([
    ['64 bytes in base58', base58(SOLANA_PAIR.bytes)],
    ["solana-keygen's array", JSON.stringify(SOLANA_PAIR.bytes)],
    ['an array with spaces', `\n${JSON.stringify(SOLANA_PAIR.bytes, null, 1)}\n`],
  ])('reads a Solana key as %s', async (_, key) => {
    const { identity, secrets } = await readImport({ kind: 'solana-key', key })
    expect(identity).toEqual({
      hasPhrase: false,
      addresses: { evm: null, solana: SOLANA_PAIR.address },
    })
    expect([...(secrets.solanaKey ?? [])]).toEqual(SOLANA_PAIR.bytes.slice(0, 32))
  })

  it("reads the documentation's base58 pair, whose public half must fit", async () => {
    const { identity } = await readImport({ kind: 'solana-key', key: SOLANA_BASE58 })
    expect(identity.addresses.solana).toMatch(/^[1-9A-HJ-NP-Za-km-z]{43,44}$/)
  })

  it('gives the address that OpenSSL derives, for 20 random Solana keys', async () => {
    for (let round = 0; round < 20; round++) {
      const pair = generateKeyPairSync('ed25519')
      const secret = [...pair.privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(16)]
      const open = [...pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(12)]
      const { identity } = await readImport({ kind: 'solana-key', key: base58([...secret, ...open]) })
      expect(identity.addresses.solana).toBe(base58(open))
    }
  })

  const mismatched = [...SOLANA_PAIR.bytes.slice(0, 63), 134]
  const refused: readonly (readonly [name: string, source: ImportSource, problem: string])[] = [
    ['an empty phrase', { kind: 'phrase', phrase: '' }, 'phrase-length'],
    ['11 words', { kind: 'phrase', phrase: JUNK_PHRASE.slice(5) }, 'phrase-length'],
    ['18 words', { kind: 'phrase', phrase: Array(18).fill('abandon').join(' ') }, 'phrase-length'],
    ['a word off the list', { kind: 'phrase', phrase: JUNK_PHRASE.replace('junk', 'junky') }, 'phrase-word'],
    ['a wrong checksum', { kind: 'phrase', phrase: Array(12).fill('zebra').join(' ') }, 'phrase-checksum'],
    ['an endless phrase', { kind: 'phrase', phrase: 'abandon '.repeat(5_000) }, 'phrase-length'],
    ['a short EVM key', { kind: 'evm-key', key: ANVIL_KEY.slice(2) }, 'evm-key-format'],
    ['a long EVM key', { kind: 'evm-key', key: `${ANVIL_KEY}00` }, 'evm-key-format'],
    ['an EVM address', { kind: 'evm-key', key: ANVIL_ADDRESS }, 'evm-key-format'],
    ['no hex', { kind: 'evm-key', key: ANVIL_KEY.replace('a', 'g') }, 'evm-key-format'],
    ['full-width digits', { kind: 'evm-key', key: ANVIL_KEY.replaceAll('0', '０') }, 'evm-key-format'],
    ['zero', { kind: 'evm-key', key: '0'.repeat(64) }, 'evm-key-range'],
    ["the curve's order", { kind: 'evm-key', key: ORDER }, 'evm-key-range'],
    ['above the order', { kind: 'evm-key', key: 'f'.repeat(64) }, 'evm-key-range'],
    ['an empty Solana key', { kind: 'solana-key', key: '' }, 'solana-key-format'],
    ['31 bytes', { kind: 'solana-key', key: base58(SOLANA_PAIR.bytes.slice(0, 31)) }, 'solana-key-format'],
    ['63 bytes', { kind: 'solana-key', key: base58(SOLANA_PAIR.bytes.slice(0, 63)) }, 'solana-key-format'],
    ['65 bytes', { kind: 'solana-key', key: base58([...SOLANA_PAIR.bytes, 1]) }, 'solana-key-format'],
    ['no base58', { kind: 'solana-key', key: `0${SOLANA_BASE58.slice(1)}` }, 'solana-key-format'],
    ['a wrong public half', { kind: 'solana-key', key: base58(mismatched) }, 'solana-key-mismatch'],
    ['the same in an array', { kind: 'solana-key', key: JSON.stringify(mismatched) }, 'solana-key-mismatch'],
    [
      'an address, which would be a key that all know',
      { kind: 'solana-key', key: SOLANA_PAIR.address },
      'solana-key-address',
    ],
    [
      '32 bytes, which may be one',
      { kind: 'solana-key', key: base58(SOLANA_PAIR.bytes.slice(0, 32)) },
      'solana-key-address',
    ],
    ['the System Program', { kind: 'solana-key', key: '1'.repeat(32) }, 'solana-key-address'],
    ['63 numbers', { kind: 'solana-key', key: JSON.stringify(mismatched.slice(1)) }, 'solana-key-format'],
    [
      'a number over 255',
      { kind: 'solana-key', key: JSON.stringify([...mismatched.slice(1), 256]) },
      'solana-key-format',
    ],
    [
      'negative numbers',
      { kind: 'solana-key', key: JSON.stringify([...mismatched.slice(1), -1]) },
      'solana-key-format',
    ],
    [
      'fractions',
      { kind: 'solana-key', key: JSON.stringify([...mismatched.slice(1), 1.5]) },
      'solana-key-format',
    ],
    ['nested arrays', { kind: 'solana-key', key: `[${JSON.stringify(mismatched)}]` }, 'solana-key-format'],
    ['an object', { kind: 'solana-key', key: '{"0":1,"length":64}' }, 'solana-key-format'],
    ['a megabyte of base58', { kind: 'solana-key', key: 'z'.repeat(1_000_000) }, 'solana-key-format'],
    ['a megabyte of array', { kind: 'solana-key', key: `[${'1,'.repeat(500_000)}1]` }, 'solana-key-format'],
  ]

  it.each(refused)('refuses %s without quoting it', async (_, source, problem) => {
    const error: unknown = await readImport(source).then(
      () => 'accepted',
      (reason: unknown) => reason,
    )
    if (!isChatError(error)) throw error
    expect([error.reason, error.facts.problem, error.cause]).toEqual(['invalid-body', problem, undefined])
    const input = source.kind === 'phrase' ? source.phrase : source.key
    const told = JSON.stringify([error.message, error.facts])
    for (const part of input.split(/[\s,[\]]+/).filter((piece) => piece.length > 4)) {
      expect(told).not.toContain(part)
    }
  })

  it('tells which word is off the list by its place', async () => {
    const phrase = JUNK_PHRASE.replace('junk', 'junky')
    await expect(readImport({ kind: 'phrase', phrase })).rejects.toMatchObject({ facts: { word: '12' } })
  })
})
