/** Says on stderr what is being done and how long it took; stdout stays free for results. */

/** Runs one step: a line when it starts, its time when it ends. */
export async function step(title, work) {
  const startedAt = performance.now()
  const live = process.stderr.isTTY
  process.stderr.write(live ? `  … ${title}` : `  … ${title}\n`)
  try {
    const result = await work()
    finish('✓', title, { startedAt, live })
    return result
  } catch (error) {
    finish('✗', title, { startedAt, live })
    throw error
  }
}

function finish(mark, title, { startedAt, live }) {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  process.stderr.write(`${live ? '\r\x1b[K' : ''}  ${mark} ${title} (${seconds} s)\n`)
}
