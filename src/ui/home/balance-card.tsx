import { ArrowDownToLine, RefreshCw, Send } from 'lucide-preact'
import { isTestMoney } from '../../domain/currency.ts'
import type { BalanceView } from '../../protocol/ui-views.ts'
import { routeTo } from '../app/use-route.ts'
import { Age } from '../components/age.tsx'
import { Disclosure } from '../components/disclosure.tsx'
import { IconButton } from '../components/icon-button.tsx'
import { LinkButton } from '../components/link-button.tsx'
import { Money } from '../components/money.tsx'
import { t } from '../words.ts'
import './balance-card.css'
import { BalanceLines } from './balance-lines.tsx'
import { type BalanceTotal, balanceTotals } from './balance-totals.ts'

interface BalanceCardProps {
  /** null: not asked yet. */
  readonly balances: readonly BalanceView[] | null
  readonly nowMs: number
  readonly refreshing: boolean
  readonly onRefresh: () => void
}

/** What is in the wallet: real dollars first, then the rest, by network on demand. */
export function BalanceCard({ balances, nowMs, refreshing, onRefresh }: BalanceCardProps) {
  const totals = balances === null ? [] : balanceTotals(balances)
  const main = totals.find(({ currency }) => currency === 'USDC') ?? totals[0]
  const rest = totals.filter((total) => total !== main && isWorthALine(total))
  return (
    <section class="card balance-card" aria-label={t('home.balance')}>
      <div class="row-spread">
        <h2 class="soft small">{t('home.balance')}</h2>
        <IconButton icon={RefreshCw} label={t('home.refresh')} disabled={refreshing} onClick={onRefresh} />
      </div>
      <p class="balance-main">
        {main ? <Total total={main} size="xl" /> : <span class="soft">{t('common.loading')}</span>}
      </p>
      {main?.atMs != null && (
        <p class="soft small">
          <Age atMs={main.atMs} nowMs={nowMs} />
        </p>
      )}
      {rest.length > 0 && (
        <ul class="row balance-rest">
          {rest.map((total) => (
            <li key={total.currency}>
              <Total total={total} size="m" />
            </li>
          ))}
        </ul>
      )}
      <div class="balance-actions">
        <LinkButton href={routeTo('wallet', 'receive')} icon={ArrowDownToLine} size="s">
          {t('home.receive')}
        </LinkButton>
        <LinkButton href={routeTo('wallet', 'send')} icon={Send} size="s">
          {t('home.send')}
        </LinkButton>
      </div>
      {balances !== null && (
        <Disclosure summary={t('home.byNetwork')}>
          <BalanceLines balances={balances} nowMs={nowMs} />
        </Disclosure>
      )}
    </section>
  )
}

function Total({ total, size }: { total: BalanceTotal; size: 'm' | 'xl' }) {
  if (total.amount === null) return <span class="soft">{t('home.notReadYet')}</span>
  return (
    <>
      <Money amount={total.amount.toString()} currency={total.currency} rounding="down" size={size} />
      {total.uncertain && <span class="balance-uncertain small"> {t('home.uncertain')}</span>}
    </>
  )
}

/** Test money and OPG take up room only where there is some. */
function isWorthALine({ currency, amount }: BalanceTotal): boolean {
  return amount !== null && (amount > 0n || !(isTestMoney(currency) || currency === 'OPG'))
}
