import { routeTo } from '../app/use-route.ts'
import { LinkButton } from '../components/link-button.tsx'
import { Notice } from '../components/notice.tsx'
import { t } from '../words.ts'

/** Both copies of the vault are unreadable: said as it is, never as if there were no wallet. */
export function DamagedWallet() {
  return (
    <Notice
      tone="danger"
      title={t('home.damaged')}
      actions={
        <>
          <LinkButton size="s" href={`popup.html${routeTo('settings', 'restore')}`}>
            {t('onboarding.restore')}
          </LinkButton>
          <LinkButton size="s" href={`popup.html${routeTo('wallet', 'reset')}`}>
            {t('home.damagedReset')}
          </LinkButton>
        </>
      }
    >
      {t('home.damagedMeans')}
    </Notice>
  )
}
