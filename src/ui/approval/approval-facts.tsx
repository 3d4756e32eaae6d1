import type { ApprovalView } from '../../protocol/ui-views.ts'
import { Address } from '../components/address.tsx'
import { Disclosure } from '../components/disclosure.tsx'
import { type Fact, FactList } from '../components/fact-list.tsx'
import { Money } from '../components/money.tsx'
import { formatCount } from '../format/count.ts'
import { networkName } from '../format/network-name.ts'
import { settlementWords } from '../format/settlement-words.ts'
import { t } from '../words.ts'
import { termsWords } from './terms-words.ts'

/** Who is paid, over what, for which model; addresses and counts under details. Nothing before a price. */
export function ApprovalFacts({ view }: { view: ApprovalView }) {
  if (!view.request && !view.asked) return null
  return (
    <section class="card approval-facts" aria-label={t('approval.facts')}>
      <FactList facts={view.kind === 'budget' ? askedFacts(view) : requestFacts(view)} />
      {view.request && (
        <Disclosure summary={t('common.details')}>
          <FactList facts={detailFacts(view, view.request)} />
        </Disclosure>
      )}
    </section>
  )
}

function requestFacts({ request }: ApprovalView): readonly (Fact | null)[] {
  if (!request) return []
  return [
    { name: t('approval.model'), value: <bdi>{request.model}</bdi> },
    { name: t('approval.paidTo'), value: <bdi>{request.gatewayName}</bdi> },
    {
      name: t('approval.network'),
      value: networkName(request.network),
      note: request.bothNetworksFunded ? t('approval.bothFunded') : undefined,
    },
    request.limitAdded && request.maxOutputTokens !== null
      ? {
          name: t('approval.answerLength'),
          value: t('approval.tokens', { count: formatCount(request.maxOutputTokens) }),
          note: t('approval.limitAdded'),
        }
      : null,
    request.settlement === null
      ? null
      : { name: t('approval.onChain'), value: settlementWords(request.settlement) },
    request.opensSession ? { name: t('approval.session'), value: t('approval.opensSession') } : null,
    request.sponsoredAllowance === null
      ? null
      : {
          name: t('approval.allowance'),
          value: <Money amount={request.sponsoredAllowance} currency={request.currency} rounding="exact" />,
          note: t('approval.sponsored'),
        },
  ]
}

/** What a site asks for; beside what it has, where that is something else. */
function askedFacts({ asked, current, suggested }: ApprovalView): readonly (Fact | null)[] {
  if (!asked) return []
  const wanted = termsWords({ ...asked, maxPerRequest: asked.maxPerRequest ?? suggested.maxPerRequest })
  const has = current ? termsWords(current) : wanted
  return wanted.map((fact, index) => {
    const before = has[index]?.value ?? fact.value
    return before === fact.value
      ? fact
      : { ...fact, value: t('approval.fromTo', { before, after: fact.value }) }
  })
}

function detailFacts(
  view: ApprovalView,
  request: NonNullable<ApprovalView['request']>,
): readonly (Fact | null)[] {
  return [
    {
      name: t('approval.payee'),
      value:
        request.payTo === null ? (
          t('approval.payeeUnknown')
        ) : (
          <Address address={request.payTo} name={t('approval.payee')} />
        ),
    },
    { name: t('approval.networkId'), value: <code>{request.network}</code> },
    view.balance === null
      ? null
      : {
          name: t('approval.balance'),
          value: <Money amount={view.balance} currency={request.currency} rounding="down" />,
        },
    request.inputTokens === null
      ? null
      : {
          name: t('approval.question'),
          value: t('approval.tokens', { count: formatCount(request.inputTokens) }),
        },
    request.maxOutputTokens === null || request.limitAdded
      ? null
      : {
          name: t('approval.answerLength'),
          value: t('approval.tokens', { count: formatCount(request.maxOutputTokens) }),
        },
  ]
}
