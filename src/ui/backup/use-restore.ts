import { useState } from 'preact/hooks'
import { UiError } from '../../protocol/ui-client.ts'
import type { BackupSummary } from '../../protocol/ui-views.ts'
import { useApp } from '../app/app.tsx'
import { sendFile } from './carry-file.ts'
import type { RestoreWish } from './restore-wish.ts'

export type RestoreState =
  /** again: another file, after a look into one. */
  | { readonly kind: 'choosing'; readonly again: boolean }
  /** What is inside, before anything is changed. The passphrase stays until the end of this state. */
  | Inspected
  /** As it stood before, and what was wished. */
  | { readonly kind: 'restored'; readonly summary: BackupSummary; readonly wish: RestoreWish }

interface Inspected {
  readonly kind: 'inspected'
  readonly summary: BackupSummary
  readonly open: OpenFile
}

interface OpenFile {
  readonly file: Blob
  readonly passphrase: string
}

/** Largest file that is read, bytes. Source: the limit of the background's own reader. */
const MAX_BYTES = 128 * 1024 * 1024

/** A backup file on its way in: chosen, looked into, restored. */
export function useRestore() {
  const { client, shell } = useApp()
  const [state, setState] = useState<RestoreState>({ kind: 'choosing', again: false })
  return {
    state,
    drop: () => setState({ kind: 'choosing', again: true }),
    /** Changes nothing. Throws UiError; `wrong-passphrase` among its problems. */
    async inspect(chosen: Blob, passphrase: string): Promise<void> {
      if (chosen.size > MAX_BYTES) throw new UiError('invalid-body', { problem: 'not-a-backup' })
      const file = await sendFile(client, chosen)
      const summary = await client.call('backup.inspect', { file, passphrase: await client.seal(passphrase) })
      setState({ kind: 'inspected', summary, open: { file: chosen, passphrase } })
    },
    /** Called within a click: the browser asks for access to the servers that come in. */
    async restore({ summary: seen, open }: Inspected, wish: RestoreWish): Promise<void> {
      if (wish.servers && !(await shell.requestHost(...seen.servers)))
        throw new UiError('invalid-body', { problem: 'no-host-access' })
      const { file, passphrase } = open
      const summary = await client.call('backup.restore', {
        file: await sendFile(client, file),
        passphrase: await client.seal(passphrase),
        ...wish,
      })
      setState({ kind: 'restored', summary, wish })
    },
  }
}
