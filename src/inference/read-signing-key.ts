/** Asks a gateway for the key that its enclave signs with. */
import { parseSigningKey, signingKeyRequest } from '../gateways/opengradient/signing-key.ts'
import type { InferenceDeps } from './ports.ts'
import { readSmallBody, send } from './wire.ts'

/** The answer is there already and waits for its verdict, ms. */
const PATIENCE_MS = 5_000

/** DER SubjectPublicKeyInfo, the gateway's own word; null where it names none. Throws ChatError 'gateway-unreachable' or 'stream-silent'. */
export async function readSigningKey(
  deps: Pick<InferenceDeps, 'gateways' | 'fetch' | 'clock'>,
  gatewayId: string,
): Promise<Uint8Array | null> {
  const gateway = (await deps.gateways.all()).find(({ config }) => config.id === gatewayId)
  if (gateway?.config.kind !== 'opengradient') return null
  const { signal } = new AbortController()
  const response = await send(deps, signingKeyRequest(gateway.config), { signal, withinMs: PATIENCE_MS })
  return parseSigningKey(response.status, await readSmallBody(response))
}
