import { useState } from 'preact/hooks'
import { useApp } from '../app/app.tsx'
import { type ActionState, useAction } from '../app/use-action.ts'
import {
  type GatewayDraft,
  type GatewayErrors,
  modelsOf,
  NEW_GATEWAY,
  parseGatewayDraft,
} from './gateway-draft.ts'
import { gatewayFieldErrors } from './gateway-failure.ts'
import { type ProbeDesk, useProbe } from './use-probe.ts'

export interface NewGateway {
  readonly draft: GatewayDraft
  /** The model that the offer is asked for. */
  readonly model: string
  readonly errors: GatewayErrors & { readonly model?: string }
  readonly probe: ProbeDesk
  readonly saving: ActionState
  /** An offer is there that can be paid: name and models may be written. */
  readonly payable: boolean
  readonly change: (draft: GatewayDraft) => void
  readonly setModel: (model: string) => void
  /** Looks at the offer, then saves. To be called within a click. */
  readonly goOn: () => void
}

/** A gateway on its way in: address and model, offer, name. */
export function useNewGateway(onSaved: () => void): NewGateway {
  const { client } = useApp()
  const [draft, setDraft] = useState<GatewayDraft>(NEW_GATEWAY)
  const [model, setModel] = useState('')
  const [errors, setErrors] = useState<NewGateway['errors']>({})
  const probe = useProbe()
  const look = () => {
    const parsed = parseGatewayDraft({ ...draft, name: '-', modelLines: model })
    setErrors(parsed.kind === 'ok' ? {} : { ...parsed.errors, ...modelError(parsed.errors) })
    if (parsed.kind === 'wrong') return
    const { baseUrl, extraHeaders } = parsed.gateway
    setDraft({ ...draft, url: baseUrl, ...namesFor(draft, baseUrl, model) })
    const kind = draft.kind === 'opengradient' ? 'opengradient' : 'openai-compatible'
    void probe.ask({ kind, baseUrl, model: model.trim(), extraHeaders })
  }
  const [saving, save] = useAction(async () => {
    const parsed = parseGatewayDraft(draft)
    setErrors(parsed.kind === 'ok' ? {} : parsed.errors)
    if (parsed.kind === 'wrong') return
    await client.call('gateways.save', { gateway: parsed.gateway })
    onSaved()
  })
  const payable = probe.state.kind === 'read' && probe.state.probe.offers.length > 0
  const refused = saving.kind === 'failed' ? gatewayFieldErrors(saving.error) : null
  return {
    ...{ draft, model, probe, saving, payable, setModel },
    errors: { ...errors, ...refused },
    change(next) {
      const other =
        next.url !== draft.url || next.kind !== draft.kind || next.headerLines !== draft.headerLines
      if (other) probe.reset()
      setDraft(next)
    },
    goOn: () => (payable ? void save() : look()),
  }
}

function modelError({ modelLines }: GatewayErrors): { readonly model?: string } {
  return modelLines === undefined ? {} : { model: modelLines }
}

/** A name and a model list to begin with, where the person wrote none. */
function namesFor(
  draft: GatewayDraft,
  baseUrl: string,
  model: string,
): Pick<GatewayDraft, 'name' | 'modelLines'> {
  const models = modelsOf(draft)
  return {
    name: draft.name === '' ? new URL(baseUrl).hostname.slice(0, 60) : draft.name,
    modelLines: models.includes(model.trim()) ? draft.modelLines : [...models, model.trim()].join('\n'),
  }
}
