import { useCallback, useRef, useState } from 'preact/hooks'
import { failureText } from '../format/error-words.ts'
import { useApp } from './app.tsx'

export interface Act {
  readonly busy: boolean
  /** Does one thing at a time; says how it went; true where it went well. */
  readonly act: (work: () => Promise<unknown>, done?: string) => Promise<boolean>
}

/** For buttons that change something and stay where they are. */
export function useAct(): Act {
  const { say } = useApp()
  const [busy, setBusy] = useState(false)
  const running = useRef(false)
  const act = useCallback(
    async (work: () => Promise<unknown>, done?: string) => {
      if (running.current) return false
      running.current = true
      setBusy(true)
      try {
        await work()
        if (done) say(done)
        return true
      } catch (error) {
        say(failureText(error), 'danger')
        return false
      } finally {
        running.current = false
        setBusy(false)
      }
    },
    [say],
  )
  return { busy, act }
}
