import type { UiHandler } from '../ui/handler.ts'

/** Pays for a summary that stands for the conversation so far. */
export const chatSummarise: UiHandler<'chat.summarise'> = async ({ chat }, { id }) => chat.summarise(id)
