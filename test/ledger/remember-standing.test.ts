import { describe, expect, it } from 'vitest'
import { BASE } from '../../src/domain/network.ts'
import type { LedgerChange } from '../../src/ledger/ledger.ts'
import { rememberStanding } from '../../src/ledger/remember-standing.ts'
import { grantUsdc, makeLedger, OTHER, PAYEE, SITE, USDC_BASE } from './make-ledger.ts'

describe('rememberStanding', () => {
  it('asks the ledger once for what did not change', async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '1')
    const counted = counting(ledger)
    const standing = rememberStanding(counted)
    const [a, b] = [await standing.getGrant(SITE), await standing.getGrant(SITE)]
    await standing.getGuards()
    await standing.getGuards()
    expect(a).toEqual(b)
    await standing.lastProofFailed('jumpgate')
    await standing.lastProofFailed('jumpgate')
    expect(counted.reads).toEqual({ grant: 1, guards: 1, pins: 0, proofs: 1 })
  })

  it('knows a new grant, another mode, a revocation and the freeze switch at once', async () => {
    const { ledger } = await makeLedger()
    expect(await ledger.getGrant(SITE)).toBeNull()
    await grantUsdc(ledger, '1')
    expect((await ledger.getGrant(SITE))?.mode).toBe('auto')
    await ledger.setMode(SITE, 'blocked')
    expect((await ledger.getGrant(SITE))?.mode).toBe('blocked')
    await ledger.revoke(SITE)
    expect(await ledger.getGrant(SITE)).toBeNull()
    expect((await ledger.getGuards()).frozen).toBe(false)
    await ledger.setFrozen(true)
    expect((await ledger.getGuards()).frozen).toBe(true)
  })

  it("sees the revision that another site's grant took", async () => {
    const { ledger } = await makeLedger()
    const before = await ledger.getGuards()
    await grantUsdc(ledger, '1', {}, OTHER)
    expect((await ledger.getGuards()).revision).toBeGreaterThan(before.revision)
  })

  // Mended: every start of the worker said the deadline again, which waited for the disk and forgot every grant.
  it('keeps the grants where the deadline of the unlock is what it was', async () => {
    const { ledger } = await makeLedger()
    await ledger.setUnlockedUntil(5)
    const { revision } = await ledger.getGuards()
    const changes: LedgerChange[] = []
    ledger.onChange((change) => changes.push(change))
    expect((await ledger.setUnlockedUntil(5)).revision).toBe(revision)
    expect(changes).toEqual([])
    expect((await ledger.setUnlockedUntil(0)).revision).toBeGreaterThan(revision)
    expect((await ledger.getGuards()).unlockedUntilMs).toBe(0)
  })

  it('knows pinned terms at once, and that they were dropped', async () => {
    const { ledger } = await makeLedger()
    expect(await ledger.getPins('jumpgate')).toEqual([])
    await ledger.putPin({
      ...({ gatewayId: 'jumpgate', network: BASE, asset: USDC_BASE, scheme: 'exact', payTo: PAYEE } as const),
      ...{ maxTimeoutSeconds: 300, extraJson: '{}', resourceJson: null, approvedAtMs: 1 },
    })
    expect((await ledger.getPins('jumpgate')).map(({ payTo }) => payTo)).toEqual([PAYEE])
    await ledger.dropPins('jumpgate')
    expect(await ledger.getPins('jumpgate')).toEqual([])
  })

  it('does not keep a failed read', async () => {
    let fails = true
    const standing = rememberStanding({
      getGrant: async () => {
        if (fails) throw new Error('closed')
        return null
      },
      getGuards: () => Promise.reject(new Error('unexpected')),
      getPins: () => Promise.reject(new Error('unexpected')),
      lastProofFailed: () => Promise.reject(new Error('unexpected')),
      onChange: () => () => undefined,
    })
    await expect(standing.getGrant(SITE)).rejects.toThrow('closed')
    fails = false
    expect(await standing.getGrant(SITE)).toBeNull()
  })
})

type Ledger = Awaited<ReturnType<typeof makeLedger>>['ledger']

function counting(ledger: Ledger) {
  const reads = { grant: 0, guards: 0, pins: 0, proofs: 0 }
  return {
    reads,
    getGrant: (principal: Parameters<Ledger['getGrant']>[0]) => {
      reads.grant += 1
      return ledger.getGrant(principal)
    },
    getGuards: () => {
      reads.guards += 1
      return ledger.getGuards()
    },
    getPins: (gatewayId: string) => {
      reads.pins += 1
      return ledger.getPins(gatewayId)
    },
    lastProofFailed: (gatewayId: string) => {
      reads.proofs += 1
      return ledger.lastProofFailed(gatewayId)
    },
    onChange: (listener: (change: LedgerChange) => void) => ledger.onChange(listener),
  }
}
