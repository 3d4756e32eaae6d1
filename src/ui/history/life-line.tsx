import type { LifeStep } from '../format/life-words.ts'
import { formatDateTime, formatTime } from '../format/time.ts'
import { t } from '../words.ts'
import './life-line.css'

/** Steps from top to bottom, each with its moment. */
export function LifeLine({ steps }: { steps: readonly LifeStep[] }) {
  return (
    <ol class="card life-line">
      {steps.map((step) => (
        <li key={step.title} class={`life-step life-step-${step.state}`}>
          <div class="row-spread">
            <span class="life-title">
              {step.title}
              {step.state === 'current' && <span class="visually-hidden">{t('life.now')}</span>}
            </span>
            {step.atMs !== null && (
              <time
                class="soft small"
                dateTime={new Date(step.atMs).toISOString()}
                title={formatDateTime(step.atMs)}
              >
                {formatTime(step.atMs)}
              </time>
            )}
          </div>
          {step.note !== null && <p class="soft small">{step.note}</p>}
        </li>
      ))}
    </ol>
  )
}
