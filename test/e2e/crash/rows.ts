/** Which rows of the crash matrix are played: those that matter most, or all of them with `CRASH_FULL=1`. */
import { POINTS } from './points.ts'
import type { Row } from './row.ts'
import { STRIKES, type Strike } from './strikes.ts'

/** Beside the stopped worker, which is played at every point. */
const DECISIVE: Readonly<Record<Exclude<Strike, 'stop worker'>, readonly string[]>> = {
  'reload extension': ['just approved', 'presented', 'mid-stream'],
  'kill browser': ['reserved', 'presented', 'headers in'],
  'cut network': ['402 received', 'presented', 'mid-stream', 'during reconcile'],
}

/** With `CRASH_FULL=1`: every point, every strike, `CRASH_REPEATS` (3) times, the n-th with n strikes in a row. */
export function chooseRows(env: Readonly<Record<string, string | undefined>>): readonly Row[] {
  if (env.CRASH_FULL !== '1') {
    return STRIKES.flatMap((how) =>
      POINTS.filter(({ name }) => how === 'stop worker' || DECISIVE[how].includes(name)).map((point) => ({
        point,
        how,
        strikes: 1,
      })),
    )
  }
  const repeats = Array.from({ length: Number(env.CRASH_REPEATS ?? 3) }, (_, index) => index + 1)
  return repeats.flatMap((strikes) =>
    STRIKES.flatMap((how) =>
      POINTS.map((point) => ({ point, how, strikes: how === 'stop worker' ? strikes : 1 })),
    ),
  )
}
