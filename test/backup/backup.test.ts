import { describe, expect, it } from 'vitest'
import { BACKUP_COSTS } from '../../src/backup/backup-file.ts'
import { COST_FLOOR } from '../../src/wallet/kdf-cost.ts'
import {
  grantUsdc,
  makeAttempt,
  makeLedger,
  makeReservation,
  OTHER,
  SITE,
  usdc,
  WIDE_LIMITS,
} from '../ledger/make-ledger.ts'
import { JUNK_PHRASE, PASSWORD, START_MS } from '../wallet/fakes.ts'
import {
  EMPTY_DUMP,
  FakeLedger,
  makeProfile,
  PASSPHRASE,
  type Profile,
  type ProfileOptions,
} from './fakes.ts'
import { makeStoredPayment } from './stored-rows.ts'

const JUNK_EVM = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'

async function makeWalletProfile(options: ProfileOptions = {}): Promise<Profile> {
  const profile = makeProfile(options)
  await profile.wallet.create({ kind: 'phrase', phrase: JUNK_PHRASE }, PASSWORD, { phraseChecked: true })
  return profile
}

async function makeSpender() {
  const { ledger } = await makeLedger()
  await grantUsdc(ledger, '0.5')
  const settled = makeReservation({ id: `settled-${crypto.randomUUID()}`, amount: usdc('0.02') })
  const live = makeReservation({ id: `live-${crypto.randomUUID()}`, amount: usdc('0.03') })
  for (const reservation of [settled, live]) {
    await ledger.reserve(reservation)
    await ledger.present(reservation.payment.id, makeAttempt(reservation.payment.maximum))
  }
  await ledger.settle(settled.payment.id, 'chain', {
    charged: usdc('0.02'),
    transaction: `0x${'ab'.repeat(32)}`,
  })
  await ledger.putPin({
    gatewayId: 'jumpgate',
    network: 'eip155:8453',
    asset: settled.payment.asset,
    scheme: 'exact',
    payTo: settled.payment.payTo,
    maxTimeoutSeconds: 300,
    extraJson: '{}',
    resourceJson: null,
    approvedAtMs: START_MS,
  })
  const profile = await makeWalletProfile({ ledger })
  profile.gateways.rows.push({ id: 'own', baseUrl: 'https://gateway.example' })
  return { ...profile, ledger }
}

describe('export', () => {
  it('refuses a weak passphrase before any key is derived', async () => {
    const { backup, kdf } = await makeWalletProfile()
    await expect(backup.exportFile('short')).rejects.toMatchObject({ facts: { problem: 'password-short' } })
    await expect(backup.exportFile('passwordpassword')).rejects.toMatchObject({ reason: 'invalid-body' })
    expect(kdf.runs).toBe(0)
  })

  it('ships 256 MiB, and takes 64 MiB where the device does not give that much', async () => {
    expect(BACKUP_COSTS.map((cost) => cost.memoryKib)).toEqual([262_144, 65_536])
    const costs = [{ ...COST_FLOOR, memoryKib: 30_000 }, COST_FLOOR]
    const { backup, kdf } = await makeWalletProfile({ costs })
    kdf.failAboveKib = 20_000
    const file = await backup.exportFile(PASSPHRASE)
    expect(kdf.memoryKib).toEqual([30_000, COST_FLOOR.memoryKib])
    expect(await backup.inspect(file, PASSPHRASE)).toMatchObject({ evm: JUNK_EVM })
  })

  it('says so where a file wants more memory than there is', async () => {
    const { backup, kdf } = await makeWalletProfile()
    const file = await backup.exportFile(PASSPHRASE)
    kdf.failAboveKib = 1
    await expect(backup.inspect(file, PASSPHRASE)).rejects.toMatchObject({
      facts: { problem: 'not-enough-memory' },
    })
    await expect(backup.exportFile(PASSPHRASE)).rejects.toThrow(RangeError)
  })

  it('holds nothing readable: neither addresses, nor sites, nor secrets', async () => {
    const { backup } = await makeSpender()
    const file = Buffer.from(await backup.exportFile(PASSPHRASE)).toString('latin1')
    for (const text of [
      JUNK_EVM,
      JUNK_EVM.toLowerCase(),
      'https://example.com',
      'gateway.example',
      'payments',
    ]) {
      expect(file.includes(text)).toBe(false)
    }
  })

  it('leaves out what was signed for finished payments, and nothing that may still land', async () => {
    const finished = [makeStoredPayment(), makeStoredPayment({ state: 'released', settledBy: null })]
    const open = [
      makeStoredPayment({ state: 'presented', settledBy: null }),
      makeStoredPayment({ settledBy: 'gateway' }),
      { id: 'unknown', attempts: [{ payload: 'kept' }] },
      'no row',
    ]
    const payments = [...finished, ...open]
    const { backup } = makeProfile({ ledger: new FakeLedger({ ...EMPTY_DUMP, payments }) })
    const to = new FakeLedger()
    const file = await backup.exportFile(PASSPHRASE)
    await makeProfile({ ledger: to }).backup.restore(file, PASSPHRASE, { replaceWallet: false })
    const trimmed = finished.map((row) => ({
      ...row,
      attempts: row.attempts.map((attempt) => ({ ...attempt, payload: '' })),
    }))
    expect(to.merged[0]?.payments).toEqual([...trimmed, ...open])
  })

  it('works without a wallet and with a damaged one: the history is worth a backup by itself', async () => {
    const { backup } = makeProfile({ ledger: new FakeLedger({ ...EMPTY_DUMP, payments: [{ id: 'a' }] }) })
    const summary = await backup.inspect(await backup.exportFile(PASSPHRASE), PASSPHRASE)
    expect(summary).toMatchObject({ wallet: 'none-inside', evm: null, solana: null, payments: 1 })
  })
})

