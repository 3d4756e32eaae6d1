import { useState } from 'preact/hooks'
import { parseOrigin } from '../../domain/principal.ts'
import { Screen } from '../app/screen.tsx'
import { routeTo } from '../app/use-route.ts'
import { Button } from '../components/button.tsx'
import { TextField } from '../components/text-field.tsx'
import { t } from '../words.ts'

/** A site by hand: its address first, then its budget on the site's own screen. */
export function AddSiteScreen() {
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState(false)
  const go = () => {
    const origin = readOrigin(text)
    if (origin) location.hash = routeTo('sites', origin)
    else setWrong(true)
  }
  return (
    <Screen title={t('sites.addTitle')} back={routeTo('sites')}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          go()
        }}
      >
        <TextField
          label={t('sites.address')}
          hint={t('sites.addressHint')}
          inputMode="url"
          value={text}
          autoFocus
          error={wrong ? t('sites.addressWrong') : undefined}
          onInput={(value) => {
            setText(value)
            setWrong(false)
          }}
        />
        <Button type="submit" kind="primary">
          {t('common.continue')}
        </Button>
      </form>
    </Screen>
  )
}

/** `example.com` and whole addresses alike; only origins that may have the API. */
export function readOrigin(text: string): string | undefined {
  const trimmed = text.trim()
  const address = /^[a-z]+:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`
  return trimmed !== '' && URL.canParse(address) ? parseOrigin(new URL(address).origin) : undefined
}
