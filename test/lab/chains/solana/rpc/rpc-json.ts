const MARK = 'rpc-integer:'

/** JSON text in which a bigint is a bare integer, as Solana's RPC writes 64-bit numbers. */
export function stringifyRpcJson(value: unknown): string {
  const text = JSON.stringify(value, (_, entry: unknown) =>
    typeof entry === 'bigint' ? { [MARK]: entry.toString() } : entry,
  )
  return text.replaceAll(/\{"rpc-integer:":"(-?\d+)"\}/g, '$1')
}
