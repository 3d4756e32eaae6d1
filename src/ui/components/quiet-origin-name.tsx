import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { principalText } from '../format/principal-text.ts'
import './origin-name.css'

type NameProps = { readonly principal: string }

/** The first paint comes first; the list weighs more than the screen. */
const AFTER_PAINT_MS = 50

let named: ComponentType<NameProps> | null = null

/** Who asks, for lists: whole at once, with its domain made to stand out as soon as the list of public suffixes is there. */
export function QuietOriginName({ principal }: NameProps) {
  const [, setReady] = useState(named !== null)
  useEffect(() => {
    if (named) return
    let alive = true
    const timer = setTimeout(async () => {
      named = (await import('./origin-name.tsx')).OriginName
      if (alive) setReady(true)
    }, AFTER_PAINT_MS)
    return () => {
      alive = false
      clearTimeout(timer)
    }
  }, [])
  const Name = named
  return Name ? (
    <Name principal={principal} />
  ) : (
    <bdi class="origin-name" dir="ltr">
      {principalText(principal)}
    </bdi>
  )
}
