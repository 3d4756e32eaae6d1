import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

/** Every component and screen in every state, without an extension. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  cacheDir: fileURLToPath(new URL('../../node_modules/.cache/preview', import.meta.url)),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { host: '127.0.0.1', fs: { allow: [fileURLToPath(new URL('../..', import.meta.url))] } },
  build: {
    outDir: fileURLToPath(new URL('../../node_modules/.cache/preview-dist', import.meta.url)),
    emptyOutDir: true,
    // Screens that are loaded when first needed are there at once: no picture of one that is on its way.
    rolldownOptions: { output: { codeSplitting: false } },
  },
})
