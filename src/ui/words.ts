/** Every word on screen comes from `locales/`; this is the one way to them. */
import { createI18n } from '@wxt-dev/i18n'
import type messages from '../../locales/en.json'

type Plural = { readonly n: string }
type Leaves<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string
    ? `${Prefix}${K}`
    : T[K] extends Plural
      ? never
      : Leaves<T[K], `${Prefix}${K}.`>
}[keyof T & string]
type Plurals<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string
    ? never
    : T[K] extends Plural
      ? `${Prefix}${K}`
      : Plurals<T[K], `${Prefix}${K}.`>
}[keyof T & string]

/** A message's path in the messages file. */
export type WordKey = Leaves<typeof messages>
/** Path of a message that depends on a count. */
export type PluralKey = Plurals<typeof messages>
export type WordParts = Readonly<Record<string, string | number>>

const i18n = createI18n()
const numbers = new Intl.NumberFormat()
/** Messages without parts. Asking the browser for one takes some 25 µs, and a page's language stays what it is. */
const fixed = new Map<WordKey, string>()

/** The message in the person's language, with `{name}` parts filled in. */
export function t(key: WordKey, parts?: WordParts): string {
  if (parts) return i18n.t(key, parts)
  const known = fixed.get(key)
  if (known !== undefined) return known
  const message = i18n.t(key, {})
  fixed.set(key, message)
  return message
}

/** The message for a count; `{count}` is filled in as it is written in the person's locale. */
export function tCount(key: PluralKey, count: number, parts: WordParts = {}): string {
  return i18n.t(key, count, [], { count: numbers.format(count), ...parts })
}

/** A message whose path is made of a code: `errors`, `some-cause`, `what` → `errors.someCause.what`; empty where there is none. */
export function tCode(group: string, code: string, part?: string): string {
  return i18n.t([group, camel(code), ...(part ? [part] : [])].join('.'), {})
}

function camel(code: string): string {
  return code.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
