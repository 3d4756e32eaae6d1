/** The service worker: wiring only; registers every listener synchronously. Decides nothing. */
import { defineBackground } from 'wxt/utils/define-background'
import type { OwnPages } from '../../src/background/create-own-pages.ts'
import { createDiagnostics } from '../../src/background/diagnose.ts'
import { createNotices } from '../../src/background/notices.ts'
import { createPageServer } from '../../src/background/page/create-page-server.ts'
import { grantPanel } from '../../src/background/panel-grant.ts'
import { createPromptKeeper } from '../../src/background/prompt-keeper.ts'
import { runCommand } from '../../src/background/run-command.ts'
import { createStartGate } from '../../src/background/start-gate.ts'
import { isChatError } from '../../src/domain/errors.ts'
import { PANEL } from '../../src/domain/principal.ts'
import { onAlarm, wakeAt } from '../../src/platform/alarms.ts'
import { clock } from '../../src/platform/clock.ts'
import { browserRunId, createConversationStore } from '../../src/platform/conversation-store.ts'
import { ENDPOINTS } from '../../src/platform/endpoints.ts'
import { idle } from '../../src/platform/idle.ts'
import { later } from '../../src/platform/later.ts'
import { readPageOf } from '../../src/platform/page-reader.ts'
import { onPagePort } from '../../src/platform/page-server-port.ts'
import { sleepingPages } from '../../src/platform/page-sleepers.ts'
import { installParts, usePart } from '../../src/platform/parts.ts'
import { createPromptStore } from '../../src/platform/prompt-store.ts'
import { newId, randomBytes } from '../../src/platform/random.ts'
import * as shell from '../../src/platform/shell.ts'
import { serveUi } from '../../src/platform/ui-server.ts'
import { lockAtDeadline } from '../../src/wallet/deadline-lock.ts'
import { lockWhenIdle } from '../../src/wallet/idle-lock.ts'
import { joinParts } from './join-parts.ts'
import { openStores } from './stores.ts'

/** Names of the alarms at which unfinished payments, and transfers on their way, are looked at. */
const RECONCILE = 'reconcile'
const TRANSFERS = 'transfers'
/** And at which an unlock is looked at, and ends. */
const DEADLINE = 'deadline'
/** After a start, what woke the worker comes first. */
const RECONCILE_AFTER_MS = 2_000
/** When what needs the books is tried again after they could not be opened. */
const START_AGAIN_MS = 60_000

