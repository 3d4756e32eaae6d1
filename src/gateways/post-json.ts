import type { GatewayConfig, PreparedCall, WireRequest } from './gateway.ts'

/** Accept header of an answer that may come as a stream or whole. */
export const ACCEPT_EITHER = 'application/json, text/event-stream'

/** A JSON POST; the person's extra headers come first, so that none of them replaces ours. Names are lower case. */
export function postJson(
  config: Pick<GatewayConfig, 'baseUrl' | 'extraHeaders'>,
  path: string,
  parts: { readonly body: PreparedCall['body']; readonly headers: Readonly<Record<string, string>> },
): WireRequest {
  return {
    method: 'POST',
    url: `${config.baseUrl}${path}`,
    headers: {
      ...lowerCased(config.extraHeaders),
      'content-type': 'application/json',
      ...lowerCased(parts.headers),
    },
    body: JSON.stringify(parts.body),
  }
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
