/** KDF parameters as they stand in a file's header: algorithm 1 · memory KiB 4 · iterations 4 · lanes 1 · salt 16. */
import { type ByteReader, uint } from './byte-reader.ts'
import { concatBytes } from './bytes.ts'
import { isAcceptableCost, type KdfParameters, SALT_LENGTH } from './kdf-cost.ts'
import type { Bytes } from './ports.ts'

const ARGON2ID = 1

export function encodeKdf(kdf: KdfParameters): Bytes {
  return concatBytes(
    [ARGON2ID],
    uint(kdf.memoryKib, 4),
    uint(kdf.iterations, 4),
    uint(kdf.parallelism, 1),
    kdf.salt,
  )
}

/** Null for another algorithm, and for parameters below the floor or above the ceiling. */
export function readKdf(reader: ByteReader): KdfParameters | null {
  const algorithm = reader.uint(1)
  const kdf: KdfParameters = {
    memoryKib: reader.uint(4),
    iterations: reader.uint(4),
    parallelism: reader.uint(1),
    salt: reader.bytes(SALT_LENGTH),
  }
  return algorithm === ARGON2ID && isAcceptableCost(kdf) ? kdf : null
}
