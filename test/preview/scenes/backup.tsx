import { UiError } from '../../../src/protocol/ui-client.ts'
import type { BackupSummary } from '../../../src/protocol/ui-views.ts'
import { BackupFacts } from '../../../src/ui/backup/backup-facts.tsx'
import { Saved } from '../../../src/ui/backup/export-screen.tsx'
import { RestoreChoice } from '../../../src/ui/backup/restore-choice.tsx'
import { Restored } from '../../../src/ui/backup/restored.tsx'
import { DAY, EVM, NOW, SOLANA_ADDRESS } from '../../ui/samples.ts'
import type { Scene } from '../scene.ts'
import { popupScene, stepScene } from './popup-scene.tsx'

const SUMMARY: BackupSummary = {
  createdAtMs: NOW - 12 * DAY,
  evm: EVM,
  solana: SOLANA_ADDRESS,
  wallet: 'same',
  payments: 1_204,
  requests: 1_311,
  transfers: 3,
  grants: 14,
  books: 'inside',
  gateways: 1,
  settings: 'same',
  servers: [],
  adds: { payments: 88, requests: 91, transfers: 0, grants: 2 },
}
const NO_ROWS = { payments: 0, requests: 0, transfers: 0, grants: 0 }
const ignore = () => undefined

function choice(id: string, summary: Partial<BackupSummary>, error: unknown = null): Scene {
  return stepScene(`backup/${id}`, 'Restore from a backup', () => (
    <RestoreChoice
      summary={{ ...SUMMARY, ...summary }}
      busy={false}
      error={error}
      onRestore={ignore}
      onBack={ignore}
    />
  ))
}

export const BACKUP_SCENES: readonly Scene[] = [
  popupScene('backup/export', '/settings/backup'),
  popupScene('backup/restore', '/settings/restore'),
  stepScene('backup/restored', 'Restore from a backup', () => (
    <Restored
      summary={{ ...SUMMARY, settings: 'other' }}
      wish={{ replaceWallet: false, servers: false, settings: 'here' }}
    />
  )),
  stepScene('backup/saved-without-books', 'Backup and restore', () => (
    <Saved name="x402-chat-2026-11-21.x402backup" books="unread" />
  )),
  choice('inside-same', {}),
  choice('inside-none-here', { wallet: 'none-here' }),
  choice('inside-settings', { settings: 'other' }),
  choice('inside-servers', {
    wallet: 'none-here',
    settings: 'other',
    servers: ['https://gateway.example.com/v1', 'https://base.rpc.example.net'],
  }),
  choice('inside-no-books', { books: 'none-inside', ...NO_ROWS, adds: NO_ROWS, settings: 'other' }),
  choice('inside-other', { wallet: 'other' }),
  choice('inside-failed', {}, new UiError('invalid-body', { problem: 'vault-unreadable' })),
  stepScene('backup/facts-no-wallet', 'Restore from a backup', () => (
    <div class="card">
      <BackupFacts summary={{ ...SUMMARY, evm: null, solana: null, wallet: 'none-inside' }} />
    </div>
  )),
]
