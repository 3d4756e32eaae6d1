/** What goes on while everything ends: a call, or a budget that is being changed. */
import { askUi } from '../ask-ui.ts'
import { type CallRequest, chatBody } from '../page-api.ts'
import type { World } from './world.ts'

/** What every page asks: the same length each time, so the same price. */
export function request(word: string, idempotencyKey?: string): CallRequest {
  const content = `echo: ${word} alpha beta gamma delta epsilon zeta eta theta`
  const body = chatBody(content, { max_tokens: 20 })
  return idempotencyKey === undefined ? { body } : { body, options: { idempotencyKey } }
}

/** Lowers the site's budget to this cap; ends when the extension has said something, or nothing any more. */
export async function editBudget(
  world: World,
  site: string,
  cap: bigint,
): Promise<{ readonly kind: 'nothing' }> {
  const { budgets } = await world.site(site)
  const [old] = budgets
  if (!old) throw new Error(`${site} has no budget`)
  const { id, currency, period, models, expiresAtMs } = old
  const figures = { id, currency, period, models, expiresAtMs, cap: String(cap), maxPerRequest: String(cap) }
  const edit = (page: Parameters<Parameters<World['inside']>[0]>[0]) =>
    askUi(page, 'sites.putBudget', { principal: site, budget: figures })
  await world.inside(edit).catch(() => undefined)
  return { kind: 'nothing' }
}
