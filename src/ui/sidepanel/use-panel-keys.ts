import { useEffect, useRef } from 'preact/hooks'

interface PanelKeys {
  readonly onEscape: () => void
  readonly onHelp: () => void
}

/** Esc and ? anywhere in the panel; open dialogs and fields keep their own keys. */
export function usePanelKeys(keys: PanelKeys): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return
      if (event.key === 'Escape') latest.current.onEscape()
      if (event.key === '?' && !isField(event.target)) {
        event.preventDefault()
        latest.current.onHelp()
      }
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [])
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select') !== null
}
