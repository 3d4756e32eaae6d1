import { useEffect, useState } from 'preact/hooks'

/** Parts of the address after `#/`: `#/history/abc` → ['history', 'abc']. */
export type Route = readonly string[]

/** Where the person is; changes with the address, so that Back works. */
export function useRoute(): Route {
  const [hash, setHash] = useState(() => location.hash)
  useEffect(() => {
    const changed = () => setHash(location.hash)
    addEventListener('hashchange', changed)
    return () => removeEventListener('hashchange', changed)
  }, [])
  return parseRoute(hash)
}

/** Reads an address part; a broken escape leads nowhere. */
export function parseRoute(hash: string): Route {
  try {
    return hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decodeURIComponent)
  } catch {
    return []
  }
}

/** Writes one: `routeTo('history', id)`. */
export function routeTo(...parts: readonly string[]): string {
  return `#/${parts.map(encodeURIComponent).join('/')}`
}
