/** Tokens that were read again and say the same are replaced by those from before, so that what shows them is not rendered again. */
import type { Token, Tokens } from 'marked'

/** The old token where nothing in it differs; else the new one, with what is the same inside taken from the old. */
export function keepAlike(before: Token | undefined, now: Token): Token {
  if (before === undefined || before.type !== now.type) return now
  if (before.raw === now.raw && flags(before) === flags(now)) return before
  if (isList(before) && isList(now)) {
    return { ...now, items: now.items.map((item, index) => keepItem(before.items[index], item)) }
  }
  if (isTable(before) && isTable(now)) {
    const header = sameCells(before.header, now.header) ? before.header : now.header
    return { ...now, header, rows: now.rows.map((row, index) => keepRow(before.rows[index], row)) }
  }
  return now
}

/** What a token shows beyond its own source. */
function flags(token: Token): string {
  return isList(token) ? token.items.map(({ loose }) => (loose ? 'l' : 't')).join('') : ''
}

function keepItem(before: Tokens.ListItem | undefined, now: Tokens.ListItem): Tokens.ListItem {
  if (before && before.raw === now.raw && before.loose === now.loose) return before
  if (!before) return now
  return { ...now, tokens: now.tokens.map((token, index) => keepAlike(before.tokens[index], token)) }
}

function keepRow(before: Tokens.TableCell[] | undefined, now: Tokens.TableCell[]): Tokens.TableCell[] {
  return before && sameCells(before, now) ? before : now
}

function sameCells(before: readonly Tokens.TableCell[], now: readonly Tokens.TableCell[]): boolean {
  return (
    before.length === now.length &&
    now.every((cell, index) => cell.text === before[index]?.text && cell.align === before[index]?.align)
  )
}

function isList(token: Token): token is Tokens.List {
  return token.type === 'list'
}

function isTable(token: Token): token is Tokens.Table {
  return token.type === 'table'
}
