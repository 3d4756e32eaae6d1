import type { UiHandler } from './handler.ts'

/** Every model of every enabled gateway, with the name that calls it. */
export const modelsList: UiHandler<'models.list'> = async ({ gateways }) => gateways.modelViews()
