import { useState } from 'preact/hooks'
import { useApp } from '../app/app.tsx'
import { thrownWords } from '../format/error-words.ts'
import { t } from '../words.ts'
import type { RpcNetwork } from './rpc-draft.ts'
import { parseServerUrl } from './server-url.ts'
import { useHosts } from './use-hosts.ts'

export type RpcTestState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'testing' }
  | { readonly kind: 'good'; readonly milliseconds: number }
  | { readonly kind: 'bad'; readonly words: string }

/** Asks for access to an endpoint's host, then whether it serves the right chain. To be called within a click. */
export function useRpcTest(network: RpcNetwork): readonly [RpcTestState, (text: string) => Promise<void>] {
  const { client } = useApp()
  const hosts = useHosts()
  const [state, setState] = useState<RpcTestState>({ kind: 'idle' })
  const test = async (text: string) => {
    const parsed = parseServerUrl(text)
    if (parsed.kind === 'wrong') {
      setState({ kind: 'bad', words: parsed.error })
      return
    }
    setState({ kind: 'testing' })
    try {
      if (!(await hosts.request(parsed.url))) {
        setState({ kind: 'bad', words: t('settings.noAccess') })
        return
      }
      const result = await client.call('rpc.test', { network, url: parsed.url })
      setState(
        result.ok
          ? { kind: 'good', milliseconds: result.milliseconds }
          : { kind: 'bad', words: detailWords(result.detail) },
      )
    } catch (error) {
      setState({ kind: 'bad', words: thrownWords(error).what })
    }
  }
  return [state, test]
}

/** The result in a line; empty where there is none. */
export function testWords(state: RpcTestState): string {
  switch (state.kind) {
    case 'idle':
    case 'testing':
      return ''
    case 'good':
      return t('rpc.good', { milliseconds: Math.round(state.milliseconds) })
    case 'bad':
      return state.words
  }
}

function detailWords(detail: string): string {
  return detail === 'another chain' ? t('rpc.anotherChain') : t('rpc.bad', { detail })
}
