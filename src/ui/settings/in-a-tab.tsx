import { SquareArrowOutUpRight } from 'lucide-preact'
import { useApp } from '../app/app.tsx'
import { Button } from '../components/button.tsx'
import { t } from '../words.ts'

/** What cannot be done in a popup, because the browser closes it when it asks something: opens the same place in a tab. */
export function InATab({ path, children }: { path: string; children: string }) {
  const { shell } = useApp()
  return (
    <div class="stack-tight">
      <p class="soft">{children}</p>
      <Button
        kind="primary"
        icon={SquareArrowOutUpRight}
        onClick={() => {
          shell.openPage(`popup.html${path}`)
          shell.closeWindow()
        }}
      >
        {t('settings.openTab')}
      </Button>
    </div>
  )
}
