import { ExternalLink, Keyboard } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { ChatOptions } from '../../../protocol/chat-views.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { SelectField } from '../../components/select-field.tsx'
import { TextField } from '../../components/text-field.tsx'
import { t } from '../../words.ts'
import { ContextWays } from '../composer/context-ways.tsx'
import type { ContextUse } from '../composer/use-context-ways.ts'

interface OptionsDialogProps {
  readonly options: ChatOptions
  /** The setting that holds where the conversation has no limit of its own, in tokens. */
  readonly defaultLimit: number
  readonly context: ContextUse
  readonly onSave: (options: ChatOptions) => void
  readonly onShortcuts: () => void
  /** Null in a tab already. */
  readonly onOpenInTab: (() => void) | null
  readonly onClose: () => void
}

const TEMPERATURES = ['0', '0.3', '0.7', '1', '1.3'] as const
const LENGTHS = ['256', '512', '1024', '2048', '4096', '8192'] as const

/** Standing instructions, temperature and length of one conversation. */
export function OptionsDialog({
  options,
  defaultLimit,
  context,
  onSave,
  onClose,
  ...more
}: OptionsDialogProps) {
  const [system, setSystem] = useState(options.system)
  const [temperature, setTemperature] = useState(
    options.temperature === null ? 'default' : String(options.temperature),
  )
  const [length, setLength] = useState(options.maxTokens === null ? 'default' : String(options.maxTokens))
  const save = () => {
    onSave({
      ...options,
      system,
      temperature: temperature === 'default' ? null : Number(temperature),
      maxTokens: length === 'default' ? null : Number(length),
    })
  }
  return (
    <Dialog
      title={t('chat.options')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" onClick={save}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('chat.option.system')}
        hint={t('chat.option.systemHint')}
        rows={4}
        maxLength={20_000}
        value={system}
        onInput={setSystem}
      />
      <SelectField
        label={t('chat.option.temperature')}
        value={temperature}
        options={[
          { value: 'default', label: t('chat.option.temperatureDefault') },
          ...withCurrent(TEMPERATURES, temperature).map((value) => ({ value, label: value })),
        ]}
        onChange={setTemperature}
      />
      <SelectField
        label={t('chat.option.length')}
        hint={t('chat.option.lengthHint')}
        value={length}
        options={[
          { value: 'default', label: t('chat.option.lengthDefault', { count: number(defaultLimit) }) },
          ...withCurrent(LENGTHS, length).map((value) => ({
            value,
            label: t('chat.option.lengthTokens', { count: number(Number(value)) }),
          })),
        ]}
        onChange={setLength}
      />
      <ContextField {...context} onClose={onClose} />
      <div class="row">
        <Button size="s" icon={Keyboard} onClick={more.onShortcuts}>
          {t('chat.shortcuts')}
        </Button>
        {more.onOpenInTab && (
          <Button size="s" icon={ExternalLink} onClick={more.onOpenInTab}>
            {t('chat.openInTab')}
          </Button>
        )}
      </div>
    </Dialog>
  )
}

/** The ways to a shorter conversation, whether or not anybody knows what its model can take. */
function ContextField({ tokens, room, ways, onClose }: ContextUse & { onClose: () => void }) {
  const closing = (way: (() => void) | null) =>
    way &&
    (() => {
      onClose()
      way()
    })
  return (
    <fieldset class="context-field">
      <legend>{t('chat.context.title', { used: number(tokens) })}</legend>
      <p class="soft small">{room.canSum ? t('chat.context.means') : t('chat.context.cannotSum')}</p>
      <div class="row">
        <ContextWays
          summaryPrice={ways.summaryPrice}
          onSummarise={closing(ways.onSummarise)}
          onDropOldest={closing(ways.onDropOldest)}
          onNew={() => {
            onClose()
            ways.onNew()
          }}
        />
      </div>
    </fieldset>
  )
}

/** The usual choices, and what is chosen now where it is another one. */
function withCurrent(usual: readonly string[], current: string): readonly string[] {
  return current === 'default' || usual.includes(current) ? usual : [...usual, current]
}

function number(value: number): string {
  return new Intl.NumberFormat().format(value)
}
