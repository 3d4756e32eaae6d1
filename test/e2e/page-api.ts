/** Calls `window.x402Chat` in a page, as a site's own script would, and brings back what came of it. */
import type { Frame, Page } from '@playwright/test'

/** The part of a receipt that tests look at. */
export interface PageReceipt {
  readonly id: string
  readonly outcome: 'live' | 'settled' | 'released'
  readonly quoted: { readonly atomic: string }
  readonly charged: { readonly atomic: string; readonly value: string; readonly currency: string } | null
  readonly transaction: string | null
  readonly settledBy: 'chain' | 'gateway' | null
  readonly gateway: string
  readonly model: string
  readonly proof: { readonly kind: string; readonly verdict?: string }
}

export type CallResult =
  | {
      readonly kind: 'answer'
      readonly text: string
      readonly reasoning: string
      readonly chunks: number
      readonly receipt: PageReceipt | null
      readonly finish: string | null
    }
  | {
      readonly kind: 'error'
      readonly name: string
      readonly code: number
      readonly type: string
      readonly charged: 'no' | 'maybe' | 'yes'
      readonly message: string
      readonly partial: string | null
      readonly receipt: PageReceipt | null
      /** Text that had been read when it broke off. */
      readonly text: string
    }

/** A call in flight. */
export interface StartedCall {
  readonly done: Promise<CallResult>
}

export interface CallRequest {
  readonly body: object | string | null
  readonly options?: { readonly idempotencyKey?: string; readonly maxCost?: { readonly value: string } }
  /** Aborts after so many chunks. */
  readonly abortAfter?: number
}

/** A body for one short question; each text gets an answer of its own. */
export function chatBody(content: string, more: object = {}): object {
  return { model: 'ambient/large', stream: true, messages: [{ role: 'user', content }], ...more }
}

/** A trusted click on the page, as a person makes it. */
export async function clickIn(page: Page): Promise<void> {
  await page.bringToFront()
  await page.mouse.click(5, 5)
}

/** Starts a call and returns at once; `done` never rejects for what the API says. */
export function startCall(page: Page | Frame, request: CallRequest): StartedCall {
  const done = page.evaluate(callInPage, request)
  // A test that fails before it has waited closes the page under the call.
  done.catch(() => undefined)
  return { done }
}

/** Runs in the page. */
async function callInPage({ body, options = {}, abortAfter }: CallRequest): Promise<CallResult> {
  interface Chunk {
    choices: {
      delta?: { content?: string; reasoning_content?: string }
      message?: { content?: string }
      finish_reason?: string | null
    }[]
    x402?: { receipt?: PageReceipt }
  }
  interface Api {
    chat: { completions: { create(body: unknown, options: object): Promise<Chunk | AsyncIterable<Chunk>> } }
  }
  const abort = new AbortController()
  const read = {
    text: '',
    reasoning: '',
    chunks: 0,
    finish: null as string | null,
    receipt: null as PageReceipt | null,
  }
  const take = (chunk: Chunk) => {
    const choice = chunk.choices[0]
    read.text += choice?.delta?.content ?? choice?.message?.content ?? ''
    read.reasoning += choice?.delta?.reasoning_content ?? ''
    read.finish = choice?.finish_reason ?? read.finish
    read.receipt = chunk.x402?.receipt ?? read.receipt
    read.chunks += 1
    if (read.chunks === abortAfter) abort.abort()
  }
  try {
    const api = (window as unknown as { x402Chat: Api }).x402Chat
    const answer = await api.chat.completions.create(body, { ...options, signal: abort.signal })
    if (Symbol.asyncIterator in answer) for await (const chunk of answer) take(chunk)
    else take(answer)
    return { kind: 'answer', ...read }
  } catch (error) {
    const { name, code, type, charged, message, partial, receipt } = error as Extract<
      CallResult,
      { kind: 'error' }
    >
    return { kind: 'error', name, code, type, charged, message, partial, receipt, text: read.text }
  }
}

/** Any other method of the API: `ask(page, 'getBudget', {})`. Rejects with the error's type as its message. */
export function ask<T>(page: Page | Frame, method: string, ...params: readonly unknown[]): Promise<T> {
  return page.evaluate(
    async ([path, args]) => {
      type Node = Record<string, unknown> & ((...values: readonly unknown[]) => Promise<unknown>)
      const steps = path.split('.')
      let owner = (window as unknown as { x402Chat: Node }).x402Chat
      for (const step of steps.slice(0, -1)) owner = owner[step] as Node
      const call = owner[steps.at(-1) ?? ''] as Node
      try {
        return (await call.apply(owner, args)) as T
      } catch (error) {
        throw new Error((error as { type?: string }).type ?? String(error))
      }
    },
    [method, [...params]] as [string, unknown[]],
  )
}
