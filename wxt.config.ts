import { defineConfig } from 'wxt'
import { buildDefines, hostsOf } from './scripts/build-endpoints.ts'
import { PART_NAMES } from './src/platform/parts.ts'

/** Gives the lab build one id on every machine; the store gives the product its own. */
const LAB_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA+nI1PMV0laRCFkskjYD/wKdZ0tKD6+bZEZIQT/7pi20NREbrC3uJk7QQm1PpyZeBXlUduCCFdTVBKFPSUdqGbaZCpdaoJGdm5cy8Uup+p0vUJ2jTWnqYegq8VI7HhXc0fE5vyf5jV/Gp3RGM//wZz0HGU6rlYOFN+IJcaRGJpW8IvWEOqmNOspfNVWxALPajQBmLc0/nWJ6T9GEr3oC9RCvxW4WhD7gXfZ4ImQzIVTIRIN+NVVl3Mb3JenpdHNG1zRwfAF0qs7ABbAG8VtLtuei0XOsVMbdQh0xTBRPlutNKnLHwWNXNjhB0kOXW+oXXOEop+2zy11g+VvjQLXPhbwIDAQAB'

/**
 * What two of our pages begin with, as one file: each file that a page loads costs it milliseconds. The list of public
 * suffixes stays apart: it is large, and most pages show no origin at first.
 */
const SHARED_CHUNK = {
  name: 'shared',
  tags: ['$initial' as const],
  minShareCount: 2,
  test: (id: string) => !/tldts|[\\/]origin(-name)?\.tsx?$/.test(id),
}

export default defineConfig({
  imports: false,
  webExt: { disabled: true },
  modules: ['@wxt-dev/i18n/module', '@wxt-dev/auto-icons'],
  autoIcons: { baseIconPath: 'assets/icon.svg' },
  outDir: process.env.BUILD_FOLDER || '.output',
  outDirTemplate: '{{browser}}-mv{{manifestVersion}}{{modeSuffix}}',
  vite: ({ mode }) => ({
    define: buildDefines(mode),
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      // The lab build keeps names and maps: crash tests stop the worker at named lines.
      minify: mode === 'lab' && process.env.LAB_MINIFY !== '1' ? false : 'oxc',
      sourcemap: mode === 'lab',
      chunkSizeWarningLimit: 2_000,
    },
  }),
  hooks: {
    'vite:build:extendConfig': (entrypoints, { build }) => {
      if (!build || !entrypoints.some(({ inputPath }) => inputPath.endsWith('.html'))) return
      const { rolldownOptions: options = {} } = build
      build.rolldownOptions = {
        ...options,
        output: { ...options.output, codeSplitting: { groups: [SHARED_CHUNK] } },
      }
    },
    'build:manifestGenerated': (_, manifest) => {
      // A background page imports nothing late: its parts come first.
      if (manifest.background && 'scripts' in manifest.background)
        manifest.background.scripts?.unshift(...PART_NAMES.map((name) => `part-${name}.js`))
    },
  },
  manifest: ({ mode }) => {
    const lab = mode === 'lab'
    const connect = lab ? 'https: http://127.0.0.1:* http://localhost:*' : 'https:'
    return {
      name: lab ? 'x402 Chat (lab)' : '__MSG_extension_name__',
      description: '__MSG_extension_description__',
      default_locale: 'en',
      minimum_chrome_version: '121',
      ...(lab ? { key: LAB_KEY } : {}),
      permissions: ['storage', 'alarms', 'sidePanel', 'activeTab', 'contextMenus', 'idle', 'notifications'],
      host_permissions: hostsOf(mode),
      optional_host_permissions: ['https://*/*'],
      externally_connectable: { ids: [] },
      content_security_policy: {
        extension_pages: `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src ${connect}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      },
      content_scripts: [
        {
          matches: ['http://*/*', 'https://*/*'],
          js: ['page-api.js'],
          run_at: 'document_start',
          all_frames: true,
          world: 'MAIN',
        },
        {
          matches: ['http://*/*', 'https://*/*'],
          js: ['bridge.js'],
          run_at: 'document_start',
          all_frames: true,
        },
      ],
      commands: {
        'open-panel': { suggested_key: { default: 'Alt+Shift+X' }, description: '__MSG_command_openPanel__' },
        freeze: { description: '__MSG_command_freeze__' },
        lock: { suggested_key: { default: 'Alt+Shift+L' }, description: '__MSG_command_lock__' },
      },
    }
  },
})
