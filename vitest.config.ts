import { defineConfig } from 'vitest/config'

/**
 * Unit tests that take long: thousands of random runs, corruptions, real key derivation, chains of their own.
 * `npm run check` leaves them out.
 */
const LONG = [
  'test/background/file-desk.test.ts',
  'test/backup/backup.test.ts',
  'test/backup/corruption.test.ts',
  'test/backup/hostile-files.test.ts',
  'test/backup/large.test.ts',
  'test/backup/round-trip.test.ts',
  'test/chains/balances.test.ts',
  'test/chains/check-evm-payment.test.ts',
  'test/chains/check-solana-payment.test.ts',
  'test/chains/garbage.test.ts',
  'test/chains/tee-record.test.ts',
  'test/ledger/failure.test.ts',
  'test/ledger/property.test.ts',
  'test/transfers/evm-transfers.test.ts',
  'test/transfers/replace-transfer.test.ts',
  'test/transfers/solana-transfers.test.ts',
  'test/ui/sidepanel/hostile-markdown.test.tsx',
  'test/wallet/copies.test.ts',
  'test/wallet/password.test.ts',
  'test/wallet/password-use.test.ts',
  'test/wallet/signers.test.ts',
  'test/wallet/unlock.test.ts',
  'test/wallet/vault.test.ts',
  'test/wallet/vault-corruption.test.ts',
]

/** Unit tests mirror src/; the lab's own tests and those that need its chains are the project `lab`; `e2e` drives a real browser. */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    passWithNoTests: false,
    // Two cores are the least that is counted on; vitest alone would leave one idle.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/lab/**', 'test/integration/**', 'test/e2e/**', '**/node_modules/**', ...LONG],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: 'long', include: LONG, testTimeout: 600_000, hookTimeout: 600_000 },
      },
      {
        extends: true,
        test: {
          name: 'lab',
          include: ['test/lab/**/*.test.ts', 'test/integration/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e.ts'],
          globalSetup: ['test/e2e/global-setup.mjs'],
          // One browser at a time: the files share one lab and its chains.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
