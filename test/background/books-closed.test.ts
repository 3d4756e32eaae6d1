import { describe, expect, it } from 'vitest'
import type { BackgroundDeps } from '../../src/background/deps.ts'
import { createFileDesk } from '../../src/background/file-desk.ts'
import { toPageFailure } from '../../src/background/page/to-page-failure.ts'
import { createSecretBox } from '../../src/background/secret-box.ts'
import { createStartGate } from '../../src/background/start-gate.ts'
import { routeUi } from '../../src/background/ui-router.ts'
import { assembleBackup } from '../../src/backup/assemble-backup.ts'
import { createInference } from '../../src/inference/create-inference.ts'
import type { InferenceDeps } from '../../src/inference/ports.ts'
import { releaseUnsent } from '../../src/inference/recover.ts'
import { createLedger } from '../../src/ledger/create-ledger.ts'
import { deleteLedgerDatabase, openLedgerDatabase } from '../../src/ledger/open-database.ts'
import { seal } from '../../src/protocol/sealed-box.ts'
import { toUiFailure } from '../../src/protocol/ui-failure.ts'
import { COST_FLOOR } from '../../src/wallet/kdf-cost.ts'
import { walletTools } from '../../src/wallet/wallet-tools.ts'
import { FakeGateways, FakeSettings, makeProfile, PASSPHRASE } from '../backup/fakes.ts'
import { budgetOf, makeAsk, makeWorld as makePayingWorld } from '../inference/consent-world.ts'
import { NOON, SITE, TestClock } from '../ledger/make-ledger.ts'
import { makeWalletWorld, PASSWORD, random } from '../wallet/fakes.ts'

let names = 0

/** A worker whose books do not open until they are mended. */
async function makeWorker() {
  names += 1
  const name = `closed-${names}`
  let isBroken = true
  const ledger = createLedger({
    openDatabase: (onClosed) =>
      isBroken
        ? Promise.reject(new DOMException('as told', 'UnknownError'))
        : openLedgerDatabase(onClosed, name),
    deleteDatabase: async () => {
      await deleteLedgerDatabase(name)
      isBroken = false
    },
    clock: new TestClock(NOON),
    newId: () => crypto.randomUUID(),
  })
  const { wallet } = await makeWalletWorld('locked')
  const backup = assembleBackup({
    ...{ wallet, ledger, settings: new FakeSettings(), gateways: new FakeGateways() },
    ...{ clock: { nowMs: () => NOON }, random, tools: () => walletTools, costs: [COST_FLOOR] },
  })
  const gate = createStartGate(() => releaseUnsent({ ledger, clock: { nowMs: () => NOON } } as InferenceDeps))
  const nothing = async () => undefined
  const deps = {
    ...{ wallet, ledger, backup, box: createSecretBox(), files: createFileDesk(() => 'file') },
    ...{ transfers: { stop: nothing }, forget: nothing },
  } as unknown as BackgroundDeps
  const call = (method: string, params: unknown) =>
    gate
      .pass(method)
      .then(() => routeUi(deps, { method, params }))
      .catch(toUiFailure)
  const mend = () => {
    isBroken = false
  }
  return { call, mend, wallet }
}

const CLOSED = { ok: false, cause: 'ledger-failed', facts: { problem: 'ledger-closed' } }

describe('books that do not open', () => {
  it('are told to every screen that shows what was spent, and read once they open', async () => {
    const { call, mend } = await makeWorker()
    for (const [method, params] of [
      ['home.get', { tabUrl: null }],
      ['limits.get', {}],
      ['history.seen', {}],
    ] as const)
      expect(await call(method, params)).toMatchObject(CLOSED)
    mend()
    expect(await call('limits.get', {})).toMatchObject({ ok: true })
  })

  it('leave the wallet to be saved, in a file that says what it lacks', async () => {
    const { call, wallet } = await makeWorker()
    const { value } = (await call('secrets.key', {})) as { value: { publicKey: string } }
    const params = {
      password: await seal(value.publicKey, PASSWORD),
      passphrase: await seal(value.publicKey, PASSPHRASE),
    }
    const made = await call('backup.export', params)
    expect(made).toMatchObject({ ok: true, value: { id: 'file', books: 'unread' } })
    const parts = (made as { value: { parts: number } }).value.parts
    const file: number[] = []
    for (let index = 0; index < parts; index++) {
      const reply = (await call('backup.part', { id: 'file', index })) as { value: { part: string } }
      file.push(...Buffer.from(reply.value.part, 'base64'))
    }
    const elsewhere = makeProfile()
    const summary = await elsewhere.backup.inspect(Uint8Array.from(file), PASSPHRASE)
    expect(summary).toMatchObject({ wallet: 'none-here', books: 'none-inside', payments: 0 })
    await elsewhere.backup.restore(Uint8Array.from(file), PASSPHRASE, { replaceWallet: false })
    expect(await elsewhere.wallet.exportVault()).toEqual(await wallet.exportVault())
  })

  it('go with a reset, and only then', async () => {
    const { call } = await makeWorker()
    expect(await call('limits.get', {})).toMatchObject(CLOSED)
    expect(await call('wallet.reset', { confirmation: 'RESET' })).toMatchObject({
      ok: true,
      value: { kind: 'none' },
    })
    expect(await call('limits.get', {})).toMatchObject({ ok: true })
  })

  it('let no payment be signed or sent, and the page hears that nothing was charged', async () => {
    const world = await makePayingWorld()
    await world.ledger.putBudget(SITE, budgetOf())
    const closed = createLedger({
      openDatabase: () => Promise.reject(new DOMException('as told', 'UnknownError')),
      deleteDatabase: async () => undefined,
      clock: world.clock,
      newId: () => 'id',
    })
    let signed = 0
    const inference = createInference({
      ...world.deps,
      ledger: closed,
      payments: {
        ...world.deps.payments,
        signPayment: async () => {
          signed += 1
          throw new Error('signed')
        },
      },
    })
    const run = async () => {
      for await (const _part of inference.run(makeAsk())) throw new Error('answered')
    }
    const error: unknown = await run().then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(error).toMatchObject({ reason: 'ledger-failed' })
    expect(toPageFailure(error, true)).toMatchObject({
      type: 'gateway_failed',
      charged: 'no',
      receipt: null,
      message: expect.stringContaining('before anything was paid'),
    })
    expect([signed, world.sent()]).toEqual([0, 0])
  })
})
