/** The forms in which a secret could lie about: as it is, in hex, base58, base64 and decimal. */

/** One form of one secret. */
export interface Needle {
  /** Which secret, in which form; never the secret itself. */
  readonly name: string
  readonly bytes: Buffer
}

export function needlesOf(name: string, secret: Uint8Array): Needle[] {
  const bytes = Buffer.from(secret)
  const texts: readonly (readonly [string, string])[] = [
    ['hex', bytes.toString('hex')],
    ['upper-case hex', bytes.toString('hex').toUpperCase()],
    ['base58', base58(bytes)],
    ...base64Forms(bytes),
    ['decimal', BigInt(`0x${bytes.toString('hex')}`).toString()],
    ['a list of bytes', [...bytes].join(',')],
    ['a spaced list of bytes', [...bytes].join(', ')],
  ]
  return [
    { name: `${name} as it is`, bytes },
    ...texts.flatMap(([form, text]) => [
      { name: `${name} in ${form}`, bytes: Buffer.from(text) },
      // LevelDB and messages keep some strings as UTF-16.
      { name: `${name} in ${form}, UTF-16`, bytes: Buffer.from(text, 'utf16le') },
    ]),
    { name: `${name}, UTF-16`, bytes: Buffer.from(bytes.toString('latin1'), 'utf16le') },
  ]
}

/** Names of the needles that are found. */
export function findIn(hay: Buffer, needles: readonly Needle[]): string[] {
  return needles.filter(({ bytes }) => hay.includes(bytes)).map(({ name }) => name)
}

/** base64 of something longer that has the secret in it, at each of the three offsets: the middle that stays the same. */
function base64Forms(bytes: Buffer): [string, string][] {
  return [0, 1, 2].flatMap((offset): [string, string][] => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes])
    const whole = Math.floor(padded.length / 3) * 3
    const text = padded
      .subarray(0, whole)
      .toString('base64')
      .slice(offset === 0 ? 0 : 4)
    const url = text.replaceAll('+', '-').replaceAll('/', '_')
    return [
      [`base64 at ${offset}`, text],
      [`base64url at ${offset}`, url],
    ]
  })
}

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

function base58(bytes: Buffer): string {
  let value = BigInt(`0x${bytes.toString('hex')}`)
  let text = ''
  for (; value > 0n; value /= 58n) text = ALPHABET[Number(value % 58n)] + text
  return '1'.repeat(bytes.findIndex((byte) => byte !== 0)) + text
}
