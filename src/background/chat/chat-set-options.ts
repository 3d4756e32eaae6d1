import type { UiHandler } from '../ui/handler.ts'

/** Model, system prompt, temperature and length for what is asked from now on. */
export const chatSetOptions: UiHandler<'chat.setOptions'> = async ({ chat }, { id, options }) =>
  chat.setOptions(id, options)
