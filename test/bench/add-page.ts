import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleWithStyles } from './bundle.ts'

/** Puts `bench-<name>.html`, with the bundle of `pages/<name>` and the styles that it imports, beside the pages of a built extension. */
export async function addPage(folder: string, name: string): Promise<void> {
  const { script, styles } = await bundleWithStyles(`pages/${name}`)
  writeFileSync(join(folder, `bench-${name}.js`), script)
  writeFileSync(join(folder, `bench-${name}.css`), styles)
  writeFileSync(
    join(folder, `bench-${name}.html`),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Bench</title><link rel="stylesheet" href="bench-${name}.css"><body><script src="bench-${name}.js"></script></body></html>`,
  )
}

/** `bench-empty.html`: what a page of an extension costs by itself. */
export function addEmptyPage(folder: string): void {
  const html =
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Bench</title><body><main>Ready $0</main></body></html>'
  writeFileSync(join(folder, 'bench-empty.html'), html)
}
