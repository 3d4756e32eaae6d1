/** Which step is shown: what the person went to, as far as the wallet has come. */
import type { WalletView } from '../../protocol/ui-views.ts'
import type { Step } from '../components/steps.tsx'
import { t } from '../words.ts'

export type OnboardingStep =
  | 'welcome'
  | 'damaged'
  | 'create'
  | 'import'
  | 'unlock'
  | 'words'
  | 'check'
  | 'fund'
  | 'done'

const BEFORE_WALLET: readonly string[] = ['welcome', 'damaged', 'create', 'import', 'unlock']
const AFTER_WALLET: readonly string[] = ['fund', 'done']

/** A wanted step that the wallet does not allow yet, or no longer, gives way to the one that is due. */
export function stepFor(wanted: string, wallet: WalletView, phraseInHand: boolean): OnboardingStep {
  // Nothing can be made in its place before it was reset.
  if (wallet.kind === 'damaged') return 'damaged'
  if (wallet.kind === 'none') return wanted === 'create' || wanted === 'import' ? wanted : 'welcome'
  if (wallet.kind === 'locked' && wanted !== 'done') return 'unlock'
  const toCheck = wallet.hasPhrase && !wallet.phraseChecked
  if (wanted === 'fund' || wanted === 'done') return wanted
  if (wanted === 'check' && toCheck && phraseInHand) return 'check'
  return toCheck ? 'words' : 'fund'
}

/** The progress line: three places for a new wallet. */
export function progressOf(step: OnboardingStep, wallet: WalletView): readonly Step[] {
  const at = BEFORE_WALLET.includes(step) ? 0 : AFTER_WALLET.includes(step) ? 2 : 1
  const wordsDone = wallet.phraseChecked || !wallet.hasPhrase
  return [
    { label: t('onboarding.stepWallet'), state: at === 0 ? 'current' : 'done' },
    {
      label: t('onboarding.stepWords'),
      state: at === 1 ? 'current' : at > 1 && wordsDone ? 'done' : 'ahead',
    },
    { label: t('onboarding.stepFund'), state: step === 'done' ? 'done' : at === 2 ? 'current' : 'ahead' },
  ]
}
