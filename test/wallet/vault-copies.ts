/** The vault's two places as a test sees and spoils them. */
import { createHash } from 'node:crypto'
import { VAULT_TEXT_KEY } from '../../src/wallet/copies.ts'
import type { World } from './fakes.ts'

export const JUNK_EVM = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'

export function firstCopy(world: World): Uint8Array {
  if (world.vaultStore.bytes === null) throw new Error('no first copy')
  return world.vaultStore.bytes
}

export function secondCopy(world: World): Uint8Array {
  return Buffer.from(world.local.values.get(VAULT_TEXT_KEY) ?? '', 'base64')
}

export function setSecond(world: World, bytes: Uint8Array): void {
  world.local.values.set(VAULT_TEXT_KEY, Buffer.from(bytes).toString('base64'))
}

/** Every byte takes its turn, then again with other values, so that 2,000 corruptions cover the whole file several times. */
export function* corruptions(good: Uint8Array, count: number): Generator<Uint8Array> {
  for (let index = 0; index < count; index++) {
    const bad = good.slice()
    const position = index % good.length
    const flip = 1 + ((index * 37 + Math.floor(index / good.length)) % 255)
    bad[position] = (bad[position] ?? 0) ^ flip
    yield bad
  }
}

/** The same file with a checksum that fits its content again. */
export function mend(bytes: Uint8Array): Uint8Array {
  const body = bytes.subarray(0, bytes.length - 32)
  return Buffer.concat([body, createHash('sha256').update(body).digest()])
}
