import type { DiagnosticsView } from '../../protocol/ui-views.ts'

/** Diagnostics as lines of plain text in one language, for whoever reads the report. */
export function diagnosticsText(diagnostics: DiagnosticsView): string {
  const { version, browser, payments, live, storageBytes, lastErrors } = diagnostics
  return [
    `version: ${version}`,
    `browser: ${browser}`,
    `payments: ${payments} (${live} live)`,
    `storage: ${storageBytes === null ? 'unknown' : `${storageBytes} bytes`}`,
    ...lastErrors.map(({ atMs, cause }) => `error: ${new Date(atMs).toISOString()} ${cause}`),
  ].join('\n')
}
