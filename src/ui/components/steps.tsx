import { Check } from 'lucide-preact'
import { t } from '../words.ts'
import { Icon } from './icon.tsx'
import './steps.css'

export interface Step {
  readonly label: string
  readonly state: 'done' | 'current' | 'ahead'
}

/** Where one is in a sequence. */
export function Steps({ label, steps }: { label: string; steps: readonly Step[] }) {
  return (
    <ol class="steps" aria-label={label}>
      {steps.map((step, index) => (
        <li
          key={step.label}
          class={`step step-${step.state}`}
          aria-current={step.state === 'current' ? 'step' : undefined}
        >
          <span class="step-mark" aria-hidden="true">
            {step.state === 'done' ? <Icon of={Check} size="0.85em" /> : index + 1}
          </span>
          <span class="step-label">
            {step.label}
            {step.state === 'done' && <span class="visually-hidden">{t('common.done')}</span>}
          </span>
        </li>
      ))}
    </ol>
  )
}
