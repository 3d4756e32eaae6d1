/**
 * Somebody else's words for a screen: control, bidi, zero-width and other format characters become spaces or vanish,
 * white space collapses, and at most `maxLength` characters stay.
 */
export function plainText(text: string, maxLength: number): string {
  const plain = text
    .slice(0, maxLength * 8)
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  const characters = [...plain]
  return characters.length <= maxLength ? plain : `${characters.slice(0, maxLength - 1).join('')}…`
}
