import type { UiHandler } from './handler.ts'

/** Takes in the next part of a file that is to be looked into or restored. */
export const backupPut: UiHandler<'backup.put'> = async ({ files }, { id, part }) => ({
  id: files.put(id, part),
})
