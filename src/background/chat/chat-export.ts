import type { UiHandler } from '../ui/handler.ts'

/** A conversation as a file. */
export const chatExport: UiHandler<'chat.export'> = async ({ chat }, { id, format }) =>
  chat.exportAs(id, format)
