import { type Hex, keccak256 } from 'viem'
import type { TeeRecord } from '../chains.ts'
import type { Endpoint } from '../rpc/endpoint-pool.ts'
import { isRefusal, type RpcError } from '../rpc/rpc-error.ts'
import { TEE_REGISTRIES } from './contracts.ts'
import { encodeCall } from './encode-call.ts'
import { readCall, readWord } from './evm-reads.ts'

/** Position of `bytes publicKey` in the registry's record: owner, paymentAddress, endpoint, publicKey, … */
const PUBLIC_KEY_FIELD = 3
/** A DER key of RSA-2048 has 294 bytes; nothing near this size is one. */
const MAX_KEY_BYTES = 4096

/**
 * The enclave's key from the first registry that has it; null where none does. A key that does not hash to `teeId` is
 * no key of that enclave, whoever says so. Throws RpcError.
 */
export async function readTeeRecord(endpoint: Endpoint, teeId: string): Promise<TeeRecord | null> {
  for (const registry of TEE_REGISTRIES) {
    const data = await readOrNothing(endpoint, { to: registry, data: encodeCall('getTEE(bytes32)', teeId) })
    const publicKey = data === '0x' ? null : readPublicKey(data)
    if (publicKey === null || keccak256(publicKey) !== teeId.toLowerCase()) continue
    const active = await readWord(
      endpoint,
      { to: registry, data: encodeCall('isTEEActive(bytes32)', teeId) },
      'latest',
    )
    return { publicKey, active: active === 1n }
  }
  return null
}

/** A registry that does not know an enclave may revert; one that is not there answers nothing. */
async function readOrNothing(endpoint: Endpoint, call: { to: string; data: Hex }): Promise<Hex> {
  try {
    return await readCall(endpoint, call, 'latest')
  } catch (error) {
    if (isRefusal(error) && isRevert(error)) return '0x'
    throw error
  }
}

/** -32000 and 3 are what nodes use for a revert (geth), each with "revert" in its message. */
function isRevert(error: RpcError): boolean {
  return error.code === 3 || /revert/i.test(error.detail)
}

/**
 * Reads one field by its place, since newer registries append fields. A struct comes behind an offset of 32; separate
 * return values come without it.
 */
function readPublicKey(data: Hex): Uint8Array | null {
  const bytes = fromHex(data)
  const base = wordAt(bytes, 0) === 32n ? 32 : 0
  const offset = wordAt(bytes, base + PUBLIC_KEY_FIELD * 32)
  if (offset === null || offset > BigInt(bytes.length)) return null
  const start = base + Number(offset)
  const length = wordAt(bytes, start)
  if (length === null || length === 0n || length > MAX_KEY_BYTES) return null
  const end = start + 32 + Number(length)
  return end <= bytes.length ? bytes.slice(start + 32, end) : null
}

function wordAt(bytes: Uint8Array, offset: number): bigint | null {
  if (offset + 32 > bytes.length) return null
  let value = 0n
  for (const byte of bytes.subarray(offset, offset + 32)) value = (value << 8n) | BigInt(byte)
  return value
}

function fromHex(data: Hex): Uint8Array {
  const pairs = data.slice(2).match(/../g) ?? []
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16))
}
