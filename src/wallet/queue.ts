/** Runs one task at a time, in the order in which they were asked for. */
export interface Queue {
  run<T>(task: () => Promise<T>): Promise<T>
}

/** A failed task fails its own caller only. */
export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve()
  return {
    run(task) {
      const result = last.then(task, task)
      last = result.catch(() => undefined)
      return result
    },
  }
}
