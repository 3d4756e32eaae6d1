import { Button } from '../components/button.tsx'
import { TextField } from '../components/text-field.tsx'
import { networkName } from '../format/network-name.ts'
import { t } from '../words.ts'
import type { RpcNetwork } from './rpc-draft.ts'
import './settings.css'
import { testWords, useRpcTest } from './use-rpc-test.ts'

interface RpcCardProps {
  readonly network: RpcNetwork
  readonly urls: readonly [string, string]
  readonly errors: readonly [string | undefined, string | undefined]
  readonly editable: boolean
  readonly onChange: (urls: readonly [string, string]) => void
}

/** One network's endpoints, each with a test. */
export function RpcCard({ network, urls: [first, second], errors, editable, onChange }: RpcCardProps) {
  const name = network === 'og-registry' ? t('rpc.registry') : networkName(network)
  return (
    <section class="card stack" aria-label={name}>
      <h2>{name}</h2>
      <Endpoint
        network={network}
        label={t('rpc.first')}
        url={first}
        error={errors[0]}
        editable={editable}
        onInput={(url) => onChange([url, second])}
      />
      {(editable || second !== '') && (
        <Endpoint
          network={network}
          label={t('rpc.second')}
          url={second}
          error={errors[1]}
          editable={editable}
          onInput={(url) => onChange([first, url])}
        />
      )}
    </section>
  )
}

interface EndpointProps {
  readonly network: RpcNetwork
  readonly label: string
  readonly url: string
  readonly error: string | undefined
  readonly editable: boolean
  readonly onInput: (url: string) => void
}

function Endpoint({ network, label, url, error, editable, onInput }: EndpointProps) {
  const [state, test] = useRpcTest(network)
  const result = testWords(state)
  return (
    <div class="stack-tight">
      {editable ? (
        <TextField
          label={label}
          value={url}
          error={error}
          mono
          inputMode="url"
          placeholder="https://"
          maxLength={500}
          onInput={onInput}
        />
      ) : (
        <p>
          <span class="field-label">{label}</span>
          <br />
          <code class="small">{url}</code>
        </p>
      )}
      {url !== '' && (
        <div class="row">
          <Button size="s" busy={state.kind === 'testing'} onClick={() => void test(url)}>
            {t('common.test')}
          </Button>
          <span class={`small rpc-${state.kind}`} role="status">
            {result}
          </span>
        </div>
      )}
    </div>
  )
}
