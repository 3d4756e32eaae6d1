import { Import, Sparkles } from 'lucide-preact'
import { routeTo } from '../app/use-route.ts'
import { LinkButton } from '../components/link-button.tsx'
import { t } from '../words.ts'

/** What this wallet is for, and the ways to have one. */
export function WelcomeStep() {
  return (
    <section class="stack">
      <h1>{t('onboarding.welcome')}</h1>
      <p>{t('onboarding.what')}</p>
      <ul class="onboarding-points">
        <li>{t('onboarding.pointBudgets')}</li>
        <li>{t('onboarding.pointKeys')}</li>
        <li>{t('onboarding.pointLunch')}</li>
      </ul>
      <div class="stack-tight">
        <LinkButton href={routeTo('create')} kind="primary" icon={Sparkles} wide>
          {t('onboarding.create')}
        </LinkButton>
        <LinkButton href={routeTo('import')} icon={Import} wide>
          {t('onboarding.import')}
        </LinkButton>
      </div>
      <p class="small">
        <a href="popup.html#/settings/restore">{t('onboarding.restore')}</a>
      </p>
    </section>
  )
}
