import { expect } from 'vitest'
import type { ImportSource, Wallet } from '../../src/wallet/wallet.ts'
import { random } from '../wallet/fakes.ts'
import { EMPTY_DUMP, FakeLedger, makeProfile, type ProfileOptions } from './fakes.ts'

/** Makes a random wallet, backs it up, restores it elsewhere, and expects the very same keys under the same password. */
export async function roundTrip(
  index: number,
  options: Pick<ProfileOptions, 'cost' | 'costs' | 'derive'>,
): Promise<void> {
  const rows = Array.from({ length: index % 7 }, (_, row) => ({ id: `payment-${index}-${row}` }))
  const from = makeProfile({ ...options, ledger: new FakeLedger({ ...EMPTY_DUMP, payments: rows }) })
  const [password, passphrase] = [randomText(), randomText()]
  const source = randomSource(from.wallet, index)
  const created = await from.wallet.create(source, password, { phraseChecked: index % 2 === 0 })
  const file = await from.backup.exportFile(passphrase)

  const ledger = new FakeLedger()
  const to = makeProfile({ ...options, ledger })
  await to.backup.restore(file, passphrase, { replaceWallet: false })
  expect(ledger.merged[0]?.payments).toEqual(rows)
  expect((await to.wallet.unlock(password)).kind).toBe('unlocked')
  expect(await to.wallet.status()).toEqual(created)
  if (source.kind === 'phrase') {
    const digest = random(32)
    expect(await signatureBy(to.wallet, digest)).toBe(await signatureBy(from.wallet, digest))
  }
}

function randomSource(wallet: Wallet, index: number): ImportSource {
  if (index % 4 !== 3) return { kind: 'phrase', phrase: wallet.newPhrase() }
  return { kind: 'evm-key', key: Buffer.from(random(32)).toString('hex') }
}

function randomText(): string {
  return Buffer.from(random(12)).toString('base64')
}

async function signatureBy(wallet: Wallet, digest: Uint8Array): Promise<string> {
  const signer = await wallet.evmSigner()
  return signer.signTypedData({
    domain: { name: 'Round trip' },
    types: { Note: [{ name: 'digest', type: 'bytes32' }] },
    primaryType: 'Note',
    message: { digest: `0x${Buffer.from(digest).toString('hex')}` },
  })
}
