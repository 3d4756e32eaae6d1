import { ChevronDown } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { ModelView } from '../../../protocol/ui-views.ts'
import { Badge } from '../../components/badge.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Icon } from '../../components/icon.tsx'
import { TextField } from '../../components/text-field.tsx'
import { t } from '../../words.ts'
import { modelPriceWords } from './model-price-words.ts'

interface ModelButtonProps {
  readonly model: ModelView | null
  readonly name: string | null
  readonly onClick: () => void
}

/** The model that will be asked; opens the list. */
export function ModelButton({ model, name, onClick }: ModelButtonProps) {
  const words = model ? shortName(model.id) : name === null ? t('chat.model.default') : shortName(name)
  return (
    <button
      type="button"
      class="model-button"
      title={t('chat.model.button', { name: model?.name ?? name ?? t('chat.model.default') })}
      aria-label={t('chat.model.button', { name: words })}
      aria-haspopup="dialog"
      onClick={onClick}
    >
      <bdi>{words}</bdi>
      <Icon of={ChevronDown} size="0.9em" />
    </button>
  )
}

interface ModelDialogProps {
  readonly models: readonly ModelView[]
  readonly chosen: string | null
  readonly onChoose: (name: string) => void
  readonly onClose: () => void
}

/** Above so many a field narrows the list. */
const MANY = 8

/** Every model that can be paid for, with its price as published, its context and its kind of proof. */
export function ModelDialog({ models, chosen, onChoose, onClose }: ModelDialogProps) {
  const [text, setText] = useState('')
  const wanted = text.trim().toLocaleLowerCase()
  const found = models.filter(
    ({ enabled, name, gatewayName }) =>
      enabled && `${name} ${gatewayName}`.toLocaleLowerCase().includes(wanted),
  )
  const gateways = [...new Set(found.map(({ gatewayName }) => gatewayName))]
  return (
    <Dialog title={t('chat.model.choose')} onClose={onClose}>
      {models.length > MANY && (
        <TextField label={t('chat.model.find')} type="search" value={text} onInput={setText} />
      )}
      {found.length === 0 && <p class="soft">{t('chat.model.none')}</p>}
      {gateways.map((gateway) => (
        <fieldset key={gateway} class="model-group">
          <legend>{gateway}</legend>
          {found
            .filter(({ gatewayName }) => gatewayName === gateway)
            .map((model) => (
              <ModelChoice
                key={model.name}
                model={model}
                checked={model.name === chosen}
                onChoose={() => onChoose(model.name)}
                onPointed={onClose}
              />
            ))}
        </fieldset>
      ))}
    </Dialog>
  )
}

interface ModelChoiceProps {
  readonly model: ModelView
  readonly checked: boolean
  readonly onChoose: () => void
  /** Chosen with a pointer: there is nothing more to look at. Arrow keys go through the list. */
  readonly onPointed: () => void
}

function ModelChoice({ model, checked, onChoose, onPointed }: ModelChoiceProps) {
  return (
    <label class="model-choice">
      <input
        type="radio"
        name="model"
        checked={checked}
        onChange={onChoose}
        onClick={(event) => {
          if (event.detail === 0) return
          // The click comes before the change, and closing takes the field away.
          onChoose()
          onPointed()
        }}
        onKeyDown={(event) => event.key === 'Enter' && onPointed()}
      />
      <span class="model-words">
        <bdi class="model-name">{model.id}</bdi>
        <span class="soft small">
          {modelPriceWords(model)}
          {model.contextLength !== null && (
            <> · {t('chat.model.context', { count: new Intl.NumberFormat().format(model.contextLength) })}</>
          )}
        </span>
      </span>
      <ProofKind proof={model.proof} />
    </label>
  )
}

function ProofKind({ proof }: { proof: ModelView['proof'] }) {
  switch (proof) {
    case 'tee':
      return <Badge tone="good">{t('chat.model.tee')}</Badge>
    case 'ambient':
      return <Badge>{t('chat.model.ambient')}</Badge>
    case 'none':
      return <Badge>{t('chat.model.noProof')}</Badge>
  }
}

/** Without its maker's prefix. */
function shortName(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1)
}