describe('inspect', () => {
  it('says what is inside and what would come, and changes nothing', async () => {
    const from = await makeSpender()
    const file = await from.backup.exportFile(PASSPHRASE)
    const { ledger } = await makeLedger()
    const to = makeProfile({ ledger })
    const before = JSON.stringify(await ledger.exportAll())
    const counts = { payments: 2, requests: 2, transfers: 0, grants: 1 }
    expect(await to.backup.inspect(file, PASSPHRASE)).toEqual({
      createdAtMs: START_MS,
      evm: JUNK_EVM,
      solana: expect.any(String),
      wallet: 'none-here',
      ...counts,
      books: 'inside',
      gateways: 1,
      settings: 'same',
      servers: [],
      adds: counts,
    })
    expect(await to.wallet.status()).toEqual({ kind: 'none' })
    expect(JSON.stringify(await ledger.exportAll())).toBe(before)
    expect([to.gateways.rows, to.settings.value]).toEqual([[], { theme: 'dark' }])
    const here = { wallet: 'same', ...counts, adds: { payments: 0, requests: 0, transfers: 0, grants: 0 } }
    expect(await from.backup.inspect(file, PASSPHRASE)).toMatchObject(here)
  })
})

describe('restore', () => {
  it('brings wallet, history, gateways and settings to an empty browser, locked', async () => {
    const from = await makeSpender()
    from.settings.value = { theme: 'light' }
    const file = await from.backup.exportFile(PASSPHRASE)
    const { ledger } = await makeLedger()
    const to = makeProfile({ ledger })
    const restored = await to.backup.restore(file, PASSPHRASE, { replaceWallet: false, servers: true })
    expect(restored.added).toEqual({ payments: 2, requests: 2, transfers: 0, grants: 1, gateways: 1 })
    expect(await to.wallet.status()).toMatchObject({ kind: 'locked', addresses: { evm: JUNK_EVM } })
    expect(await to.wallet.reveal(PASSWORD, 'phrase')).toBe(JUNK_PHRASE)
    expect([to.gateways.rows, to.settings.value]).toEqual([from.gateways.rows, { theme: 'light' }])
    expect(await ledger.countHistory()).toBe(2)
  })

  it('keeps the settings and gateways of this browser where the person wants that, and takes the rest', async () => {
    const from = await makeSpender()
    from.settings.value = { theme: 'light' }
    const file = await from.backup.exportFile(PASSPHRASE)
    const { ledger } = await makeLedger()
    const to = makeProfile({ ledger })
    expect((await to.backup.inspect(file, PASSPHRASE)).settings).toBe('other')
    const wish = { replaceWallet: false, servers: true, settings: 'here' } as const
    const restored = await to.backup.restore(file, PASSPHRASE, wish)
    expect(restored.added).toEqual({ payments: 2, requests: 2, transfers: 0, grants: 1, gateways: 0 })
    expect([to.gateways.rows, to.settings.value]).toEqual([[], { theme: 'dark' }])
    expect((await ledger.getGrant(SITE))?.mode).toBe('paused')
    const again = await to.backup.restore(file, PASSPHRASE, { ...wish, settings: 'file' })
    expect(again.added).toEqual({ payments: 0, requests: 0, transfers: 0, grants: 0, gateways: 1 })
    expect([to.gateways.rows, to.settings.value]).toEqual([from.gateways.rows, { theme: 'light' }])
    expect((await ledger.getGrant(SITE))?.mode).toBe('paused')
  })

  it('says that only a gateway would be switched off', async () => {
    const { backup, gateways } = await makeWalletProfile()
    const file = await backup.exportFile(PASSPHRASE)
    expect((await backup.inspect(file, PASSPHRASE)).settings).toBe('same')
    gateways.differs = true
    expect((await backup.inspect(file, PASSPHRASE)).settings).toBe('other')
  })

  it('restores no spending power: grants paused, payees unpinned, limits never raised', async () => {
    const from = await makeSpender()
    const file = await from.backup.exportFile(PASSPHRASE)
    const low = {
      ...WIDE_LIMITS,
      USDC: { enabled: false, maxPerRequest: usdc('0.01'), perDay: usdc('0.05') },
    }
    const { ledger } = await makeLedger({ limits: low })
    await makeProfile({ ledger }).backup.restore(file, PASSPHRASE, { replaceWallet: false })
    expect((await ledger.getGrant(SITE))?.mode).toBe('paused')
    expect(await ledger.getPins('jumpgate')).toEqual([])
    const { limits } = await ledger.getGuards()
    expect(limits.USDC).toEqual(low.USDC)
    expect(limits.OPG).toEqual(low.OPG)
  })

  it('counts what was spent in the current period before anything can be spent again', async () => {
    const from = await makeSpender()
    const file = await from.backup.exportFile(PASSPHRASE)
    const { ledger } = await makeLedger()
    await makeProfile({ ledger }).backup.restore(file, PASSPHRASE, { replaceWallet: false })
    const today = (await ledger.today()).USDC
    expect(today).toEqual({ settled: usdc('0.02'), live: usdc('0.03') })
  })

  it('doubles nothing when done twice, or over what is still there', async () => {
    const from = await makeSpender()
    const file = await from.backup.exportFile(PASSPHRASE)
    const none = { payments: 0, requests: 0, transfers: 0, grants: 0, gateways: 0 }
    expect((await from.backup.restore(file, PASSPHRASE, { replaceWallet: false })).added).toEqual(none)
    const { ledger } = await makeLedger()
    const to = makeProfile({ ledger })
    await to.backup.restore(file, PASSPHRASE, { replaceWallet: false })
    const after = JSON.stringify(await ledger.exportAll())
    expect((await to.backup.restore(file, PASSPHRASE, { replaceWallet: false })).added).toEqual(none)
    expect(JSON.stringify(await ledger.exportAll())).toBe(after)
  })

  it('keeps what is here beside what comes', async () => {
    const from = await makeSpender()
    const file = await from.backup.exportFile(PASSPHRASE)
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.1')
    await grantUsdc(ledger, '0.2', {}, OTHER)
    await makeProfile({ ledger }).backup.restore(file, PASSPHRASE, { replaceWallet: false })
    expect((await ledger.getGrant(SITE))?.budgets.USDC?.cap).toBe(usdc('0.1'))
    expect((await ledger.getGrant(OTHER))?.mode).toBe('auto')
  })

  it('never overwrites another wallet silently, and then restores nothing else either', async () => {
    const from = await makeSpender()
    const file = await from.backup.exportFile(PASSPHRASE)
    const { ledger } = await makeLedger()
    const to = makeProfile({ ledger })
    const phrase = to.wallet.newPhrase()
    await to.wallet.create({ kind: 'phrase', phrase }, PASSWORD, { phraseChecked: true })
    const vault = to.world.vaultStore.bytes
    expect((await to.backup.inspect(file, PASSPHRASE)).wallet).toBe('other')
    const restoring = to.backup.restore(file, PASSPHRASE, { replaceWallet: false })
    await expect(restoring).rejects.toMatchObject({ facts: { problem: 'another-wallet' } })
    expect([to.world.vaultStore.bytes, await ledger.countHistory(), to.gateways.rows]).toEqual([vault, 0, []])
    await to.backup.restore(file, PASSPHRASE, { replaceWallet: true })
    expect(await to.wallet.status()).toMatchObject({ kind: 'locked', addresses: { evm: JUNK_EVM } })
    expect(await ledger.countHistory()).toBe(2)
  })

  it('repairs a damaged wallet when asked to replace it', async () => {
    const profile = await makeWalletProfile()
    const file = await profile.backup.exportFile(PASSPHRASE)
    profile.world.vaultStore.bytes = new Uint8Array(3)
    profile.world.local.values.set('wallet.vault', 'AAAA')
    expect((await profile.backup.inspect(file, PASSPHRASE)).wallet).toBe('other')
    await expect(profile.backup.restore(file, PASSPHRASE, { replaceWallet: false })).rejects.toMatchObject({
      facts: { problem: 'another-wallet' },
    })
    await profile.backup.restore(file, PASSPHRASE, { replaceWallet: true })
    expect(await profile.wallet.reveal(PASSWORD, 'phrase')).toBe(JUNK_PHRASE)
  })

  it('leaves the same wallet its password, or brings the old one back when asked to replace', async () => {
    const profile = await makeWalletProfile()
    const file = await profile.backup.exportFile(PASSPHRASE)
    await profile.wallet.changePassword(PASSWORD, 'another quiet lunch')
    await profile.backup.restore(file, PASSPHRASE, { replaceWallet: false })
    expect(await profile.wallet.checkPassword('another quiet lunch')).toBe(true)
    await profile.backup.restore(file, PASSPHRASE, { replaceWallet: true })
    expect(await profile.wallet.checkPassword(PASSWORD)).toBe(true)
  })

  it('passes no pinned terms on to a ledger', async () => {
    const ledger = new FakeLedger({ ...EMPTY_DUMP, pins: [{ payTo: '0x00' }] })
    const profile = await makeWalletProfile({ ledger })
    const file = await profile.backup.exportFile(PASSPHRASE)
    await profile.backup.restore(file, PASSPHRASE, { replaceWallet: false })
    expect(ledger.merged.map((dump) => dump.pins)).toEqual([[]])
  })
})
