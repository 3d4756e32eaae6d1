import { useState } from 'preact/hooks'
import { Spinner } from '../../components/spinner.tsx'
import { t } from '../../words.ts'

/** Characters of reasoning in sight at once: it can be far longer than the answer. */
const SHOWN = 20_000

/** What the model thought, folded away; nothing of it is laid out until it is opened. */
export function Reasoning({ text, thinking }: { text: string; thinking: boolean }) {
  const [open, setOpen] = useState(false)
  return (
    <details class="disclosure reasoning" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {thinking ? <Spinner label={t('chat.progress.thinking')} /> : t('chat.progress.reasoning')}
      </summary>
      {open && (
        <div class="reasoning-text" dir="auto">
          {text.length > SHOWN ? `…${text.slice(-SHOWN)}` : text}
        </div>
      )}
    </details>
  )
}
