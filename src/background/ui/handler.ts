import type { UiMethod, UiParams, UiResult } from '../../protocol/ui-protocol.ts'
import type { BackgroundDeps } from '../deps.ts'

/** One method of the UI protocol. Params have passed their schema; a ChatError becomes the reply's cause. */
export type UiHandler<M extends UiMethod> = (
  deps: BackgroundDeps,
  params: UiParams<M>,
) => Promise<UiResult<M>>
