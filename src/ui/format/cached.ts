/** Formatters are dear to make and cheap to use: one is kept for each set of options. */
export function cached<Options, Formatter>(
  make: (locale: string | undefined, options: Options) => Formatter,
): (locale: string | undefined, options: Options) => Formatter {
  const known = new Map<string, Formatter>()
  return (locale, options) => {
    const key = JSON.stringify([locale, options])
    const old = known.get(key)
    if (old !== undefined) return old
    const made = make(locale, options)
    known.set(key, made)
    return made
  }
}
