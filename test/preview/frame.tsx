import type { ComponentChildren } from 'preact'
import { AppProvider } from '../../src/ui/app/app.tsx'
import type { Shell } from '../../src/ui/app/shell.ts'
import { createFakeClient, type FakeAnswers } from '../ui/fake-client.ts'
import { createFakeShell } from '../ui/fake-shell.ts'
import { NOW } from '../ui/samples.ts'

interface FrameProps {
  readonly answers?: FakeAnswers
  readonly shell?: Partial<Shell>
  readonly children: ComponentChildren
}

const PHRASE = 'abandon ability able about above absent absorb abstract absurd abuse access accident'

/** A screen with a background that answers as told, on a fixed day. */
export function Frame({ answers = {}, shell = {}, children }: FrameProps) {
  const client = createFakeClient(answers, async (password) => (password === 'wrong' ? null : PHRASE))
  return (
    <AppProvider client={client} shell={createFakeShell(shell)} now={() => NOW}>
      {children}
    </AppProvider>
  )
}
