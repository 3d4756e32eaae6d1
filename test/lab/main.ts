/** `npm run lab`: starts the lab, prints one JSON line that says where everything is, and stays until it is stopped. */
import { buildExamples } from '../../scripts/build-examples.mjs'
import { type Lab, startLab } from './lab.ts'

let lab: Lab | null = null
let stopping = false

async function stopWith(code: number): Promise<void> {
  if (stopping) return
  stopping = true
  await lab?.stop().catch((error: unknown) => console.error('lab: stopping:', error))
  process.exit(code)
}

process.on('SIGINT', () => void stopWith(0))
process.on('SIGTERM', () => void stopWith(0))
process.on('SIGHUP', () => void stopWith(0))
// Whoever started us over a channel has gone.
process.on('disconnect', () => void stopWith(0))
process.on('uncaughtException', (error) => {
  console.error('lab:', error)
  void stopWith(1)
})
process.on('unhandledRejection', (error) => {
  console.error('lab:', error)
  void stopWith(1)
})

await buildExamples()
lab = await startLab()
if (stopping) await lab.stop()
else process.stdout.write(`${JSON.stringify(lab.info)}\n`)
