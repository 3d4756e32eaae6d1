import type { ComponentChildren } from 'preact'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { Spinner } from '../../components/spinner.tsx'
import { thrownWords } from '../../format/error-words.ts'
import { t } from '../../words.ts'
import type { AttachState } from './use-attach.ts'

interface AttachNoticeProps {
  readonly state: AttachState
  readonly onReload: (tabId: number) => void
  readonly onDismiss: () => void
}

/** Why a page could not be attached, and what to do about it. */
export function AttachNotice({ state, onReload, onDismiss }: AttachNoticeProps): ComponentChildren {
  const close = (
    <Button size="s" onClick={onDismiss}>
      {t('common.close')}
    </Button>
  )
  switch (state.kind) {
    case 'idle':
      return null
    case 'reading':
      return <Spinner label={t('chat.attachment.reading')} />
    case 'needs-reload':
    case 'unknown-page':
      return (
        <Notice
          role="status"
          title={
            state.kind === 'needs-reload'
              ? t('chat.attachment.needsReload')
              : t('chat.attachment.unknownPage')
          }
          actions={
            <>
              <Button size="s" kind="primary" onClick={() => onReload(state.tabId)}>
                {t('chat.attachment.reload')}
              </Button>
              {close}
            </>
          }
        >
          {state.kind === 'needs-reload'
            ? t('chat.attachment.needsReloadMeans')
            : t('chat.attachment.unknownPageMeans')}
        </Notice>
      )
    case 'not-readable':
      return (
        <Notice role="status" title={t('chat.attachment.notReadable')} actions={close}>
          {t('chat.attachment.notReadableMeans')}
        </Notice>
      )
    case 'nothing-selected':
      return (
        <Notice role="status" title={t('chat.attachment.nothingSelected')} actions={close}>
          {t('chat.attachment.nothingSelectedMeans')}
        </Notice>
      )
    case 'no-text':
      return <Notice role="status" title={t('chat.attachment.noText')} actions={close} />
    case 'no-tab':
      return (
        <Notice role="status" title={t('chat.attachment.noTab')} actions={close}>
          {t('chat.attachment.noTabMeans')}
        </Notice>
      )
    case 'failed':
      return (
        <Notice role="status" tone="danger" title={thrownWords(state.error).what} actions={close}>
          {thrownWords(state.error).todo}
        </Notice>
      )
  }
}
