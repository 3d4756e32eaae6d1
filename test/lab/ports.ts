/** Which port each of the lab's servers listens on: as given, else the fixed default where it is free, else any. */
import { createServer } from 'node:net'

/** Fixed defaults, all on 127.0.0.1. */
export const defaultPorts = {
  site: 4020,
  jumpgate: 4021,
  opengradient: 4022,
  opengradientDocumented: 4023,
  seller: 4024,
  stockSeller: 4025,
  control: 4029,
  base: 8545,
  baseSecond: 8546,
  baseSepolia: 8547,
  ogRegistry: 8548,
  solana: 8899,
} as const

export type PortName = keyof typeof defaultPorts
/** Ports given by the caller; 0 asks the system for one. */
export type PortChoices = Partial<Record<PortName, number>>

/** Finds the port for one server: option, then environment (LAB_PORT_BASE_SECOND), then default, then any free one. */
export async function choosePort(name: PortName, choices: PortChoices = {}): Promise<number> {
  const given = choices[name] ?? portFromEnvironment(name)
  if (given !== undefined) return given === 0 ? freePort(0) : given
  try {
    return await freePort(defaultPorts[name])
  } catch {
    return freePort(0)
  }
}

/** A port that was free a moment ago; rejects when the wanted one is taken. */
export function freePort(wanted: number): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen({ host: '127.0.0.1', port: wanted, exclusive: true }, () => {
      const address = probe.address()
      probe.close(() => {
        if (address === null || typeof address === 'string') fail(new Error('no port'))
        else done(address.port)
      })
    })
  })
}

function portFromEnvironment(name: PortName): number | undefined {
  const variable = `LAB_PORT_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
  const value = process.env[variable]
  if (value === undefined || value === '') return undefined
  const port = Number(value)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Error(`${variable} is not a port: ${value}`)
  return port
}
