import type { HomeView } from '../../protocol/ui-views.ts'
import { routeTo } from '../app/use-route.ts'
import { Button } from '../components/button.tsx'
import { LinkButton } from '../components/link-button.tsx'
import { Notice } from '../components/notice.tsx'
import { t, tCount } from '../words.ts'

interface HomeNoticesProps {
  readonly home: HomeView
  readonly empty: boolean
  readonly busy: boolean
  readonly onUnfreeze: () => void
  readonly onShowApproval: () => void
}

/** What the person should know before anything else; most days there is nothing. */
export function HomeNotices({ home, empty, busy, onUnfreeze, onShowApproval }: HomeNoticesProps) {
  const { wallet } = home
  return (
    <>
      {home.frozen && (
        <Notice
          tone="danger"
          title={t('home.frozen')}
          actions={
            <Button size="s" busy={busy} onClick={onUnfreeze}>
              {t('home.unfreeze')}
            </Button>
          }
        >
          {t('home.frozenMeans')}
        </Notice>
      )}
      {!home.online && (
        <Notice tone="held" title={t('home.offline')}>
          {t('home.offlineMeans')}
        </Notice>
      )}
      {home.approvalsWaiting > 0 && (
        <Notice
          tone="held"
          actions={
            <Button size="s" onClick={onShowApproval}>
              {t('home.showApproval')}
            </Button>
          }
        >
          {tCount('home.approvalsWaiting', home.approvalsWaiting)}
        </Notice>
      )}
      {wallet.hasPhrase && !wallet.phraseChecked && (
        <Notice
          tone="held"
          title={t('home.wordsUnchecked')}
          actions={
            <LinkButton size="s" href="onboarding.html#/words" newTab>
              {t('home.checkWords')}
            </LinkButton>
          }
        >
          {t('home.wordsUncheckedMeans')}
        </Notice>
      )}
      {empty && (
        <Notice
          title={t('home.noFunds')}
          actions={
            <LinkButton size="s" kind="primary" href={routeTo('wallet', 'receive')}>
              {t('home.addFunds')}
            </LinkButton>
          }
        >
          {t('home.noFundsNext')}
        </Notice>
      )}
      {home.livePayments > 0 && (
        <p class="small soft">
          <a href={routeTo('history', 'live')}>{tCount('home.livePayments', home.livePayments)}</a>
        </p>
      )}
    </>
  )
}
