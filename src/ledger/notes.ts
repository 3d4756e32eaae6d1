import type { Proof, RequestRow } from '../domain/payment.ts'
import { requirePayment, requireRequest } from './books.ts'
import type { Ledger } from './ledger.ts'
import { toStoredPayment } from './rows/payment-row.ts'
import { toStoredRequest } from './rows/request-row.ts'
import { type NoteChange, put, type ReadTx, type Transactor, type WriteTx } from './transact.ts'

/** What is written down about requests and payments without moving money: answers, proofs, looks at the chain. */
export function createNotes(
  transactor: Transactor,
): Pick<Ledger, 'patchRequest' | 'noteCheck' | 'lastProofFailed' | 'clearProofFailure'> {
  return {
    patchRequest: (requestId, patch) =>
      transactor.write(['requests', 'meta'], 'relaxed', async (tx, note) => {
        const request = await requireRequest(tx, requestId)
        const next: RequestRow = { ...request, ...patch }
        put(tx.objectStore('requests'), toStoredRequest(next))
        const failed = patch.proof === undefined ? null : hasFailed(patch.proof)
        if (failed !== null) await writeProofFailure(tx, { gatewayId: request.gatewayId, failed, note })
        note({ kind: 'request', principal: request.principal, id: requestId })
      }),

    noteCheck: (paymentId, check) =>
      transactor.write(['payments'], 'relaxed', async (tx, note) => {
        const payment = await requirePayment(tx, paymentId)
        put(tx.objectStore('payments'), toStoredPayment({ ...payment, check }))
        note({ kind: 'payment', principal: payment.principal, id: paymentId })
      }),

    lastProofFailed: (gatewayId) => transactor.read(['meta'], (tx) => readProofFailure(tx, gatewayId)),

    clearProofFailure: async (gatewayId) => {
      // Most of the time there is none, and a strict write that changes nothing is a wait for the disk all the same.
      if (!(await transactor.read(['meta'], (tx) => readProofFailure(tx, gatewayId)))) return
      await transactor.write(['meta'], 'strict', (tx, note) =>
        writeProofFailure(tx, { gatewayId, failed: false, note }),
      )
    },
  }
}

async function readProofFailure(tx: ReadTx, gatewayId: string): Promise<boolean> {
  return (await tx.objectStore('meta').get(proofKey(gatewayId))) === true
}

/** Says so only where it is another word than before. */
async function writeProofFailure(
  tx: WriteTx,
  {
    gatewayId,
    failed,
    note,
  }: { readonly gatewayId: string; readonly failed: boolean; readonly note: NoteChange },
): Promise<void> {
  if ((await readProofFailure(tx, gatewayId)) === failed) return
  put(tx.objectStore('meta'), failed, proofKey(gatewayId))
  note({ kind: 'proof', principal: null, id: gatewayId })
}

/** Whether a proof failed; null where there is none to judge (yet). */
function hasFailed(proof: Proof): boolean | null {
  switch (proof.kind) {
    case 'tee':
      return proof.verdict === 'failed'
    case 'ambient':
      return proof.verdict === 'failed' ? true : proof.verdict === 'reported' ? false : null
    case 'none':
      return null
  }
}

function proofKey(gatewayId: string): string {
  return `proof:${gatewayId}`
}
