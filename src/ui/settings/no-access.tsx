import { Notice } from '../components/notice.tsx'
import { t } from '../words.ts'

/** The person, or the browser, refused access to a server. */
export function NoAccess() {
  return (
    <Notice tone="held" role="alert" title={t('settings.noAccess')}>
      {t('settings.noAccessMeans')}
    </Notice>
  )
}
