import type { Currency } from '../../domain/currency.ts'
import type { ApprovalView } from '../../protocol/ui-views.ts'
import { Address } from '../components/address.tsx'
import { LinkButton } from '../components/link-button.tsx'
import { Notice } from '../components/notice.tsx'
import { QrCode } from '../components/qr-code.tsx'
import { causeWords } from '../format/error-words.ts'
import { currencyName } from '../format/mode-words.ts'
import { moneyText } from '../format/money.ts'
import { networkName } from '../format/network-name.ts'
import { payLink } from '../format/pay-link.ts'
import { UnlockForm, type UnlockFormProps } from '../wallet/unlock-form.tsx'
import { t } from '../words.ts'

export interface ObstacleActions {
  readonly unlock: UnlockFormProps
}

/** What must happen before this can be approved, in this very window where that is possible. */
export function ApprovalObstacle({ view, actions }: { view: ApprovalView; actions: ObstacleActions }) {
  switch (view.state) {
    case 'ready':
    case 'quoting':
    case 'offer':
      return null
    case 'locked':
      return (
        <section class="card stack">
          <p>{t('approval.locked')}</p>
          <UnlockForm {...actions.unlock} />
        </section>
      )
    case 'no-wallet':
      return (
        <Notice
          title={t('approval.noWallet')}
          actions={
            <LinkButton href="onboarding.html" kind="primary" newTab>
              {t('approval.setUp')}
            </LinkButton>
          }
        >
          {t('approval.noWalletNext')}
        </Notice>
      )
    case 'insufficient-funds':
      return <FundsNeeded view={view} />
    case 'currency-off':
      return <CurrencyOff currency={view.request?.currency ?? view.asked?.currency ?? 'USDC'} />
    case 'allowance-missing':
      return (
        <Notice
          tone="held"
          title={t('approval.allowanceMissing')}
          actions={<OpgLink label={t('approval.setAllowance')} />}
        >
          {t('approval.allowanceMissingNext')}
        </Notice>
      )
    case 'offline':
      return (
        <Notice tone="held" title={t('approval.offline')}>
          {t('approval.offlineNext')}
        </Notice>
      )
    case 'failed': {
      const words = causeWords(view.failure ?? 'unexpected')
      return (
        <Notice tone="danger" title={words.what} role="alert">
          {t('charged.no')} {words.todo}
        </Notice>
      )
    }
  }
}

function OpgLink({ label }: { label: string }) {
  return (
    <LinkButton href="popup.html#/opg" kind="primary" newTab>
      {label}
    </LinkButton>
  )
}

function CurrencyOff({ currency }: { currency: Currency }) {
  const title = t('approval.currencyOff', { currency: currencyName(currency) })
  if (currency === 'OPG' || currency === 'tOPG') {
    return (
      <Notice tone="held" title={title} actions={<OpgLink label={t('approval.enableOpg')} />}>
        {t('approval.currencyOffNext')}
      </Notice>
    )
  }
  const link = (
    <LinkButton href="popup.html#/settings/limits" kind="primary" newTab>
      {t('approval.openLimits')}
    </LinkButton>
  )
  return (
    <Notice tone="held" title={title} actions={link}>
      {t('approval.currencyOffInLimits')}
    </Notice>
  )
}

function FundsNeeded({ view }: { view: ApprovalView }) {
  const { request, balance, fundAddress } = view
  if (!request) return null
  const network = networkName(request.network)
  const have =
    balance === null ? t('common.unknown') : moneyText(balance, request.currency, { rounding: 'down' })
  return (
    <Notice tone="held" title={t('approval.noFunds')}>
      <p>{t('approval.noFundsNext', { have, network, asset: request.currency.replace(/^t/, '') })}</p>
      {fundAddress && (
        <div class="approval-fund">
          <QrCode
            text={payLink(request.network, request.currency, fundAddress)}
            label={t('receive.qr', { network })}
          />
          <Address address={fundAddress} name={t('receive.address', { network })} />
        </div>
      )}
    </Notice>
  )
}
