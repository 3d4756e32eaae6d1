import type { ModelInfo } from '../../gateways/gateway.ts'
import { routeModel } from '../../inference/routing.ts'
import type { PageDeps } from './page-deps.ts'

/** A model with the name that calls it. */
export interface VisibleModel {
  readonly name: string
  readonly info: ModelInfo
}

/** Models that a site may know of: without a grant only those of the gateways that ship, named as if no others were there. */
export async function visibleModels(deps: PageDeps, hasGrant: boolean): Promise<readonly VisibleModel[]> {
  const [models, configs] = await Promise.all([deps.gateways.models(), deps.gateways.configs()])
  const shown = models.filter(({ gatewayId }) => {
    const config = configs.find(({ id }) => id === gatewayId)
    return config?.enabled === true && (hasGrant || config.builtIn)
  })
  return shown.map((info) => ({
    info,
    name: shown.some(({ id, gatewayId }) => id === info.id && gatewayId !== info.gatewayId)
      ? `${info.gatewayId}/${info.id}`
      : info.id,
  }))
}

/** Throws ChatError 'unknown-model' for what a site without a grant may not know of. */
export async function requireVisibleModel(deps: PageDeps, hasGrant: boolean, model: string): Promise<void> {
  if (hasGrant || model === 'default') return
  const [visible, gateways] = await Promise.all([visibleModels(deps, hasGrant), deps.gateways.all()])
  routeModel(model, { gateways, models: visible.map(({ info }) => info), preferred: null })
}
