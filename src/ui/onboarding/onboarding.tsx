import { useEffect, useState } from 'preact/hooks'
import type { WalletView } from '../../protocol/ui-views.ts'
import { useApp } from '../app/app.tsx'
import { LoadFailed } from '../app/load-failed.tsx'
import { useNow } from '../app/use-now.ts'
import { latestOf, useResource } from '../app/use-resource.ts'
import { routeTo, useRoute } from '../app/use-route.ts'
import { Spinner } from '../components/spinner.tsx'
import { Steps } from '../components/steps.tsx'
import { DamagedWallet } from '../wallet/damaged-wallet.tsx'
import { UnlockForm } from '../wallet/unlock-form.tsx'
import { t } from '../words.ts'
import { CheckStep } from './check-step.tsx'
import { CreateStep } from './create-step.tsx'
import { DoneStep } from './done-step.tsx'
import { FundStep } from './fund-step.tsx'
import { ImportStep } from './import-step.tsx'
import './onboarding.css'
import { type OnboardingStep, progressOf, stepFor } from './onboarding-step.ts'
import { WelcomeStep } from './welcome-step.tsx'
import { WordsStep } from './words-step.tsx'

/** The tab in which a wallet is made, backed up and filled. What was confirmed lies in the wallet; the rest may be left at any time. */
export function Onboarding() {
  const { client } = useApp()
  const nowMs = useNow(1000)
  const [wanted = ''] = useRoute()
  const [wallet, reload] = useResource('wallet.status', {}, { topics: ['wallet'] })
  // In memory only, from the password to the words and their check.
  const [password, setPassword] = useState<string | null>(null)
  const [phrase, setPhrase] = useState<string | null>(null)
  const status = latestOf(wallet)
  const step = status ? stepFor(wanted, status, phrase !== null) : null
  useEffect(() => {
    document.title = t('onboarding.title')
  }, [])
  useEffect(() => {
    const place = document.getElementById('step')
    if (!place?.contains(document.activeElement)) place?.focus({ preventScroll: true })
    scrollTo(0, 0)
  }, [step])
  if (!status || !step) {
    return wallet.kind === 'failed' ? (
      <LoadFailed error={wallet.error} onRetry={reload} />
    ) : (
      <Spinner label={t('common.loading')} />
    )
  }
  const go = (next: OnboardingStep) => {
    location.hash = routeTo(next)
  }
  const made = (chosen: string, next: OnboardingStep) => {
    setPassword(chosen)
    go(next)
    reload()
  }
  return (
    <div class="onboarding">
      <header class="onboarding-head">
        <p class="onboarding-brand">{t('extension.name')}</p>
        <Steps label={t('onboarding.progress')} steps={progressOf(step, status)} />
      </header>
      <main id="step" class="onboarding-main" tabIndex={-1}>
        {renderStep()}
      </main>
    </div>
  )

  function renderStep() {
    switch (step) {
      case 'welcome':
        return <WelcomeStep />
      case 'damaged':
        return (
          <section class="stack">
            <h1>{t('onboarding.title')}</h1>
            <DamagedWallet />
          </section>
        )
      case 'create':
        return <CreateStep onMade={(chosen) => made(chosen, 'words')} />
      case 'import':
        return <ImportStep onMade={(chosen) => made(chosen, 'fund')} />
      case 'unlock':
        return (
          <section class="stack">
            <h1>{t('onboarding.unlockTitle')}</h1>
            <p class="soft">{t('onboarding.unlockMeans')}</p>
            <UnlockForm
              nowMs={nowMs}
              retryAtMs={status?.retryAtMs ?? null}
              onUnlock={async (typed) => client.call('wallet.unlock', { password: await client.seal(typed) })}
              onDone={reload}
            />
          </section>
        )
      case 'words':
        return (
          <WordsStep
            password={password}
            onRevealed={(text) => {
              setPassword(null)
              setPhrase(text)
            }}
            onWritten={() => go('check')}
            onLater={() => {
              setPhrase(null)
              go('fund')
            }}
          />
        )
      case 'check':
        return (
          <CheckStep
            phrase={phrase ?? ''}
            onBack={() => go('words')}
            onChecked={async () => {
              await client.call('wallet.markPhraseChecked', {})
              setPhrase(null)
              go('fund')
              reload()
            }}
          />
        )
      case 'fund':
        return <FundStep wallet={requireWallet(status)} onDone={() => go('done')} />
      case 'done':
        return <DoneStep />
    }
  }
}

function requireWallet(status: WalletView | null): WalletView {
  if (!status) throw new Error('This step stands behind a wallet')
  return status
}
