import { ChatError } from '../domain/errors.ts'
import type { Context } from './context.ts'
import type { LoadedVault } from './copies.ts'
import { type OpenedVault, openVault } from './vault.ts'

export type Verified =
  | { readonly kind: 'right'; readonly opened: OpenedVault }
  | { readonly kind: 'wrong-password'; readonly retryAtMs: number | null }
  | { readonly kind: 'wait'; readonly retryAtMs: number }
  | { readonly kind: 'none' }
  | { readonly kind: 'damaged' }

/** Tries a password, within the back-off. To be run in the queue, so that guesses cannot overtake each other. */
export async function verifyPassword(context: Context, password: string): Promise<Verified> {
  const loaded = await context.copies.load()
  if (loaded.kind !== 'found') return { kind: loaded.kind }
  const waitUntilMs = await context.backOff.retryAt()
  if (waitUntilMs !== null) return { kind: 'wait', retryAtMs: waitUntilMs }
  const attempt = await context.backOff.begin()
  let opened: OpenedVault | null
  try {
    opened = await openEither(context, loaded, password)
  } catch (error) {
    await attempt.abandon()
    throw error
  }
  if (opened === null) return { kind: 'wrong-password', retryAtMs: await context.backOff.retryAt() }
  await attempt.succeed()
  return { kind: 'right', opened }
}

/** The opened vault, or null for a wrong password. Throws ChatError where no password can be tried. */
export async function requirePassword(context: Context, password: string): Promise<OpenedVault | null> {
  const verified = await verifyPassword(context, password)
  switch (verified.kind) {
    case 'right':
      return verified.opened
    case 'wrong-password':
      return null
    case 'wait':
      throw new ChatError('wallet-locked', { retryAtMs: String(verified.retryAtMs) })
    case 'none':
      throw new ChatError('wallet-missing')
    case 'damaged':
      throw new ChatError('wallet-missing', { problem: 'wallet-damaged' })
  }
}

/** Two copies that contradict each other: the one that the password opens is right, and replaces the other. */
async function openEither(
  context: Context,
  loaded: LoadedVault & { readonly kind: 'found' },
  password: string,
): Promise<OpenedVault | null> {
  const opened = await openVault(loaded.file, password, context.tools().deriveKey)
  if (loaded.twin === null) return opened
  const right = opened ?? (await openVault(loaded.twin, password, context.tools().deriveKey))
  if (right === null) return null
  const file = { ...right.file, revision: right.file.revision + 1 }
  await context.copies.save(file)
  return { file, dataKey: right.dataKey }
}
