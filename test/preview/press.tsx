import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'

/** How often it is looked whether the next control is there, in ms. */
const LOOK_MS = 20

/** A state that is reached by pressing: the named buttons and checkboxes, one after the other, as soon as each is there. */
export function Press({ names, children }: { names: readonly string[]; children: ComponentChildren }) {
  useEffect(() => {
    const left = [...names]
    const timer = setInterval(() => {
      const control = controls().find((element) => nameOf(element) === left[0])
      if (control) {
        control.click()
        left.shift()
      }
      if (left.length === 0) clearInterval(timer)
    }, LOOK_MS)
    return () => clearInterval(timer)
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
