import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'

/** How often it is looked whether the next control is there, in ms. */
const LOOK_MS = 20

/** A state that is reached by pressing: the named buttons and checkboxes, one after the other, as soon as each is there. The page is marked until all were. */
export function Press({ names, children }: { names: readonly string[]; children: ComponentChildren }) {
  useEffect(() => {
    const left = [...names]
    const { dataset } = document.documentElement
    dataset.pressing = 'true'
    const stop = () => {
      delete dataset.pressing
      clearInterval(timer)
    }
    const timer = setInterval(() => {
      const control = controls().find((element) => nameOf(element) === left[0])
      if (control) {
        control.click()
        left.shift()
      }
      if (left.length === 0) stop()
    }, LOOK_MS)
    return stop
  }, [])
  return <>{children}</>
}

function controls(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('button, input[type="checkbox"]')]
}

function nameOf(element: HTMLElement): string {
  const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : element.textContent
  return (element.getAttribute('aria-label') ?? label ?? '').trim()
}
