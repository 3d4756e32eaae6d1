/** Identical budget questions are one: it ends when it is answered, or when the last of those who asked has left. */
import type { Budget } from '../domain/budget.ts'
import { ChatError } from '../domain/errors.ts'
import type { BudgetAsk, Caller } from './inference.ts'

type AskForBudget = (caller: Caller, ask: BudgetAsk, signal: AbortSignal) => Promise<Budget>

interface Running {
  readonly answer: Promise<Budget>
  readonly controller: AbortController
  joiners: number
}

/** Each caller's own signal ends its own wait only: ChatError 'aborted'. */
export function joinAsks(start: AskForBudget): AskForBudget {
  const running = new Map<string, Running>()

  function forget(name: string, entry: Running): void {
    if (running.get(name) === entry) running.delete(name)
  }

  function begin(name: string, caller: Caller, ask: BudgetAsk): Running {
    const controller = new AbortController()
    const entry = { answer: start(caller, ask, controller.signal), controller, joiners: 0 }
    running.set(name, entry)
    const done = () => forget(name, entry)
    entry.answer.then(done, done)
    return entry
  }

  return async (caller, ask, signal) => {
    if (signal.aborted) throw new ChatError('aborted')
    const name = nameOf(caller, ask)
    const entry = running.get(name) ?? begin(name, caller, ask)
    entry.joiners += 1
    const left = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        entry.joiners -= 1
        if (entry.joiners === 0) {
          forget(name, entry)
          entry.controller.abort()
        }
        reject(new ChatError('aborted'))
      })
    })
    left.catch(() => undefined)
    return Promise.race([entry.answer, left])
  }
}

function nameOf({ principal }: Caller, ask: BudgetAsk): string {
  return JSON.stringify([principal, ask], (_key, value) => (typeof value === 'bigint' ? `${value}` : value))
}
