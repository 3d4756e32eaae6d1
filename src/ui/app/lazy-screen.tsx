import type { ComponentType } from 'preact'
import { useCallback, useEffect, useState } from 'preact/hooks'
import { Spinner } from '../components/spinner.tsx'
import { t } from '../words.ts'
import { LoadFailed } from './load-failed.tsx'

/** A screen whose code is fetched when it is first gone to, so that the first one paints sooner. */
export function lazyScreen<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null
  return function LazyScreen(props: Props) {
    const [failed, setFailed] = useState<{ readonly error: unknown } | null>(null)
    const [, setReady] = useState(loaded !== null)
    const fetchIt = useCallback(() => {
      setFailed(null)
      load().then(
        (screen) => {
          loaded = screen
          setReady(true)
        },
        (error: unknown) => setFailed({ error }),
      )
    }, [])
    useEffect(() => {
      if (!loaded) fetchIt()
    }, [fetchIt])
    const Screen = loaded
    if (Screen) return <Screen {...props} />
    if (failed) return <LoadFailed error={failed.error} onRetry={fetchIt} />
    return <Spinner label={t('common.loading')} />
  }
}
