import { type ComponentChildren, createContext } from 'preact'
import { useCallback, useContext, useMemo, useState } from 'preact/hooks'
import type { UiClient } from '../../protocol/ui-client.ts'
import { type Toast, Toasts } from '../components/toasts.tsx'
import type { Shell } from './shell.ts'

/** What every screen may use. */
export interface App {
  readonly client: UiClient
  readonly shell: Shell
  /** Wall clock, unix ms. */
  readonly now: () => number
  /** Says a short result to the person. */
  readonly say: (text: string, tone?: Toast['tone']) => void
}

const AppContext = createContext<App | null>(null)

interface AppProviderProps {
  readonly client: UiClient
  readonly shell: Shell
  readonly now?: () => number
  readonly children: ComponentChildren
}

/** How long a short result stays, in ms. */
const TOAST_MS = 5000

/** Gives screens the background, the browser and the live region. */
export function AppProvider({ client, shell, now = Date.now, children }: AppProviderProps) {
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const say = useCallback((text: string, tone: Toast['tone'] = 'plain') => {
    const toast: Toast = { id: performance.now(), text, tone }
    setToasts((all) => [...all.slice(-2), toast])
    setTimeout(() => setToasts((all) => all.filter((one) => one !== toast)), TOAST_MS)
  }, [])
  const app = useMemo(() => ({ client, shell, now, say }), [client, shell, now, say])
  return (
    <AppContext.Provider value={app}>
      {children}
      <Toasts toasts={toasts} />
    </AppContext.Provider>
  )
}

/** The app around a screen; throws outside of one. */
export function useApp(): App {
  const app = useContext(AppContext)
  if (!app) throw new Error('A screen stands inside AppProvider')
  return app
}
