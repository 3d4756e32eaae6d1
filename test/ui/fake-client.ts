import type { UiClient } from '../../src/protocol/ui-client.ts'
import type { UiEvent, UiMethod, UiParams, UiResult } from '../../src/protocol/ui-protocol.ts'

export type FakeAnswers = {
  readonly [M in UiMethod]?: (params: UiParams<M>) => UiResult<M> | Promise<UiResult<M>>
}

export interface FakeClient extends UiClient {
  readonly calls: { readonly method: UiMethod; readonly params: unknown }[]
  emit(event: UiEvent): void
}

/** A background that answers what it was told to; any other call is an error of the test. */
export function createFakeClient(
  answers: FakeAnswers,
  reveal: UiClient['reveal'] = unexpectedReveal,
): FakeClient {
  const listeners = new Set<(event: UiEvent) => void>()
  const calls: FakeClient['calls'] = []
  return {
    calls,
    async call<M extends UiMethod>(method: M, params: UiParams<M>): Promise<UiResult<M>> {
      calls.push({ method, params })
      const answer: FakeAnswers[M] = answers[method]
      if (!answer) throw new Error(`Unexpected call of ${method}`)
      return answer(params)
    },
    seal: async (secret) => ({ publicKey: 'key', iv: 'iv', data: `sealed:${secret}` }),
    reveal,
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    emit: (event) => {
      for (const listener of listeners) listener(event)
    },
  }
}

async function unexpectedReveal(): Promise<null> {
  throw new Error('Unexpected reveal')
}
