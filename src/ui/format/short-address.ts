/** `0x6992…D59B`: for recognition only; checking needs the whole address. */
export function shortAddress(address: string): string {
  return address.length <= 14 ? address : `${address.slice(0, 6)}…${address.slice(-4)}`
}
