import { ChatError } from '../domain/errors.ts'
import { makeBoxKey, openSealed, seal } from '../protocol/sealed-box.ts'
import type { SecretBox } from './deps.ts'

/** A key pair made at the first need in this worker's life; boxes sealed for an earlier worker do not open. */
export function createSecretBox(): SecretBox {
  let pair: ReturnType<typeof makeBoxKey> | undefined
  const key = () => {
    pair ??= makeBoxKey()
    return pair
  }
  return {
    publicKey: async () => (await key()).publicKey,
    async open(box) {
      try {
        return await openSealed((await key()).privateKey, box)
      } catch {
        throw new ChatError('restarting')
      }
    },
    sealFor: seal,
  }
}
