import { useEffect, useState } from 'preact/hooks'
import { useApp } from '../app/app.tsx'
import { LoadFailed } from '../app/load-failed.tsx'
import { useAction } from '../app/use-action.ts'
import { useNow } from '../app/use-now.ts'
import { latestOf, useResource } from '../app/use-resource.ts'
import { Spinner } from '../components/spinner.tsx'
import { failureText } from '../format/error-words.ts'
import { t } from '../words.ts'
import { HomeFailed } from './home-failed.tsx'
import { HomePage } from './home-page.tsx'

/** Home: one call paints it; balances follow. */
export function HomeScreen() {
  const { client, shell, say } = useApp()
  const nowMs = useNow()
  const tabUrl = useTabUrl()
  const [home, reload] = useResource(
    'home.get',
    { tabUrl: tabUrl ?? null },
    { topics: ['ledger', 'wallet', 'guards', 'approval'], when: tabUrl !== undefined },
  )
  const [balances, reloadBalances] = useResource(
    'balances.get',
    { refresh: false },
    { topics: ['balances', 'wallet'] },
  )
  const [refreshing, refresh] = useAction(async () => {
    await client.call('balances.get', { refresh: true })
    reloadBalances()
  })
  const [acting, act] = useAction(async (work: () => Promise<unknown>) => {
    await work()
    reload()
  })
  useEffect(() => {
    if (acting.kind === 'failed') say(failureText(acting.error), 'danger')
  }, [acting, say])
  useEffect(() => {
    if (refreshing.kind === 'failed') say(t('home.readFailed'), 'danger')
  }, [refreshing, say])
  useEffect(() => void refresh(), [refresh])
  useEffect(() => {
    addEventListener('online', reload)
    addEventListener('offline', reload)
    return () => {
      removeEventListener('online', reload)
      removeEventListener('offline', reload)
    }
  }, [reload])

  const view = latestOf(home)
  if (!view) {
    return home.kind === 'failed' ? (
      <HomeFailed error={home.error} onRetry={reload} />
    ) : (
      <Spinner label={t('common.loading')} />
    )
  }
  // What was read before stays in sight, and never without a word that it may have changed.
  const stale = home.kind === 'failed' ? <LoadFailed error={home.error} onRetry={reload} /> : null
  return (
    <HomePage
      notice={stale}
      home={{ ...view, online: view.online && navigator.onLine }}
      balances={latestOf(balances)}
      nowMs={nowMs}
      refreshing={refreshing.kind === 'busy'}
      busy={acting.kind === 'busy'}
      actions={{
        unlock: async (password) => {
          const result = await client.call('wallet.unlock', { password: await client.seal(password) })
          reload()
          return result
        },
        lock: () => void act(() => client.call('wallet.lock', {})),
        freeze: (frozen) => void act(() => client.call('freeze.set', { frozen })),
        refresh: () => void refresh(),
        openPanel: () => void shell.openPanel(),
        showApproval: () => void shell.showApproval(),
        siteMode: (mode) => {
          const principal = view.site?.principal
          if (principal) void act(() => client.call('sites.setMode', { principals: [principal], mode }))
        },
      }}
    />
  )
}

/** URL of the tab under the popup; undefined: not known yet. */
function useTabUrl(): string | null | undefined {
  const { shell } = useApp()
  const [url, setUrl] = useState<string | null | undefined>(shell.surface === 'page' ? null : undefined)
  useEffect(() => {
    if (shell.surface === 'page') return
    shell.tabUrl().then(setUrl, () => setUrl(null))
  }, [shell])
  return url
}
