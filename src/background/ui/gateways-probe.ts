import { readExtraHeaders } from '../read-extra-headers.ts'
import type { UiHandler } from './handler.ts'

/** Asks a service for a free 402 and shows what it offers; nothing is paid. */
export const gatewaysProbe: UiHandler<'gateways.probe'> = async ({ gateways }, params) =>
  gateways.probe({ ...params, extraHeaders: readExtraHeaders(params.extraHeaders, {}) })
