import { UiError } from '../../../src/protocol/ui-client.ts'
import { PasswordDialog } from '../../../src/ui/secrets/password-dialog.tsx'
import { RevealSecret } from '../../../src/ui/wallet/reveal-secret.tsx'
import { makeHome, makeWallet } from '../../ui/samples.ts'
import type { Scene } from '../scene.ts'
import { popupScene, stepScene } from './popup-scene.tsx'

export const SECRET_SCENES: readonly Scene[] = [
  popupScene('secrets/password', '/settings/password'),
  popupScene('secrets/reveal', '/settings/reveal'),
  popupScene('secrets/reveal-imported', '/settings/reveal', {
    'wallet.status': () => makeWallet({ hasPhrase: false, solana: null }),
  }),
  stepScene('secrets/revealed', 'Recovery words and keys', () => (
    <RevealSecret what="phrase" knownPassword="known" />
  )),
  popupScene('secrets/reset', '/settings/reset'),
  popupScene('secrets/reset-damaged', '/wallet/reset', {
    'home.get': () =>
      makeHome({ wallet: makeWallet({ kind: 'damaged', evm: null, solana: null }), livePayments: 0 }),
  }),
  popupScene('secrets/reset-books-closed', '/wallet/reset', {
    'home.get': () => Promise.reject(new UiError('ledger-failed', { problem: 'ledger-closed' })),
  }),
  stepScene('secrets/raise', 'Your limits', () => (
    <PasswordDialog
      title="Raise your limits"
      action="Raise"
      onClose={() => undefined}
      onPassword={async () => 'wrong'}
    >
      More can be spent with this than before, so it needs your password.
    </PasswordDialog>
  )),
]
