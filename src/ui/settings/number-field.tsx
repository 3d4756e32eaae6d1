import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { TextField } from '../components/text-field.tsx'
import { parseWholeNumber } from './whole-number.ts'

interface NumberFieldProps {
  readonly label: string
  readonly value: number
  readonly least: number
  readonly most: number
  readonly suffix: string
  readonly hint?: ComponentChildren
  readonly onChange: (value: number) => void
}

/** A count that is kept as soon as it makes sense; what does not is said, and nothing is changed. */
export function NumberField({ label, value, least, most, suffix, hint, onChange }: NumberFieldProps) {
  const [text, setText] = useState(String(value))
  const parsed = parseWholeNumber(text, least, most)
  useEffect(() => {
    if (parsed.kind !== 'ok' || parsed.value !== value) setText(String(value))
  }, [value])
  return (
    <TextField
      label={label}
      inputMode="numeric"
      value={text}
      suffix={suffix}
      hint={hint}
      maxLength={9}
      error={parsed.kind === 'wrong' ? parsed.error : undefined}
      onInput={(typed) => {
        setText(typed)
        const read = parseWholeNumber(typed, least, most)
        if (read.kind === 'ok' && read.value !== value) onChange(read.value)
      }}
    />
  )
}
