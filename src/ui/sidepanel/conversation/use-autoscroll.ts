import { useCallback, useEffect, useRef, useState } from 'preact/hooks'

/** Pixels from the end within which the reader counts as being at it. */
const NEAR = 40

interface Autoscroll {
  readonly container: { current: HTMLDivElement | null }
  /** The reader went up: nothing scrolls until they come back. */
  readonly away: boolean
  readonly toEnd: () => void
  readonly onScroll: () => void
}

/** Keeps the newest in sight while it grows, and yields as soon as the reader scrolls up. `change`: anything that grew. */
export function useAutoscroll(change: unknown): Autoscroll {
  const container = useRef<HTMLDivElement>(null)
  const following = useRef(true)
  const lastTop = useRef(0)
  const [away, setAway] = useState(false)

  const toEnd = useCallback(() => {
    const element = container.current
    if (!element) return
    following.current = true
    setAway(false)
    element.scrollTop = element.scrollHeight
    lastTop.current = element.scrollTop
  }, [])

  useEffect(() => {
    if (following.current) toEnd()
  }, [change, toEnd])

  // What is laid out later (code in colours, a group that comes into sight) moves the end too.
  useEffect(() => {
    const element = container.current?.firstElementChild
    if (!element || typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(() => {
      if (following.current) toEnd()
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [toEnd])

  const onScroll = useCallback(() => {
    const element = container.current
    if (!element) return
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR
    const up = element.scrollTop < lastTop.current - 1
    lastTop.current = element.scrollTop
    if (atEnd) following.current = true
    else if (up) following.current = false
    setAway(!following.current)
  }, [])

  return { container, away, toEnd, onScroll }
}
