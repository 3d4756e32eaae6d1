import type { HistoryFilter } from '../ledger/ledger.ts'
import type { HistoryFilterInput } from '../protocol/ui-protocol.ts'
import { requirePrincipal } from './require-principal.ts'

/** A filter from a screen; an empty text filters nothing. `names`: gateway names by id, which a text is looked for in too. */
export function readHistoryFilter(
  input: HistoryFilterInput,
  names: ReadonlyMap<string, string>,
): HistoryFilter {
  const { principal, text: typed, ...rest } = input
  const text = typed?.trim() ?? ''
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  return {
    ...given,
    ...(principal === undefined ? {} : { principal: requirePrincipal(principal) }),
    ...(text === '' ? {} : { text, textGatewayIds: gatewaysNamed(text, names) }),
  }
}

function gatewaysNamed(text: string, names: ReadonlyMap<string, string>): readonly string[] {
  const wanted = text.toLowerCase()
  return [...names].filter(([, name]) => name.toLowerCase().includes(wanted)).map(([id]) => id)
}
