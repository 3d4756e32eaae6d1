import { mnemonicToSeedSync } from '@scure/bip39'
import { describe, expect, it } from 'vitest'
import { deriveEd25519, deriveSecp256k1 } from '../../src/wallet/derive.ts'
import { readImport } from '../../src/wallet/imports.ts'
import { phraseOf, readPhrase } from '../../src/wallet/phrase.ts'
import type { Bytes } from '../../src/wallet/ports.ts'
import { BIP39_VECTORS, SLIP10_VECTORS } from './vectors.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytes = (text: string): Bytes => Uint8Array.from(Buffer.from(text, 'hex'))

describe('phrases', () => {
  it.each(BIP39_VECTORS)('reads and writes the published words of %s', (entropy, phrase, seed) => {
    const read = readPhrase(phrase)
    expect('entropy' in read && hex(read.entropy)).toBe(entropy)
    expect(phraseOf(bytes(entropy))).toBe(phrase)
    // The published seeds use the passphrase "TREZOR".
    expect(hex(mnemonicToSeedSync(phrase, 'TREZOR'))).toBe(seed)
  })

  it('reads words in any case and spacing', () => {
    const read = readPhrase(
      '  Legal winner\n thank YEAR wave sausage worth useful legal winner thank yellow ',
    )
    expect('entropy' in read && hex(read.entropy)).toBe('7f'.repeat(16))
  })
})

describe('derivation', () => {
  it.each(SLIP10_VECTORS)('gives the private key that SLIP-0010 prints for $curve $path', (vector) => {
    const path = vector.path
      .split('/')
      .slice(1)
      .map((part) => Number.parseInt(part, 10) + (part.endsWith('H') ? 2 ** 31 : 0))
    const derive = vector.curve === 'ed25519' ? deriveEd25519 : deriveSecp256k1
    expect(hex(derive(bytes(vector.seed), path))).toBe(vector.key)
  })

  it.each([
    {
      source: 'Hardhat and Foundry, default accounts (EVM)',
      phrase: 'test test test test test test test test test test test junk',
      evm: '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
      solana: null,
    },
    {
      source: 'Solana Cookbook, restoring a BIP-44 phrase; Jupiter CLI, end-to-end test',
      phrase: 'neither lonely flavor argue grass remind eye tag avocado spot unusual intact',
      evm: null,
      solana: '5vftMkHL72JaJG6ExQfGAsT2uGVHpRR7oTNUPMs68Y2N',
    },
    {
      source:
        "BIP-39's first phrase as other wallets' tests print it for m/44'/60'/0'/0/0 and m/44'/501'/0'/0'",
      phrase: 'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about',
      evm: '0x9858EfFD232B4033E47d90003D41EC34EcaEda94',
      solana: 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk',
    },
  ])('gives the published addresses: $source', async ({ phrase, evm, solana }) => {
    const { identity, secrets } = await readImport({ kind: 'phrase', phrase })
    if (evm !== null) expect(identity.addresses.evm).toBe(evm)
    if (solana !== null) expect(identity.addresses.solana).toBe(solana)
    expect(identity.hasPhrase).toBe(true)
    expect(secrets.entropy).not.toBeNull()
  })

  it("gives anvil's published first private key", async () => {
    const { secrets } = await readImport({
      kind: 'phrase',
      phrase: 'test test test test test test test test test test test junk',
    })
    expect(hex(secrets.evmKey ?? new Uint8Array())).toBe(
      'ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
    )
  })
})
