import { useEffect, useRef, useState } from 'preact/hooks'
import type { ApprovalView } from '../../protocol/ui-views.ts'
import { useApp } from '../app/app.tsx'
import { LoadFailed } from '../app/load-failed.tsx'
import { useNow } from '../app/use-now.ts'
import { latestOf, useResource } from '../app/use-resource.ts'
import { Spinner } from '../components/spinner.tsx'
import { principalText } from '../format/principal-text.ts'
import { t } from '../words.ts'
import { type ApprovalChoice, ApprovalPage } from './approval-page.tsx'
import { useSafety } from './use-safety.ts'

/**
 * How long an empty window stays, in ms. The background closes the window by itself; one that a dead worker left behind may
 * be asked anew within moments. It is never closed from here: that would be taken for the person's no.
 */
const EMPTY_MS = 2_000

/** The approval window: shows what waits first, and closes when nothing does. */
export function ApprovalScreen() {
  const { client } = useApp()
  const nowMs = useNow(500)
  const [current, reload] = useResource('approval.current', {}, { topics: ['approval', 'wallet'] })
  const view = latestOf(current)
  const safety = useSafety(client, view)
  const priceBefore = usePriceBefore(view)
  const [phase, setPhase] = useState<'deciding' | 'sending' | 'refused'>('deciding')
  const content = view ? `${view.id} ${view.digest}` : ''
  useEffect(() => setPhase((old) => (old === 'refused' ? old : 'deciding')), [content])
  useEffect(() => setPhase('deciding'), [view?.id])

  const decide = async (choice: ApprovalChoice, click: MouseEvent | null) => {
    if (!view || phase === 'sending') return
    const approves = choice.kind === 'once' || choice.kind === 'budget'
    if (approves && (view.state !== 'ready' || click === null || !safety.allows(click))) return
    setPhase('sending')
    const params = { id: view.id, digest: view.digest, choice }
    const accepted = await client.call('approval.decide', params).then(
      (answer) => answer.accepted,
      () => false,
    )
    setPhase(accepted ? 'sending' : 'refused')
    reload()
  }

  useEscape(() => void decide({ kind: 'reject' }, null))
  const nothingWaits = current.kind === 'ready' && current.value === null
  useEffect(() => {
    if (!nothingWaits) return
    const close = () => void client.call('approval.closeEmpty', {}).catch(() => undefined)
    const timer = setInterval(close, EMPTY_MS)
    return () => clearInterval(timer)
  }, [nothingWaits, client])
  useEffect(() => {
    document.title = view
      ? t('approval.windowTitle', { site: principalText(view.principal) })
      : t('extension.name')
  }, [view?.principal])

  if (!view) {
    return (
      <main class="approval-empty">
        {current.kind === 'failed' ? (
          <LoadFailed error={current.error} onRetry={reload} />
        ) : nothingWaits ? (
          <p>{t('approval.nothingWaits')}</p>
        ) : (
          <Spinner label={t('common.loading')} />
        )}
      </main>
    )
  }
  return (
    <ApprovalPage
      view={view}
      nowMs={nowMs}
      ready={safety.ready}
      priceBefore={priceBefore}
      phase={phase}
      obstacle={{
        unlock: {
          nowMs,
          retryAtMs: null,
          onUnlock: async (password) =>
            client.call('wallet.unlock', { password: await client.seal(password) }),
          onDone: reload,
        },
      }}
      onChoice={decide}
    />
  )
}

/** The maximum that was shown before the one that is shown now, for as long as the same question stands. */
function usePriceBefore(view: ApprovalView | null): string | null {
  const seen = useRef<{ id: string; max: string; before: string | null } | null>(null)
  const max = view?.request?.max ?? null
  if (view && max !== null) {
    const last = seen.current
    if (last?.id !== view.id) seen.current = { id: view.id, max, before: null }
    else if (last.max !== max) seen.current = { id: view.id, max, before: last.max }
  }
  return seen.current !== null && seen.current.id === view?.id ? seen.current.before : null
}

function useEscape(reject: () => void): void {
  const latest = useRef(reject)
  latest.current = reject
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.repeat && event.isTrusted) latest.current()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
}
