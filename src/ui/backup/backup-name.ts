/** File name of a backup by its local day, so that a folder of them sorts by age: `x402-chat-2026-11-21.x402backup`. */
export function backupName(atMs: number): string {
  const day = new Date(atMs)
  const parts = [day.getFullYear(), day.getMonth() + 1, day.getDate()]
  return `x402-chat-${parts.map((part) => String(part).padStart(2, '0')).join('-')}.x402backup`
}
