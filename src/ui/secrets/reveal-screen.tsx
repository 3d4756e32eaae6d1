import { useState } from 'preact/hooks'
import type { WalletView } from '../../protocol/ui-views.ts'
import { Screen } from '../app/screen.tsx'
import { ChoiceGroup } from '../components/choice-group.tsx'
import { Notice } from '../components/notice.tsx'
import { WithWallet } from '../transfers/with-wallet.tsx'
import { RevealSecret } from '../wallet/reveal-secret.tsx'
import { t } from '../words.ts'

type Secret = 'phrase' | 'evm-key' | 'solana-key'

/** The recovery words or a key, after the password, for sixty seconds. */
export function RevealScreen({ back }: { back: string }) {
  return (
    <Screen title={t('secrets.reveal')} back={back}>
      <WithWallet>{(wallet) => <Reveal wallet={wallet} />}</WithWallet>
    </Screen>
  )
}

function Reveal({ wallet }: { wallet: WalletView }) {
  const secrets = secretsOf(wallet)
  const [wanted, setWanted] = useState<Secret | null>(null)
  const what = wanted ?? secrets[0]
  if (what === undefined) return null
  return (
    <div class="stack">
      <Notice tone="held" title={t('secrets.revealWarning')}>
        {t('secrets.revealMeans')}
      </Notice>
      {secrets.length > 1 && (
        <ChoiceGroup
          legend={t('secrets.which')}
          value={what}
          options={secrets.map((value) => ({ value, label: secretName(value), hint: secretHint(value) }))}
          onChange={setWanted}
        />
      )}
      {/* Another secret starts anew, with the password. */}
      <RevealSecret key={what} what={what} />
    </div>
  )
}

function secretsOf({ hasPhrase, evm, solana }: WalletView): readonly Secret[] {
  return [
    ...(hasPhrase ? (['phrase'] as const) : []),
    ...(evm === null ? [] : (['evm-key'] as const)),
    ...(solana === null ? [] : (['solana-key'] as const)),
  ]
}

function secretName(secret: Secret): string {
  switch (secret) {
    case 'phrase':
      return t('secrets.phrase')
    case 'evm-key':
      return t('secrets.evmKey')
    case 'solana-key':
      return t('secrets.solanaKey')
  }
}

function secretHint(secret: Secret): string {
  switch (secret) {
    case 'phrase':
      return t('secrets.phraseHint')
    case 'evm-key':
      return t('secrets.evmKeyHint')
    case 'solana-key':
      return t('secrets.solanaKeyHint')
  }
}
