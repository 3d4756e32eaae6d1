import { Notice } from '../../components/notice.tsx'
import { t } from '../../words.ts'
import type { ContextRoom } from './context-room.ts'
import { ContextWays, type ContextWaysProps } from './context-ways.tsx'

interface ContextNoticeProps {
  readonly room: ContextRoom
  readonly ways: ContextWaysProps
}

/** Shown when a conversation nears what its model can take, or passed it: the ways out. */
export function ContextNotice({ room, ways }: ContextNoticeProps) {
  if (room.kind === 'enough') return null
  return (
    <Notice
      tone="held"
      role="status"
      title={room.kind === 'full' ? t('chat.context.full') : t('chat.context.nearlyFull')}
      actions={<ContextWays {...ways} />}
    >
      {room.canSum ? t('chat.context.means') : t('chat.context.cannotSum')}
    </Notice>
  )
}
