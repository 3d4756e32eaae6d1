import { Button } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'
import { thrownWords } from '../format/error-words.ts'
import { t } from '../words.ts'

/** A screen's data could not be read: what happened, and again. Reading moves no money. */
export function LoadFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const words = thrownWords(error)
  return (
    <Notice
      tone="danger"
      role="alert"
      title={t('common.failedToLoad')}
      actions={
        <Button size="s" onClick={onRetry}>
          {t('common.retry')}
        </Button>
      }
    >
      {words.what} {words.todo}
    </Notice>
  )
}
