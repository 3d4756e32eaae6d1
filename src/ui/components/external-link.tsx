import { ExternalLink as ExternalIcon } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { t } from '../words.ts'
import { Icon } from './icon.tsx'

/** A link out of the extension: new tab, no referrer, said as such. */
export function ExternalLink({ href, children }: { href: string; children: ComponentChildren }) {
  return (
    <a href={href} target="_blank" rel="noreferrer noopener" class="external-link">
      {children} <Icon of={ExternalIcon} size="0.9em" />
      <span class="visually-hidden">{t('common.opensInNewTab')}</span>
    </a>
  )
}
