import { useState } from 'preact/hooks'
import { UiError } from '../../protocol/ui-client.ts'
import { useAction } from '../app/use-action.ts'
import { Field } from '../components/field.tsx'
import { useLostFocus } from '../components/use-lost-focus.ts'
import { PasswordForm, type PasswordResult } from '../secrets/password-form.tsx'
import { t } from '../words.ts'
import './backup.css'
import { RestoreChoice } from './restore-choice.tsx'
import type { RestoreWish } from './restore-wish.ts'
import { Restored } from './restored.tsx'
import { useRestore } from './use-restore.ts'

/** File and passphrase, a look inside, then the restoring. */
export function Restore() {
  const desk = useRestore()
  const [state, restore] = useAction(async (wish: RestoreWish) => {
    if (desk.state.kind === 'inspected') await desk.restore(desk.state, wish)
  })
  switch (desk.state.kind) {
    case 'choosing':
      return <ChooseFile again={desk.state.again} onOpen={desk.inspect} />
    case 'inspected':
      return (
        <RestoreChoice
          summary={desk.state.summary}
          busy={state.kind === 'busy'}
          error={state.kind === 'failed' ? state.error : null}
          onRestore={(wish) => void restore(wish)}
          onBack={desk.drop}
        />
      )
    case 'restored':
      return <Restored summary={desk.state.summary} wish={desk.state.wish} />
  }
}

interface ChooseFileProps {
  readonly again: boolean
  readonly onOpen: (file: Blob, passphrase: string) => Promise<void>
}

function ChooseFile({ again, onOpen }: ChooseFileProps) {
  const part = useLostFocus<HTMLDivElement>('control', again)
  const [file, setFile] = useState<File | null>(null)
  const [missing, setMissing] = useState(false)
  const open = async (passphrase: string): Promise<PasswordResult> => {
    if (file === null) return 'done'
    try {
      await onOpen(file, passphrase)
      return 'done'
    } catch (error) {
      if (error instanceof UiError && error.facts.problem === 'wrong-passphrase') return 'wrong'
      throw error
    }
  }
  return (
    <div class="stack" ref={part}>
      <p class="soft">{t('backup.chooseMeans')}</p>
      <Field label={t('backup.file')} error={missing ? t('backup.fileNeeded') : undefined}>
        {(control) => (
          <input
            {...control}
            class="field-control backup-file"
            type="file"
            accept=".x402backup,application/octet-stream"
            onChange={(event) => {
              setFile(event.currentTarget.files?.[0] ?? null)
              setMissing(false)
            }}
          />
        )}
      </Field>
      <PasswordForm
        label={t('backup.passphraseOfFile')}
        wrong={t('problems.wrongPassphrase')}
        action={t('backup.look')}
        check={() => {
          setMissing(file === null)
          return file !== null
        }}
        onPassword={open}
      />
    </div>
  )
}
