/** Text of a value as Python's `json.dumps(value, sort_keys=True)` writes it; the gateway hashes this text. */
export function pythonJson(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (value === true) return 'true'
  if (value === false) return 'false'
  if (value instanceof PythonFloat) return pythonFloat(value.value)
  if (typeof value === 'string') return pythonString(value)
  if (typeof value === 'number') return pythonNumber(value)
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`
  if (typeof value === 'object') return pythonObject(value)
  throw new Error(`json.dumps knows no ${typeof value}`)
}

/** A number that Python holds as a float, so that 1 is written `1.0`. */
export class PythonFloat {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
}

function pythonObject(value: object): string {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  entries.sort(([left], [right]) => compareCodePoints(left, right))
  return `{${entries.map(([key, member]) => `${pythonString(key)}: ${pythonJson(member)}`).join(', ')}}`
}

function compareCodePoints(left: string, right: string): number {
  const a = Array.from(left, (char) => char.codePointAt(0) ?? 0)
  const b = Array.from(right, (char) => char.codePointAt(0) ?? 0)
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

const SHORT_ESCAPES: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\b': '\\b',
}

function pythonString(text: string): string {
  let out = '"'
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i)
    const code = text.charCodeAt(i)
    const plain = code >= 0x20 && code <= 0x7e
    out += SHORT_ESCAPES[char] ?? (plain ? char : `\\u${code.toString(16).padStart(4, '0')}`)
  }
  return `${out}"`
}

/** What JSON text shows with a point or an exponent becomes a float in Python, anything else an int. */
function pythonNumber(value: number): string {
  const text = JSON.stringify(value)
  return /[.e]/.test(text) ? pythonFloat(value) : text
}

/** Python's `repr` of a float: shortest digits, an exponent below 1e-4 and from 1e16 on. */
function pythonFloat(value: number): string {
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const [mantissa = '0', exponentText = '0'] = Math.abs(value).toExponential().split('e')
  const digits = mantissa.replace('.', '')
  const exponent = Number(exponentText)
  if (exponent < -4 || exponent >= 16) return `${sign}${scientific(digits, exponent)}`
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`
}

function scientific(digits: string, exponent: number): string {
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : ''
  const size = String(Math.abs(exponent)).padStart(2, '0')
  return `${digits.charAt(0)}${fraction}e${exponent < 0 ? '-' : '+'}${size}`
}
