import { ArrowLeft } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { Icon } from '../components/icon.tsx'
import { t } from '../words.ts'
import './screen.css'

interface ScreenProps {
  readonly title: ComponentChildren
  readonly back?: string
  readonly actions?: ComponentChildren
  readonly children: ComponentChildren
}

/** One place: its name, the way back, what can be done, and what is there. */
export function Screen({ title, back, actions, children }: ScreenProps) {
  return (
    <div class="screen">
      <header class="screen-head">
        {back && (
          <a href={back} class="icon-button" title={t('common.back')} aria-label={t('common.back')}>
            <Icon of={ArrowLeft} size="1.25rem" />
          </a>
        )}
        <h1>{title}</h1>
        {actions}
      </header>
      {children}
    </div>
  )
}

/** A part of a screen under its own heading. */
export function Section({
  title,
  actions,
  children,
}: {
  title: string
  actions?: ComponentChildren
  children: ComponentChildren
}) {
  return (
    <section class="section" aria-label={title}>
      <div class="row-spread">
        <h2>{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  )
}
