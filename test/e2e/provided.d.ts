import 'vitest'
import type { LabInfo } from '../lab/lab.ts'

declare module 'vitest' {
  interface ProvidedContext {
    lab: LabInfo
    extensionDir: string
    chromium: string
  }
}
