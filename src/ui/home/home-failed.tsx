import { LoadFailed } from '../app/load-failed.tsx'
import { routeTo } from '../app/use-route.ts'
import { LinkButton } from '../components/link-button.tsx'
import { t } from '../words.ts'

/** The books cannot be read: what is wrong, and the ways to the keys, which are kept apart from them. */
export function HomeFailed(props: { error: unknown; onRetry: () => void }) {
  return (
    <div class="screen">
      <LoadFailed {...props} />
      <p class="soft">{t('home.keysApart')}</p>
      <div class="stack-tight">
        <LinkButton href={routeTo('settings', 'reveal')} wide>
          {t('secrets.reveal')}
        </LinkButton>
        <LinkButton href={routeTo('settings', 'backup')} wide>
          {t('backup.title')}
        </LinkButton>
        <LinkButton href={routeTo('settings', 'reset')} wide>
          {t('reset.title')}
        </LinkButton>
      </div>
    </div>
  )
}
