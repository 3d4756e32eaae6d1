import { describe, it } from 'vitest'
import { BACKUP_COSTS } from '../../src/backup/backup-file.ts'
import { COST_FLOOR, VAULT_COST } from '../../src/wallet/kdf-cost.ts'
import { remember } from './remember.ts'
import { roundTrip } from './round-trip.ts'

describe('random wallets', () => {
  it.each([
    [200, 'at the floor', { cost: COST_FLOOR, costs: [COST_FLOOR] }],
    [10, 'as shipped', { cost: VAULT_COST, costs: BACKUP_COSTS }],
  ])(
    '%i of them come back from their backups, with key derivation %s',
    { timeout: 180_000 },
    async (count, _, options) => {
      for (let index = 0; index < count; index++) await roundTrip(index, { ...options, derive: remember() })
    },
  )
})
