import type { BalanceView } from '../../protocol/ui-views.ts'
import { Age } from '../components/age.tsx'
import { CoinAmount } from '../components/coin-amount.tsx'
import { List, ListRow } from '../components/list.tsx'
import { Money } from '../components/money.tsx'
import { networkName } from '../format/network-name.ts'
import { t } from '../words.ts'

/** Every balance on its network, with its age; a failed read is said, and never shown as zero. */
export function BalanceLines({ balances, nowMs }: { balances: readonly BalanceView[]; nowMs: number }) {
  return (
    <List label={t('home.byNetwork')}>
      {balances.map((balance) => (
        <ListRow
          key={`${balance.network} ${balance.asset}`}
          main={balance.symbol}
          sub={networkName(balance.network)}
          end={<Amount balance={balance} />}
          endSub={<Freshness balance={balance} nowMs={nowMs} />}
        />
      ))}
    </List>
  )
}

function Amount({ balance }: { balance: BalanceView }) {
  if (balance.amount === null) return <span class="soft">{t('common.unknown')}</span>
  if (balance.currency) return <Money amount={balance.amount} currency={balance.currency} rounding="down" />
  return <CoinAmount amount={balance.amount} symbol={balance.symbol} decimals={balance.decimals} />
}

function Freshness({ balance, nowMs }: { balance: BalanceView; nowMs: number }) {
  const age = balance.atMs === null ? null : <Age atMs={balance.atMs} nowMs={nowMs} />
  if (!balance.failed) return age
  return (
    <span class="balance-uncertain">
      {age ? (
        <>
          {t('home.readFailed')} · {age}
        </>
      ) : (
        t('home.readFailed')
      )}
    </span>
  )
}
