import { Notice } from '../components/notice.tsx'
import { thrownWords } from '../format/error-words.ts'

/** What was tried went wrong: what happened, and what to do. Read out at once. */
export function FailureNotice({ error }: { error: unknown }) {
  const { what, todo } = thrownWords(error)
  return (
    <Notice tone="danger" role="alert" title={what}>
      {todo}
    </Notice>
  )
}
