import type { WalletView } from '../../protocol/ui-views.ts'
import type { WalletStatus } from '../../wallet/wallet.ts'

/** The wallet's state for a screen: addresses, never secrets. */
export function walletView(status: WalletStatus): WalletView {
  const nothing = {
    evm: null,
    solana: null,
    phraseChecked: false,
    hasPhrase: false,
    retryAtMs: null,
    untilMs: null,
  }
  switch (status.kind) {
    case 'none':
    case 'damaged':
      return { kind: status.kind, ...nothing }
    case 'locked':
    case 'unlocked':
      return {
        kind: status.kind,
        ...status.addresses,
        phraseChecked: status.phraseChecked,
        hasPhrase: status.hasPhrase,
        retryAtMs: status.kind === 'locked' ? status.retryAtMs : null,
        untilMs: status.kind === 'unlocked' ? status.untilMs : null,
      }
  }
}
