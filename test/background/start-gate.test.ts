import { openDB } from 'idb'
import { describe, expect, it } from 'vitest'
import type { BackgroundDeps } from '../../src/background/deps.ts'
import { createSecretBox } from '../../src/background/secret-box.ts'
import { createStartGate } from '../../src/background/start-gate.ts'
import { routeUi } from '../../src/background/ui-router.ts'
import type { InferenceDeps } from '../../src/inference/ports.ts'
import { releaseUnsent } from '../../src/inference/recover.ts'
import { makeBoxKey, openSealed, seal } from '../../src/protocol/sealed-box.ts'
import { toUiFailure } from '../../src/protocol/ui-failure.ts'
import { grantUsdc, makeAttempt, makeLedger, makeReservation, usdc } from '../ledger/make-ledger.ts'
import { JUNK_PHRASE, makeWalletWorld, PASSWORD } from '../wallet/fakes.ts'

/** A worker whose ledger holds one presented payment that does not parse. */
async function makeSpoiledWorker() {
  const { ledger, name, reopen } = await makeLedger()
  await grantUsdc(ledger, '0.5')
  const reservation = makeReservation({ amount: usdc('0.02') })
  await ledger.reserve(reservation)
  await ledger.present(reservation.payment.id, makeAttempt(reservation.payment.maximum))
  const database = await openDB(name)
  const row: unknown = await database.get('payments', reservation.payment.id)
  const spoil = (maximum: string) => database.put('payments', { ...(row as object), maximum })
  await spoil('much')
  const { wallet } = await makeWalletWorld('unlocked')
  const again = reopen()
  const gate = createStartGate(() =>
    releaseUnsent({ ledger: again, clock: { nowMs: () => 0 } } as InferenceDeps),
  )
  const nothing = async () => undefined
  const deps = {
    ...{ wallet, ledger: again, box: createSecretBox() },
    ...{ transfers: { stop: nothing }, forget: nothing },
  } as unknown as BackgroundDeps
  /** As the worker serves it. */
  const call = (method: string, params: unknown) =>
    gate
      .pass(method)
      .then(() => routeUi(deps, { method, params }))
      .catch(toUiFailure)
  return { call, mend: () => spoil(String(reservation.payment.maximum)) }
}

describe('a start that fails (one spoiled payment used to leave every own page without an answer)', () => {
  it('is answered as what it is, and done anew at the next call', async () => {
    const { call, mend } = await makeSpoiledWorker()
    const failed = { ok: false, cause: 'ledger-failed', facts: { store: 'payments', path: 'maximum' } }
    expect(await call('history.seen', {})).toMatchObject(failed)
    expect(await call('limits.get', {})).toMatchObject(failed)
    await mend()
    expect(await call('limits.get', {})).toMatchObject({ ok: true })
  })

  it('keeps nobody from the words', async () => {
    const { call } = await makeSpoiledWorker()
    const key: unknown = await call('secrets.key', {})
    const { publicKey } = (key as { value: { publicKey: string } }).value
    const mine = await makeBoxKey()
    const reply: unknown = await call('wallet.reveal', {
      password: await seal(publicKey, PASSWORD),
      what: 'phrase',
      replyKey: mine.publicKey,
    })
    const { secret } = (reply as { value: { secret: Parameters<typeof openSealed>[1] } }).value
    expect(await openSealed(mine.privateKey, secret)).toBe(JUNK_PHRASE)
    expect(await call('wallet.lock', {})).toMatchObject({ ok: true, value: { kind: 'locked' } })
  })

  it('ends with a reset, which clears the books', async () => {
    const { call } = await makeSpoiledWorker()
    expect(await call('limits.get', {})).toMatchObject({ ok: false })
    const reset = await call('wallet.reset', { confirmation: 'RESET' })
    expect(reset).toMatchObject({ ok: true, value: { kind: 'none' } })
    expect(await call('limits.get', {})).toMatchObject({ ok: true })
  })
})

describe('a start', () => {
  it('runs once for all that wait, and again only after a failure', async () => {
    let starts = 0
    const gate = createStartGate(async () => {
      starts += 1
      if (starts === 1) throw new Error('the disk is full')
    })
    const first = await Promise.allSettled([gate.ready(), gate.pass('home.get')])
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await Promise.all([gate.pass('home.get'), gate.ready(), gate.pass('sites.list')])
    expect(starts).toBe(2)
  })

  it('is waited for by everything but wallet, backup, the key that seals, and the settings', async () => {
    const gate = createStartGate(() => Promise.reject(new Error('no database')))
    for (const method of ['wallet.reset', 'wallet.unlock', 'backup.restore', 'secrets.key', 'settings.get'])
      await gate.pass(method)
    for (const method of [
      'home.get',
      'settings.set',
      'secrets.keys',
      'transfers.confirm',
      'walletXreveal',
      null,
    ])
      await expect(gate.pass(method)).rejects.toThrow('no database')
  })
})
