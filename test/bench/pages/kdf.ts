/** The bare key derivation, with the cost that vaults have. */
import { argon2id } from 'hash-wasm'
import { VAULT_COST } from '../../../src/wallet/kdf-cost.ts'

const bench = {
  async derive(password: string): Promise<number> {
    const salt = crypto.getRandomValues(new Uint8Array(16))
    const start = performance.now()
    await argon2id({
      ...{ password, salt, hashLength: 32, outputType: 'binary' },
      ...{
        parallelism: VAULT_COST.parallelism,
        iterations: VAULT_COST.iterations,
        memorySize: VAULT_COST.memoryKib,
      },
    })
    return performance.now() - start
  },
}

export type KdfBench = typeof bench
Object.assign(window, { kdfBench: bench })

declare global {
  var kdfBench: KdfBench
}
