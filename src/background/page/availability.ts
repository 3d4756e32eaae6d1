import { isChatError } from '../../domain/errors.ts'
import type { PageHandler } from './page-handler.ts'
import { requireVisibleModel } from './visible-models.ts'

/** `availability`: whether a call would be silent, would ask, or names what is not there. */
export const availability: PageHandler<'availability'> = async (deps, { caller, hasGrant }, { model }) => {
  try {
    await requireVisibleModel(deps, hasGrant, model ?? 'default')
  } catch (error) {
    if (isChatError(error)) return 'unavailable'
    throw error
  }
  return deps.inference.availability(caller, model ?? null)
}