export default defineBackground(() => {
  installParts()
  const stores = openStores()
  const prompts = createPromptKeeper({ store: createPromptStore(), settings: stores.settings.get, clock })
  const parts = joinParts(stores, {
    keepPrompt: prompts.keep,
    onNotice(notice) {
      if (notice.kind === 'failed' || notice.kind === 'gateway-failing') diagnostics.note(notice.cause)
      void notices.onInference(notice)
    },
    onBalances: () => ui.push({ topic: 'balances' }),
    onReconcileDue: (atMs) => wakeAt(RECONCILE, atMs, reconcile),
  })
  const { ledger, wallet, approvals, inference, gateways } = parts
  const diagnostics = createDiagnostics({
    ...{ ledger, clock, words: shell.versionWords },
    storageBytes: async () => (await navigator.storage.estimate()).usage ?? null,
  })
  const notices = createNotices({
    ledger,
    memory: stores.notices,
    settings: stores.settings.get,
    notify: shell.notify,
    translate: shell.translate,
    gatewayName: async (id) => (await gateways.names()).get(id) ?? id,
  })
  const ownPages: OwnPages = later(() =>
    usePart('pages').createOwnPages({
      ...parts,
      ...{ clock, newId, browserRunId, random: randomBytes },
      balances: parts.keeper,
      settings: stores.settings,
      storedGateways: stores.gateways,
      allowLoopback: ENDPOINTS.lab,
      conversations: createConversationStore(),
      pushChat: (event) => ui.push({ topic: 'chat', event }),
      wakeTransfers: () => wakeTransfers(),
      outbox: { load: stores.outbox.get, save: stores.outbox.set, drop: stores.outbox.remove },
      prompts: prompts.book,
      forget: async () => {
        await Promise.all([prompts.forget(), stores.outbox.clear(), stores.sessions.clear()])
      },
      readPage: readPageOf,
      diagnostics: diagnostics.read,
      isOnline: () => navigator.onLine,
    }),
  )
  const page = createPageServer({
    ...{ inference, ledger, gateways, clock },
    settings: stores.settings,
    sleeping: sleepingPages,
    onActivationMissing: (tabId) => void shell.hintOn(tabId),
  })
  onPagePort(page.serve)
  const idleLock = lockWhenIdle({ idle, lock: wallet.lock })
  const gate = createStartGate(() => start().catch(tryAgainLater))
  const whenStarted = (run: () => void) => void gate.ready().then(run, noteFailedStart)
  const ui = serveUi(async (call) => {
    await gate.pass(call.method)
    return ownPages.route(call)
  })

  function noteFailedStart(error: unknown): void {
    diagnostics.note(isChatError(error) ? error.reason : 'ledger-failed')
  }

  /** Nobody may call for long: what is on its way is looked up as soon as the books open again. */
  async function tryAgainLater(error: unknown): Promise<never> {
    await wakeAt(RECONCILE, clock.nowMs() + START_AGAIN_MS, reconcile)
    await wakeAt(TRANSFERS, clock.nowMs() + START_AGAIN_MS, resumeTransfers)
    throw error
  }

  async function start(): Promise<void> {
    // First: a call that woke the worker waits for it.
    const recovered = inference.recover()
    recovered.catch(() => undefined)
    idleLock.setMinutes((await stores.settings.get()).idleLockMinutes)
    await grantPanel(ledger)
    await parts.silence.restore()
    await recovered
    void prompts.prune()
  }

  const reconcile = () => void inference.reconcile().catch(noteFailedStart)
  const lookAtTransfers = async () => {
    if ((await ledger.unfinishedTransfers()).length === 0) return
    // The next look is set before this one, which may fail or die.
    await wakeTransfers()
    await ownPages.resumeTransfers()
  }
  const resumeTransfers = () =>
    void lookAtTransfers().catch((error: unknown) => {
      noteFailedStart(error)
      return wakeAt(TRANSFERS, clock.nowMs() + START_AGAIN_MS, resumeTransfers)
    })
  const wakeTransfers = () => wakeAt(TRANSFERS, clock.nowMs() + 5_000, resumeTransfers)
  const lockWhenDue = () =>
    lockAtDeadline({
      ...{ status: wallet.status, nowMs: clock.nowMs },
      wakeAt: (atMs) => wakeAt(DEADLINE, atMs, () => void lockWhenDue()),
    })
  onAlarm((name) => {
    if (name === RECONCILE) reconcile()
    if (name === TRANSFERS) resumeTransfers()
    if (name === DEADLINE) void lockWhenDue()
  })
  shell.onInstalled((reason) => {
    void shell.makeMenus({ ask: shell.translate('menu_ask'), summarise: shell.translate('menu_summarise') })
    if (reason === 'install') void shell.openOwnPage('/onboarding.html')
  })
  shell.onBrowserStart(() => whenStarted(ownPages.resumeChat))
  shell.onMenu(ownPages.offerIntent)
  shell.onCommand((command) => void runCommand(command, parts))
  ledger.onChange((change) => {
    if (change.kind === 'guards') ui.push({ topic: 'guards' })
    else ui.push({ topic: 'ledger', principal: change.principal, id: change.id })
    if (change.kind === 'grant' || change.kind === 'guards') approvals.recheck()
    notices.onLedger(change)
  })
  wallet.onChange(({ kind }) => {
    // Whoever unlocks is about to pay.
    if (kind === 'unlocked') void inference.warm(PANEL)
    if (kind === 'unlocked') void lockWhenDue()
    ui.push({ topic: 'wallet' })
    approvals.recheck()
  })
  approvals.onChange(() => ui.push({ topic: 'approval' }))
  stores.settings.onChange((settings) => {
    idleLock.setMinutes(settings.idleLockMinutes)
    void prompts.prune()
    whenStarted(ownPages.pruneChat)
    ui.push({ topic: 'settings' })
  })
  stores.gateways.onChange(() => {
    ui.push({ topic: 'gateways' })
    page.modelsChanged()
  })
  whenStarted(() => setTimeout(reconcile, RECONCILE_AFTER_MS))
  void gate.ready().then(resumeTransfers, resumeTransfers)
})
