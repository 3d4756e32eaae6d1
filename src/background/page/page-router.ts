/** Page calls by name: schema first, then one handler. The only methods that a page can name. */
import { ChatError } from '../../domain/errors.ts'
import type { PageMethod } from '../../protocol/page-messages.ts'
import { pageParams } from '../../protocol/page-schemas.ts'
import { availability } from './availability.ts'
import { chatCreate } from './chat-create.ts'
import { pageFetch } from './fetch.ts'
import { getBudget } from './get-budget.ts'
import { modelsList } from './models-list.ts'
import type { PageDeps } from './page-deps.ts'
import type { PageContext, PageHandler } from './page-handler.ts'
import { parsePageJson, requireBodySize } from './parse-page-json.ts'
import { quote } from './quote.ts'
import { receiptsList } from './receipts-list.ts'
import { requestBudget } from './request-budget.ts'
import { requireParams } from './require-params.ts'
import { revokeBudget } from './revoke-budget.ts'

const HANDLERS: { readonly [M in PageMethod]: PageHandler<M> } = {
  availability,
  requestBudget,
  getBudget,
  revokeBudget,
  quote,
  'models.list': modelsList,
  'receipts.list': receiptsList,
  'chat.create': chatCreate,
  fetch: pageFetch,
}

/** Throws ChatError or AnswerError. */
export async function routePage(
  deps: PageDeps,
  context: PageContext,
  call: { readonly method: string; readonly params: string },
): Promise<unknown> {
  if (!isPageMethod(call.method)) throw new ChatError('unknown-method')
  return run(deps, context, { method: call.method, text: call.params })
}

async function run<M extends PageMethod>(
  deps: PageDeps,
  context: PageContext,
  { method, text }: { readonly method: M; readonly text: string },
): Promise<unknown> {
  const json = parsePageJson(text)
  // A fetch carries its body as text, and measures it itself.
  if (method !== 'fetch') requireBodySize(bodyOf(json), text)
  const handler: PageHandler<M> = HANDLERS[method]
  // The schema of this very method made the params; TypeScript cannot follow the pair through the index.
  return handler(deps, context, requireParams(pageParams[method], json) as Parameters<PageHandler<M>>[2])
}

function bodyOf(json: unknown): unknown {
  return json !== null && typeof json === 'object' && 'body' in json ? json.body : null
}

function isPageMethod(value: string): value is PageMethod {
  return Object.hasOwn(HANDLERS, value)
}
