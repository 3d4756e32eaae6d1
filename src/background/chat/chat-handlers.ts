/** The panel's methods by name, for the router. */
import type { ChatMethod } from '../../protocol/chat-protocol.ts'
import type { UiHandler } from '../ui/handler.ts'
import { chatCreate } from './chat-create.ts'
import { chatDelete } from './chat-delete.ts'
import { chatDeleteAll } from './chat-delete-all.ts'
import { chatDeleteMessage } from './chat-delete-message.ts'
import { chatDropOldest } from './chat-drop-oldest.ts'
import { chatEditAndResend } from './chat-edit-and-resend.ts'
import { chatExport } from './chat-export.ts'
import { chatGet } from './chat-get.ts'
import { chatList } from './chat-list.ts'
import { chatPin } from './chat-pin.ts'
import { chatQuoteLive } from './chat-quote-live.ts'
import { chatReceipts } from './chat-receipts.ts'
import { chatRename } from './chat-rename.ts'
import { chatRetry } from './chat-retry.ts'
import { chatSamples } from './chat-samples.ts'
import { chatSaveDraft } from './chat-save-draft.ts'
import { chatSend } from './chat-send.ts'
import { chatSetOptions } from './chat-set-options.ts'
import { chatStop } from './chat-stop.ts'
import { chatSummarise } from './chat-summarise.ts'
import { chatTakeIntent } from './chat-take-intent.ts'

export const chatHandlers: { readonly [M in ChatMethod]: UiHandler<M> } = {
  'chat.create': chatCreate,
  'chat.deleteAll': chatDeleteAll,
  'chat.deleteMessage': chatDeleteMessage,
  'chat.delete': chatDelete,
  'chat.dropOldest': chatDropOldest,
  'chat.editAndResend': chatEditAndResend,
  'chat.export': chatExport,
  'chat.get': chatGet,
  'chat.list': chatList,
  'chat.pin': chatPin,
  'chat.quoteLive': chatQuoteLive,
  'chat.receipts': chatReceipts,
  'chat.rename': chatRename,
  'chat.retry': chatRetry,
  'chat.samples': chatSamples,
  'chat.saveDraft': chatSaveDraft,
  'chat.send': chatSend,
  'chat.setOptions': chatSetOptions,
  'chat.stop': chatStop,
  'chat.summarise': chatSummarise,
  'chat.takeIntent': chatTakeIntent,
}
