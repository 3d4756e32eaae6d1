import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** How an answer is to be spoken: the prompt says it, as `tokens=20 pace=1`. */
export interface AnswerPlan {
  readonly inputTokens: number
  readonly tokens: number
  /** ms between tokens; 0 writes as fast as the socket takes it. */
  readonly paceMs: number
  /** Characters of one token. */
  readonly size: number
  /** µUSDC. */
  readonly price: bigint
}

export function planAnswer(body: string): AnswerPlan {
  const find = (name: string, usual: number) => Number(new RegExp(`${name}=(\\d+)`).exec(body)?.[1] ?? usual)
  // The quote's body has a field more than the paid one: the price must not follow its length.
  const inputTokens = find('input', 30)
  const tokens = find('tokens', 16)
  return {
    ...{ inputTokens, tokens },
    paceMs: find('pace', 0),
    size: find('size', 6),
    price: (14n * BigInt(inputTokens) + 44n * BigInt(Math.min(tokens, 2_000)) + 9n) / 10n,
  }
}

/** Bytes that are written at once where nothing is paced. */
const BURST_BYTES = 16_384

/** Streams the answer in JumpGate's tagged frames. */
export async function streamPlan(
  plan: AnswerPlan,
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', ...headers })
  const frame = contentFrame(plan)
  if (plan.paceMs === 0) await burst(response, frame, plan.tokens)
  else await paced(response, frame, plan)
  const usage = {
    prompt_tokens: plan.inputTokens,
    completion_tokens: plan.tokens,
    total_tokens: plan.inputTokens + plan.tokens,
  }
  response.end(
    [{ Usage: { usage, merkle_root: 'ab'.repeat(32) } }, { Verification: { verified: true } }, 'Done']
      .map((value) => `data: ${JSON.stringify(value)}\n\n`)
      .concat('data: [DONE]\n\n')
      .join(''),
  )
}

function contentFrame({ size }: AnswerPlan): string {
  const chunk = {
    id: 'chatcmpl-bench',
    object: 'chat.completion.chunk',
    created: 1_760_000_000,
    model: 'ambient/large',
    choices: [{ index: 0, delta: { content: ` ${'w'.repeat(Math.max(1, size - 1))}` }, finish_reason: null }],
  }
  return `data: ${JSON.stringify({ Content: chunk })}\n\n`
}

async function burst(response: ServerResponse, frame: string, tokens: number): Promise<void> {
  const most = Math.max(1, Math.floor(BURST_BYTES / frame.length))
  for (let left = tokens; left > 0; left -= most) {
    if (response.destroyed) return
    if (!response.write(frame.repeat(Math.min(most, left)))) await drained(response)
  }
}

/** By one clock from the start: a late timer does not push the rest back. */
async function paced(response: ServerResponse, frame: string, { tokens, paceMs }: AnswerPlan): Promise<void> {
  const start = performance.now()
  for (let said = 0; said < tokens && !response.destroyed; said++) {
    const wait = start + said * paceMs - performance.now()
    if (wait > 0.5) await sleep(wait)
    response.write(frame)
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      response.off('drain', end)
      response.off('close', end)
      done()
    }
    response.once('drain', end)
    response.once('close', end)
  })
}
