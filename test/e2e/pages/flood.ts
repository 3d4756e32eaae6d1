/** Runs in the page: so many calls over so long; resolves with how many ended in which way. */
export async function flood(plan: {
  readonly calls: number
  readonly forMs: number
}): Promise<Record<string, number>> {
  interface Api {
    chat: { completions: { create(body: unknown): Promise<unknown> } }
  }
  const { create } = (window as unknown as { x402Chat: Api }).x402Chat.chat.completions
  const ends: Record<string, number> = {}
  const note = (name: string) => {
    ends[name] = (ends[name] ?? 0) + 1
  }
  const running: Promise<void>[] = []
  const startedMs = performance.now()
  while (running.length < plan.calls) {
    const due = Math.min(plan.calls, (plan.calls * (performance.now() - startedMs)) / plan.forMs)
    while (running.length < due) {
      const messages = [{ role: 'user', content: `Flood ${running.length}` }]
      running.push(
        create({ model: 'ambient/large', messages }).then(
          () => note('answer'),
          (error: { type?: string }) => note(error.type ?? String(error)),
        ),
      )
    }
    await new Promise((done) => setTimeout(done, 20))
  }
  await Promise.all(running)
  return ends
}
