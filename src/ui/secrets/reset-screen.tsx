import { useState } from 'preact/hooks'
import { useApp } from '../app/app.tsx'
import { Screen } from '../app/screen.tsx'
import { useAction } from '../app/use-action.ts'
import { latestOf, useResource } from '../app/use-resource.ts'
import { routeTo } from '../app/use-route.ts'
import { Button } from '../components/button.tsx'
import { LinkButton } from '../components/link-button.tsx'
import { Notice } from '../components/notice.tsx'
import { TextField } from '../components/text-field.tsx'
import { thrownWords } from '../format/error-words.ts'
import { t, tCount } from '../words.ts'

/** What has to be typed; the background takes nothing else. */
const CONFIRMATION = 'RESET'

/** Forgetting the wallet: what goes, what stays, and a word to type. */
export function ResetScreen({ back }: { back: string }) {
  const { client, shell, say } = useApp()
  const [typed, setTyped] = useState('')
  const [home] = useResource('home.get', { tabUrl: null }, { topics: ['ledger', 'wallet'] })
  const view = latestOf(home)
  const [state, reset] = useAction(async () => {
    await client.call('wallet.reset', { confirmation: CONFIRMATION })
    say(t('reset.done'))
    location.hash = '#/'
    shell.openPage('onboarding.html')
  })
  const failure = state.kind === 'failed' ? thrownWords(state.error) : null
  const ready = typed.trim() === CONFIRMATION
  return (
    <Screen title={t('reset.title')} back={back}>
      <Notice
        tone="danger"
        title={t('reset.warning')}
        actions={
          view?.wallet.kind === 'damaged' ? undefined : (
            <LinkButton size="s" href={routeTo('settings', 'backup')}>
              {t('reset.backupFirst')}
            </LinkButton>
          )
        }
      >
        {t('reset.goes')}
      </Notice>
      {view && view.livePayments > 0 && (
        <Notice tone="held">{tCount('reset.live', view.livePayments)}</Notice>
      )}
      {home.kind === 'failed' && <Notice tone="held">{t('reset.liveUnknown')}</Notice>}
      <p class="soft">{t('reset.stays')}</p>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) void reset()
        }}
      >
        <TextField
          label={t('reset.type', { word: CONFIRMATION })}
          value={typed}
          mono
          maxLength={20}
          onInput={setTyped}
        />
        {failure && (
          <Notice tone="danger" role="alert" title={failure.what}>
            {failure.todo}
          </Notice>
        )}
        <Button type="submit" kind="danger" wide disabled={!ready} busy={state.kind === 'busy'}>
          {t('reset.reset')}
        </Button>
      </form>
    </Screen>
  )
}
