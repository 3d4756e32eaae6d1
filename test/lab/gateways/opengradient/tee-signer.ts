import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto'
import { bytesToHex, concat, type Hex, hexToBytes, keccak256, numberToHex, stringToBytes } from 'viem'

/** What an answer carries as its proof; hashes without `0x`, the signature in base64, time in unix seconds. */
export interface TeeProof {
  tee_signature: string
  tee_timestamp: number
  tee_request_hash: string
  tee_output_hash: string
  tee_id: Hex
}

/** An enclave's signing key: RSA-2048, whose id is the keccak256 of its public key. */
export interface TeeSigner {
  readonly teeId: Hex
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Hex
  readonly publicKeyPem: string
  prove(request: string, output: string, timestamp: number): TeeProof
}

/** A signer with a fresh key, or with the PKCS#8 DER key given. */
export function createTeeSigner(pkcs8?: Uint8Array): TeeSigner {
  const privateKey = pkcs8
    ? createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
    : generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const publicKey = createPublicKey(privateKey)
  const der = bytesToHex(publicKey.export({ format: 'der', type: 'spki' }))
  const teeId = keccak256(der)
  return {
    teeId,
    publicKey: der,
    publicKeyPem: String(publicKey.export({ format: 'pem', type: 'spki' })),
    prove: (request, output, timestamp) => prove({ privateKey, teeId, request, output, timestamp }),
  }
}

/** keccak256(requestHash ‖ outputHash ‖ uint256 timestamp): the 32 bytes that the enclave signs. */
export function proofMessage(requestHash: Hex, outputHash: Hex, timestamp: number): Hex {
  return keccak256(concat([requestHash, outputHash, numberToHex(timestamp, { size: 32 })]))
}

/** keccak256 of a text's UTF-8 bytes. */
export function textHash(text: string): Hex {
  return keccak256(stringToBytes(text))
}

interface ProveInput {
  privateKey: KeyObject
  teeId: Hex
  request: string
  output: string
  timestamp: number
}

function prove({ privateKey, teeId, request, output, timestamp }: ProveInput): TeeProof {
  const requestHash = textHash(request)
  const outputHash = textHash(output)
  const message = hexToBytes(proofMessage(requestHash, outputHash, timestamp))
  const signature = sign('sha256', message, {
    key: privateKey,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: 32,
  })
  return {
    tee_signature: signature.toString('base64'),
    tee_timestamp: timestamp,
    tee_request_hash: requestHash.slice(2),
    tee_output_hash: outputHash.slice(2),
    tee_id: teeId,
  }
}
