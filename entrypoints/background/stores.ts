/** What is kept where: see the storage table of docs/ARCHITECTURE.md. */

import { DEFAULT_SETTINGS } from '../../src/background/default-settings.ts'
import { NO_GATEWAYS, storedGatewaysSchema } from '../../src/background/stored-gateways.ts'
import { createStoredValue } from '../../src/platform/storage-registry.ts'
import {
  createBlobStore,
  createKeyStore,
  createTextStore,
  createValueStore,
} from '../../src/platform/stores.ts'
import { settingsSchema } from '../../src/protocol/settings.ts'

export function openStores() {
  return {
    settings: createStoredValue('settings', settingsSchema, () => DEFAULT_SETTINGS),
    gateways: createStoredValue('gateways', storedGatewaysSchema, () => NO_GATEWAYS),
    vault: createBlobStore('vault'),
    unlockKeys: createKeyStore('unlock-key'),
    local: createTextStore('local'),
    session: createTextStore('session'),
    /** Bearer secrets of OpenGradient sessions, and clocks as last measured. */
    sessions: createValueStore('session', 'og '),
    /** What callers were told that an answer costs at most. */
    quotes: createValueStore('session', 'quote '),
    /** Sites that were refused too often. */
    silence: createValueStore('session', 'approval '),
    notices: createValueStore('session', 'notice '),
    chainCache: createValueStore('local', 'chain '),
    /** Signed bytes of transfers on their way. */
    outbox: createValueStore('local', 'outbox '),
  }
}

export type Stores = ReturnType<typeof openStores>
