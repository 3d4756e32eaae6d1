import '../install-words.ts'
import { describe, expect, it } from 'vitest'
import { UiError } from '../../../src/protocol/ui-client.ts'
import type { UnlockView, WalletView } from '../../../src/protocol/ui-views.ts'
import { ensureUnlocked } from '../../../src/ui/secrets/ensure-unlocked.ts'
import { passwordFailure } from '../../../src/ui/secrets/password-failure.ts'
import { createFakeClient } from '../fake-client.ts'
import { makeWallet, NOW } from '../samples.ts'

function clientWith(kind: WalletView['kind'], result: UnlockView) {
  return createFakeClient({ 'wallet.status': () => makeWallet({ kind }), 'wallet.unlock': () => result })
}

describe('unlocking with the password at hand', () => {
  it('asks nothing of an unlocked wallet', async () => {
    const client = clientWith('unlocked', { kind: 'damaged' })
    expect(await ensureUnlocked(client, 'word')).toBe('done')
    expect(client.calls.map(({ method }) => method)).toEqual(['wallet.status'])
  })
  it('unlocks a locked one with a sealed password', async () => {
    const client = clientWith('locked', { kind: 'unlocked', untilMs: NOW })
    expect(await ensureUnlocked(client, 'word')).toBe('done')
    expect(client.calls.at(-1)?.params).toEqual({
      password: expect.objectContaining({ data: 'sealed:word' }),
    })
  })
  it('says a wrong password', async () => {
    expect(await ensureUnlocked(clientWith('locked', { kind: 'wrong-password', retryAtMs: null }), 'x')).toBe(
      'wrong',
    )
  })
  it('throws where there is a time to wait, or nothing to unlock', async () => {
    const waiting = ensureUnlocked(clientWith('locked', { kind: 'wait', retryAtMs: NOW + 8_000 }), 'x')
    await expect(waiting).rejects.toMatchObject({
      reason: 'wallet-locked',
      facts: { retryAtMs: String(NOW + 8_000) },
    })
    const missing = ensureUnlocked(clientWith('none', { kind: 'none' }), 'x')
    await expect(missing).rejects.toMatchObject({ reason: 'wallet-missing' })
  })
})

describe('a password that could not be tried', () => {
  it('says how long to wait', () => {
    const error = new UiError('wallet-locked', { retryAtMs: String(NOW + 8_000) })
    expect(passwordFailure(error, NOW)).toEqual({
      what: 'Too many wrong passwords. Next try in 8 seconds.',
      todo: '',
    })
  })
  it('says any other failure by its cause', () => {
    expect(passwordFailure(new UiError('wallet-locked'), NOW).what).toBe('The wallet is locked.')
  })
})
