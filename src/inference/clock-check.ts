/** Whether the wall clock agrees with a chain's latest block: a signed window counts from the wall clock. */
import { z } from 'zod'
import type { PaymentNetwork } from '../domain/network.ts'
import type { InferenceDeps } from './ports.ts'

/** Most that the wall clock may differ from the chain's, ms. Source: docs/PAYMENTS.md. */
const MAX_SKEW_MS = 120_000
/** A measurement is good for so long, unless the wall clock jumped meanwhile. */
const GOOD_FOR_MS = 10 * 60_000
/** An earlier worker's is good for so long: a jump that nobody saw is then smaller than that. */
const EARLIER_GOOD_FOR_MS = 2 * 60_000
/** More between the two clocks of this machine is a jump, ms. */
const JUMP_MS = 30_000

export interface ClockCheck {
  /** 'unknown' where no endpoint answered and nothing measured holds any more. */
  check(network: PaymentNetwork): Promise<'right' | 'wrong' | 'unknown'>
}

/** As kept for the next worker: its monotonic clock starts anew. */
const keptSchema = z.object({ wallMs: z.number(), skewMs: z.number() })
type Kept = z.infer<typeof keptSchema>

export function createClockCheck(deps: {
  readonly chains: Pick<InferenceDeps['chains'], 'chainTime'>
  readonly clock: Pick<InferenceDeps['clock'], 'nowMs' | 'monotonicMs'>
  readonly session: Pick<InferenceDeps['session'], 'get' | 'set'>
}): ClockCheck {
  const { clock } = deps
  const measured = new Map<PaymentNetwork, Kept & { readonly monotonicMs: number }>()

  async function measure(network: PaymentNetwork): Promise<Kept> {
    const chainMs = (await deps.chains.chainTime(network)) * 1000
    const kept = { wallMs: clock.nowMs(), skewMs: clock.nowMs() - chainMs }
    measured.set(network, { ...kept, monotonicMs: clock.monotonicMs() })
    void deps.session.set(keyOf(network), kept).catch(() => undefined)
    return kept
  }

  /** This worker's measurement, however old, where the wall clock has only gone on since. */
  function steady(network: PaymentNetwork) {
    const entry = measured.get(network)
    if (!entry) return undefined
    const passedMs = clock.monotonicMs() - entry.monotonicMs
    return Math.abs(clock.nowMs() - entry.wallMs - passedMs) < JUMP_MS ? { ...entry, passedMs } : undefined
  }

  async function ofEarlierWorker(network: PaymentNetwork): Promise<Kept | undefined> {
    if (measured.has(network)) return undefined
    const kept = keptSchema.safeParse(await deps.session.get(keyOf(network)).catch(() => undefined))
    const ageMs = kept.success ? clock.nowMs() - kept.data.wallMs : -1
    return ageMs >= 0 && ageMs < EARLIER_GOOD_FOR_MS ? kept.data : undefined
  }

  return {
    async check(network) {
      const own = steady(network)
      if (own && isRight(own) && own.passedMs < GOOD_FOR_MS) return 'right'
      const earlier = await ofEarlierWorker(network)
      if (earlier && isRight(earlier)) return 'right'
      try {
        return isRight(await measure(network)) ? 'right' : 'wrong'
      } catch {
        if (own === undefined) return 'unknown'
        return isRight(own) ? 'right' : 'wrong'
      }
    },
  }
}

function isRight(measured: Kept): boolean {
  return Math.abs(measured.skewMs) <= MAX_SKEW_MS
}

function keyOf(network: PaymentNetwork): string {
  return `clock ${network}`
}
