import type { UiHandler } from './handler.ts'

/** One part of the file that an export made. */
export const backupPart: UiHandler<'backup.part'> = async ({ files }, { id, index }) => ({
  part: files.part(id, index),
})
