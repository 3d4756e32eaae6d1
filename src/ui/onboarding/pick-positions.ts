/** Three different positions in ascending order, from random numbers. Throws RangeError where they do not suffice. */
export function pickPositions(length: number, random: Uint32Array): readonly number[] {
  const left = Array.from({ length }, (_, index) => index)
  const picked: number[] = []
  for (const value of random) {
    if (picked.length === 3) break
    picked.push(...left.splice(value % left.length, 1))
  }
  if (picked.length < 3) throw new RangeError('Three positions are needed')
  return picked.sort((a, b) => a - b)
}
