import type { ComponentChildren } from 'preact'
import './fact-list.css'

export interface Fact {
  readonly name: string
  readonly value: ComponentChildren
  readonly note?: ComponentChildren
}

/** Names and values, one under the other. */
export function FactList({ facts }: { facts: readonly (Fact | null)[] }) {
  return (
    <dl class="fact-list">
      {facts.map(
        (fact) =>
          fact && (
            <div key={fact.name} class="fact">
              <dt>{fact.name}</dt>
              <dd>
                {fact.value}
                {fact.note && <div class="fact-note">{fact.note}</div>}
              </dd>
            </div>
          ),
      )}
    </dl>
  )
}
