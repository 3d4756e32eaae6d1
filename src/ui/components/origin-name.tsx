import { PANEL } from '../../domain/principal.ts'
import { originParts } from '../format/origin.ts'
import { t } from '../words.ts'
import './origin-name.css'

/** Who asks: the registrable domain stands out, the rest is there to be compared. Left to right in every language. */
export function OriginName({ principal }: { principal: string }) {
  if (principal === PANEL) return <span class="origin-name">{t('principal.panel')}</span>
  const parts = originParts(principal)
  return (
    <bdi class="origin-name" dir="ltr">
      <span class="origin-rest">{parts.before}</span>
      <strong>{parts.domain}</strong>
      <span class="origin-rest">{parts.after}</span>
    </bdi>
  )
}
