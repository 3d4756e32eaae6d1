import { Check, Copy } from 'lucide-preact'
import { t } from '../words.ts'
import { IconButton } from './icon-button.tsx'
import { useCopy } from './use-copy.ts'

/** Copies text on a click, and says that it did. A text that is costly to make is given as a function. */
export function CopyButton({ text, label }: { text: string | (() => string); label: string }) {
  const { state, copy } = useCopy(text)
  return (
    <>
      <IconButton icon={state === 'copied' ? Check : Copy} label={label} onClick={copy} />
      <span class="visually-hidden" aria-live="polite">
        {state === 'copied' ? t('common.copied') : state === 'failed' ? t('common.copyFailed') : ''}
      </span>
    </>
  )
}
