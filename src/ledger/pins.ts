import type { Ledger } from './ledger.ts'
import { parsePin } from './rows/pin-row.ts'
import { toStored } from './rows/stored.ts'
import { put, type Transactor } from './transact.ts'

/** Terms that the person approved once: one row for each gateway and network. */
export function createPins(transactor: Transactor): Pick<Ledger, 'getPins' | 'putPin' | 'dropPins'> {
  return {
    getPins: (gatewayId) =>
      transactor.read(['pins'], async (tx) => {
        return (await tx.objectStore('pins').getAll(ofGateway(gatewayId))).map(parsePin)
      }),

    // Relaxed: a pin that is lost with the machine's power costs a question.
    putPin: (pin) =>
      transactor.write(['pins'], 'relaxed', async (tx, note) => {
        put(tx.objectStore('pins'), toStored(pin))
        note({ kind: 'pins', principal: null, id: pin.gatewayId })
      }),

    dropPins: (gatewayId, network) =>
      transactor.write(['pins'], 'strict', async (tx, note) => {
        const dropped = network === undefined ? ofGateway(gatewayId) : IDBKeyRange.only([gatewayId, network])
        await tx.objectStore('pins').delete(dropped)
        note({ kind: 'pins', principal: null, id: gatewayId })
      }),
  }
}

/** An array sorts after every string, so `[gateway, []]` ends the gateway's keys. */
function ofGateway(gatewayId: string): IDBKeyRange {
  return IDBKeyRange.bound([gatewayId], [gatewayId, []])
}
