import { Dialog } from '../../components/dialog.tsx'
import { FactList } from '../../components/fact-list.tsx'
import { t } from '../../words.ts'

/** The keys, and what they do. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const keys = [
    { name: t('chat.keys.send'), key: t('chat.keys.enter') },
    { name: t('chat.keys.newLine'), key: t('chat.keys.shiftEnter') },
    { name: t('chat.keys.stop'), key: t('chat.keys.escape') },
    { name: t('chat.keys.editLast'), key: t('chat.keys.up') },
    { name: t('chat.keys.open'), key: t('chat.keys.altShiftX') },
    { name: t('chat.keys.help'), key: t('chat.keys.question') },
  ]
  return (
    <Dialog title={t('chat.shortcuts')} onClose={onClose}>
      <div class="shortcuts">
        <FactList facts={keys.map(({ name, key }) => ({ name, value: <kbd>{key}</kbd> }))} />
      </div>
    </Dialog>
  )
}
