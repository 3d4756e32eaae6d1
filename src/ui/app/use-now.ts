import { useEffect, useState } from 'preact/hooks'
import { useApp } from './app.tsx'

/** The wall clock, renewed every `everyMs` while the page is in sight. */
export function useNow(everyMs = 30_000): number {
  const { now } = useApp()
  const [nowMs, setNow] = useState(now)
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') setNow(now())
    }, everyMs)
    return () => clearInterval(timer)
  }, [now, everyMs])
  return nowMs
}
