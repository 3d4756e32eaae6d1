import type { DiagnosticsView } from '../../protocol/ui-views.ts'
import { useApp } from '../app/app.tsx'
import { Screen, Section } from '../app/screen.tsx'
import { latestOf, useResource } from '../app/use-resource.ts'
import { CopyButton } from '../components/copy-button.tsx'
import { t } from '../words.ts'
import { diagnosticsText } from './diagnostics-text.ts'
import './settings.css'

/** The version, and figures for a report of a defect: no sites, no addresses, no secrets. */
export function AboutScreen({ back }: { back: string }) {
  const { shell } = useApp()
  const [read] = useResource('diagnostics.get', {}, { topics: [] })
  const diagnostics = latestOf(read)
  return (
    <Screen title={t('about.title')} back={back}>
      <div class="card stack-tight">
        <h2>{t('extension.name')}</h2>
        <p class="soft">{t('extension.description')}</p>
        <p>{t('about.version', { version: shell.version })}</p>
        <p class="soft small">{t('about.license')}</p>
      </div>
      {diagnostics && <Diagnostics diagnostics={diagnostics} />}
    </Screen>
  )
}

function Diagnostics({ diagnostics }: { diagnostics: DiagnosticsView }) {
  const text = diagnosticsText(diagnostics)
  return (
    <Section
      title={t('about.diagnostics')}
      actions={<CopyButton text={text} label={t('about.copyDiagnostics')} />}
    >
      <p class="soft small">{t('about.diagnosticsMeans')}</p>
      <pre class="settings-code" dir="ltr">
        {text}
      </pre>
    </Section>
  )
}
