/** Character references in text, as CommonMark has them: the named ones that models write, and all numeric ones. */

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  asymp: '≈',
  bull: '•',
  cent: '¢',
  check: '✓',
  copy: '©',
  deg: '°',
  divide: '÷',
  ensp: ' ',
  emsp: ' ',
  euro: '€',
  ge: '≥',
  gt: '>',
  harr: '↔',
  hellip: '…',
  infin: '∞',
  laquo: '«',
  larr: '←',
  ldquo: '“',
  le: '≤',
  lsquo: '‘',
  lt: '<',
  mdash: '—',
  micro: 'µ',
  middot: '·',
  minus: '−',
  nbsp: '\u00a0',
  ndash: '–',
  ne: '≠',
  para: '¶',
  plusmn: '±',
  pound: '£',
  quot: '"',
  raquo: '»',
  rarr: '→',
  rdquo: '”',
  reg: '®',
  rsquo: '’',
  sect: '§',
  times: '×',
  trade: '™',
  yen: '¥',
}

/** Unknown names stay as they are written; impossible code points become U+FFFD. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/g,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return NAMED[name] ?? whole
      return character(Number.parseInt(decimal ?? hex, decimal === undefined ? 16 : 10))
    },
  )
}

function character(code: number): string {
  const impossible = code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)
  return impossible ? '\ufffd' : String.fromCodePoint(code)
}
