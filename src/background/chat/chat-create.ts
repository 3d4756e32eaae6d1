import type { UiHandler } from '../ui/handler.ts'

/** An empty conversation with the model of another one. */
export const chatCreate: UiHandler<'chat.create'> = async ({ chat }, { like }) => chat.create(like)
