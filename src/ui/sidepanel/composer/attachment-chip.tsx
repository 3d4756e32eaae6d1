import { FileText, Quote, X } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { estimateTokens } from '../../../protocol/chat-estimate.ts'
import type { Attachment } from '../../../protocol/chat-views.ts'
import { Dialog } from '../../components/dialog.tsx'
import { Icon } from '../../components/icon.tsx'
import { t, tCount } from '../../words.ts'
import { hostOf } from '../page-context/extract-page.ts'

interface AttachmentChipProps {
  readonly attachment: Attachment
  /** What it adds to the price, in words; null where that is not known. */
  readonly adds?: string | null
  readonly onRemove?: () => void
}

/** A page or selection that goes along: what, from where, how much; a click shows exactly what is sent. */
export function AttachmentChip({ attachment, adds = null, onRemove }: AttachmentChipProps) {
  const [open, setOpen] = useState(false)
  const { kind, title, url, text, truncated } = attachment
  const tokens = tCount('chat.attachment.tokens', estimateTokens(text))
  return (
    <span class="chip">
      <button type="button" class="chip-main" onClick={() => setOpen(true)}>
        <span class="visually-hidden">{t('chat.attachment.preview')} </span>
        <Icon of={kind === 'page' ? FileText : Quote} size="1em" />
        <span class="chip-words">
          <span class="chip-title" dir="auto">
            {title}
          </span>
          <span class="chip-sub">
            <bdi dir="ltr">{hostOf(url)}</bdi> · {tokens}
            {adds !== null && ` · ${t('chat.attachment.adds', { amount: adds })}`}
          </span>
        </span>
      </button>
      {onRemove && (
        <button
          type="button"
          class="chip-remove"
          title={t('chat.attachment.remove', { title })}
          aria-label={t('chat.attachment.remove', { title })}
          onClick={onRemove}
        >
          <Icon of={X} size="1em" />
        </button>
      )}
      {open && (
        <Dialog title={t('chat.attachment.previewTitle')} onClose={() => setOpen(false)}>
          <p class="soft small">{t('chat.attachment.previewMeans')}</p>
          <p>
            <strong dir="auto">{title}</strong>
            <br />
            <bdi class="soft small" dir="ltr">
              {url}
            </bdi>
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
          <div class="attachment-text" dir="auto" tabIndex={0}>
            {text}
          </div>
          {truncated && <p class="soft small">{t('chat.attachment.cut')}</p>}
        </Dialog>
      )}
    </span>
  )
}
