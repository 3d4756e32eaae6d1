import { useState } from 'preact/hooks'
import { Button } from '../components/button.tsx'
import { t, tCount } from '../words.ts'
import { RevokeDialog } from './revoke-dialog.tsx'

interface BulkBarProps {
  readonly count: number
  readonly busy: boolean
  readonly onPause: () => void
  readonly onBlock: () => void
  readonly onRevoke: () => Promise<void>
}

/** What can be done to several sites at once. Revoking asks first. */
export function BulkBar({ count, busy, onPause, onBlock, onRevoke }: BulkBarProps) {
  const [asking, setAsking] = useState(false)
  const off = count === 0 || busy
  return (
    <fieldset class="row">
      <legend class="small">{tCount('sites.selected', count)}</legend>
      <Button size="s" disabled={off} onClick={onPause}>
        {t('sites.pause')}
      </Button>
      <Button size="s" disabled={off} onClick={onBlock}>
        {t('sites.block')}
      </Button>
      <Button size="s" kind="danger" disabled={off} onClick={() => setAsking(true)}>
        {t('sites.revoke')}
      </Button>
      {asking && (
        <RevokeDialog
          title={tCount('sites.revokeAsk', count)}
          action={t('sites.revoke')}
          onRevoke={onRevoke}
          onClose={() => setAsking(false)}
        />
      )}
    </fieldset>
  )
}
