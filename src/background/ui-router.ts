/** UI calls by name: schema first, then one handler; every end is a reply. */
import { ChatError } from '../domain/errors.ts'
import { toUiFailure } from '../protocol/ui-failure.ts'
import { type UiMethod, type UiReply, type UiResult, uiParams } from '../protocol/ui-protocol.ts'
import { chatHandlers } from './chat/chat-handlers.ts'
import type { BackgroundDeps } from './deps.ts'
import { allowanceGet } from './ui/allowance-get.ts'
import { approvalCloseEmpty } from './ui/approval-close-empty.ts'
import { approvalCurrent } from './ui/approval-current.ts'
import { approvalDecide } from './ui/approval-decide.ts'
import { approvalShown } from './ui/approval-shown.ts'
import { backupExport } from './ui/backup-export.ts'
import { backupInspect } from './ui/backup-inspect.ts'
import { backupPart } from './ui/backup-part.ts'
import { backupPut } from './ui/backup-put.ts'
import { backupRestore } from './ui/backup-restore.ts'
import { balancesGet } from './ui/balances-get.ts'
import { diagnosticsGet } from './ui/diagnostics-get.ts'
import { freezeSet } from './ui/freeze-set.ts'
import { gatewaysList } from './ui/gateways-list.ts'
import { gatewaysProbe } from './ui/gateways-probe.ts'
import { gatewaysRemove } from './ui/gateways-remove.ts'
import { gatewaysSave } from './ui/gateways-save.ts'
import { gatewaysSetEnabled } from './ui/gateways-set-enabled.ts'
import type { UiHandler } from './ui/handler.ts'
import { historyGet } from './ui/history-get.ts'
import { historyPage } from './ui/history-page.ts'
import { historySeen } from './ui/history-seen.ts'
import { homeGet } from './ui/home-get.ts'
import { insightsDaily } from './ui/insights-daily.ts'
import { insightsDearest } from './ui/insights-dearest.ts'
import { limitsGet } from './ui/limits-get.ts'
import { limitsSet } from './ui/limits-set.ts'
import { modelsList } from './ui/models-list.ts'
import { pageRead } from './ui/page-read.ts'
import { rpcTest } from './ui/rpc-test.ts'
import { secretsKey } from './ui/secrets-key.ts'
import { settingsGet } from './ui/settings-get.ts'
import { settingsSet } from './ui/settings-set.ts'
import { sitesGet } from './ui/sites-get.ts'
import { sitesList } from './ui/sites-list.ts'
import { sitesPutBudget } from './ui/sites-put-budget.ts'
import { sitesRevoke } from './ui/sites-revoke.ts'
import { sitesSetMode } from './ui/sites-set-mode.ts'
import { sitesSetSettlement } from './ui/sites-set-settlement.ts'
import { transfersConfirm } from './ui/transfers-confirm.ts'
import { transfersConfirmReplacement } from './ui/transfers-confirm-replacement.ts'
import { transfersList } from './ui/transfers-list.ts'
import { transfersReview } from './ui/transfers-review.ts'
import { transfersReviewReplacement } from './ui/transfers-review-replacement.ts'
import { walletChangePassword } from './ui/wallet-change-password.ts'
import { walletCreate } from './ui/wallet-create.ts'
import { walletLock } from './ui/wallet-lock.ts'
import { walletMarkPhraseChecked } from './ui/wallet-mark-phrase-checked.ts'
import { walletReset } from './ui/wallet-reset.ts'
import { walletReveal } from './ui/wallet-reveal.ts'
import { walletStatus } from './ui/wallet-status.ts'
import { walletUnlock } from './ui/wallet-unlock.ts'

type Handlers = { readonly [M in UiMethod]: UiHandler<M> }

const HANDLERS: Handlers = {
  'allowance.get': allowanceGet,
  'approval.closeEmpty': approvalCloseEmpty,
  'approval.current': approvalCurrent,
  'approval.decide': approvalDecide,
  'approval.shown': approvalShown,
  'backup.export': backupExport,
  'backup.inspect': backupInspect,
  'backup.part': backupPart,
  'backup.put': backupPut,
  'backup.restore': backupRestore,
  'balances.get': balancesGet,
  'diagnostics.get': diagnosticsGet,
  'freeze.set': freezeSet,
  'gateways.list': gatewaysList,
  'gateways.probe': gatewaysProbe,
  'gateways.remove': gatewaysRemove,
  'gateways.save': gatewaysSave,
  'gateways.setEnabled': gatewaysSetEnabled,
  'history.get': historyGet,
  'history.page': historyPage,
  'history.seen': historySeen,
  'home.get': homeGet,
  'insights.daily': insightsDaily,
  'insights.dearest': insightsDearest,
  'limits.get': limitsGet,
  'limits.set': limitsSet,
  'models.list': modelsList,
  'page.read': pageRead,
  'rpc.test': rpcTest,
  'secrets.key': secretsKey,
  'settings.get': settingsGet,
  'settings.set': settingsSet,
  'sites.get': sitesGet,
  'sites.list': sitesList,
  'sites.putBudget': sitesPutBudget,
  'sites.revoke': sitesRevoke,
  'sites.setMode': sitesSetMode,
  'sites.setSettlement': sitesSetSettlement,
  'transfers.confirm': transfersConfirm,
  'transfers.confirmReplacement': transfersConfirmReplacement,
  'transfers.list': transfersList,
  'transfers.review': transfersReview,
  'transfers.reviewReplacement': transfersReviewReplacement,
  'wallet.changePassword': walletChangePassword,
  'wallet.create': walletCreate,
  'wallet.lock': walletLock,
  'wallet.markPhraseChecked': walletMarkPhraseChecked,
  'wallet.reset': walletReset,
  'wallet.reveal': walletReveal,
  'wallet.status': walletStatus,
  'wallet.unlock': walletUnlock,
  ...chatHandlers,
}

/** Answers one call of our own pages. Never rejects; unknown methods and malformed params get one and the same answer. */
export async function routeUi(
  deps: BackgroundDeps,
  call: { readonly method: unknown; readonly params: unknown },
): Promise<UiReply<UiMethod>> {
  try {
    if (!isUiMethod(call.method)) throw new ChatError('unknown-method')
    return { ok: true, value: await run(deps, call.method, call.params) }
  } catch (error) {
    return toUiFailure(error)
  }
}

async function run<M extends UiMethod>(
  deps: BackgroundDeps,
  method: M,
  params: unknown,
): Promise<UiResult<M>> {
  const parsed = uiParams[method].safeParse(params)
  if (!parsed.success)
    throw new ChatError('invalid-body', { field: parsed.error.issues[0]?.path.join('.') ?? '' })
  const handler: UiHandler<M> = HANDLERS[method]
  // The schema of this very method made the params; TypeScript cannot follow the pair through the index.
  return handler(deps, parsed.data as Parameters<UiHandler<M>>[1])
}

function isUiMethod(value: unknown): value is UiMethod {
  return typeof value === 'string' && Object.hasOwn(uiParams, value)
}
