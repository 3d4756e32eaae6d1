import { type UiClient, UiError } from '../../protocol/ui-client.ts'
import type { PasswordResult } from './password-form.tsx'

/** Unlocks a locked wallet with the password at hand, for acts that sign. Throws UiError where no password can help now. */
export async function ensureUnlocked(client: UiClient, password: string): Promise<PasswordResult> {
  const { kind } = await client.call('wallet.status', {})
  if (kind === 'unlocked') return 'done'
  const result = await client.call('wallet.unlock', { password: await client.seal(password) })
  switch (result.kind) {
    case 'unlocked':
      return 'done'
    case 'wrong-password':
      return 'wrong'
    case 'wait':
      throw new UiError('wallet-locked', { retryAtMs: String(result.retryAtMs) })
    case 'damaged':
    case 'none':
      throw new UiError('wallet-missing')
  }
}
