/** The configured gateways: those that ship and those the person added, with their models and names. */
import type { Gateway, GatewayConfig, ModelInfo } from '../gateways/gateway.ts'
import type { UiParams } from '../protocol/ui-protocol.ts'
import type { ModelView, ProbeView } from '../protocol/ui-views.ts'

export interface GatewayBook {
  all(): Promise<readonly Gateway[]>
  models(): Promise<readonly ModelInfo[]>
  configs(): Promise<readonly GatewayConfig[]>
  names(): Promise<ReadonlyMap<string, string>>
  modelViews(): Promise<readonly ModelView[]>
  /** Throws ChatError offer-*, gateway-unreachable or stream-silent. */
  probe(params: UiParams<'gateways.probe'>): Promise<ProbeView>
  save(gateway: UiParams<'gateways.save'>['gateway']): Promise<void>
  setEnabled(id: string, enabled: boolean): Promise<void>
  remove(id: string): Promise<void>
}
