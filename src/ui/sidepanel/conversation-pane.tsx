import { useEffect } from 'preact/hooks'
import { LoadFailed } from '../app/load-failed.tsx'
import { latestOf } from '../app/use-resource.ts'
import { Spinner } from '../components/spinner.tsx'
import { t } from '../words.ts'
import { useConversation } from './conversation/use-conversation.ts'
import { ConversationScreen } from './conversation-screen.tsx'
import type { PaneProps } from './pane-props.ts'

/** One conversation, once it was read. */
export function ConversationPane(props: PaneProps) {
  const { state, growing, show, reload } = useConversation(props.id)
  const conversation = latestOf(state)
  const gone = state.kind === 'ready' && state.value === null
  useEffect(() => {
    if (gone) props.onGone()
  }, [gone])
  return (
    <main class="panel-main" hidden={props.hidden}>
      {state.kind === 'failed' && <LoadFailed error={state.error} onRetry={reload} />}
      {conversation ? (
        <ConversationScreen {...props} {...{ conversation, growing }} onConversation={show} />
      ) : (
        state.kind === 'loading' && <Spinner label={t('chat.loading')} />
      )}
    </main>
  )
}
