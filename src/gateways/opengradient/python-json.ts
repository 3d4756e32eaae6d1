import { readRecord } from '../frame-reader.ts'

/** A number that Python holds as a float, so that 1 is written "1.0". */
export class PythonFloat {
  constructor(readonly value: number) {}
}

/**
 * Python's `json.dumps(value, sort_keys=True)` for JSON that Python read from our own request: keys by code point, ", " and ": ",
 * ASCII only. Numbers without point or exponent on the wire are Python integers, all others floats. `undefined` members are left out.
 */
export function pythonJson(value: unknown): string {
  if (value instanceof PythonFloat) return pythonFloat(value.value)
  if (typeof value === 'string') return pythonString(value)
  if (typeof value === 'number') return pythonNumber(value)
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (Array.isArray(value)) return `[${value.map((item) => pythonJson(item ?? null)).join(', ')}]`
  const record = readRecord(value)
  if (!record) return 'null'
  const members = Object.entries(record)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => compareCodePoints(a, b))
    .map(([key, member]) => `${pythonString(key)}: ${pythonJson(member)}`)
  return `{${members.join(', ')}}`
}

/** `repr(float)`: shortest digits, exponent form below 1e-4 and from 1e16 on, at least two exponent digits. */
export function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError('JSON has no such number')
  const [mantissa = '0', exponentText = '0'] = value.toExponential().split('e')
  const exponent = Number(exponentText)
  if (value !== 0 && (exponent < -4 || exponent >= 16)) {
    const sign = exponent < 0 ? '-' : '+'
    return `${mantissa}e${sign}${Math.abs(exponent).toString().padStart(2, '0')}`
  }
  const sign = Object.is(value, -0) || value < 0 ? '-' : ''
  const digits = mantissa.replace(/[-.]/g, '')
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`
}

/** A number as Python reads it off our request: JSON.stringify decides whether it is an integer there. */
function pythonNumber(value: number): string {
  const wire = JSON.stringify(value)
  return /^-?[0-9]+$/.test(wire) ? wire : pythonFloat(value)
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\b': '\\b',
}

/** Escapes UTF-16 units, so a character outside the basic plane becomes a surrogate pair, as in Python. */
function pythonString(text: string): string {
  const escaped = text.replace(/["\\]|[^ -~]/g, (unit) => SHORT_ESCAPES[unit] ?? unicodeEscape(unit))
  return `"${escaped}"`
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Python compares strings by code point; JavaScript's own order is by UTF-16 unit. */
function compareCodePoints(a: string, b: string): number {
  const left = Array.from(a, (character) => character.codePointAt(0) ?? 0)
  const right = Array.from(b, (character) => character.codePointAt(0) ?? 0)
  const length = Math.min(left.length, right.length)
  for (let i = 0; i < length; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
