import { LayoutDashboard, MessageCircle } from 'lucide-preact'
import { useApp } from '../app/app.tsx'
import { Button } from '../components/button.tsx'
import { LinkButton } from '../components/link-button.tsx'
import { t } from '../words.ts'

/** Ready: the first question, and what to expect of pages. */
export function DoneStep() {
  const { shell } = useApp()
  return (
    <section class="stack">
      <h1>{t('onboarding.doneTitle')}</h1>
      <ul class="onboarding-points">
        <li>{t('onboarding.doneAsk')}</li>
        <li>{t('onboarding.doneBudget')}</li>
        <li>{t('onboarding.doneFreeze')}</li>
      </ul>
      <div class="stack-tight">
        <Button kind="primary" icon={MessageCircle} wide onClick={() => void shell.openPanel()}>
          {t('onboarding.firstQuestion')}
        </Button>
        <LinkButton href="popup.html" icon={LayoutDashboard} wide>
          {t('onboarding.dashboard')}
        </LinkButton>
      </div>
    </section>
  )
}
