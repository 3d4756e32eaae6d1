import type { ComponentChildren } from 'preact'
import { Spinner } from '../components/spinner.tsx'
import { t } from '../words.ts'
import { LoadFailed } from './load-failed.tsx'
import type { Resource } from './use-resource.ts'

interface LoadedProps<T> {
  readonly from: Resource<T>
  readonly onRetry: () => void
  readonly children: (value: T) => ComponentChildren
}

/** What was read, or that it is being read, or that it could not be. Older content stays in sight under a failure. */
export function Loaded<T>({ from, onRetry, children }: LoadedProps<T>) {
  switch (from.kind) {
    case 'loading':
      return <Spinner label={t('common.loading')} />
    case 'ready':
      return <>{children(from.value)}</>
    case 'failed':
      return (
        <>
          <LoadFailed error={from.error} onRetry={onRetry} />
          {from.value !== null && children(from.value)}
        </>
      )
  }
}
