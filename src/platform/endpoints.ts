/** Endpoints of this build, put in by the bundler: see scripts/build-endpoints.ts. */
import type { Endpoints } from '../chains/chains.ts'

declare const __ENDPOINTS__: {
  /** Loopback gateways are allowed. */
  readonly lab: boolean
  readonly jumpgate: string
  readonly jumpgateCatalogue: string
  readonly opengradient: string
  readonly opengradientDocumented: string
  readonly rpc: Endpoints
}

export const ENDPOINTS = __ENDPOINTS__
