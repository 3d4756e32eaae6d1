import { FileText, MessageCircle } from 'lucide-preact'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { t } from '../../words.ts'

/** Nothing was asked yet: what this is, and a start. */
export function NothingAsked({ onAttachPage }: { onAttachPage: () => void }) {
  return (
    <EmptyState
      icon={MessageCircle}
      title={t('chat.empty.title')}
      actions={
        <Button icon={FileText} onClick={onAttachPage}>
          {t('chat.empty.page')}
        </Button>
      }
    >
      {t('chat.empty.text')}
    </EmptyState>
  )
}
