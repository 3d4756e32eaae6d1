import { useEffect, useRef, useState } from 'preact/hooks'
import { type AtomicAmount, parseAtomic } from '../../domain/amount.ts'
import type { Currency } from '../../domain/currency.ts'
import type { WalletView } from '../../protocol/ui-views.ts'
import { useApp } from '../app/app.tsx'
import { latestOf, useResource } from '../app/use-resource.ts'
import { Button } from '../components/button.tsx'
import { Disclosure } from '../components/disclosure.tsx'
import { Notice } from '../components/notice.tsx'
import { moneyText } from '../format/money.ts'
import { type BalanceTotal, balanceTotals } from '../home/balance-totals.ts'
import { ReceivePage } from '../receive/receive-page.tsx'
import { t } from '../words.ts'

/** How often deposits are looked for while the page is in sight, in ms. */
const LOOK_MS = 10_000
/** Above this a soft warning: 100 dollars, in atomic units of USDC. */
const SOFT_LIMIT = 100_000_000n

/** How money gets in; deposits are noticed while the page is open. */
export function FundStep({ wallet, onDone }: { wallet: WalletView; onDone: () => void }) {
  const { client } = useApp()
  const [balances, reload] = useResource('balances.get', { refresh: true }, { topics: ['balances'] })
  const view = latestOf(balances)
  const totals = view ? balanceTotals(view) : []
  const arrived = useArrived(totals)
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload()
    }, LOOK_MS)
    return () => clearInterval(timer)
  }, [client, reload])
  const usdc = totals.find(({ currency }) => currency === 'USDC')?.amount ?? null
  const funded = totals.some(({ amount }) => amount !== null && amount > 0n)
  return (
    <section class="stack">
      <h1>{t('onboarding.fundTitle')}</h1>
      <p>{t('onboarding.fundMeans')}</p>
      <div aria-live="polite">
        {arrived && (
          <Notice
            tone="good"
            title={t('onboarding.arrived', {
              amount: moneyText(arrived.amount.toString(), arrived.currency),
            })}
          />
        )}
        {!arrived && funded && (
          <Notice tone="good" title={t('onboarding.funded', { amount: fundedWords(totals) })} />
        )}
      </div>
      {usdc !== null && usdc > SOFT_LIMIT && <Notice tone="held">{t('onboarding.muchMoney')}</Notice>}
      <ReceivePage evm={wallet.evm} solana={wallet.solana} />
      <Disclosure summary={t('onboarding.howTo')}>
        <p>{t('onboarding.howToText')}</p>
      </Disclosure>
      <p class="soft small">{t('onboarding.feesNote')}</p>
      <div class="row">
        <Button kind="primary" onClick={onDone}>
          {funded ? t('common.continue') : t('onboarding.fundLater')}
        </Button>
        {!funded && <span class="soft small">{t('onboarding.watching')}</span>}
      </div>
    </section>
  )
}

function fundedWords(totals: readonly BalanceTotal[]): string {
  return totals
    .flatMap(({ amount, currency }) =>
      amount ? moneyText(amount.toString(), currency, { rounding: 'down' }) : [],
    )
    .join(' · ')
}

/** What came in since the page was opened. */
function useArrived(
  totals: readonly BalanceTotal[],
): { readonly currency: Currency; readonly amount: AtomicAmount } | null {
  const first = useRef(new Map<Currency, AtomicAmount>())
  const [arrived, setArrived] = useState<{ currency: Currency; amount: AtomicAmount } | null>(null)
  const key = totals.map(({ currency, amount }) => `${currency} ${amount}`).join()
  useEffect(() => {
    for (const { currency, amount } of totals) {
      if (amount === null) continue
      const before = first.current.get(currency)
      if (before === undefined) first.current.set(currency, amount)
      else if (amount > before) setArrived({ currency, amount: parseAtomic((amount - before).toString()) })
    }
  }, [key])
  return arrived
}
