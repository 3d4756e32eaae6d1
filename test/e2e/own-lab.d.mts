import type { LabInfo } from '../lab/lab.ts'

export interface OwnLab {
  readonly info: LabInfo
  readonly extensionDir: string
  stop(): Promise<void>
}
export function startOwnLab(): Promise<OwnLab>
export function withBuild(lab: { readonly info: LabInfo; stop(): Promise<void> }): Promise<OwnLab>
