import { Check, Copy } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { t } from '../words.ts'
import { Button } from './button.tsx'
import { useCopy } from './use-copy.ts'

/** A button with words that copies a text, and says that it did. */
export function CopyText({ text, children }: { text: string; children: ComponentChildren }) {
  const { state, copy } = useCopy(text)
  return (
    <>
      <Button size="s" icon={state === 'copied' ? Check : Copy} onClick={copy}>
        {children}
      </Button>
      <span class="visually-hidden" aria-live="polite">
        {state === 'copied' ? t('common.copied') : state === 'failed' ? t('common.copyFailed') : ''}
      </span>
    </>
  )
}
