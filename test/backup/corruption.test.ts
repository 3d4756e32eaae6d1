import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isChatError } from '../../src/domain/errors.ts'
import { JUNK_PHRASE, PASSWORD } from '../wallet/fakes.ts'
import { makeProfile, PASSPHRASE } from './fakes.ts'

async function makeFile() {
  const profile = makeProfile()
  await profile.wallet.create({ kind: 'phrase', phrase: JUNK_PHRASE }, PASSWORD, { phraseChecked: true })
  return { ...profile, file: await profile.backup.exportFile(PASSPHRASE) }
}

function flip(file: Uint8Array, position: number, bits: number): Uint8Array {
  const bad = file.slice()
  bad[position] = (bad[position] ?? 0) ^ bits
  return bad
}

async function problemOf(opening: Promise<unknown>): Promise<string> {
  const error: unknown = await opening.then(
    () => 'opened',
    (reason: unknown) => reason,
  )
  if (!isChatError(error)) throw new Error(`not refused properly: ${String(error)}`)
  return error.facts.problem ?? ''
}

describe('2,000 corrupted bytes of a backup', () => {
  it('are all refused before the KDF', async () => {
    const { backup, file, kdf, wallet } = await makeFile()
    const runs = kdf.runs
    const problems = new Set<string>()
    for (let index = 0; index < 2000; index++) {
      const bad = flip(file, index % file.length, 1 + ((index * 37 + Math.floor(index / file.length)) % 255))
      problems.add(await problemOf(backup.restore(bad, PASSPHRASE, { replaceWallet: true })))
    }
    expect([...problems].sort()).toEqual(['backup-damaged', 'not-a-backup'])
    expect(kdf.runs).toBe(runs)
    expect((await wallet.status()).kind).toBe('unlocked')
  })

  it('with a mended checksum (100 of them) are all refused, the KDF having run for all that it can tell', async () => {
    const { backup, file, kdf, wallet } = await makeFile()
    const body = file.length - 32
    const runs = kdf.runs
    const problems = new Map<string, number>()
    for (let index = 0; index < 100; index++) {
      const bad = flip(file, Math.floor((index * body) / 100), 1 << (index % 8)).subarray(0, body)
      const mended = Buffer.concat([bad, createHash('sha256').update(bad).digest()])
      const problem = await problemOf(backup.restore(mended, PASSPHRASE, { replaceWallet: true }))
      problems.set(problem, (problems.get(problem) ?? 0) + 1)
    }
    expect(kdf.runs - runs).toBe(problems.get('wrong-passphrase'))
    expect(problems.get('wrong-passphrase')).toBeGreaterThan(85)
    expect((await wallet.status()).kind).toBe('unlocked')
    expect(await wallet.reveal(PASSWORD, 'phrase')).toBe(JUNK_PHRASE)
  })
})
