/** Faults that a test switches on: by a request header, or for the next N requests of a gateway. */
import type { IncomingHttpHeaders } from 'node:http'
import { type FaultName, isFaultName } from './fault-names.ts'

/** Which part of a paid call a fault is meant for; "any" takes the first that comes. */
export type Stage = 'quote' | 'unpaid' | 'paid' | 'any'

/** One fault as it applies to one request. */
export interface Fault {
  name: FaultName
  /** What stood bare behind a colon in the header, or `param` in the control request. */
  param: string | null
  /** Every `key=value` of the header, every further field of the control request. */
  params: Readonly<Record<string, unknown>>
}

interface Switched extends Fault {
  gateway: string
  left: number
  stage: Stage
}

export interface FaultRegistry {
  /** Switches a fault on for the next `count` requests (1 unless told). */
  add(request: {
    gateway: string
    fault: FaultName
    count?: number
    stage?: Stage
    [param: string]: unknown
  }): void
  /** Switches all faults off, or those of one gateway. */
  clear(gateway?: string): void
  /** What is switched on, with how many requests are left. */
  list(): { gateway: string; fault: FaultName; left: number; stage: Stage }[]
  /** The faults as one gateway sees them. */
  of(gateway: string): GatewayFaults
}

export interface GatewayFaults {
  /** The fault, when it applies to this request; a counted one is used up by one. */
  take(name: FaultName, headers: IncomingHttpHeaders, stage?: Stage): Fault | null
}

/** A fresh registry with nothing switched on. */
export function createFaults(): FaultRegistry {
  let switched: Switched[] = []
  return {
    add({ gateway, fault, count = 1, stage = 'any', param, ...params }) {
      switched.push({
        gateway,
        name: fault,
        left: count,
        stage,
        param: param === undefined ? null : String(param),
        params,
      })
    },
    clear(gateway) {
      switched = gateway === undefined ? [] : switched.filter((one) => one.gateway !== gateway)
    },
    list: () => switched.map(({ gateway, name, left, stage }) => ({ gateway, fault: name, left, stage })),
    of: (gateway) => ({
      take(name, headers, stage = 'any') {
        const inHeader = fromHeader(headers).find((one) => one.name === name)
        if (inHeader) return meets(inHeader.stage, stage) ? inHeader : null
        const found = switched.find(
          (one) => one.gateway === gateway && one.name === name && meets(one.stage, stage),
        )
        if (!found) return null
        found.left -= 1
        if (found.left <= 0) switched = switched.filter((one) => one !== found)
        return { name: found.name, param: found.param, params: found.params }
      },
    }),
  }
}

/** Whether a fault for one stage strikes at another. */
function meets(wanted: Stage, stage: Stage): boolean {
  return wanted === 'any' || stage === 'any' || wanted === stage
}

interface HeaderFault extends Fault {
  stage: Stage
}

/** `x-lab-fault: status-500:paid, slow:paid:200, drop:how=destroy:after=3`. Throws for a name that no gateway knows. */
function fromHeader(headers: IncomingHttpHeaders): HeaderFault[] {
  const raw = headers['x-lab-fault']
  if (raw === undefined) return []
  const text = Array.isArray(raw) ? raw.join(',') : raw
  return text.split(',').map((entry) => {
    const [name = '', ...rest] = entry.trim().split(':')
    if (!isFaultName(name)) throw new Error(`x-lab-fault: no fault "${name}"`)
    const fault: HeaderFault = { name, stage: 'any', param: null, params: {} }
    return rest.reduce(withWord, fault)
  })
}

function withWord(fault: HeaderFault, word: string): HeaderFault {
  if (isStage(word)) return { ...fault, stage: word }
  const [key = '', ...value] = word.split('=')
  if (value.length === 0) return { ...fault, param: word }
  return { ...fault, params: { ...fault.params, [key]: value.join('=') } }
}

const stages: readonly string[] = ['any', 'quote', 'unpaid', 'paid']

export function isStage(word: string): word is Stage {
  return stages.includes(word)
}

/** The fault's number: a named parameter, else the bare one, else what the gateway falls back to. */
export function faultNumber(fault: Fault, key: string, fallback: number): number {
  const raw = fault.params[key] ?? fault.param
  const value = Number(raw)
  return raw === null || raw === '' || !Number.isFinite(value) ? fallback : value
}

/** The fault's word: a named parameter, else the bare one, else what the gateway falls back to. */
export function faultWord(fault: Fault, key: string, fallback: string): string {
  const raw = fault.params[key] ?? fault.param
  return raw === null || raw === undefined ? fallback : String(raw)
}

/** Whether the fault asks for something; by query and header every value is a word. */
export function faultFlag(fault: Fault, key: string): boolean {
  return fault.params[key] === true || fault.params[key] === 'true'
}
