import { describe, expect, it } from 'vitest'
import { runCommand } from '../../src/background/run-command.ts'
import { CHECK_EVERY_MS, lockAtDeadline } from '../../src/wallet/deadline-lock.ts'
import { type IdlePort, lockWhenIdle } from '../../src/wallet/idle-lock.ts'
import { CLOCK_TOLERANCE_MS, UNLOCK_MS } from '../../src/wallet/unlocked-state.ts'
import { makeWalletWorld, START_MS } from './fakes.ts'

async function makeUnlocked() {
  const { world, wallet } = await makeWalletWorld('unlocked')
  const alarms: number[] = []
  const look = () =>
    lockAtDeadline({
      status: wallet.status,
      nowMs: () => world.clock.nowMs,
      wakeAt: async (atMs) => void alarms.push(atMs),
    })
  return { world, wallet, alarms, look }
}

describe('the deadline of an unlock', () => {
  it('locks and wipes both halves when it is due, although nobody signs', async () => {
    const { world, alarms, look } = await makeUnlocked()
    await look()
    expect(alarms).toEqual([START_MS + CHECK_EVERY_MS])
    for (let looks = 0; looks < 100 && alarms.length > looks; looks++) {
      world.clock.nowMs = alarms[looks] ?? 0
      await look()
    }
    expect(alarms.at(-1)).toBe(START_MS + UNLOCK_MS)
    expect(world.unlockKeys.key).toBeNull()
    expect([...world.session.values.keys()]).toEqual([])
  })

  it('is not renewed by a clock that is set back, by more than one look', async () => {
    const { world, wallet, alarms, look } = await makeUnlocked()
    const lastLook = START_MS + UNLOCK_MS - CHECK_EVERY_MS
    world.clock.nowMs = lastLook
    await look()
    world.clock.nowMs = lastLook - CLOCK_TOLERANCE_MS - 1
    await look()
    expect(alarms).toHaveLength(1)
    expect((await wallet.status()).kind).toBe('locked')
    expect(world.unlockKeys.key).toBeNull()
  })
})

describe('an idle computer', () => {
  const make = () => {
    const heard: ((state: 'active' | 'idle' | 'locked') => void)[] = []
    const minutes: number[] = []
    const idle: IdlePort = {
      setIdleAfter: (after) => void minutes.push(after),
      onState: (listener) => void heard.push(listener),
    }
    let locks = 0
    const lock = async () => {
      locks += 1
    }
    const idleLock = lockWhenIdle({ idle, lock })
    return {
      idleLock,
      minutes,
      tell: (state: 'active' | 'idle' | 'locked') => heard[0]?.(state),
      locks: () => locks,
    }
  }

  it.each([
    ['idle', 1],
    ['locked', 1],
    ['active', 0],
  ] as const)('that turns %s locks %i times', (state, times) => {
    const { tell, locks } = make()
    tell(state)
    expect(locks()).toBe(times)
  })

  it('is told after how many minutes', () => {
    const { idleLock, minutes } = make()
    idleLock.setMinutes(3)
    expect(minutes).toEqual([3])
  })

  it('wipes the unlocked state when the system locks', async () => {
    const { world, wallet } = await makeWalletWorld('unlocked')
    let tell: (state: 'active' | 'idle' | 'locked') => void = () => undefined
    const idle: IdlePort = {
      setIdleAfter: () => undefined,
      onState: (listener) => {
        tell = listener
      },
    }
    lockWhenIdle({ idle, lock: wallet.lock })
    tell('locked')
    await expect.poll(() => world.unlockKeys.key).toBeNull()
    expect((await wallet.status()).kind).toBe('locked')
  })
})

describe('a shortcut', () => {
  const run = async (command: string) => {
    const done: string[] = []
    await runCommand(command, {
      wallet: { lock: async () => void done.push('lock') },
      ledger: {
        setFrozen: async (frozen) => {
          done.push(`frozen ${frozen}`)
          throw new Error(frozen ? 'disk full' : 'never')
        },
      },
      approvals: { rejectAll: () => void done.push('rejected') },
      inference: { endUnsent: () => void done.push('ended') },
    }).catch((error: Error) => void done.push(error.message))
    return done
  }
  it('locks', async () => expect(await run('lock')).toEqual(['lock']))
  it('freezes, and rejects what waits only once that is written', async () =>
    expect(await run('freeze')).toEqual(['frozen true', 'disk full']))
  it('of the shell does nothing here', async () => expect(await run('open-panel')).toEqual([]))
})
