/** The theme that the person chose; without a choice the system's. */
export type Theme = 'system' | 'light' | 'dark'

const KEY = 'theme'

/** Sets the theme on the page, and remembers it for the first paint of the next one. */
export function applyTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme)
  show(theme)
}

/** Paints in the theme of last time, before anything was asked for. */
export function paintRememberedTheme(): void {
  const theme = localStorage.getItem(KEY)
  if (theme === 'light' || theme === 'dark') show(theme)
}

function show(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
