import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openBackup, sealBackup } from '../../src/backup/backup-file.ts'
import { packContent, unpackContent } from '../../src/backup/content.ts'
import { deriveKey } from '../../src/wallet/kdf.ts'
import { COST_FLOOR } from '../../src/wallet/kdf-cost.ts'
import { random, START_MS } from '../wallet/fakes.ts'
import { EMPTY_DUMP, makeProfile, PASSPHRASE } from './fakes.ts'

const tools = { random, deriveKey, costs: [COST_FLOOR] }
const bytes = (text: string) => Uint8Array.from(Buffer.from(text))

describe('hostile files', () => {
  const sealText = async (content: unknown) =>
    sealBackup(Uint8Array.from(gzipSync(JSON.stringify(content))), PASSPHRASE, tools)
  const good = { version: 1, createdAtMs: 1, vault: null, settings: null, gateways: [], ledger: EMPTY_DUMP }

  it.each([
    ['no JSON object', [], 'backup-damaged'],
    ['a newer content', { ...good, version: 2 }, 'backup-version'],
    ['no date', { ...good, createdAtMs: 'x' }, 'backup-damaged'],
    ['a vault that is none', { ...good, vault: 'AAAA' }, 'backup-damaged'],
    ['a vault that is no text', { ...good, vault: 7 }, 'backup-damaged'],
    ['gateways that are no list', { ...good, gateways: {} }, 'backup-damaged'],
    ['no ledger', { ...good, ledger: null }, 'backup-damaged'],
    ['payments that are no list', { ...good, ledger: { ...EMPTY_DUMP, payments: 'x' } }, 'backup-damaged'],
  ])('with %s are refused', async (_, content, problem) => {
    const { backup, world } = makeProfile()
    const file = await sealText(content)
    for (const attempt of [
      () => backup.inspect(file, PASSPHRASE),
      () => backup.restore(file, PASSPHRASE, { replaceWallet: true }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ reason: 'invalid-body', facts: { problem } })
    }
    expect(world.vaultStore.bytes).toBeNull()
  })

  it('are taken when nothing is wrong with them', async () => {
    expect(await makeProfile().backup.inspect(await sealText(good), PASSPHRASE)).toMatchObject({
      payments: 0,
    })
  })

  it('cannot unpack to more than a backup may hold', async () => {
    const bomb = Uint8Array.from(gzipSync(Buffer.alloc(1_000_000)))
    expect(bomb.length).toBeLessThan(2000)
    await expect(unpackContent(bomb, 999_999)).rejects.toMatchObject({ facts: { problem: 'backup-damaged' } })
  })

  it('are not made larger than they could be unpacked again', async () => {
    const content = { ...good, createdAtMs: START_MS, builtIns: null }
    const { length } = JSON.stringify(content)
    await expect(packContent(content, length - 1)).rejects.toMatchObject({
      reason: 'invalid-body',
      facts: { problem: 'backup-too-large' },
    })
    expect(await unpackContent(await packContent(content, length + 20), length + 20)).toMatchObject({
      vault: null,
    })
  })

  it('that are no gzip are refused', async () => {
    const file = await sealBackup(bytes('{}'), PASSPHRASE, tools)
    await expect(makeProfile().backup.inspect(file, PASSPHRASE)).rejects.toMatchObject({
      facts: { problem: 'backup-damaged' },
    })
  })

  it.each([
    ['an empty file', new Uint8Array(0)],
    ['a short file', bytes('X4CB')],
    ['a picture', Uint8Array.from({ length: 5000 }, (_, index) => index % 251)],
  ])('like %s are named for what they are', async (_, file) => {
    const { backup, kdf } = makeProfile()
    await expect(backup.inspect(file, PASSPHRASE)).rejects.toMatchObject({
      facts: { problem: 'not-a-backup' },
    })
    expect(kdf.runs).toBe(0)
  })

  it('with parameters below the floor or beyond the ceiling are refused before the KDF', async () => {
    for (const memoryKib of [8, 19_455, 262_145, 2 ** 32 - 1]) {
      const key = await deriveKey(PASSPHRASE, { ...COST_FLOOR, salt: random(16) })
      const weak = { random, deriveKey: async () => key, costs: [{ ...COST_FLOOR, memoryKib }] }
      const file = await sealBackup(bytes('x'), PASSPHRASE, weak)
      await expect(openBackup(file, PASSPHRASE, weak)).rejects.toMatchObject({
        facts: { problem: 'backup-weak' },
      })
    }
  })

  it('open with no other passphrase', async () => {
    const file = await sealText(good)
    const opening = makeProfile().backup.inspect(file, `${PASSPHRASE}.`)
    await expect(opening).rejects.toMatchObject({ facts: { problem: 'wrong-passphrase' } })
  })
})

describe('content', () => {
  it('unpacks what it packed', async () => {
    const content = {
      createdAtMs: START_MS,
      vault: random(300),
      settings: { a: [1, null, 'ä'] },
      gateways: [{ id: 'x' }],
      builtIns: { disabled: ['y'] },
      ledger: { ...EMPTY_DUMP, payments: [{ id: 'a', amount: '1' }], limits: { USDC: null } },
    }
    expect(await unpackContent(await packContent(content))).toEqual(content)
  })
})
