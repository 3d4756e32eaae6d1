import { describe, expect, it } from 'vitest'
import type { BackgroundDeps } from '../../src/background/deps.ts'
import { limitsSet } from '../../src/background/ui/limits-set.ts'
import type { Limits } from '../../src/domain/budget.ts'
import { makeLedger, usdc, WIDE_LIMITS } from '../ledger/make-ledger.ts'

const perDay = (amount: string): Limits => ({
  ...WIDE_LIMITS,
  USDC: { ...WIDE_LIMITS.USDC, perDay: usdc(amount) },
})
const asTyped = ({ USDC }: Limits) => ({
  USDC: { enabled: true, maxPerRequest: `${USDC.maxPerRequest}`, perDay: `${USDC.perDay}` },
})
const SEALED = { publicKey: 'key', iv: 'iv', data: 'sealed' }

/** `meanwhile` runs while a password is checked, or right after the limits were read. */
async function open(
  right: boolean,
  meanwhile: (set: (limits: Limits) => Promise<unknown>) => Promise<unknown>,
) {
  const { ledger } = await makeLedger({ limits: perDay('100') })
  const set = (limits: Limits) => ledger.setLimits(limits)
  const deps = {
    ledger: {
      ...ledger,
      getGuards: async () => {
        const guards = await ledger.getGuards()
        await meanwhile(set)
        return guards
      },
    },
    wallet: { checkPassword: async () => right },
    box: { open: async () => 'password' },
    approvals: { recheck: () => undefined },
  } as unknown as BackgroundDeps
  const today = async () => (await ledger.getGuards()).limits.USDC.perDay
  return { deps, today }
}

describe('changing the limits', () => {
  it('lowers without the password, and raises with it', async () => {
    const { deps, today } = await open(true, async () => undefined)
    await limitsSet(deps, { limits: asTyped(perDay('50')), password: null })
    expect(await today()).toBe(usdc('50'))
    expect(await limitsSet(deps, { limits: asTyped(perDay('70')), password: null })).toEqual({
      needsPassword: true,
    })
    expect(await today()).toBe(usdc('50'))
    await limitsSet(deps, { limits: asTyped(perDay('70')), password: SEALED })
    expect(await today()).toBe(usdc('70'))
  })

  it('does not raise by a wrong password', async () => {
    const { deps, today } = await open(false, async () => undefined)
    const answer = await limitsSet(deps, { limits: asTyped(perDay('200')), password: SEALED })
    expect(answer).toEqual({ needsPassword: true })
    expect(await today()).toBe(usdc('100'))
  })

  it('does not bring back, without the password, what another window lowered meanwhile', async () => {
    const { deps, today } = await open(true, (set) => set(perDay('10')))
    const answer = await limitsSet(deps, { limits: asTyped(perDay('100')), password: null })
    expect(answer).toEqual({ needsPassword: true })
    expect(await today()).toBe(usdc('10'))
  })
})
