/** The messages file as the extension's build writes it: `a.b` becomes `a_b`, plural forms are joined by ` | `. */
export function flatMessages(messages: object): Map<string, string> {
  const flat = new Map<string, string>()
  const walk = (value: unknown, path: readonly string[]): void => {
    if (typeof value === 'string') {
      flat.set(path.join('_'), value)
    } else if (typeof value === 'object' && value !== null) {
      const forms = Object.entries(value)
      if (forms.every(([key]) => key === 'n' || Number.isFinite(Number(key)))) {
        flat.set(path.join('_'), forms.map(([, form]) => String(form)).join(' | '))
      } else {
        for (const [key, inner] of forms) walk(inner, [...path, key])
      }
    }
  }
  walk(messages, [])
  return flat
}
