import { plainText } from '../../domain/plain-text.ts'
import { t } from '../words.ts'

/** Longest text of a site, in characters. Source: docs/SECURITY.md, approval. */
const MAX_CHARACTERS = 120

/** What the site says for itself: after our facts, and marked as its words. */
export function SiteWords({ words }: { words: string | null }) {
  const text = words === null ? '' : plainText(words, MAX_CHARACTERS)
  if (text === '') return null
  return (
    <figure class="site-words">
      <figcaption>{t('approval.siteSays')}</figcaption>
      <blockquote dir="auto">{text}</blockquote>
    </figure>
  )
}
