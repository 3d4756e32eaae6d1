/** A lab with a JumpGate that speaks at full speed, and calls made up to the point of paying, for tests of faults. */
import { addresses } from './chains/addresses.ts'
import { jumpgatePayees } from './gateways/payees.ts'
import { type Lab, startLab } from './lab.ts'
import { defaultPorts, type PortChoices } from './ports.ts'
import {
  askQuote,
  createStockClient,
  type JumpgateQuoteJson,
  jumpgateBody,
  paymentHeader,
  postJson,
  readOffer,
  type StockClient,
} from './stock-client.ts'

/** A call with its payment signed and not yet sent. */
export interface ReadyCall {
  quote: JumpgateQuoteJson
  /** The quoted price in µUSDC. */
  price: bigint
  payment: Record<string, string>
  send(headers?: Record<string, string>): Promise<Response>
}

export interface FaultBench {
  lab: Lab
  client: StockClient
  control<T>(method: string, path: string, body?: object): Promise<T>
  /** Switches a fault of JumpGate on, once unless told. */
  fault(name: string, more?: object): Promise<unknown>
  /** Quotes, asks and signs, with a question that nobody asked before unless one is given. */
  prepare(content?: string): Promise<ReadyCall>
  /** JumpGate's USDC on Base. */
  paid(): Promise<bigint>
  /** What JumpGate was paid while this ran. */
  earned(work: () => Promise<unknown>): Promise<bigint>
}

/** Every port chosen by the system, so that labs can run side by side. */
export const anyPorts: PortChoices = Object.fromEntries(Object.keys(defaultPorts).map((name) => [name, 0]))

/** Starts a lab of its own. */
export async function startFaultBench(): Promise<FaultBench> {
  const lab = await startLab({ ports: anyPorts })
  const base = lab.chain('eip155:8453')
  const client = await createStockClient(lab.info, 'eip155:8453')
  const { control: controlUrl, jumpgate } = lab.info.urls
  let nextPrompt = 0
  const control = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
    const response = await fetch(controlUrl + path, init)
    if (response.status !== 200) throw new Error(`${path}: ${await response.text()}`)
    return (await response.json()) as T
  }
  const paid = () => base.balanceOf(jumpgatePayees['eip155:8453'], addresses.baseUsdc)
  await control('POST', '/rate', { gateway: 'jumpgate', tokensPerSecond: 0 })
  return {
    ...{ lab, client, control, paid },
    fault: (name, more = {}) => control('POST', '/faults', { gateway: 'jumpgate', fault: name, ...more }),
    async prepare(content = `Question ${nextPrompt++} about chains`) {
      const body = jumpgateBody(content)
      const quote = await askQuote(jumpgate, body)
      const send = (headers = {}) =>
        postJson(`${jumpgate}/paid/chat/v2`, body, { ...quote.headers, ...headers })
      const payment = paymentHeader(await client.sign(readOffer(await send())))
      return { quote, send, payment, price: BigInt(quote.amount_micro_usdc) }
    },
    async earned(work) {
      const before = await paid()
      await work()
      return (await paid()) - before
    },
  }
}
