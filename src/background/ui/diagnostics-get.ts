import type { UiHandler } from './handler.ts'

/** Figures for a bug report; no secrets, no sites. */
export const diagnosticsGet: UiHandler<'diagnostics.get'> = async ({ diagnostics }) => diagnostics()
