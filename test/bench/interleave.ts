/** Runs every arm once per round, in an order that turns, so that what drifts hits all alike. */
export async function interleave<Name extends string>(
  arms: Readonly<Record<Name, () => Promise<number>>>,
  options: {
    readonly rounds: number
    /** Rounds before the first that counts. */
    readonly warmUp: number
    readonly onRound?: (round: number) => void
  },
): Promise<Record<Name, number[]>> {
  const names = Object.keys(arms) as Name[]
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>
  for (let round = -options.warmUp; round < options.rounds; round++) {
    const turn = ((round % names.length) + names.length) % names.length
    for (const name of [...names.slice(turn), ...names.slice(0, turn)]) {
      const sample = await arms[name]()
      if (round >= 0) samples[name].push(sample)
    }
    if (round >= 0) options.onRound?.(round + 1)
  }
  return samples
}

export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle]
  const lower = sorted[sorted.length % 2 === 0 ? middle - 1 : middle]
  if (upper === undefined || lower === undefined) throw new Error('no samples')
  return (lower + upper) / 2
}
