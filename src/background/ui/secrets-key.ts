import type { UiHandler } from './handler.ts'

/** The key to which our pages seal secrets, for as long as this worker lives. */
export const secretsKey: UiHandler<'secrets.key'> = async ({ box }) => ({ publicKey: await box.publicKey() })
