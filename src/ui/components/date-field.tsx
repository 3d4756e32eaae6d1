import { Field } from './field.tsx'

interface DateFieldProps {
  readonly label: string
  /** Start of the chosen local day, unix ms. */
  readonly valueMs: number | null
  readonly onChange: (dayStartMs: number | null) => void
}

/** A local calendar day. */
export function DateField({ label, valueMs, onChange }: DateFieldProps) {
  return (
    <Field label={label}>
      {(control) => (
        <input
          {...control}
          type="date"
          class="field-control"
          value={valueMs === null ? '' : dateText(new Date(valueMs))}
          onChange={(event) => onChange(dayStart(event.currentTarget.value))}
        />
      )}
    </Field>
  )
}

function dateText(date: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

function dayStart(text: string): number | null {
  const [year, month, day] = text.split('-').map(Number)
  if (!year || !month || !day) return null
  return new Date(year, month - 1, day).getTime()
}
