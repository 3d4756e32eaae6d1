import type { ProbeView } from '../../protocol/ui-views.ts'
import { Disclosure } from '../components/disclosure.tsx'
import { FactList } from '../components/fact-list.tsx'
import { Money } from '../components/money.tsx'
import { Notice } from '../components/notice.tsx'
import { networkName } from '../format/network-name.ts'
import { t } from '../words.ts'

/** What a service asks for, as its free 402 says. */
export function OfferList({ probe }: { probe: ProbeView }) {
  return (
    <div class="stack-tight">
      {probe.offers.length === 0 ? (
        <Notice tone="danger" title={t('gateways.nothingPayable')}>
          {t('gateways.nothingPayableMeans')}
        </Notice>
      ) : (
        <div class="card">
          <FactList
            facts={probe.offers.map((offer) => ({
              name: networkName(offer.network),
              value: <Money amount={offer.amount} currency={offer.currency} rounding="up" />,
              note: (
                <>
                  {t('gateways.paidTo')} <code>{offer.payTo}</code>
                </>
              ),
            }))}
          />
        </div>
      )}
      {probe.skipped.length > 0 && (
        <Disclosure summary={t('gateways.skipped', { count: probe.skipped.length })}>
          <ul class="small soft">
            {probe.skipped.map(({ what, value }) => (
              <li key={`${what} ${value}`}>
                {t(`gateways.skippedFor.${what}`)} <code>{value}</code>
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </div>
  )
}
