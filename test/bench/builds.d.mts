import type { LabInfo } from '../lab/lab.ts'

export function buildProduct(): Promise<string>
export function buildMinifiedForLab(info: LabInfo): Promise<string>
export function findChromium(): Promise<string>
export function startLab(options: { readonly env: Readonly<Record<string, string>> }): Promise<{
  readonly info: LabInfo
  stop(): Promise<void>
}>
