import type { ApprovalView } from '../../protocol/ui-views.ts'
import { Badge } from '../components/badge.tsx'
import { Notice } from '../components/notice.tsx'
import { OriginName } from '../components/origin-name.tsx'
import { originParts } from '../format/origin.ts'
import { formatCountdown } from '../format/time.ts'
import { t, tCount } from '../words.ts'

/** While the person sets the wallet up the question waits, and its time stands still. Source: inference/approvals.ts. */
const STANDS_STILL: ReadonlySet<ApprovalView['state']> = new Set([
  'no-wallet',
  'insufficient-funds',
  'currency-off',
  'allowance-missing',
])

/** Who asks for what, and how long the question stands. */
export function ApprovalHead({ view, nowMs }: { view: ApprovalView; nowMs: number }) {
  const parts = originParts(view.principal)
  const insecure = view.principal.startsWith('http://')
  return (
    <header class="approval-head">
      <div class="row-spread small soft">
        <span>{t('extension.name')}</span>
        <span class="row">
          {view.waitingBehind > 0 && <Badge>{tCount('approval.waitingBehind', view.waitingBehind)}</Badge>}
          {!STANDS_STILL.has(view.state) && (
            <span role="timer" aria-live="off" title={t('approval.countdownHint')}>
              {t('approval.countdown', { time: formatCountdown(view.expiresAtMs - nowMs) })}
            </span>
          )}
        </span>
      </div>
      <h1 class="approval-title">
        <span class={`approval-origin${view.principal.length > 60 ? ' approval-origin-long' : ''}`}>
          <OriginName principal={view.principal} />
        </span>
        <span class="approval-asks">
          {view.kind === 'budget' ? t('approval.asksBudget') : t('approval.asksAnswer')}
        </span>
      </h1>
      {parts.punycode && <Notice tone="held">{t('approval.punycode', { domain: parts.domain })}</Notice>}
      {insecure && <p class="small soft">{t('approval.thisComputer')}</p>}
    </header>
  )
}
