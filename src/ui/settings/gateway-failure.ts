import { UiError } from '../../protocol/ui-client.ts'
import { type ErrorWords, thrownWords } from '../format/error-words.ts'
import { t } from '../words.ts'
import type { GatewayErrors } from './gateway-draft.ts'

/** What a refused gateway's fields are told; null where it is about none of them. */
export function gatewayFieldErrors(error: unknown): GatewayErrors | null {
  if (!(error instanceof UiError) || error.reason !== 'invalid-body') return null
  const { field, line, problem } = error.facts
  if (field === 'baseUrl')
    return { url: problem === undefined ? t('problems.notHttps') : thrownWords(error).what }
  if (field === 'extraHeaders') return { headerLines: t('gateways.errors.reserved', { line: line ?? '' }) }
  return null
}

/** Why a service's offer could not be read; a status says more than the cause alone. */
export function probeFailure(error: unknown): ErrorWords {
  if (error instanceof UiError && error.reason === 'offer-malformed' && error.facts.status !== undefined) {
    return { what: t('gateways.noOffer', { status: error.facts.status }), todo: t('gateways.noOfferNext') }
  }
  return thrownWords(error)
}
