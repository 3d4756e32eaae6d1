/** `window.x402Chat`: carries calls to the bridge and shapes what comes back. Decides nothing. */
import { BASE_URL, FETCH_HEADERS, type PageReply } from '../protocol/page-messages.ts'
import { refusalResponse, toData, toResponse } from './answer.ts'
import type { Calls } from './calls.ts'
import { quiet } from './page-call.ts'
import { X402ChatError } from './page-error.ts'
import {
  defineProperty,
  dispatchOn,
  freeze,
  headerOf,
  NativeCustomEvent,
  NativeEventTarget,
  NativePromise,
  NativeRequest,
  textOf,
} from './primitives.ts'

type Options = { readonly signal?: AbortSignal | null; readonly [name: string]: unknown }

export function createProvider(calls: Calls) {
  const target = new NativeEventTarget()

  const ask = (method: Parameters<Calls['start']>[0], params: unknown, options?: Options | null) =>
    calls.start(method, () => ({ params, signal: options?.signal })).done

  function create(body: unknown, given?: Options | null) {
    const call = calls.start('chat.create', () => {
      const { signal, ...options }: Options = given ?? {}
      return { params: { body, options }, signal }
    })
    const data = toData(call)
    const asResponse = () => {
      void quiet(data)
      return toResponse(call)
    }
    return Object.assign(data, {
      asResponse,
      withResponse: async () => {
        const [value, response] = await NativePromise.all([data, asResponse()])
        return { data: value, response, request_id: headerOf(response.headers, 'x-request-id') }
      },
    })
  }

  async function fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const request = new NativeRequest(input, init)
    const { url, method, signal } = request
    const headers: Record<string, string | null> = {}
    for (const name of FETCH_HEADERS) headers[name] = headerOf(request.headers, name)
    const params = { url, method, headers, body: await textOf(request) }
    const call = calls.start('fetch', () => ({ params, signal }))
    try {
      return await toResponse(call)
    } catch (error) {
      if (error instanceof X402ChatError) return refusalResponse(error)
      throw error
    }
  }

  const members = {
    isX402Chat: true,
    apiVersion: '1.0',
    availability: (options?: unknown) => ask('availability', options ?? {}),
    requestBudget: (request: unknown, options?: Options | null) => ask('requestBudget', request, options),
    getBudget: (options?: unknown) => ask('getBudget', options ?? {}),
    revokeBudget: (options?: unknown) => ask('revokeBudget', options ?? {}),
    quote: (body: unknown, options?: Options | null) => ask('quote', { body }, options),
    models: freeze({ list: () => ask('models.list', {}) }),
    receipts: freeze({ list: (options?: unknown) => ask('receipts.list', options ?? {}) }),
    chat: freeze({ completions: freeze({ create }) }),
    fetch,
    clientOptions: freeze({
      baseURL: BASE_URL,
      apiKey: 'x402',
      fetch,
      maxRetries: 0,
      dangerouslyAllowBrowser: true,
    }),
  }
  for (const name in members)
    defineProperty(target, name, { value: members[name as keyof typeof members], enumerable: true })

  return {
    provider: freeze(target),
    receive(reply: PageReply) {
      if ('event' in reply) dispatchOn(target, new NativeCustomEvent(reply.event, { detail: reply.detail }))
      else calls.receive(reply)
    },
  }
}
