import type { UiHandler } from './handler.ts'

/** The readable HTML of a tab, after the person's click; never by itself. */
export const pageRead: UiHandler<'page.read'> = async ({ readPage }, { tabId, what }) => readPage(tabId, what)
