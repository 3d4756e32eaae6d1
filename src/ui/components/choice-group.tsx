import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import './choice-group.css'

interface ChoiceGroupProps<Value extends string> {
  readonly legend: string
  readonly hideLegend?: boolean
  readonly value: Value
  readonly options: readonly {
    readonly value: Value
    readonly label: ComponentChildren
    readonly hint?: ComponentChildren
  }[]
  readonly onChange: (value: Value) => void
  /** list: one under the other with room for hints. row: side by side. */
  readonly layout?: 'list' | 'row'
}

/** One of a few, all in sight: radio buttons. */
export function ChoiceGroup<Value extends string>(props: ChoiceGroupProps<Value>) {
  const name = useId()
  return (
    <fieldset class={`choice-group choice-group-${props.layout ?? 'list'}`}>
      <legend class={props.hideLegend ? 'visually-hidden' : 'field-label'}>{props.legend}</legend>
      <div class="choice-group-options">
        {props.options.map((option) => (
          <label key={option.value} class="choice-card">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === props.value}
              onChange={() => props.onChange(option.value)}
            />
            <span class="choice-words">
              <span>{option.label}</span>
              {option.hint && <span class="field-hint">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
