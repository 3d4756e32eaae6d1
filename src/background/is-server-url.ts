/** Whether a server at this address may be asked at all: https, in a lab build also loopback. */
export function isServerUrl(text: string, allowLoopback: boolean): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  const loopback = allowLoopback && protocol === 'http:' && /^(127\.0\.0\.1|localhost)$/.test(hostname)
  return protocol === 'https:' || loopback
}
