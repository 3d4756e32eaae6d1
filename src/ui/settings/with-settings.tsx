import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Settings } from '../../protocol/settings.ts'
import { useApp } from '../app/app.tsx'
import { LoadFailed } from '../app/load-failed.tsx'
import { latestOf, useResource } from '../app/use-resource.ts'
import { Spinner } from '../components/spinner.tsx'
import { failureText } from '../format/error-words.ts'
import { t } from '../words.ts'

/** Changes the newest settings, shows the result at once, and says a failure. */
export type ChangeSettings = (edit: (settings: Settings) => Settings) => Promise<boolean>

interface WithSettingsProps {
  readonly children: (settings: Settings, change: ChangeSettings) => ComponentChildren
}

/** The settings, and a way to change them: read anew before each change, so that two pages do not undo each other's. */
export function WithSettings({ children }: WithSettingsProps) {
  const { client, say } = useApp()
  const [read, reload] = useResource('settings.get', {}, { topics: ['settings'] })
  const stored = latestOf(read)
  const [ahead, setAhead] = useState<Settings | null>(null)
  useEffect(() => setAhead(null), [stored])
  const change: ChangeSettings = async (edit) => {
    if (stored) setAhead(edit(ahead ?? stored))
    try {
      const settings = edit(await client.call('settings.get', {}))
      setAhead(await client.call('settings.set', { settings }))
      return true
    } catch (error) {
      setAhead(null)
      say(failureText(error), 'danger')
      return false
    }
  }
  const shown = ahead ?? stored
  if (shown) return <>{children(shown, change)}</>
  return read.kind === 'failed' ? (
    <LoadFailed error={read.error} onRetry={reload} />
  ) : (
    <Spinner label={t('common.loading')} />
  )
}
