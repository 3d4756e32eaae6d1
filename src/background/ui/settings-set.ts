import type { UiHandler } from './handler.ts'

/** Replaces the settings. */
export const settingsSet: UiHandler<'settings.set'> = async ({ settings, approvals }, params) => {
  await settings.set(params.settings)
  approvals.recheck()
  return settings.get()
}
