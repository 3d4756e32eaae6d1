import { Download } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { HistoryFilterInput } from '../../protocol/ui-protocol.ts'
import { useApp } from '../app/app.tsx'
import { Button } from '../components/button.tsx'
import { ProgressBar } from '../components/progress-bar.tsx'
import { failureText } from '../format/error-words.ts'
import { t, tCount } from '../words.ts'
import { type ExportFormat, exportHistory } from './export-history.ts'

/** What is filtered, as a file: with how far it has come, and a way to stop. */
export function ExportButtons({ filter }: { filter: HistoryFilterInput }) {
  const { client, shell, say, now } = useApp()
  const [rows, setRows] = useState<number | null>(null)
  const stop = useRef<AbortController | null>(null)
  // Nobody waits for the file any more once the screen is left.
  useEffect(() => () => stop.current?.abort(), [])
  const run = async (format: ExportFormat) => {
    const controller = new AbortController()
    stop.current = controller
    setRows(0)
    try {
      const parts = await exportHistory(
        client,
        { filter, format },
        { signal: controller.signal, onProgress: setRows },
      )
      const day = new Date(now()).toISOString().slice(0, 10)
      if (parts) shell.saveFile(`x402-chat-history-${day}.${format}`, TYPES[format], parts)
    } catch (error) {
      say(failureText(error), 'danger')
    } finally {
      setRows(null)
    }
  }
  if (rows !== null) {
    return (
      <div class="export-progress">
        <ProgressBar label={tCount('history.exporting', rows)} done={null} />
        <Button size="s" onClick={() => stop.current?.abort()}>
          {t('common.cancel')}
        </Button>
      </div>
    )
  }
  return (
    <div class="row">
      <Button size="s" icon={Download} onClick={() => void run('csv')}>
        {t('history.exportCsv')}
      </Button>
      <Button size="s" icon={Download} onClick={() => void run('json')}>
        {t('history.exportJson')}
      </Button>
    </div>
  )
}

const TYPES: Readonly<Record<ExportFormat, string>> = { csv: 'text/csv', json: 'application/json' }
