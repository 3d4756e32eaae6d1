/** An event as a person's hand makes it: test environments have no other way to a trusted one. */
export function trusted<E extends Event>(event: E): E {
  Object.defineProperty(event, 'isTrusted', { value: true })
  return event
}
