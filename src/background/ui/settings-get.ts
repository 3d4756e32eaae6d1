import type { UiHandler } from './handler.ts'

/** The person's settings. */
export const settingsGet: UiHandler<'settings.get'> = async ({ settings }) => settings.get()
