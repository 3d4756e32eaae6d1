import { importSource } from '../import-source.ts'
import { walletView } from '../views/wallet-view.ts'
import type { UiHandler } from './handler.ts'

/** Makes a wallet from fresh words or an imported secret and leaves it unlocked. Refuses to overwrite one. */
export const walletCreate: UiHandler<'wallet.create'> = async ({ wallet, box, balances }, params) => {
  const password = await box.open(params.password)
  const source =
    params.source === null
      ? { kind: 'phrase' as const, phrase: wallet.newPhrase() }
      : importSource.parse(JSON.parse(await box.open(params.source)))
  const status = await wallet.create(source, password, { phraseChecked: params.phraseChecked })
  void balances.refresh()
  return walletView(status)
}
