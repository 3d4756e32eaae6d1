import { useApp } from '../app/app.tsx'
import { FailureNotice } from '../app/failure-notice.tsx'
import { Button } from '../components/button.tsx'
import { ChoiceGroup } from '../components/choice-group.tsx'
import { TextField } from '../components/text-field.tsx'
import { t } from '../words.ts'
import { gatewayFieldErrors } from './gateway-failure.ts'
import { GatewayHeaderFields, GatewayNameFields, GatewayUrlField } from './gateway-fields.tsx'
import { OfferList } from './offer-list.tsx'
import { ProbeOutcome } from './probe-outcome.tsx'
import { type NewGateway, useNewGateway } from './use-new-gateway.ts'

/** First the address and a model, then the offer, then name and models. Nothing is paid. */
export function GatewayNew({ onSaved }: { onSaved: () => void }) {
  const { say } = useApp()
  const gateway = useNewGateway(() => {
    say(t('common.saved'))
    onSaved()
  })
  const { draft, errors, probe, saving, payable } = gateway
  const fields = { draft, errors, onChange: gateway.change }
  const failed = saving.kind === 'failed' && gatewayFieldErrors(saving.error) === null ? saving.error : null
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        gateway.goOn()
      }}
    >
      <GatewayUrlField {...fields} />
      <WhatItSpeaks gateway={gateway} />
      <GatewayHeaderFields {...fields} />
      {probe.state.kind === 'read' && <OfferList probe={probe.state.probe} />}
      <ProbeOutcome state={probe.state} />
      {payable && <GatewayNameFields {...fields} />}
      {failed !== null && <FailureNotice error={failed} />}
      <Button
        type="submit"
        kind="primary"
        wide
        busy={saving.kind === 'busy' || probe.state.kind === 'asking'}
      >
        {payable ? t('gateways.save') : t('gateways.look')}
      </Button>
    </form>
  )
}

function WhatItSpeaks({ gateway: { draft, model, errors, change, setModel } }: { gateway: NewGateway }) {
  return (
    <>
      <ChoiceGroup
        legend={t('gateways.kind')}
        value={draft.kind}
        options={[
          { value: 'openai-compatible', label: t('gateways.openai'), hint: t('gateways.openaiHint') },
          { value: 'opengradient', label: t('gateways.opengradient'), hint: t('gateways.opengradientHint') },
        ]}
        onChange={(kind) => change({ ...draft, kind })}
      />
      <TextField
        label={t('gateways.model')}
        hint={t('gateways.modelHint')}
        mono
        value={model}
        error={errors.model}
        maxLength={200}
        onInput={setModel}
      />
    </>
  )
}
