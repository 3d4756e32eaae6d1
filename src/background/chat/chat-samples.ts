import type { UiHandler } from '../ui/handler.ts'

/** What earlier requests were quoted, for estimates. */
export const chatSamples: UiHandler<'chat.samples'> = async ({ chat }) => chat.samples()
