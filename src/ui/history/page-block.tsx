import type { ComponentChildren } from 'preact'
import { memo } from 'preact/compat'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { HistoryRowView } from '../../protocol/ui-views.ts'
import { HistoryRow } from './history-row.tsx'

interface PageBlockProps {
  readonly rows: readonly HistoryRowView[]
  readonly label: string
  readonly nowMs: number
}

/** How far beyond the visible part rows are kept, in px. */
const MARGIN_PX = 1200

/** One page of rows: drawn while it is near, a blank of the same height while it is far. */
export const PageBlock = memo(function PageBlock({ rows, label, nowMs }: PageBlockProps) {
  return (
    <NearOnly>
      <ul class="list" aria-label={label}>
        {rows.map((row) => (
          <HistoryRow key={row.id} row={row} nowMs={nowMs} />
        ))}
      </ul>
    </NearOnly>
  )
})

function NearOnly({ children }: { children: ComponentChildren }) {
  const block = useRef<HTMLDivElement>(null)
  const [far, setFar] = useState<{ readonly heightPx: number } | null>(null)
  useEffect(() => {
    const element = block.current
    if (!element) return
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry) return
        const height = entry.boundingClientRect.height
        setFar(entry.isIntersecting || element.contains(document.activeElement) ? null : { heightPx: height })
      },
      { root: scrollerOf(element), rootMargin: `${MARGIN_PX}px 0px` },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={block} style={far ? { blockSize: `${far.heightPx}px` } : {}}>
      {far ? null : children}
    </div>
  )
}

/** The nearest ancestor that scrolls; null: the page itself. */
export function scrollerOf(element: Element): Element | null {
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    const { overflowY } = getComputedStyle(parent)
    if (overflowY === 'auto' || overflowY === 'scroll')
      return parent === document.documentElement ? null : parent
  }
  return null
}
