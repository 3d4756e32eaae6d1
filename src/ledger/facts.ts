import type { Grant, Guards } from '../domain/budget.ts'
import type { Principal } from '../domain/principal.ts'
import { parseGrant } from './rows/grant-row.ts'
import { parseGuards, toStoredGuards } from './rows/guards-row.ts'
import { put, type ReadTx, type WriteTx } from './transact.ts'

/** The key of the one row in `guards`. */
export const PERSON = 'person'

export async function readGuards(tx: ReadTx): Promise<Guards> {
  return parseGuards(await tx.objectStore('guards').get(PERSON))
}

export async function readGrant(tx: ReadTx, principal: Principal): Promise<Grant | null> {
  const row = await tx.objectStore('grants').get(principal)
  return row === undefined ? null : parseGrant(row)
}

/**
 * Writes the guards under their next revision, and returns them. Every change of a grant takes a revision here too, so
 * that none ever has the revision of another, not even of one that was revoked.
 */
export async function writeGuards(tx: WriteTx, change: Partial<Omit<Guards, 'revision'>>): Promise<Guards> {
  const old = await readGuards(tx)
  const next: Guards = { ...old, ...change, revision: old.revision + 1 }
  put(tx.objectStore('guards'), toStoredGuards(next), PERSON)
  return next
}

/** What stands above a principal's spending. */
export interface Standing {
  readonly guards: Guards
  readonly grant: Grant | null
}

/** Reads guards and grants; a grant that was read before is taken from memory while the revision is still the same. */
export interface StandingReader {
  /** Not for a transaction that has itself written guards or grants. */
  read(tx: ReadTx, principal: Principal): Promise<Standing>
}

export function createStandingReader(): StandingReader {
  let newest: Guards | null = null
  let grants = new Map<Principal, Grant | null>()

  /** Every change takes another revision, so what was read under the same one need not be parsed again. */
  async function guardsOf(tx: ReadTx): Promise<Guards> {
    const row = await tx.objectStore('guards').get(PERSON)
    if (row !== undefined && row.revision === newest?.revision) return newest
    newest = parseGuards(row)
    grants = new Map()
    return newest
  }

  return {
    async read(tx, principal) {
      // Sent along with the other read, in case that the revision is another one.
      const early = grants.has(principal) ? null : readGrant(tx, principal)
      early?.catch(() => undefined)
      const guards = await guardsOf(tx)
      const known = grants.get(principal)
      if (known !== undefined) return { guards, grant: known }
      const grant = await (early ?? readGrant(tx, principal))
      // Another transaction may have moved on meanwhile; then this grant is not the newest.
      if (guards === newest) grants.set(principal, grant)
      return { guards, grant }
    },
  }
}
