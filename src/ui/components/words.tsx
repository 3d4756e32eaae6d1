import type { ComponentChildren } from 'preact'
import { t, type WordKey } from '../words.ts'

/** A message whose `{parts}` are elements. */
export function Words({ of, parts }: { of: WordKey; parts: Readonly<Record<string, ComponentChildren>> }) {
  const pieces = t(of).split(/\{(\w+)\}/)
  return <>{pieces.map((piece, index) => (index % 2 === 1 ? parts[piece] : piece))}</>
}
