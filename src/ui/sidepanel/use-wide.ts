import { useEffect, useState } from 'preact/hooks'

/** From here on the list has room beside the conversation. */
const WIDE = '(min-width: 52rem)'

export function useWide(): boolean {
  const [wide, setWide] = useState(() => matchMedia(WIDE).matches)
  useEffect(() => {
    const query = matchMedia(WIDE)
    const changed = () => setWide(query.matches)
    query.addEventListener('change', changed)
    return () => query.removeEventListener('change', changed)
  }, [])
  return wide
}
