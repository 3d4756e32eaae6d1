import type { X402Chat, X402ChatDetail } from './x402chat.d.ts'

/** The page's provider: at once where it is there, else as soon as it announces itself; null after `timeoutMs`. */
export function findX402Chat(options: { readonly timeoutMs?: number } = {}): Promise<X402Chat | null> {
  const { x402Chat } = window
  if (x402Chat) return Promise.resolve(x402Chat)
  return new Promise((resolve) => {
    const end = (provider: X402Chat | null) => {
      clearTimeout(timer)
      window.removeEventListener('x402chat:announceProvider', take)
      resolve(provider)
    }
    const take = (event: Event) => end((event as CustomEvent<X402ChatDetail>).detail.provider)
    const timer = setTimeout(() => end(null), options.timeoutMs ?? 500)
    window.addEventListener('x402chat:announceProvider', take)
    window.dispatchEvent(new Event('x402chat:requestProvider'))
  })
}
