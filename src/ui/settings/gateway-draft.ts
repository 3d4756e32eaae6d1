/** A gateway while a person writes it. */
import type { UiParams } from '../../protocol/ui-protocol.ts'
import type { GatewayView } from '../../protocol/ui-views.ts'
import { t } from '../words.ts'
import { parseBaseUrl } from './server-url.ts'

export type GatewayKind = 'openai-compatible' | 'opengradient'

export interface GatewayDraft {
  readonly kind: GatewayView['kind']
  readonly name: string
  readonly url: string
  /** One model to a line. */
  readonly modelLines: string
  /** Names of headers whose stored values are kept; the values are never shown. */
  readonly keptHeaders: readonly string[]
  /** One `Name: value` to a line. */
  readonly headerLines: string
}

export type GatewayErrors = Partial<Record<'name' | 'url' | 'modelLines' | 'headerLines', string>>
export type GatewayInput = Omit<UiParams<'gateways.save'>['gateway'], 'id'>

export type GatewayDraftResult =
  | { readonly kind: 'ok'; readonly gateway: GatewayInput }
  | { readonly kind: 'wrong'; readonly errors: GatewayErrors }

export const NEW_GATEWAY: GatewayDraft = {
  kind: 'openai-compatible',
  name: '',
  url: '',
  modelLines: '',
  keptHeaders: [],
  headerLines: '',
}

export function gatewayDraftOf(gateway: GatewayView): GatewayDraft {
  return {
    kind: gateway.kind,
    name: gateway.name,
    url: gateway.baseUrl,
    modelLines: gateway.models.join('\n'),
    keptHeaders: gateway.extraHeaderNames,
    headerLines: '',
  }
}

/** Checks a whole gateway. Which headers are reserved is the background's to say. */
export function parseGatewayDraft(draft: GatewayDraft): GatewayDraftResult {
  const url = parseBaseUrl(draft.url)
  const headers = parseHeaderLines(draft.headerLines)
  const models = modelsOf(draft)
  const name = draft.name.trim()
  if (url.kind === 'wrong' || headers.kind === 'wrong' || models.length === 0 || name === '') {
    return {
      kind: 'wrong',
      errors: {
        ...(name === '' ? { name: t('gateways.errors.name') } : {}),
        ...(url.kind === 'wrong' ? { url: url.error } : {}),
        ...(models.length === 0 ? { modelLines: t('gateways.errors.models') } : {}),
        ...(headers.kind === 'wrong' ? { headerLines: headers.error } : {}),
      },
    }
  }
  const kept = Object.fromEntries(draft.keptHeaders.map((header) => [header, '']))
  return {
    kind: 'ok',
    gateway: {
      kind: draft.kind,
      name,
      baseUrl: url.url,
      models,
      extraHeaders: { ...kept, ...headers.headers },
    },
  }
}

/** Models as listed, each once. */
export function modelsOf({ modelLines }: Pick<GatewayDraft, 'modelLines'>): string[] {
  return [...new Set(modelLines.split('\n').flatMap((line) => line.trim() || []))]
}

export type HeaderLines =
  | { readonly kind: 'ok'; readonly headers: Record<string, string> }
  | { readonly kind: 'wrong'; readonly error: string }

/** Reads `Name: value` lines; names as RFC 9110 has tokens, values printable ASCII. */
export function parseHeaderLines(text: string): HeaderLines {
  const headers: Record<string, string> = {}
  for (const line of text.split('\n').map((part) => part.trim())) {
    if (line === '') continue
    const [, name, value] = /^([A-Za-z0-9!#$%&'*+.^_`|~-]{1,80}):\s*([\x20-\x7e]{1,1000})$/.exec(line) ?? []
    if (name === undefined || value === undefined) {
      return { kind: 'wrong', error: t('gateways.errors.header', { line: line.slice(0, 40) }) }
    }
    headers[name] = value
  }
  return { kind: 'ok', headers }
}
