import { Trash2 } from 'lucide-preact'
import { Disclosure } from '../components/disclosure.tsx'
import { IconButton } from '../components/icon-button.tsx'
import { TextField } from '../components/text-field.tsx'
import { t } from '../words.ts'
import type { GatewayDraft, GatewayErrors } from './gateway-draft.ts'

interface GatewayFieldsProps {
  readonly draft: GatewayDraft
  readonly errors: GatewayErrors
  readonly onChange: (draft: GatewayDraft) => void
}

/** Name and models of a gateway that the person added. */
export function GatewayNameFields({ draft, errors, onChange }: GatewayFieldsProps) {
  return (
    <>
      <TextField
        label={t('gateways.name')}
        hint={t('gateways.nameHint')}
        value={draft.name}
        error={errors.name}
        maxLength={60}
        onInput={(name) => onChange({ ...draft, name })}
      />
      <TextField
        label={t('gateways.models')}
        hint={t('budget.modelLinesHint')}
        rows={3}
        mono
        value={draft.modelLines}
        error={errors.modelLines}
        onInput={(modelLines) => onChange({ ...draft, modelLines })}
      />
    </>
  )
}

/** Extra headers: stored ones by name only, new ones as lines. */
export function GatewayHeaderFields({ draft, errors, onChange }: GatewayFieldsProps) {
  const open = draft.keptHeaders.length > 0 || draft.headerLines !== '' || errors.headerLines !== undefined
  return (
    <Disclosure summary={t('gateways.headers')} open={open}>
      <div class="stack">
        {draft.keptHeaders.length > 0 && (
          <ul class="list" aria-label={t('gateways.keptHeaders')}>
            {draft.keptHeaders.map((name) => (
              <li key={name} class="list-item row-spread">
                <span>
                  <code>{name}</code> <span class="soft small">{t('gateways.keptValue')}</span>
                </span>
                <IconButton
                  icon={Trash2}
                  label={t('gateways.removeHeader', { name })}
                  onClick={() =>
                    onChange({ ...draft, keptHeaders: draft.keptHeaders.filter((one) => one !== name) })
                  }
                />
              </li>
            ))}
          </ul>
        )}
        <TextField
          label={t('gateways.headerLines')}
          hint={t('gateways.headerHint')}
          rows={2}
          mono
          value={draft.headerLines}
          error={errors.headerLines}
          onInput={(headerLines) => onChange({ ...draft, headerLines })}
        />
      </div>
    </Disclosure>
  )
}

/** Where the service is. */
export function GatewayUrlField({ draft, errors, onChange }: GatewayFieldsProps) {
  return (
    <TextField
      label={t('gateways.url')}
      hint={t('gateways.urlHint')}
      inputMode="url"
      placeholder="https://"
      mono
      value={draft.url}
      error={errors.url}
      maxLength={500}
      onInput={(url) => onChange({ ...draft, url })}
    />
  )
}
