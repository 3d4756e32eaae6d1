import type { HistoryRowView } from '../../protocol/ui-views.ts'
import { routeTo } from '../app/use-route.ts'
import { Age } from '../components/age.tsx'
import { ListRow } from '../components/list.tsx'
import { Money } from '../components/money.tsx'
import { QuietOriginName } from '../components/quiet-origin-name.tsx'
import { rowAmount, rowState } from '../format/history-words.ts'
import { exactText, moneyText } from '../format/money.ts'
import { proofShort } from '../format/proof-words.ts'
import { t } from '../words.ts'
import './history-row.css'

/** What there is room for in a full tab: through whom, for how much, with what proof. */
function Wide({ row }: { row: HistoryRowView }) {
  const quoted =
    row.expected === null
      ? t('history.rowAtMost', { amount: moneyText(row.max, row.currency, { rounding: 'up' }) })
      : t('history.rowQuoted', { amount: moneyText(row.expected, row.currency) })
  return (
    <span class="row-wide">
      {' · '}
      <bdi>{row.gatewayName}</bdi> ·{' '}
      <span title={exactText(row.expected ?? row.max, row.currency)}>{quoted}</span>
      {' · '}
      <span class={hasFailed(row.proof) ? 'row-failed' : undefined}>{proofShort(row.proof)}</span>
    </span>
  )
}

function hasFailed(proof: HistoryRowView['proof']): boolean {
  return proof.kind !== 'none' && proof.verdict === 'failed'
}

/** One request in a list: who, what, when, how much, and how sure that is. */
export function HistoryRow({ row, nowMs }: { row: HistoryRowView; nowMs: number }) {
  return (
    <ListRow
      href={routeTo('history', 'request', row.id)}
      main={<QuietOriginName principal={row.principal} />}
      sub={
        <>
          <bdi>{row.model}</bdi>
          <Wide row={row} /> · <Age atMs={row.createdAtMs} nowMs={nowMs} />
          {row.answer === 'failed' && (
            <>
              {' · '}
              <span class="row-failed">{t('history.state.failed')}</span>
            </>
          )}
        </>
      }
      end={<Money amount={rowAmount(row)} currency={row.currency} />}
      endSub={<span class={row.money === 'live' ? 'row-held' : undefined}>{rowState(row, nowMs)}</span>}
    />
  )
}
