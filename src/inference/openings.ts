/** Sessions on their way: one call at a time opens one for a gateway, and the others wait for it. */
import { ChatError } from '../domain/errors.ts'

export interface Openings {
  isOpening(gatewayId: string): boolean
  /** Resolves when nobody opens one any more, however it ended. Throws ChatError 'aborted' by the signal. */
  wait(gatewayId: string, signal: AbortSignal): Promise<void>
  /** Call the returned function when the session is open, or is not going to be. */
  begin(gatewayId: string): () => void
  /** How many were begun so far. */
  count(gatewayId: string): number
}

export function createOpenings(): Openings {
  const running = new Map<string, Promise<void>>()
  const counts = new Map<string, number>()
  return {
    isOpening: (gatewayId) => running.has(gatewayId),
    wait: (gatewayId, signal) => endOf(running.get(gatewayId), signal),
    begin(gatewayId) {
      if (running.has(gatewayId)) throw new ChatError('ledger-failed', { opening: gatewayId })
      counts.set(gatewayId, (counts.get(gatewayId) ?? 0) + 1)
      let end = () => {}
      const work = new Promise<void>((resolve) => {
        end = resolve
      })
      running.set(gatewayId, work)
      return () => {
        running.delete(gatewayId)
        end()
      }
    },
    count: (gatewayId) => counts.get(gatewayId) ?? 0,
  }
}

function endOf(work: Promise<void> | undefined, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new ChatError('aborted'))
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    void Promise.resolve(work).then(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    })
  })
}
